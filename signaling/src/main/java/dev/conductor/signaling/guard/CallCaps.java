package dev.conductor.signaling.guard;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How many dialogs may be up at once: in all, and of each kind a dialog says it is of (to one
 * number, from one address, over one trunk). Only kinds with a dialog up are remembered. Any
 * thread; never waits.
 */
public final class CallCaps {
  /** Kind of the dialogs of strangers whose ACK has not come: they may all be forged. */
  public static final String UNACKNOWLEDGED = "unacknowledged";

  private final int most;
  private final Map<String, Integer> ofKind = new HashMap<>();
  private int up;

  /**
   * A kind of dialogs.
   *
   * @param name what dialogs of this kind have in common
   * @param most of them at once
   */
  public record Kind(String name, int most) {}

  /** What came of asking for a place. */
  public enum Entry {
    /** There is one, and it is taken. */
    ENTERED,
    /** All are taken. */
    ALL_FULL,
    /** All of a kind are taken. */
    KIND_FULL
  }

  /**
   * None up yet.
   *
   * @param most in all
   */
  public CallCaps(final int most) {
    this.most = most;
  }

  /** Takes a place for a dialog of all these kinds. */
  public synchronized Entry tryEnter(final List<Kind> kinds) {
    if (up >= most) {
      return Entry.ALL_FULL;
    }
    for (final Kind kind : kinds) {
      if (ofKind.getOrDefault(kind.name(), 0) >= kind.most()) {
        return Entry.KIND_FULL;
      }
    }
    kinds.forEach(kind -> ofKind.merge(kind.name(), 1, Integer::sum));
    up++;
    return Entry.ENTERED;
  }

  /** A dialog is of this kind no more. */
  public synchronized void leave(final Kind kind) {
    ofKind.computeIfPresent(kind.name(), (name, count) -> count == 1 ? null : count - 1);
  }

  /** Gives a place back. */
  public synchronized void leave(final List<Kind> kinds) {
    kinds.forEach(this::leave);
    up--;
  }

  /** Places taken. */
  public synchronized int up() {
    return up;
  }

  /** Kinds remembered. */
  public synchronized int kinds() {
    return ofKind.size();
  }
}
