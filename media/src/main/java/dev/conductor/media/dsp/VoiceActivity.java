package dev.conductor.media.dsp;

/**
 * What a session asks of a caller's voice before {@code volume_in}: does he talk, is his line worth
 * mixing, how loud was the last frame. All is judged from one number, the frame's mean absolute
 * sample, against {@code energy} and the line's own noise floor.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units 16-bit linear PCM at any plane's rate; a frame is 20 ms and is the clock. Inside, a level
 *     is the sum of the absolute samples as a frame of the highest rate would have it.
 */
public final class VoiceActivity {
  /** A mean absolute sample of one as a level. */
  static final int LEVEL_SCALE = RatePlane.MAX_FRAME_SAMPLES;

  /** {@link #quietFramesAtOnce} from the end of a span on: the frames of a whole one. */
  public static final int SPAN_FRAMES = NoiseFloor.SPAN_FRAMES;

  /** A sine's mean absolute value over full scale at 0 dB, whose power is 3.01 dB below: 2 / pi. */
  private static final double FULL_SCALE_LEVEL =
      32_768.0 * LEVEL_SCALE * 2.0 * Math.sqrt(2) / Math.PI;

  private final NoiseFloor floor = new NoiseFloor();
  private final TalkDetector talk;
  private final OpenLineGate gate = new OpenLineGate();
  private int level;
  private boolean alwaysOpen;

  /**
   * Nothing was heard yet.
   *
   * @param energy threshold of talking as mean absolute sample, 0..1800; 0: always open
   */
  public VoiceActivity(final int energy) {
    talk = new TalkDetector(energy);
    alwaysOpen = energy == 0;
  }

  /** Changes the threshold from the next frame on. */
  public void energy(final int energy) {
    talk.energy(energy);
    alwaysOpen = energy == 0;
  }

  /** Whether the far end was seen to stop sending in its pauses, or to send comfort noise. */
  public void dtx(final boolean usesDtx) {
    talk.dtx(usesDtx);
  }

  /**
   * Judges a frame that came from packets.
   *
   * @param count samples of 20 ms at the rate they have: 160, 320 or 960
   */
  public void onFrame(final short[] samples, final int count) {
    onFrame(Level.sumAbsolute(samples, 0, count), count);
  }

  /**
   * Judges a frame by the sum of its absolute samples.
   *
   * @param count of them, as above
   */
  public void onFrame(final int sumAbsolute, final int count) {
    level = level(sumAbsolute, count);
    floor.onFrame(level);
    talk.onFrame(level, floor.level());
    gate.onFrame(level, floor.level(), alwaysOpen);
  }

  /** Whether the line is closed and nobody talks, nor begins to, by whatever one frame shows. */
  public boolean isQuiet() {
    return !gate.isOpen() && talk.isQuiet();
  }

  /** How many frames {@link #onQuietFrames} may be given at once. */
  public int quietFramesAtOnce() {
    return floor.framesAtOnce();
  }

  /** What {@link #isQuietFrame} is to be asked with before the next frames. */
  public int quietFloor() {
    return floor.levelBeforeNext();
  }

  /**
   * Whether a frame leaves a line quiet that {@link #isQuiet}.
   *
   * @param level as {@link #level} makes it
   * @param quietFloor {@link #quietFloor}, or the least level since if that is less
   * @param energy the threshold in force
   */
  public static boolean isQuietFrame(final int level, final int quietFloor, final int energy) {
    final int floor = Math.min(level, quietFloor);
    return !OpenLineGate.stands(level, floor) && !TalkDetector.isLoud(level, floor, energy);
  }

  /** The level of a frame by the sum of its absolute samples. */
  public static int level(final int sumAbsolute, final int count) {
    return sumAbsolute * (LEVEL_SCALE / count);
  }

  /**
   * Takes frames that left the line quiet, as {@link #onFrame} would have taken them one by one.
   *
   * @param frames at most {@link #quietFramesAtOnce}
   * @param leastLevel of the quietest of them
   * @param lastLevel of the last
   */
  public void onQuietFrames(final int frames, final int leastLevel, final int lastLevel) {
    level = lastLevel;
    floor.onFrames(frames, leastLevel);
  }

  /** Counts a tick for which no packet came; what concealment made of it is no voice. */
  public void onMissing() {
    level = 0;
    talk.onMissing();
    gate.onMissing();
  }

  /**
   * Ends the talk and closes the line at once: mute, hold, move or leave. What is known of the
   * noise stays.
   */
  public void stop() {
    talk.stop();
    gate.stop();
  }

  /** Whether the caller talks. */
  public boolean isTalking() {
    return talk.isTalking();
  }

  /**
   * Whether his line holds anything but its own noise, or did within the last 700 ms. Whoever talks
   * is open, even by a threshold fainter than the gate's.
   */
  public boolean isOpen() {
    return gate.isOpen() || talk.isTalking();
  }

  /**
   * How loud the last frame was, -127..0 (RFC 6464, section 3), -127 when it did not come. It is
   * read off the mean as if it were a sine, so noise and speech show one to two decibels too
   * little.
   */
  public int levelDb() {
    if (level == 0) {
      return Level.SILENCE_DBOV;
    }
    final double db = 20.0 * Math.log10(level / FULL_SCALE_LEVEL);
    return (int) Math.max(Level.SILENCE_DBOV, Math.min(0, Math.round(db)));
  }

  /** The noise floor, capped, as mean absolute sample. */
  int noiseFloor() {
    return floor.level() / LEVEL_SCALE;
  }
}
