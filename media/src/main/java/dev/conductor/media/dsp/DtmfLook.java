package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * One look at 20 ms of voice at the eight frequencies of ITU-T Q.23, under Hann's window.
 *
 * @threading the media agent that owns the line.
 * @allocation none after construction; tables of 20 KiB once.
 * @units 16-bit linear PCM at 8 kHz; powers as mean square of samples.
 */
final class DtmfLook {
  /** Samples of a look; the next one begins half of them later. */
  static final int SAMPLES = 160;

  /** How many frequencies each group has. */
  static final int GROUP = 4;

  private static final int RATE_HZ = 8_000;
  private static final int HOP_SAMPLES = SAMPLES / 2;
  private static final double[] FREQS_HZ = {697, 770, 852, 941, 1_209, 1_336, 1_477, 1_633};

  /** The tables' one: the worst samples still add up to an int. */
  private static final int SCALE = 1_024;

  private static final double WINDOW_SUM = SAMPLES / 2.0;
  private static final double WINDOW_SQUARES = SAMPLES * 3.0 / 8.0;

  /** From the squared length of a sum to the power of a sine. */
  private static final double TO_POWER = 2.0 / Math.pow(WINDOW_SUM * SCALE, 2);

  /** A sine of this amplitude, about -41 dBm0, is too faint. */
  private static final double FAINTEST = 200.0 * 200.0 / 2.0;

  /** High over low by 6 dB, low over high by 11 dB: what is asked for, and a margin. */
  private static final double HIGH_OVER_LOW = 4.0;

  private static final double LOW_OVER_HIGH = 12.6;

  /**
   * Of all power, what the two tones must be: with 15 dB of noise they are 0.97; an hour and a half
   * of speech showed two looks of 0.78 that were on frequency, and no three in a row.
   */
  private static final double LEAST_SHARE = 0.78;

  /** A second harmonic of more than this, -13 dB, is a voice's. */
  private static final double HARMONIC = 0.05;

  /** Nearer than this a harmonic of the low tone is hidden by the high tone itself. */
  private static final double HIDDEN_HZ = 120;

  /** How far off a key's tones may be; Q.24 takes 1.5 % and refuses 3.5 %. */
  private static final double OFF_FREQUENCY = 0.025;

  /** The same for a tone that is only to be hidden, and may have begun within the look before. */
  private static final double BEGINNING_OFF_FREQUENCY = 0.03;

  private static final int[][] COSINES = new int[2 * GROUP][];
  private static final int[][] SINES = new int[2 * GROUP][];
  private static final int[][] HARMONIC_COSINES = new int[2 * GROUP][];
  private static final int[][] HARMONIC_SINES = new int[2 * GROUP][];

  /** How far each frequency's phase advances from look to look. */
  private static final double[] ADVANCE_COS = new double[2 * GROUP];

  private static final double[] ADVANCE_SIN = new double[2 * GROUP];
  private static final double[] WINDOW_SQUARED = new double[SAMPLES];

  static {
    for (int k = 0; k < 2 * GROUP; k++) {
      COSINES[k] = table(FREQS_HZ[k], 0);
      SINES[k] = table(FREQS_HZ[k], Math.PI / 2);
      HARMONIC_COSINES[k] = table(2 * FREQS_HZ[k], 0);
      HARMONIC_SINES[k] = table(2 * FREQS_HZ[k], Math.PI / 2);
      final double advance = 2 * Math.PI * FREQS_HZ[k] * HOP_SAMPLES / RATE_HZ;
      ADVANCE_COS[k] = Math.cos(advance);
      ADVANCE_SIN[k] = Math.sin(advance);
    }
    for (int i = 0; i < SAMPLES; i++) {
      WINDOW_SQUARED[i] = hann(i) * hann(i);
    }
  }

  private final double[] re = new double[2 * GROUP];
  private final double[] im = new double[2 * GROUP];
  private final double[] powers = new double[2 * GROUP];
  private int low;
  private int high = GROUP;
  private double offLowHz;
  private double offHighHz;
  private boolean tonePair;

  DtmfLook() {}

  /** Sees nothing. */
  void clear() {
    Arrays.fill(re, 0);
    Arrays.fill(im, 0);
    Arrays.fill(powers, 0);
    low = 0;
    high = GROUP;
    tonePair = false;
  }

