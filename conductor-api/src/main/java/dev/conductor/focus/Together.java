package dev.conductor.focus;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Who sat together in a breakout of this call before, whatever moved them there. A group is noted
 * when the first of it leaves after somebody came in: so each two who were in it at one time are in
 * one note, and those who go out after the first cost nothing. Beyond {@value #KEPT_UIDS} UIDs the
 * oldest notes are forgotten. The conductor only.
 */
final class Together {
  static final int KEPT_UIDS = 50_000;

  private final Set<String> grown = new HashSet<>();
  private final Deque<List<String>> groups = new ArrayDeque<>();
  private int kept;
  private List<List<String>> shown = List.of();

  /** Somebody comes into a breakout. */
  void onJoin(final String breakoutUid) {
    grown.add(breakoutUid);
  }

  /**
   * Somebody leaves a breakout.
   *
   * @param members those in it, him included
   */
  void onLeave(final String breakoutUid, final Collection<String> members) {
    if (grown.remove(breakoutUid) && members.size() > 1 && members.size() <= KEPT_UIDS) {
      groups.addLast(List.copyOf(members));
      kept += members.size();
      while (kept > KEPT_UIDS) {
        kept -= groups.removeFirst().size();
      }
      shown = null;
    }
  }

  /** The next to leave a breakout leaves no note: what brought them together is undone. */
  void overlook(final String breakoutUid) {
    grown.remove(breakoutUid);
  }

  /** The notes, oldest first; never changed again. */
  List<List<String>> groups() {
    if (shown == null) {
      shown = List.copyOf(groups);
    }
    return shown;
  }
}
