package dev.conductor.demo;

import dev.conductor.media.dsp.Goertzel;
import dev.conductor.media.dsp.Level;

/**
 * The last seconds of what a phone heard, put in place by timestamp, to be searched for tones.
 * Written by the pool's thread, read by any; 8 kHz samples.
 */
final class Ear {
  private static final int RATE_HZ = 8_000;
  private static final int KEPT_SAMPLES = 4 * RATE_HZ;

  /** A hole in the timestamps up to this long is filled with silence. */
  private static final int MAX_HOLE_SAMPLES = RATE_HZ;

  private final short[] ring = new short[KEPT_SAMPLES];
  private long heardSamples;
  private boolean begun;
  private int nextTimestamp;

  /** Adds a packet's samples. */
  synchronized void add(final int timestamp, final short[] samples, final int count) {
    final int hole = timestamp - nextTimestamp;
    if (begun && hole > 0 && hole <= MAX_HOLE_SAMPLES) {
      for (int i = 0; i < hole; i++) {
        ring[(int) (heardSamples++ % KEPT_SAMPLES)] = 0;
      }
    }
    for (int i = 0; i < count; i++) {
      ring[(int) (heardSamples++ % KEPT_SAMPLES)] = samples[i];
    }
    begun = true;
    nextTimestamp = timestamp + count;
  }

  /** How many samples there have been. */
  synchronized long heardSamples() {
    return heardSamples;
  }

  /** The samples of the last {@code windowMs}, silence before the first. */
  synchronized short[] last(final int windowMs) {
    final int count = Math.min(KEPT_SAMPLES, windowMs * RATE_HZ / 1_000);
    final short[] window = new short[count];
    for (int i = 0; i < count; i++) {
      final long index = heardSamples - count + i;
      window[i] = index < 0 ? 0 : ring[(int) (index % KEPT_SAMPLES)];
    }
    return window;
  }

  /** The mean absolute sample of the last {@code windowMs}. */
  int level(final int windowMs) {
    final short[] window = last(windowMs);
    return Level.meanAbsolute(window, 0, window.length);
  }

  /**
   * The amplitude of one frequency over the last {@code windowMs}: that of a steady sine, about
   * half of it for one keyed in equal parts. The window is weighted (Hann), so that callers 30 Hz
   * apart are told from each other in 400 ms even while their tones go on and off.
   */
  double amplitude(final double freqHz, final int windowMs) {
    return amplitude(last(windowMs), freqHz);
  }

  /** The same over samples in hand. */
  static double amplitude(final short[] samples, final double freqHz) {
    final short[] weighted = new short[samples.length];
    for (int i = 0; i < samples.length; i++) {
      final double weight = 1.0 - Math.cos(2.0 * Math.PI * (i + 0.5) / samples.length);
      weighted[i] = (short) Math.round(samples[i] * weight / 2.0);
    }
    return 2.0 * Goertzel.amplitude(weighted, 0, weighted.length, freqHz, RATE_HZ);
  }
}
