package dev.conductor.media.dsp;

/**
 * Brings soft and loud speakers near one level, slowly, so that nobody hears it work: by -6 to +12
 * dB, at most 3 dB a second up and 6 dB a second down, and only while the speaker talks.
 *
 * <p>What is levelled is the power of his speech, averaged over about the last second of it, not
 * the single frame: frames 16 dB or more below it are pauses and count for nothing but a slow decay
 * (for he may have turned softer), and those below -55 dBov count for nothing at all, so that no
 * noise is raised. The gain rests while it is within 1 dB of where it should be.
 *
 * @threading the media agent that owns the speaker.
 * @allocation none after construction.
 * @units a frame is 20 ms and is the clock; levels in dBov (RFC 6464, section 3).
 */
public final class AutoLevel {
  /** The level of active speech to which it brings a speaker: what telephony takes for nominal. */
  public static final int TARGET_DBOV = -26;

  /** The most it lowers a voice. */
  public static final int MIN_GAIN_DB = -6;

  /** The most it raises a voice. */
  public static final int MAX_GAIN_DB = 12;

  private static final int FAINTEST_DBOV = -55;
  private static final int PAUSE_DB = 16;

  /** A frame's share of the average. */
  private static final double SHARE = 0.02;

  /** A pause's: 1 dB a second. */
  private static final double DECAY = Math.pow(10, -0.1 * RatePlane.FRAME_MS / 1_000);

  /** Steps and gains are hundredths of a decibel: they add up exactly. */
  private static final int DB = 100;

  private static final int UP = 3 * DB * RatePlane.FRAME_MS / 1_000;
  private static final int DOWN = 6 * DB * RatePlane.FRAME_MS / 1_000;
  private static final int REST = DB;

  /** By level below overload. */
  private static final double[] POWERS = powers();

  /** Of his speech, where full scale is one; 0 when none was heard. */
  private double power;

  private int gainCentiDb;
  private int gainQ15 = Gain.UNITY_Q15;

  /**
   * Takes a frame into account.
   *
   * @param levelDb of the frame before this gain, -127..0
   * @param talking whether its speaker talks; else all stays as it is
   */
  public void onFrame(final int levelDb, final boolean talking) {
    if (!talking || levelDb < FAINTEST_DBOV) {
      return;
    }
    final double framePower = POWERS[-levelDb];
    if (power == 0) {
      power = framePower;
    } else if (framePower > power * POWERS[PAUSE_DB]) {
      power += SHARE * (framePower - power);
    } else {
      power *= DECAY;
    }
    follow();
  }

  /** The gain for his next frame, to be reached without a jump: 32768 is one. */
  public int gainQ15() {
    return gainQ15;
  }

  /** Forgets the speaker: the gain is one. */
  public void reset() {
    power = 0;
    gainCentiDb = 0;
    gainQ15 = Gain.UNITY_Q15;
  }

  private void follow() {
    final double wishedDb = TARGET_DBOV - 10 * Math.log10(power);
    final int wished =
        (int) Math.round(DB * Math.max(MIN_GAIN_DB, Math.min(MAX_GAIN_DB, wishedDb)));
    final int off = wished - gainCentiDb;
    if (off > REST) {
      gainCentiDb += UP;
    } else if (off < -REST) {
      gainCentiDb -= DOWN;
    } else {
      return;
    }
    gainQ15 = (int) Math.round(Gain.UNITY_Q15 * Math.pow(10, gainCentiDb / (20.0 * DB)));
  }

  private static double[] powers() {
    final double[] table = new double[-Level.SILENCE_DBOV + 1];
    for (int i = 0; i < table.length; i++) {
      table[i] = Math.pow(10, -i / 10.0);
    }
    return table;
  }
}
