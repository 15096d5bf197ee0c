package dev.conductor.event;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The committed events of one call, the last ones kept, and its passing ones. Written by the
 * conductor alone; any number of threads read, each with a place of its own, and nobody waits: a
 * writer that laps a reader leaves it a {@link Reading.Gap}.
 *
 * <p>Memory is bounded by the number of events kept and by the bytes their documents take; it is
 * given back when the call is closed and the last reader has let go.
 */
public final class CallLog {
  private final String callUid;
  private final int keptEvents;
  private final long keptBytes;
  private final int mask;

  /** A slot tells by its event's own number whether it still is what a reader wants. */
  private final AtomicReferenceArray<Slot> ring;

  private final PassingEvents passing = new PassingEvents();
  private final Set<Runnable> wakers = ConcurrentHashMap.newKeySet();

  /** Where the conference's next call will hang. */
  private final CallLink next = new CallLink();

  /** Written by the conductor after the slot; a reader that sees a number finds its event. */
  private volatile long headSeq;

  /** Written by the conductor before it empties a slot: the oldest number that is still here. */
  private volatile long firstSeq = 1;

  /** Written by the conductor after the last event. */
  private volatile boolean closed;

  /** The conductor's: bytes of all events so far, and of those no longer here. */
  private long totalBytes;

  private long droppedBytes;

  /** The conductor's: whether readers are still to be woken. */
  private boolean wakeDue;

  CallLog(final String callUid, final int keptEvents, final long keptBytes) {
    this.callUid = callUid;
    this.keptEvents = keptEvents;
    this.keptBytes = keptBytes;
    final int slots = Math.max(2, Integer.highestOneBit(keptEvents - 1) << 1);
    this.mask = slots - 1;
    this.ring = new AtomicReferenceArray<>(slots);
  }

  /** The call. */
  public String callUid() {
    return callUid;
  }

  /** Number of the last event in the log, 0 for none yet. */
  public long headSeq() {
    return headSeq;
  }

  /** Whether the call is over: nothing will follow what is here. */
  public boolean closed() {
    return closed;
  }

  /** Where the conference's next call is found once it opens. */
  public CallLink next() {
    return next;
  }

  /**
   * Reads what follows a place.
   *
   * @param afterSeq the last number the reader has; 0 for none
   * @param maxEvents at most so many
   */
  public Reading read(final long afterSeq, final int maxEvents) {
    final long head = headSeq;
    final long first = firstSeq;
    if (afterSeq + 1 < first) {
      return new Reading.Gap(afterSeq + 1, first - 1);
    }
    final List<Event> events = new ArrayList<>();
    final long last = Math.min(head, afterSeq + maxEvents);
    for (long wanted = afterSeq + 1; wanted <= last; wanted++) {
      final Slot slot = ring.get((int) wanted & mask);
      if (slot == null || slot.event.seq() != wanted) {
        return events.isEmpty()
            ? new Reading.Gap(wanted, Math.max(wanted, firstSeq - 1))
            : new Reading.Events(events);
      }
      events.add(slot.event);
    }
    return new Reading.Events(events);
  }

  /** Bytes of the documents of the events that are kept, about. The conductor only. */
  long bytes() {
    return totalBytes - droppedBytes;
  }

  /** The latest passing event of each caller after that version, in order. */
  public List<PassingEvent> passingAfter(final long version) {
    return passing.after(version);
  }

  /** Version of the last passing event, 0 for none yet. */
  public long passingVersion() {
    return passing.version();
  }

  /**
   * Has a reader woken whenever something is new. The waker runs on the conductor's thread: it may
   * only hand on to the reader's own thread, and may be called when nothing is new.
   */
  public void addReader(final Runnable waker) {
    wakers.add(waker);
  }

  /** Undoes {@link #addReader}. */
  public void removeReader(final Runnable waker) {
    wakers.remove(waker);
  }

  /** Earlier events are on disk alone. The conductor only, before the first. */
  void beginAfter(final long lastSeq) {
    firstSeq = lastSeq + 1;
    headSeq = lastSeq;
  }

  /**
   * The conductor only.
   *
   * @return false for a number that is in the log already; it is not taken again
   */
  boolean append(final Event event) {
    if (event.passing()) {
      passing.append(PassingEvents.objectUid(event), event);
      return true;
    }
    if (event.seq() <= headSeq) {
      return false;
    }
    totalBytes += EventWeight.bytes(event);
    ring.set((int) event.seq() & mask, new Slot(event, totalBytes));
    headSeq = event.seq();
    dropOldest();
    return true;
  }

  /** The last event stays, however large. */
  private void dropOldest() {
    while (firstSeq < headSeq && (headSeq - firstSeq >= keptEvents || bytes() > keptBytes)) {
      final int oldest = (int) firstSeq & mask;
      final Slot slot = ring.get(oldest);
      firstSeq++;
      if (slot != null && slot.event.seq() < firstSeq) {
        droppedBytes = slot.bytesUpTo;
        ring.set(oldest, null);
      }
    }
  }

  /** The conductor only. */
  void close() {
    closed = true;
  }

  /** The conductor only. Whether this is the first call since the last {@link #wake}. */
  boolean markWakeDue() {
    final boolean first = !wakeDue;
    wakeDue = true;
    return first;
  }

  /** The conductor only. */
  void wake() {
    wakeDue = false;
    wakers.forEach(Runnable::run);
  }

  /**
   * An event in its place. Immutable.
   *
   * @param bytesUpTo bytes of all events of the call up to this one
   */
  private record Slot(Event event, long bytesUpTo) {}
}
