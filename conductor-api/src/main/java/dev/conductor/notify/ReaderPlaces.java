package dev.conductor.notify;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * How many readers a call has, by whatever transport; those that wait for a conference's next call
 * count with those of the call that is up. Any thread; never waits.
 */
final class ReaderPlaces {
  private final int maxReaders;
  private final ConcurrentMap<String, Integer> readers = new ConcurrentHashMap<>();

  ReaderPlaces(final int maxReaders) {
    this.maxReaders = maxReaders;
  }

  /** Takes a place; false when there is none. */
  boolean take(final String conferenceUid) {
    final boolean[] taken = new boolean[1];
    readers.compute(
        conferenceUid,
        (uid, count) -> {
          final int now = count == null ? 0 : count;
          taken[0] = now < maxReaders;
          return taken[0] ? Integer.valueOf(now + 1) : count;
        });
    return taken[0];
  }

  /** Gives a place back. */
  void leave(final String conferenceUid) {
    readers.compute(conferenceUid, (uid, count) -> count == null || count == 1 ? null : count - 1);
  }

  /** How many are taken. */
  int taken() {
    return readers.values().stream().mapToInt(Integer::intValue).sum();
  }
}
