package dev.conductor.notify;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.event.KeptEvent;
import java.util.function.Supplier;

/**
 * A logged event on its way to one reader, wherever it comes from. Immutable.
 *
 * @param seq its number
 * @param end whether it is SYSTEM END
 * @param frame writes it
 */
record Told(long seq, boolean end, Supplier<byte[]> frame) {
  /** An event of the log in memory. */
  static Told of(final Event event, final FrameCache frames) {
    return new Told(event.seq(), isEnd(event.source(), event.name()), () -> frames.frame(event));
  }

  /** An event from the disk. */
  static Told of(final String callUid, final KeptEvent kept, final FrameCache frames) {
    return new Told(
        kept.seq(), isEnd(kept.source(), kept.name()), () -> frames.frame(callUid, kept));
  }

  private static boolean isEnd(final EventSource source, final EventName name) {
    return source == EventSource.SYSTEM && name == EventName.END;
  }
}
