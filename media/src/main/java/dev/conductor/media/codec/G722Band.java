package dev.conductor.media.codec;

import static dev.conductor.media.codec.G722Tables.saturate;

import java.util.Arrays;

/**
 * One band of ITU-T G.722: what its samples are predicted from, and the step by which the
 * difference to the prediction is measured. Encoder and decoder keep the same state, for both learn
 * from the bits sent alone (section 3.6).
 *
 * <p>Where the standard saturates what cannot overrun anyway, that is left out: a difference is
 * below 10,300 at the largest step, and a zero's weight ends at 32,767 by itself.
 *
 * @threading the owner of the coder it belongs to.
 * @allocation none after construction.
 * @units samples of 15 bits at 8 kHz.
 */
final class G722Band {
  private static final int ZEROS = 6;
  private static final int POLE_2_LIMIT = 12_288;
  private static final int POLE_1_LIMIT = 15_360;

  private final int logShift;
  private final int logLimit;
  private final int firstStep;

  /** The zeros' weights, Q14, and the differences they weigh, newest first. */
  private final int[] zeros = new int[ZEROS];

  private final int[] differences = new int[ZEROS];

  /** The poles' weights, Q14, and the last sample they weigh, twice as large. */
  private int pole1;

  private int pole2;
  private int doubled1;

  /** The last two differences after the zeros, for their signs. */
  private int partial1;

  private int partial2;
  private int zeroPrediction;
  private int prediction;
  private int log;
  private int step;

  private G722Band(final int logShift, final int logLimit, final int firstStep) {
    this.logShift = logShift;
    this.logLimit = logLimit;
    this.firstStep = firstStep;
    this.step = firstStep;
  }

  /** The band below 4 kHz. */
  static G722Band low() {
    return new G722Band(8, 18_432, 32);
  }

  /** The band from 4 kHz on. */
  static G722Band high() {
    return new G722Band(10, 22_528, 8);
  }

  /** What the next sample is taken to be. */
  int prediction() {
    return prediction;
  }

  /** The quantizer's step. */
  int step() {
    return step;
  }

  /**
   * Learns from one sample's bits.
   *
   * @param difference of the sample to its prediction, as the bits say it
   * @param logMove how far they move the log of the step
   */
  void learn(final int difference, final int logMove) {
    log = Math.max(0, Math.min(logLimit, (log * 127 >> 7) + logMove));
    step = G722Tables.step(log, logShift);
    final int doubled = saturate(2 * saturate(prediction + difference));
    final int partial = zeroPrediction + difference;
    turnPoles(partial);
    turnZeros(difference);
    partial2 = partial1;
    partial1 = partial;
    final int poles = saturate((pole1 * doubled >> 15) + (pole2 * doubled1 >> 15));
    doubled1 = doubled;
    prediction = saturate(poles + zeroPrediction);
  }

  /** The poles lean to where the signs of the last differences agree, within what is stable. */
  private void turnPoles(final int partial) {
    final boolean same1 = (partial ^ partial1) >= 0;
    final boolean same2 = (partial ^ partial2) >= 0;
    final int slope = saturate(4 * pole1);
    final int turn =
        (Math.min(Short.MAX_VALUE, same1 ? -slope : slope) >> 7) + (same2 ? 128 : -128);
    final int next2 = turn + (pole2 * 32_512 >> 15);
    pole2 = Math.max(-POLE_2_LIMIT, Math.min(POLE_2_LIMIT, next2));
    final int next1 = (pole1 * 32_640 >> 15) + (same1 ? 192 : -192);
    final int limit = POLE_1_LIMIT - pole2;
    pole1 = Math.max(-limit, Math.min(limit, next1));
  }

  /** So do the zeros; then they weigh the differences, this one among them. */
  private void turnZeros(final int difference) {
    final int pace = difference == 0 ? 0 : 128;
    int sum = 0;
    int newer = difference;
    for (int i = 0; i < ZEROS; i++) {
      final int old = differences[i];
      final int turn = (old ^ difference) >= 0 ? pace : -pace;
      zeros[i] = (zeros[i] * 32_640 >> 15) + turn;
      differences[i] = newer;
      sum += zeros[i] * newer >> 14;
      newer = old;
    }
    zeroPrediction = saturate(sum);
  }

  void copyFrom(final G722Band other) {
    System.arraycopy(other.zeros, 0, zeros, 0, ZEROS);
    System.arraycopy(other.differences, 0, differences, 0, ZEROS);
    pole1 = other.pole1;
    pole2 = other.pole2;
    doubled1 = other.doubled1;
    partial1 = other.partial1;
    partial2 = other.partial2;
    zeroPrediction = other.zeroPrediction;
    prediction = other.prediction;
    log = other.log;
    step = other.step;
  }

  void reset() {
    Arrays.fill(zeros, 0);
    Arrays.fill(differences, 0);
    pole1 = 0;
    pole2 = 0;
    doubled1 = 0;
    partial1 = 0;
    partial2 = 0;
    zeroPrediction = 0;
    prediction = 0;
    log = 0;
    step = firstStep;
  }
}
