package dev.conductor.media.dsp;

import java.util.ArrayList;
import java.util.List;

/**
 * How well speech can be understood: the short-time objective intelligibility measure of Taal,
 * Hendriks, Heusdens and Jensen (IEEE Transactions on Audio, Speech and Language Processing 19,
 * 2011). At 10 kHz it compares the envelopes of fifteen third-octave bands over 384 ms at a time;
 * what is quieter than 40 dB below the loudest of the clean speech is left out.
 */
final class Stoi {
  private static final int RATE_HZ = 10_000;
  private static final int FRAME = 256;
  private static final int HOP = FRAME / 2;
  private static final int FFT = 512;
  private static final int BANDS = 15;
  private static final double LOWEST_HZ = 150;
  private static final int SEGMENT_FRAMES = 30;
  private static final double CLIP_DB = -15;
  private static final double DYNAMIC_RANGE_DB = 40;
  private static final double TINY = 1e-12;

  private static final double[] WINDOW = window();
  private static final int[] EDGES = edges();

  private final Polyphase toRate;
  private final int cleanSamples;

  /** Where the frames that count begin. */
  private final List<Integer> frames;

  /** By frame, then band. */
  private final double[][] clean;

  /** Judges what became of the given speech. */
  Stoi(final short[] speech, final int rateHz) {
    toRate = new Polyphase(rateHz, RATE_HZ);
    cleanSamples = speech.length;
    final double[] resampled = toRate.resample(speech);
    frames = audibleFrames(resampled);
    clean = bands(resampled);
    if (clean.length < SEGMENT_FRAMES) {
      throw new IllegalArgumentException("too little speech: " + clean.length + " frames");
    }
  }

  /** About 0, nothing, to 1, all; the degraded speech is as long as the clean and in step. */
  double of(final short[] degraded) {
    if (degraded.length != cleanSamples) {
      throw new IllegalArgumentException(degraded.length + " samples, not " + cleanSamples);
    }
    final double[][] heard = bands(toRate.resample(degraded));
    double sum = 0;
    final int segments = clean.length - SEGMENT_FRAMES + 1;
    for (int segment = 0; segment < segments; segment++) {
      for (int band = 0; band < BANDS; band++) {
        sum += likeness(heard, segment, band);
      }
    }
    return sum / segments / BANDS;
  }

  /** How the envelope of one band goes along with the clean one over a segment. */
  private double likeness(final double[][] heard, final int from, final int band) {
    final double[] x = new double[SEGMENT_FRAMES];
    final double[] y = new double[SEGMENT_FRAMES];
    double powerX = 0;
    double powerY = 0;
    for (int i = 0; i < SEGMENT_FRAMES; i++) {
      x[i] = clean[from + i][band];
      y[i] = heard[from + i][band];
      powerX += x[i] * x[i];
      powerY += y[i] * y[i];
    }
    final double level = Math.sqrt(powerX / (powerY + TINY));
    final double most = 1 + Math.pow(10, -CLIP_DB / 20);
    for (int i = 0; i < SEGMENT_FRAMES; i++) {
      y[i] = Math.min(level * y[i], most * x[i]);
    }
    return correlation(x, y);
  }

  private static double correlation(final double[] x, final double[] y) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += x[i] / x.length;
      meanY += y[i] / y.length;
    }
    double product = 0;
    double powerX = 0;
    double powerY = 0;
    for (int i = 0; i < x.length; i++) {
      product += (x[i] - meanX) * (y[i] - meanY);
      powerX += (x[i] - meanX) * (x[i] - meanX);
      powerY += (y[i] - meanY) * (y[i] - meanY);
    }
    return product / (Math.sqrt(powerX * powerY) + TINY);
  }

  private static List<Integer> audibleFrames(final double[] speech) {
    final List<Double> levelsDb = new ArrayList<>();
    double loudestDb = Double.NEGATIVE_INFINITY;
    for (int at = 0; at + FRAME <= speech.length; at += HOP) {
      double power = 0;
      for (int i = 0; i < FRAME; i++) {
        final double sample = WINDOW[i] * speech[at + i];
        power += sample * sample;
      }
      final double levelDb = 10 * Math.log10(power + TINY);
      levelsDb.add(levelDb);
      loudestDb = Math.max(loudestDb, levelDb);
    }
    final List<Integer> audible = new ArrayList<>();
    for (int frame = 0; frame < levelsDb.size(); frame++) {
      if (levelsDb.get(frame) > loudestDb - DYNAMIC_RANGE_DB) {
        audible.add(frame * HOP);
      }
    }
    return audible;
  }

  /** Joins the frames that count by overlap-add, then takes the bands of the joined sound. */
  private double[][] bands(final double[] sound) {
    final double[] joined = new double[(frames.size() - 1) * HOP + FRAME];
    for (int frame = 0; frame < frames.size(); frame++) {
      for (int i = 0; i < FRAME; i++) {
        joined[frame * HOP + i] += WINDOW[i] * sound[frames.get(frame) + i];
      }
    }
    final double[][] bands = new double[frames.size()][];
    for (int frame = 0; frame < bands.length; frame++) {
      bands[frame] = bandsOf(joined, frame * HOP);
    }
    return bands;
  }

  private static double[] bandsOf(final double[] sound, final int at) {
    final double[] real = new double[FFT];
    final double[] imaginary = new double[FFT];
    for (int i = 0; i < FRAME; i++) {
      real[i] = WINDOW[i] * sound[at + i];
    }
    Fft.transform(real, imaginary);
    final double[] bands = new double[BANDS];
    for (int band = 0; band < BANDS; band++) {
      double power = 0;
      for (int bin = EDGES[2 * band]; bin < EDGES[2 * band + 1]; bin++) {
        power += real[bin] * real[bin] + imaginary[bin] * imaginary[bin];
      }
      bands[band] = Math.sqrt(power);
    }
    return bands;
  }

  /** Hann's window without its zeros. */
  private static double[] window() {
    final double[] window = new double[FRAME];
    for (int i = 0; i < FRAME; i++) {
      window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (FRAME + 1));
    }
    return window;
  }

  /** First bin, and the bin after the last, of each band. */
  private static int[] edges() {
    final int[] edges = new int[2 * BANDS];
    for (int band = 0; band < BANDS; band++) {
      final double centreHz = LOWEST_HZ * Math.pow(2, band / 3.0);
      edges[2 * band] = bin(centreHz * Math.pow(2, -1 / 6.0));
      edges[2 * band + 1] = bin(centreHz * Math.pow(2, 1 / 6.0));
    }
    return edges;
  }

  private static int bin(final double freqHz) {
    return (int) Math.round(freqHz * FFT / RATE_HZ);
  }
}
