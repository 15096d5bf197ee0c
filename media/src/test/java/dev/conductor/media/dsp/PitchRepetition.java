package dev.conductor.media.dsp;

/**
 * What ours is measured against: a plain pitch concealment of whole frames at 8 kHz. It repeats the
 * last period, found by normalised correlation, at full level for 10 ms and fading over the next
 * 50, and cross-fades into the voice that returns over 5 ms.
 */
final class PitchRepetition {
  private static final int FRAME = LossyLine.FRAME_SAMPLES;
  private static final int MIN_LAG = 40;
  private static final int MAX_LAG = 120;
  private static final int TEMPLATE = 160;
  private static final int HOLD = 80;
  private static final int FADE = 400;
  private static final int JOIN = 40;

  private final short[] past = new short[MAX_LAG + TEMPLATE];
  private int lag;
  private int missing;

  void heard(final short[] frame) {
    if (missing > 0) {
      for (int i = 0; i < JOIN; i++) {
        frame[i] = (short) ((repeated(missing + i) * (JOIN - i) + frame[i] * i) / JOIN);
      }
    }
    missing = 0;
    System.arraycopy(past, FRAME, past, 0, past.length - FRAME);
    System.arraycopy(frame, 0, past, past.length - FRAME, FRAME);
  }

  void fill(final short[] frame) {
    if (missing == 0) {
      lag = likeliestLag();
    }
    for (int i = 0; i < FRAME; i++) {
      frame[i] = repeated(missing++);
    }
  }

  private short repeated(final int at) {
    final int faded = Math.max(0, Math.min(FADE, at - HOLD));
    return (short) (past[past.length - lag + at % lag] * (FADE - faded) / FADE);
  }

  private int likeliestLag() {
    int best = MAX_LAG;
    double bestScore = 0;
    for (int candidate = MIN_LAG; candidate <= MAX_LAG; candidate++) {
      double product = 0;
      double energy = 1;
      for (int i = past.length - TEMPLATE; i < past.length; i++) {
        product += past[i] * past[i - candidate];
        energy += past[i - candidate] * past[i - candidate];
      }
      final double score = product / Math.sqrt(energy);
      if (score > bestScore) {
        bestScore = score;
        best = candidate;
      }
    }
    return best;
  }
}
