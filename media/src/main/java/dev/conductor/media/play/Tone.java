package dev.conductor.media.play;

import dev.conductor.media.dsp.RatePlane;

/**
 * A sine, steady or keyed on and off as speech is. Keyed edges are rounded over 5 ms, so that they
 * do not sound at other frequencies; it begins with a pause.
 *
 * @threading one thread; each source its own.
 * @allocation none after construction.
 * @units 16-bit linear PCM, at 8 kHz where no rate is said.
 */
public final class Tone {
  private static final int NARROW_HZ = RatePlane.NARROW.rateHz();
  private static final int EDGE_MS = 5;

  private final int edgeSamples;
  private final double phaseStep;
  private final int amplitude;

  /** Samples from one beginning to the next; 0 for a steady tone. */
  private final int periodSamples;

  private double phase;
  private int inPeriod;

  private Tone(final double freqHz, final int amplitude, final double keyingHz, final int rateHz) {
    edgeSamples = rateHz * EDGE_MS / 1_000;
    phaseStep = 2.0 * Math.PI * freqHz / rateHz;
    this.amplitude = amplitude;
    periodSamples = keyingHz > 0 ? (int) Math.round(rateHz / keyingHz) : 0;
  }

  /**
   * A tone without pauses.
   *
   * @param freqHz below 4000
   * @param amplitude of the sine, 0..32767
   */
  public static Tone steady(final double freqHz, final int amplitude) {
    return steady(freqHz, amplitude, NARROW_HZ);
  }

  /**
   * The same at another rate.
   *
   * @param freqHz below half the rate
   * @param amplitude of the sine, 0..32767
   * @param rateHz samples a second
   */
  public static Tone steady(final double freqHz, final int amplitude, final int rateHz) {
    return new Tone(freqHz, amplitude, 0, rateHz);
  }

  /**
   * A tone that sounds in the second half of each period.
   *
   * @param freqHz below 4000
   * @param amplitude of the sine, 0..32767
   * @param keyingHz periods a second: 3 to 5 are like speech
   */
  public static Tone keyed(final double freqHz, final int amplitude, final double keyingHz) {
    return keyed(freqHz, amplitude, keyingHz, NARROW_HZ);
  }

  /**
   * The same at another rate.
   *
   * @param freqHz below half the rate
   * @param amplitude of the sine, 0..32767
   * @param keyingHz periods a second: 3 to 5 are like speech
   * @param rateHz samples a second
   */
  public static Tone keyed(
      final double freqHz, final int amplitude, final double keyingHz, final int rateHz) {
    return new Tone(freqHz, amplitude, keyingHz, rateHz);
  }

  /** Gives the next samples, as many as the array holds. */
  public void fill(final short[] out) {
    for (int i = 0; i < out.length; i++) {
      out[i] = (short) Math.round(amplitude * envelope() * Math.sin(phase));
      phase += phaseStep;
      if (phase > 2.0 * Math.PI) {
        phase -= 2.0 * Math.PI;
      }
      inPeriod = inPeriod + 1 >= periodSamples ? 0 : inPeriod + 1;
    }
  }

  private double envelope() {
    if (periodSamples == 0) {
      return 1.0;
    }
    final int half = periodSamples / 2;
    if (inPeriod < half) {
      return 0.0;
    }
    final int fromEdge = Math.min(inPeriod - half, periodSamples - 1 - inPeriod);
    return Math.min(1.0, (fromEdge + 0.5) / edgeSamples);
  }
}
