package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * Finds the keys in a voice by their tone pairs (ITU-T Q.23), about as choosy as Q.24 asks.
 *
 * <p>At each half frame it looks at the 20 ms that end there: which low and which high frequency is
 * strongest, whether the two are nearly all there is, and by how much their phases advanced since
 * the look before, which tells how far off they are. Three such looks in a row of steady level are
 * a key: 40 ms of tone give them wherever they begin, 23 ms do not. A single look over a whole
 * frame hides it, so that others hear less than a frame of a clean tone.
 *
 * <p>A press ends with three looks without its tone: a gap of 40 ms gives them, a drop-out of 20 ms
 * does not.
 *
 * @threading the media agent that owns the line.
 * @allocation none after construction.
 * @units 16-bit linear PCM at the plane's rate.
 */
public final class DtmfDetector {
  /** What {@link #digit} answers where no key was recognised. */
  public static final char NO_DIGIT = 0;

  private static final String KEYS = "123A456B789C*0#D";
  private static final int NONE = -1;
  private static final int HOP_SAMPLES = DtmfLook.SAMPLES / 2;

  /** A frame whose mean absolute sample is less than this holds no pair of -40 dBm0. */
  private static final int QUIET = 100;

  /** A look with less than this of the power of a tone that began is one without it. */
  private static final double ABSENT = 0.1;

  /** Of the loudest look at a press: 15 of 20 ms of tone leave more, 12 of 20 ms leave less. */
  private static final double STEADY = 0.62;

  private static final int ABSENT_LOOKS = 3;

  private final int frameSamples;
  private final Thinner thinner;
  private final int[] line = new int[HOP_SAMPLES + DtmfLook.SAMPLES];
  private DtmfLook newest = new DtmfLook();
  private DtmfLook middle = new DtmfLook();
  private DtmfLook oldest = new DtmfLook();

  /** The pair that sounds now, or none. */
  private int sounding = NONE;

  private double soundingPower;

  /** Whether the pair that sounds was told as a key. */
  private boolean told;

  private int absentLooks;
  private char digit;
  private boolean tone;

  /** A detector that has heard nothing, of voices at this plane's rate. */
  public DtmfDetector(final RatePlane plane) {
    thinner = new Thinner(plane);
    frameSamples = plane.frameSamples();
  }

  /**
   * Listens to the next frame.
   *
   * @param samples a frame of the plane; more than a frame is passed over
   */
  public void onFrame(final short[] samples) {
    digit = NO_DIGIT;
    tone = false;
    System.arraycopy(line, DtmfLook.SAMPLES, line, 0, HOP_SAMPLES);
    thinner.process(samples, line, HOP_SAMPLES);
    final boolean quiet =
        sounding == NONE && Level.sumAbsolute(samples, 0, frameSamples) < QUIET * frameSamples;
    look(0, quiet);
    look(HOP_SAMPLES, quiet);
    if (isBeginning()) {
      begin();
    }
  }

  /** The key whose press was recognised with the latest frame, once a press; else 0. */
  public char digit() {
    return digit;
  }

  /** Whether the latest frame is, or has in it, a tone pair that nobody else should hear. */
  public boolean isTone() {
    return tone;
  }

  /** Forgets the voice so far. */
  public void reset() {
    Arrays.fill(line, 0);
    thinner.reset();
    newest.clear();
    middle.clear();
    oldest.clear();
    sounding = NONE;
    digit = NO_DIGIT;
    tone = false;
  }

  private void look(final int offset, final boolean quiet) {
    final DtmfLook again = oldest;
    oldest = middle;
    middle = newest;
    newest = again;
    if (quiet) {
      newest.clear();
      return;
    }
    newest.at(line, offset, middle);
    if (sounding != NONE) {
      follow();
    }
    if (isKey() && !(told && sounding == newest.pair())) {
      begin();
      told = true;
      digit = KEYS.charAt(sounding);
    }
  }

  private void begin() {
    sounding = newest.pair();
    soundingPower = newest.pairPower();
    told = false;
    absentLooks = 0;
    tone = true;
  }

  /** Sees whether the pair goes on. One that is no key yet must stay as clean as it began. */
  private void follow() {
    if (!told && !(newest.isTonePair() && newest.pair() == sounding)) {
      sounding = NONE;
    } else if (newest.powerOf(sounding) >= ABSENT * soundingPower) {
      absentLooks = 0;
      tone = true;
    } else if (++absentLooks == ABSENT_LOOKS) {
      sounding = NONE;
      told = false;
    }
  }

  private boolean isBeginning() {
    return newest.isTonePair()
        && newest.pair() != sounding
        && newest.pair() == middle.pair()
        && newest.isNearFrequency();
  }

  private boolean isKey() {
    if (!newest.isTonePair() || !middle.isTonePair() || !oldest.isTonePair()) {
      return false;
    }
    final double loudest =
        Math.max(newest.pairPower(), Math.max(middle.pairPower(), oldest.pairPower()));
    final double faintest =
        Math.min(newest.pairPower(), Math.min(middle.pairPower(), oldest.pairPower()));
    return newest.pair() == middle.pair()
        && middle.pair() == oldest.pair()
        && faintest >= STEADY * loudest
        && newest.isOnFrequency()
        && middle.isOnFrequency();
  }
}
