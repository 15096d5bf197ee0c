package dev.conductor.model;

import java.util.Collection;
import java.util.List;

/**
 * Callers grouped for sound (RFC 4353, section 4.5: sidebar). Immutable.
 *
 * @param uid unique in its call
 * @param callUid its call
 * @param name its name
 * @param callers UIDs of those in it, in order of coming in
 * @param isPrivate whether it does not hear the hosts' mics
 * @param data the host page's own payload
 * @param ownAttention the group's own flag, apart from its callers' hands
 * @param ownAttentionMs Unix time it was set, {@link Times#NONE} while not
 * @param attention its own flag or any hand in it
 * @param attentionMs its own time or the oldest hand's, {@link Times#NONE} for none
 * @param assisted whether a PRESENTER or ASSISTANT sits in it
 * @param lastAssistedMs when the last one left; 0 while one is there, {@link Times#NONE} if never
 */
public record Breakout(
    String uid,
    String callUid,
    String name,
    List<String> callers,
    boolean isPrivate,
    String data,
    boolean ownAttention,
    long ownAttentionMs,
    boolean attention,
    long attentionMs,
    boolean assisted,
    long lastAssistedMs)
    implements EventTarget {
  /** Copies the list. */
  public Breakout {
    callers = List.copyOf(callers);
  }

  /** A new one, nobody in it. */
  public static Breakout empty(
      final String uid, final String callUid, final String name, final boolean isPrivate) {
    return new Breakout(
        uid,
        callUid,
        name,
        List.of(),
        isPrivate,
        "",
        false,
        Times.NONE,
        false,
        Times.NONE,
        false,
        Times.NONE);
  }

  /** The same with another name. */
  public Breakout withName(final String newName) {
    return with(newName, callers, isPrivate, data);
  }

  /** The same with these callers; what follows from them is not drawn anew. */
  public Breakout withCallers(final List<String> uids) {
    return with(name, uids, isPrivate, data);
  }

  /** The same, sealed or open. */
  public Breakout withPrivate(final boolean sealed) {
    return with(name, callers, sealed, data);
  }

  /** The same with another payload. */
  public Breakout withData(final String newData) {
    return with(name, callers, isPrivate, newData);
  }

  private Breakout with(
      final String newName,
      final List<String> newCallers,
      final boolean sealed,
      final String newData) {
    return new Breakout(
        uid,
        callUid,
        newName,
        newCallers,
        sealed,
        newData,
        ownAttention,
        ownAttentionMs,
        attention,
        attentionMs,
        assisted,
        lastAssistedMs);
  }

  /** The same with its own flag up or down; it keeps its time while it stays up. */
  public Breakout withOwnAttention(final boolean on, final long atMs) {
    final long sinceMs = ownAttention ? ownAttentionMs : atMs;
    return new Breakout(
        uid,
        callUid,
        name,
        callers,
        isPrivate,
        data,
        on,
        on ? sinceMs : Times.NONE,
        attention,
        attentionMs,
        assisted,
        lastAssistedMs);
  }

  /**
   * The same with what follows from those who sit in it drawn anew.
   *
   * @param members its callers
   * @param nowMs when the last assistant left, if he just did
   */
  public Breakout refreshed(final Collection<Caller> members, final long nowMs) {
    long oldestHandMs = Times.NONE;
    boolean helped = false;
    for (final Caller member : members) {
      helped |= member.role().assists();
      if (member.hand().attention() > 0
          && (oldestHandMs == Times.NONE || member.hand().sinceMs() < oldestHandMs)) {
        oldestHandMs = member.hand().sinceMs();
      }
    }
    final long leftMs = assisted ? nowMs : lastAssistedMs;
    return new Breakout(
        uid,
        callUid,
        name,
        callers,
        isPrivate,
        data,
        ownAttention,
        ownAttentionMs,
        ownAttention || oldestHandMs != Times.NONE,
        ownAttention ? ownAttentionMs : oldestHandMs,
        helped,
        helped ? 0 : leftMs);
  }
}
