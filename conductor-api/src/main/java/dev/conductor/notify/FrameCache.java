package dev.conductor.notify;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.event.KeptEvent;
import dev.conductor.model.CallSnapshot;
import dev.conductor.query.EventRenderer;
import dev.conductor.query.EventView;
import java.lang.ref.SoftReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * The frames of the last events in one style, so that a hundred readers of a call cost one
 * rendering. A miss only means that the event is rendered again. Any thread; never waits; bounded
 * by its slots and the largest frame kept.
 */
final class FrameCache {
  private static final int SLOTS = 256;
  private static final int LARGEST_KEPT_BYTES = 16_384;
  private static final long SNAPSHOT_KEPT_NS = 1_000_000_000L;

  private final AtomicReferenceArray<Rendered> slots = new AtomicReferenceArray<>(SLOTS);
  private final EventRenderer renderer;
  private final Style style;
  private final Framing framing;
  private final EventView how;

  /** May be given up whenever memory is short. */
  private volatile SoftReference<SnapshotFrame> lastSnapshot = new SoftReference<>(null);

  FrameCache(final EventRenderer renderer, final Style style) {
    this.renderer = renderer;
    this.style = style;
    this.framing = style.framing();
    this.how = style.how();
  }

  /** What its frames are like. */
  Style style() {
    return style;
  }

  /**
   * SYSTEM SNAPSHOT. Readers that come at once share one; not for long, since it tells the time.
   *
   * @param nowNs a clock that only goes forward
   */
  byte[] snapshot(final CallSnapshot snapshot, final long nowNs) {
    final SnapshotFrame last = lastSnapshot.get();
    if (last != null && last.of == snapshot && nowNs - last.madeNs < SNAPSHOT_KEPT_NS) {
      return last.frame;
    }
    final byte[] frame =
        framing.numbered(snapshot.call().uid(), snapshot.seq(), renderer.snapshot(snapshot, how));
    lastSnapshot = new SoftReference<>(new SnapshotFrame(snapshot, frame, nowNs));
    return frame;
  }

  /** SYSTEM GAP: these numbers will not be told one by one. */
  byte[] gap(final String callUid, final long fromSeq, final long toSeq) {
    return framing.unnumbered(renderer.gap(callUid, fromSeq, toSeq, how));
  }

  /** SYSTEM END, for a call whose log has none; {@code seq} is the last number of its log. */
  byte[] end(final String callUid, final long seq, final long timeMs) {
    final Event.Cause cause = new Event.Cause("SYSTEM", "", "", "");
    final Event end =
        new Event(seq, timeMs, callUid, EventSource.SYSTEM, EventName.END, null, cause);
    return framing.numbered(callUid, seq, renderer.event(end, how));
  }

  /** SYSTEM HELLO: the reader is let in. */
  byte[] hello(final String callUid, final long headSeq) {
    return framing.unnumbered(renderer.hello(callUid, headSeq, how));
  }

  /** SYSTEM HEARTBEAT with the number of the last event. */
  byte[] heartbeat(final String callUid, final long headSeq) {
    return framing.unnumbered(renderer.heartbeat(callUid, headSeq, how));
  }

  /** SYSTEM ERROR: why the connection ends. */
  byte[] error(final String message) {
    return framing.unnumbered(renderer.error(message, how));
  }

  /** An event that comes from the disk. */
  byte[] frame(final String callUid, final KeptEvent kept) {
    return framing.numbered(callUid, kept.seq(), renderer.kept(callUid, kept, how));
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
            ? framing.unnumbered(text)
            : framing.numbered(event.callUid(), event.seq(), text);
    if (frame.length <= LARGEST_KEPT_BYTES) {
      slots.set(slot, new Rendered(event, frame));
    }
    return frame;
  }

  /**
   * What frames are like. Immutable.
   *
   * @param framing what is put around a document
   * @param how how the document is written
   */
  record Style(Framing framing, EventView how) {}

  private record SnapshotFrame(CallSnapshot of, byte[] frame, long madeNs) {}

  private record Rendered(Event event, byte[] frame) {}
}
