package dev.conductor.bench.load;

import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.rtp.RtpHeader;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the callers say, encoded once as PCMU packets of 20 ms; a sender only writes his header into
 * the packet before it leaves. The swarm's thread only.
 */
final class Frames {
  /** Samples of a packet. */
  static final int SAMPLES = 160;

  /** Bytes of a packet. */
  static final int BYTES = RtpHeader.FIXED_BYTES + SAMPLES;

  /** Amplitude of a burst; it begins at its top. */
  static final int BURST_AMPLITUDE = 12_000;

  private static final int RATE_HZ = 8_000;
  private static final int NOISE_FRAMES = 64;
  private static final int LOOP_FRAMES = 50;
  private static final int NOISE_AMPLITUDE = 8;
  private static final int TONE_AMPLITUDE = 5_000;
  private static final int KEYING_HZ = 4;
  private static final int BURST_HZ = 1_000;
  private static final int LOWEST_HZ = 400;
  private static final int STEP_HZ = 110;
  private static final int HIGHEST_STEP = 26;

  private final G711Ulaw encoder = new G711Ulaw();
  private final ByteBuffer[] noise = new ByteBuffer[NOISE_FRAMES];
  private final ByteBuffer[][] tones;
  private final ByteBuffer burst;

  /**
   * Encodes all of it.
   *
   * @param talkers how many tones
   * @param silent whether who does not talk sends digital silence, not the noise of a line
   */
  Frames(final int talkers, final boolean silent, final SplittableRandom random) {
    final short[] samples = new short[SAMPLES];
    for (int f = 0; f < NOISE_FRAMES; f++) {
      for (int i = 0; i < SAMPLES; i++) {
        samples[i] = (short) (silent ? 0 : NOISE_AMPLITUDE * random.nextInt(-1, 2));
      }
      noise[f] = packet(samples);
    }
    tones = new ByteBuffer[talkers][];
    for (int t = 0; t < talkers; t++) {
      tones[t] = tone(LOWEST_HZ + STEP_HZ * (t % HIGHEST_STEP));
    }
    for (int i = 0; i < SAMPLES; i++) {
      samples[i] = (short) (BURST_AMPLITUDE * Math.cos(2 * Math.PI * BURST_HZ * i / RATE_HZ));
    }
    burst = packet(samples);
  }

  /** The noise of a quiet line. */
  ByteBuffer noise(final int number) {
    return noise[Math.floorMod(number, NOISE_FRAMES)];
  }

  /** One second of a talker's keyed tone, over and over. */
  ByteBuffer tone(final int talker, final int number) {
    return tones[talker][Math.floorMod(number, LOOP_FRAMES)];
  }

  /** A loud tone; one packet follows another without a seam. */
  ByteBuffer burst() {
    return burst;
  }

  private ByteBuffer[] tone(final int freqHz) {
    final ByteBuffer[] loop = new ByteBuffer[LOOP_FRAMES];
    final short[] samples = new short[SAMPLES];
    for (int f = 0; f < LOOP_FRAMES; f++) {
      for (int i = 0; i < SAMPLES; i++) {
        final int at = f * SAMPLES + i;
        final boolean on = 2 * at * KEYING_HZ / RATE_HZ % 2 == 0;
        final double sine = Math.sin(2 * Math.PI * freqHz * at / RATE_HZ);
        samples[i] = (short) (on ? TONE_AMPLITUDE * sine : 0);
      }
      loop[f] = packet(samples);
    }
    return loop;
  }

  private ByteBuffer packet(final short[] samples) {
    final ByteBuffer bytes = ByteBuffer.allocateDirect(BYTES);
    final UnsafeBuffer buffer = new UnsafeBuffer(bytes);
    RtpHeader.putFirst(buffer, 0, false, 0);
    encoder.encode(samples, 0, SAMPLES, buffer, RtpHeader.FIXED_BYTES);
    return bytes;
  }
}
