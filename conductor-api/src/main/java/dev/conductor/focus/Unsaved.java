package dev.conductor.focus;

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
 * <p>A batch that failed comes back while later ones may have been kept: a record is therefore
 * always given as it is by then, never as it was.
 */
final class Unsaved {
  static final int CAPACITY = 65_536;

  private final Deque<Change> failed = new ArrayDeque<>();
  private final Deque<Change> fresh = new ArrayDeque<>();
  private final Map<String, Change.Saved> newest = new HashMap<>();
  private final FocusCounters counters;

  Unsaved(final FocusCounters counters) {
    this.counters = counters;
  }

  boolean isEmpty() {
    return failed.isEmpty() && fresh.isEmpty();
  }

  /** Changes just made. */
  void add(final List<Change> made) {
    for (final Change change : made) {
      fresh.addLast(change);
      if (change instanceof Change.Saved saved) {
        newest.put(saved.key(), saved);
      }
    }
    trim();
  }

  /** Changes that were given and not kept; batches fail in the order they were given in. */
  void addFailed(final List<Change> changes) {
    failed.addAll(changes);
    trim();
  }

  /** All of them, in order. */
  List<Change> changes() {
    final List<Change> all = new ArrayList<>(failed.size() + fresh.size());
    failed.forEach(change -> all.add(current(change)));
    fresh.forEach(change -> all.add(current(change)));
    return all;
  }

  private Change current(final Change change) {
    return change instanceof Change.Saved saved ? newest.getOrDefault(saved.key(), saved) : change;
  }

  /** They were given. */
  void clear() {
    failed.clear();
    fresh.clear();
  }

  /** A change was kept; of a record nothing older is wanted then. */
  void onKept(final Change change) {
    if (change instanceof Change.Saved saved && saved.equals(newest.get(saved.key()))) {
      failed.removeIf(older -> older instanceof Change.Saved of && of.key().equals(saved.key()));
      newest.remove(saved.key());
    }
  }

  private void trim() {
    while (failed.size() + fresh.size() > CAPACITY) {
      (failed.isEmpty() ? fresh : failed).removeFirst();
      counters.increment(FocusCounter.STORE_LOST);
    }
  }
}
