package dev.conductor.notify;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.CallSnapshot;
import dev.conductor.query.EventRenderer;
import dev.conductor.query.EventView;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The frames of the last events in one style, so that a hundred readers of a call cost one
 * rendering. A miss only means that the event is rendered again. Any thread; never waits; bounded
 * by its slots and the largest frame kept.
 */
final class FrameCache {
  private static final int SLOTS = 256;
  private static final int LARGEST_KEPT_BYTES = 16_384;

  private final AtomicReferenceArray<Rendered> slots = new AtomicReferenceArray<>(SLOTS);
  private final EventRenderer renderer;
  private final EventView how;

  FrameCache(final EventRenderer renderer, final EventView how) {
    this.renderer = renderer;
    this.how = how;
  }

  /** SYSTEM SNAPSHOT, never kept. */
  byte[] snapshot(final CallSnapshot snapshot) {
    return SseFrame.logged(snapshot.call().uid(), snapshot.seq(), renderer.snapshot(snapshot, how));
  }

  /** SYSTEM GAP: these numbers will not be told one by one. */
  byte[] gap(final String callUid, final long fromSeq, final long toSeq) {
    return SseFrame.unnumbered(renderer.gap(callUid, fromSeq, toSeq, how));
  }

  /** SYSTEM END, for a call whose log has none; {@code seq} is the last number of its log. */
  byte[] end(final String callUid, final long seq, final long timeMs) {
    final Event.Cause cause = new Event.Cause("SYSTEM", "", "", "");
    final Event end =
        new Event(seq, timeMs, callUid, EventSource.SYSTEM, EventName.END, null, cause);
    return SseFrame.logged(callUid, seq, renderer.event(end, how));
  }

  /** The frame of an event, to be read only. */
  byte[] frame(final Event event) {
    final int slot = System.identityHashCode(event) & (SLOTS - 1);
    final Rendered found = slots.get(slot);
    if (found != null && found.event == event) {
      return found.frame;
    }
    final String text = renderer.event(event, how);
    final byte[] frame =
        event.passing()
            ? SseFrame.unnumbered(text)
            : SseFrame.logged(event.callUid(), event.seq(), text);
    if (frame.length <= LARGEST_KEPT_BYTES) {
      slots.set(slot, new Rendered(event, frame));
    }
    return frame;
  }

  private record Rendered(Event event, byte[] frame) {}
}
