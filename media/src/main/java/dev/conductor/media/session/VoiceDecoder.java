package dev.conductor.media.session;

import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.dsp.Concealment;
import dev.conductor.media.jitter.JitterBuffer;
import dev.conductor.media.status.MediaCounter;
import java.util.Arrays;

/**
 * Makes one frame of voice a tick out of what the jitter buffer gives.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units 16-bit linear PCM at 8 kHz.
 */
final class VoiceDecoder {
  /** The longest packet: 80 ms. */
  static final int MAX_PACKET_SAMPLES = 640;

  private static final int RATE_HZ = 8_000;
  private static final int FRAME_SAMPLES = TickContext.FRAME_SAMPLES;

  private final JitterBuffer jitter;
  private final Concealment concealment = new Concealment(RATE_HZ);
  private final short[] packet = new short[MAX_PACKET_SAMPLES];
  private final short[] madeUp = new short[FRAME_SAMPLES];
  private final short[] frame = new short[FRAME_SAMPLES];
  private boolean heard;
  private boolean filled;

  VoiceDecoder(final JitterBuffer jitter) {
    this.jitter = jitter;
  }

  /** The frame; valid until the next tick. */
  short[] frame() {
    return frame;
  }

  /** Whether any of the frame came from packets. */
  boolean isHeard() {
    return heard;
  }

  /** Whether there is something to be heard in the frame. */
  boolean hasVoice() {
    return heard || filled;
  }

  /** There is no frame in this tick. */
  void none() {
    heard = false;
    filled = false;
  }

  /** Forgets the voice, as when the line changes. */
  void reset() {
    none();
    concealment.reset();
  }

  /**
   * Makes the frame of this tick.
   *
   * @param pressed whether a key is down: its tone, which some phones send besides, is left out
   */
  void decode(final TickContext context, final PayloadTable payloads, final boolean pressed) {
    none();
    jitter.begin(context.nowNs());
    int done = 0;
    while (done < FRAME_SAMPLES) {
      final JitterBuffer.Answer answer = jitter.next(FRAME_SAMPLES - done);
      final int samples = jitter.ticks();
      switch (answer) {
        case PLAY -> play(payloads, done, samples);
        case CONCEAL -> conceal(done, samples);
        case WAIT -> Arrays.fill(frame, done, done + samples, (short) 0);
        default -> throw new IllegalStateException("no answer: " + answer);
      }
      done += samples;
    }
    if (pressed && heard) {
      heard = false;
      conceal(0, FRAME_SAMPLES);
    }
    if (filled) {
      context.counters().increment(MediaCounter.JITTER_CONCEALED);
    } else if (heard) {
      concealment.heard(frame, 0, FRAME_SAMPLES);
    }
  }

  private void play(final PayloadTable payloads, final int at, final int samples) {
    if (jitter.isFresh()) {
      final AudioDecoder decoder = payloads.decoder(jitter.payloadType());
      decoder.decode(jitter.payload(), jitter.payloadOffset(), jitter.payloadLength(), packet, 0);
    }
    System.arraycopy(packet, jitter.fromTicks(), frame, at, samples);
    heard = true;
  }

  private void conceal(final int at, final int samples) {
    if (!filled) {
      concealment.fill(madeUp, 0, FRAME_SAMPLES);
      filled = true;
    }
    System.arraycopy(madeUp, at, frame, at, samples);
  }
}
