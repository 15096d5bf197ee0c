package dev.conductor.event;

import dev.conductor.model.Caller;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The passing events of one call, only the latest of each object. Written by the conductor alone;
 * any thread reads with a version as its place. Nobody waits.
 *
 * <p>A reader that keeps up finds what is new in a short ring; one that was lapped looks through
 * the latest of all objects. Memory: the ring, and one event an object.
 */
final class PassingEvents {
  private static final int RING_EVENTS = 256;
  private static final int MASK = RING_EVENTS - 1;

  private final AtomicReferenceArray<PassingEvent> ring = new AtomicReferenceArray<>(RING_EVENTS);
  private final Map<String, PassingEvent> latest = new ConcurrentHashMap<>();

  /** Written by {@link #append} after slot and map; a reader that sees a version sees its event. */
  private volatile long version;

  void append(final String objectUid, final Event event) {
    final long next = version + 1;
    final PassingEvent passing = new PassingEvent(next, event);
    ring.set((int) next & MASK, passing);
    latest.put(objectUid, passing);
    version = next;
  }

  long version() {
    return version;
  }

  /** The latest of each object after that version, in order. */
  List<PassingEvent> after(final long afterVersion) {
    final long upTo = version;
    if (afterVersion >= upTo) {
      return List.of();
    }
    if (upTo - afterVersion > RING_EVENTS) {
      return fromLatest(afterVersion, upTo);
    }
    final Deque<PassingEvent> found = new ArrayDeque<>();
    final Set<String> seen = new HashSet<>();
    for (long wanted = upTo; wanted > afterVersion; wanted--) {
      final PassingEvent passing = ring.get((int) wanted & MASK);
      if (passing.version() != wanted) {
        return fromLatest(afterVersion, upTo);
      }
      if (seen.add(objectUid(passing.event()))) {
        found.addFirst(passing);
      }
    }
    return List.copyOf(found);
  }

  private List<PassingEvent> fromLatest(final long afterVersion, final long upTo) {
    return latest.values().stream()
        .filter(passing -> passing.version() > afterVersion && passing.version() <= upTo)
        .sorted(Comparator.comparingLong(PassingEvent::version))
        .toList();
  }

  /** What a later passing event of the same object replaces. */
  static String objectUid(final Event event) {
    return event.target() instanceof Caller caller ? caller.uid() : "";
  }
}
