package dev.conductor.media.session;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.net.InetSocketAddress;

/**
 * A session's news until somebody takes them: offered again each tick, in this order, the end last.
 * Keys and ended prompts wait in short queues; of talking and of a silent line only the latest
 * counts.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 */
final class SessionEvents {
  private static final int DIGITS = 32;
  private static final int PROMPTS = 8;

  private final long sessionId;
  private final LongFifo digits = new LongFifo(DIGITS);
  private final LongFifo prompts = new LongFifo(PROMPTS);

  /** Whether anything waits: spares the look at each. */
  private boolean waiting;

  private InetSocketAddress opened;
  private String failure;
  private boolean firstRtp;
  private boolean talking;
  private boolean toldTalking;
  private long silentMs;
  private boolean ending;
  private boolean ended;

  SessionEvents(final long sessionId) {
    this.sessionId = sessionId;
  }

  void opened(final InetSocketAddress local) {
    opened = local;
    waiting = true;
  }

  /** There is no socket; nothing more will be told. */
  void openFailed(final String reason) {
    failure = reason;
    waiting = true;
  }

  void firstRtp() {
    firstRtp = true;
    waiting = true;
  }

  void digit(final char digit, final MediaCounters counters) {
    counters.increment(digits.add(digit) ? MediaCounter.DIGITS : MediaCounter.DIGITS_DROPPED);
    waiting = true;
  }

  /** As {@link #digit}, of a key heard in the voice: it waits in the same order, negated. */
  void inbandDigit(final char digit, final MediaCounters counters) {
    counters.increment(digits.add(-digit) ? MediaCounter.DIGITS : MediaCounter.DIGITS_DROPPED);
    waiting = true;
  }

  void talking(final boolean talks) {
    talking = talks;
    waiting |= talking != toldTalking;
  }

  void promptEnded(final long tag) {
    if (!prompts.add(tag)) {
      // Nobody has listened for eight prompts: the latest is the one that is waited for.
      prompts.remove();
      prompts.add(tag);
    }
    waiting = true;
  }

  void silentLine(final long ms) {
    silentMs = ms;
    waiting = true;
  }

  /** The line speaks again: a silence not told yet is no news any more. */
  void lineSpeaks() {
    silentMs = 0;
  }

  void closed() {
    ending = true;
    waiting = true;
  }

  /** Whether anything is to be told. */
  boolean isWaiting() {
    return waiting;
  }

  /** Whether the end was told. */
  boolean isEnded() {
    return ended;
  }

  /** Offers what waits; false when the sink has no room for all of it. */
  boolean offerTo(final SessionEventSink sink) {
    if (!waiting) {
      return true;
    }
    waiting =
        !(offerOpening(sink)
            && offerDigits(sink)
            && offerTalking(sink)
            && offerPrompts(sink)
            && offerSilence(sink)
            && offerEnd(sink));
    return !waiting;
  }

  private boolean offerOpening(final SessionEventSink sink) {
    if (opened != null) {
      if (!sink.opened(sessionId, opened)) {
        return false;
      }
      opened = null;
    }
    if (firstRtp) {
      if (!sink.firstRtp(sessionId)) {
        return false;
      }
      firstRtp = false;
    }
    return true;
  }

  private boolean offerDigits(final SessionEventSink sink) {
    while (!digits.isEmpty()) {
      final long digit = digits.peek();
      final boolean taken =
          digit < 0
              ? sink.inbandDigit(sessionId, (char) -digit)
              : sink.digit(sessionId, (char) digit);
      if (!taken) {
        return false;
      }
      digits.remove();
    }
    return true;
  }

  private boolean offerTalking(final SessionEventSink sink) {
    if (talking != toldTalking) {
      if (!sink.talking(sessionId, talking)) {
        return false;
      }
      toldTalking = talking;
    }
    return true;
  }

  private boolean offerPrompts(final SessionEventSink sink) {
    while (!prompts.isEmpty()) {
      if (!sink.promptEnded(sessionId, prompts.peek())) {
        return false;
      }
      prompts.remove();
    }
    return true;
  }

  private boolean offerSilence(final SessionEventSink sink) {
    if (silentMs > 0) {
      if (!sink.silentLine(sessionId, silentMs)) {
        return false;
      }
      silentMs = 0;
    }
    return true;
  }

  private boolean offerEnd(final SessionEventSink sink) {
    if (failure != null && !ended) {
      ended = sink.openFailed(sessionId, failure);
      return ended;
    }
    if (ending && !ended) {
      ended = sink.closed(sessionId);
      return ended;
    }
    return true;
  }
}
