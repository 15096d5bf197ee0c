package dev.conductor.focus;

import dev.conductor.model.Call;
import dev.conductor.store.Change;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Changes the store has yet to be given, in order, and no more of them than memory allows. The
 * conductor only.
 *
 * <p>A batch that failed comes back to the front while later ones may have been kept: a call's
 * record is therefore always given as it is by then, never as it was.
 */
final class Unsaved {
  static final int CAPACITY = 65_536;

  private final Deque<Change> changes = new ArrayDeque<>();
  private final Map<String, Call> newest = new HashMap<>();
  private final FocusCounters counters;

  Unsaved(final FocusCounters counters) {
    this.counters = counters;
  }

  boolean isEmpty() {
    return changes.isEmpty();
  }

  /** Changes just made. */
  void addLast(final List<Change> made) {
    for (final Change change : made) {
      changes.addLast(change);
      if (change instanceof Change.CallSaved saved) {
        newest.put(saved.call().uid(), saved.call());
      }
    }
    trim();
  }

  /** Changes that were given and not kept. */
  void addFirst(final List<Change> failed) {
    for (int i = failed.size() - 1; i >= 0; i--) {
      changes.addFirst(failed.get(i));
    }
    trim();
  }

  /** All of them, in order. */
  List<Change> changes() {
    final List<Change> all = new ArrayList<>(changes.size());
    for (final Change change : changes) {
      all.add(
          change instanceof Change.CallSaved saved
              ? new Change.CallSaved(newest.getOrDefault(saved.call().uid(), saved.call()))
              : change);
    }
    return all;
  }

  /** They were given. */
  void clear() {
    changes.clear();
  }

  /** A change was kept: the record of a closed call will not change again. */
  void onKept(final Change change) {
    if (change instanceof Change.CallSaved saved && !saved.call().active()) {
      newest.remove(saved.call().uid());
    }
  }

  private void trim() {
    while (changes.size() > CAPACITY) {
      changes.removeFirst();
      counters.increment(FocusCounter.STORE_LOST);
    }
  }
}
