package dev.conductor.media.agent;

import dev.conductor.media.dsp.Goertzel;
import java.util.Arrays;
import java.util.List;

/** Some sound that was heard, and what an ear says of it. */
record Sound(short[] samples, int rateHz) {
  private static final int FRAMES_PER_SECOND = 50;

  static Sound of(final List<short[]> frames) {
    final int frame = frames.get(0).length;
    final short[] all = new short[frames.size() * frame];
    for (int i = 0; i < frames.size(); i++) {
      if (frames.get(i).length != frame) {
        throw new AssertionError("a change of rate within what was heard");
      }
      System.arraycopy(frames.get(i), 0, all, i * frame, frame);
    }
    return new Sound(all, frame * FRAMES_PER_SECOND);
  }

  int ms() {
    return (int) (samples.length * 1_000L / rateHz);
  }

  /** What lies between these moments. */
  Sound part(final int fromMs, final int untilMs) {
    return new Sound(
        Arrays.copyOfRange(samples, fromMs * rateHz / 1_000, untilMs * rateHz / 1_000), rateHz);
  }

  /** The amplitude of a tone; exact where it has a whole number of cycles in the whole. */
  double amplitude(final double freqHz) {
    return Goertzel.amplitude(samples, 0, samples.length, freqHz, rateHz);
  }

  double rms() {
    double sum = 0;
    for (final short sample : samples) {
      sum += (double) sample * sample;
    }
    return Math.sqrt(sum / samples.length);
  }

  int peak() {
    int peak = 0;
    for (final short sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
    }
    return peak;
  }

  /** The largest difference of two samples in a row. */
  int largestStep() {
    int largest = 0;
    for (int i = 1; i < samples.length; i++) {
      largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
    }
    return largest;
  }

  /** How much is there beside a tone: RMS of what is left when the best fit of it is taken out. */
  double besideTone(final double freqHz) {
    final double tone = amplitude(freqHz);
    return Math.sqrt(Math.max(0, rms() * rms() - tone * tone / 2));
  }

  /** Decibels of one amplitude over another. */
  static double db(final double one, final double other) {
    return 20 * Math.log10(Math.max(one, 1e-9) / other);
  }
}