  /**
   * Looks.
   *
   * @param line where {@link #SAMPLES} samples are
   * @param offset of the first
   * @param before the look that began half of them earlier
   */
  void at(final int[] line, final int offset, final DtmfLook before) {
    for (int k = 0; k < 2 * GROUP; k++) {
      re[k] = sum(line, offset, COSINES[k]);
      im[k] = -sum(line, offset, SINES[k]);
      powers[k] = TO_POWER * (re[k] * re[k] + im[k] * im[k]);
    }
    low = strongest(0);
    high = strongest(GROUP);
    offLowHz = offHz(low, before);
    offHighHz = offHz(high, before);
    final double lowPower = powers[low] / shown(offLowHz);
    final double highPower = powers[high] / shown(offHighHz);
    tonePair =
        Math.min(lowPower, highPower) >= FAINTEST
            && highPower <= HIGH_OVER_LOW * lowPower
            && lowPower <= LOW_OVER_HIGH * highPower
            && lowPower + highPower >= LEAST_SHARE * totalPower(line, offset)
            && hasNoHarmonics(line, offset);
  }

  /** Whether there are two tones and next to nothing else. */
  boolean isTonePair() {
    return tonePair;
  }

  /** Which low and which high frequency is the strongest: 0..15, row by row of the keypad. */
  int pair() {
    return low * GROUP + high - GROUP;
  }

  /** The power at that pair. */
  double pairPower() {
    return powers[low] + powers[high];
  }

  /** The power at another pair. */
  double powerOf(final int pair) {
    return powers[pair / GROUP] + powers[GROUP + pair % GROUP];
  }

  /** Whether the pair is near enough to its frequencies to be a key. */
  boolean isOnFrequency() {
    return isWithin(OFF_FREQUENCY);
  }

  /** Whether the pair may be the beginning of a key. */
  boolean isNearFrequency() {
    return isWithin(BEGINNING_OFF_FREQUENCY);
  }

  private boolean isWithin(final double share) {
    return Math.abs(offLowHz) <= share * FREQS_HZ[low]
        && Math.abs(offHighHz) <= share * FREQS_HZ[high];
  }

  private int strongest(final int from) {
    int best = from;
    for (int k = from + 1; k < from + GROUP; k++) {
      if (powers[k] > powers[best]) {
        best = k;
      }
    }
    return best;
  }

  /** How far a tone is off, by how far its phase advanced: -50..50 Hz, beyond which it wraps. */
  private double offHz(final int k, final DtmfLook before) {
    final double cos = re[k] * before.re[k] + im[k] * before.im[k];
    final double sin = im[k] * before.re[k] - re[k] * before.im[k];
    final double turn =
        Math.atan2(
            sin * ADVANCE_COS[k] - cos * ADVANCE_SIN[k],
            cos * ADVANCE_COS[k] + sin * ADVANCE_SIN[k]);
    return turn / (2 * Math.PI) * RATE_HZ / HOP_SAMPLES;
  }

  /** The share of its power that a sine so far off shows: Hann's main lobe, by its series. */
  private static double shown(final double offHz) {
    final double squared = Math.pow(offHz * SAMPLES / RATE_HZ, 2);
    final double amplitude = 1 - 0.645 * squared + 0.167 * squared * squared;
    return amplitude * amplitude;
  }

  private static double totalPower(final int[] line, final int offset) {
    double sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      final double sample = line[offset + i];
      sum += WINDOW_SQUARED[i] * sample * sample;
    }
    return sum / WINDOW_SQUARES;
  }

  private boolean hasNoHarmonics(final int[] line, final int offset) {
    final boolean hidden = Math.abs(2 * FREQS_HZ[low] - FREQS_HZ[high]) < HIDDEN_HZ;
    return (hidden || harmonicPower(line, offset, low) <= HARMONIC * powers[low])
        && harmonicPower(line, offset, high) <= HARMONIC * powers[high];
  }

  private static double harmonicPower(final int[] line, final int offset, final int k) {
    final double cos = sum(line, offset, HARMONIC_COSINES[k]);
    final double sin = sum(line, offset, HARMONIC_SINES[k]);
    return TO_POWER * (cos * cos + sin * sin);
  }

  private static int sum(final int[] line, final int offset, final int[] table) {
    int sum = 0;
    for (int i = 0; i < SAMPLES; i++) {
      sum += line[offset + i] * table[i];
    }
    return sum;
  }

  private static int[] table(final double freqHz, final double lag) {
    final int[] table = new int[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      final double phase = 2 * Math.PI * freqHz * i / RATE_HZ;
      table[i] = (int) Math.round(SCALE * hann(i) * Math.cos(phase - lag));
    }
    return table;
  }

  private static double hann(final int i) {
    return 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / SAMPLES);
  }
}
