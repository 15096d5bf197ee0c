package dev.conductor.reference;

import dev.conductor.model.Breakout;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.List;

/** A breakout as the specification describes it. */
final class ModelBreakout {
  final String uid;
  String name;
  boolean sealed;
  String data = "";
  boolean ownAttention;
  long ownAttentionMs = Times.NONE;
  long lastAssistedMs = Times.NONE;
  final List<ModelCaller> callers = new ArrayList<>();

  ModelBreakout(final String uid, final String name, final boolean sealed) {
    this.uid = uid;
    this.name = name;
    this.sealed = sealed;
  }

  boolean assisted() {
    return callers.stream().anyMatch(caller -> caller.role.assists());
  }

  /**
   * Remembers when the last helper left.
   *
   * @param before whether one was there before the change
   */
  void noteHelp(final boolean before, final long nowMs) {
    if (assisted()) {
      lastAssistedMs = 0;
    } else if (before) {
      lastAssistedMs = nowMs;
    }
  }

  /** The same in the words of the snapshot. */
  Breakout toRecord(final String callUid) {
    final long oldestMs =
        callers.stream()
            .filter(caller -> caller.attention > 0)
            .mapToLong(caller -> caller.attentionMs)
            .min()
            .orElse(Times.NONE);
    return new Breakout(
        uid,
        callUid,
        name,
        callers.stream().map(caller -> caller.uid).toList(),
        sealed,
        data,
        ownAttention,
        ownAttentionMs,
        ownAttention || oldestMs != Times.NONE,
        ownAttention ? ownAttentionMs : oldestMs,
        assisted(),
        lastAssistedMs);
  }
}
