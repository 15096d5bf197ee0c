package dev.conductor.notify;

import dev.conductor.event.Event;
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
  private final EventTexts texts;
  private final EventTexts.Style style;

  FrameCache(final EventTexts texts, final EventTexts.Style style) {
    this.texts = texts;
    this.style = style;
  }

  EventTexts.Style style() {
    return style;
  }

  /** The frame of an event, to be read only. */
  byte[] frame(final Event event) {
    final int slot = System.identityHashCode(event) & (SLOTS - 1);
    final Rendered found = slots.get(slot);
    if (found != null && found.event == event) {
      return found.frame;
    }
    final String text = texts.event(event, style);
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
