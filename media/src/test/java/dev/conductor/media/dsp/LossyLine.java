package dev.conductor.media.dsp;

import dev.conductor.media.codec.G711Alaw;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.agrona.concurrent.UnsafeBuffer;

/** A line of PCMA in packets of 20 ms, of which some are lost, and ways to make up for them. */
final class LossyLine {
  static final int RATE_HZ = 8_000;
  static final int FRAME_SAMPLES = RATE_HZ / 50;

  /** What a listener's side does about loss. */
  interface Filler {
    /** A frame that came; it may be changed. */
    void heard(short[] frame);

    /** A frame that did not. */
    void fill(short[] frame);
  }

  private LossyLine() {}

  /** What is heard of speech when each packet but the first is lost with the given probability. */
  static short[] send(
      final short[] speech, final double loss, final long seed, final Filler filler) {
    final SplittableRandom random = new SplittableRandom(seed);
    final short[] coded = throughPcma(speech);
    final short[] heard = new short[speech.length];
    final short[] frame = new short[FRAME_SAMPLES];
    for (int at = 0; at + FRAME_SAMPLES <= speech.length; at += FRAME_SAMPLES) {
      if (at > 0 && random.nextDouble() < loss) {
        filler.fill(frame);
      } else {
        System.arraycopy(coded, at, frame, 0, FRAME_SAMPLES);
        filler.heard(frame);
      }
      System.arraycopy(frame, 0, heard, at, FRAME_SAMPLES);
    }
    return heard;
  }

  static short[] throughPcma(final short[] speech) {
    final UnsafeBuffer bytes = new UnsafeBuffer(ByteBuffer.allocateDirect(speech.length));
    final short[] decoded = new short[speech.length];
    final G711Alaw codec = new G711Alaw();
    codec.encode(speech, 0, speech.length, bytes, 0);
    codec.decode(bytes, 0, speech.length, decoded, 0);
    return decoded;
  }

  /** Ours. */
  static Filler concealment() {
    final Concealment concealment = new Concealment(RATE_HZ);
    return filler(
        frame -> concealment.heard(frame, 0, FRAME_SAMPLES),
        frame -> concealment.fill(frame, 0, FRAME_SAMPLES));
  }

  /** Nothing is made up. */
  static Filler silence() {
    return filler(frame -> {}, frame -> Arrays.fill(frame, (short) 0));
  }

  /** The plain way: {@link PitchRepetition}. */
  static Filler pitchRepetition() {
    final PitchRepetition repetition = new PitchRepetition();
    return filler(repetition::heard, repetition::fill);
  }

  private static Filler filler(final Consumer<short[]> heard, final Consumer<short[]> fill) {
    return new Filler() {
      @Override
      public void heard(final short[] frame) {
        heard.accept(frame);
      }

      @Override
      public void fill(final short[] frame) {
        fill.accept(frame);
      }
    };
  }
}
