package dev.conductor.media.session;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.AutoLevel;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.VoiceActivity;

/**
 * Judges what comes of one line: does the caller talk, is his line open, by how much is he to be
 * levelled; and tells of his talking.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 */
final class TalkJudge {
  private static final int DEFAULT_ENERGY = 100;

  private final SessionEvents events;
  private final VoiceActivity activity = new VoiceActivity(DEFAULT_ENERGY);

  /** Null where speakers are not levelled. */
  private final AutoLevel level;

  private int energy = DEFAULT_ENERGY;

  /** Whether his talking is told. */
  private boolean watched;

  /** Whether he talks, as told last. */
  private boolean talking;

  TalkJudge(final SessionEvents events, final boolean levels) {
    this.events = events;
    level = levels ? new AutoLevel() : null;
  }

  /** Tells of his talking from now on, or does not. */
  void watch(final boolean watches) {
    watched = watches;
  }

  /** The threshold of talking. */
  int energy() {
    return energy;
  }

  /** Sets it, from the next frame on. */
  void energy(final int newEnergy) {
    energy = newEnergy;
    activity.energy(newEnergy);
  }

  /** What judges the frames. */
  VoiceActivity activity() {
    return activity;
  }

  /** Judges the frame of a tick. */
  void judge(final VoiceDecoder voice) {
    if (voice.isHeard()) {
      activity.onFrame(voice.sumAbsolute(), voice.plane().frameSamples());
      if (level != null) {
        level.onFrame(activity.levelDb(), activity.isTalking());
      }
    } else {
      activity.dtx(voice.usesDtx());
      activity.onMissing();
    }
    if (watched) {
      tell(activity.isTalking());
    }
  }

  /** Whether frames need not be judged one by one as long as none is louder than those before. */
  boolean isQuiet() {
    return level == null && !talking && activity.isQuiet();
  }

  /** Whether a talk that one place heard goes on in another. */
  static boolean goesOn(final MixPlan.Place before, final MixPlan.Place after) {
    return before != null
        && after != null
        && before.watched() == after.watched()
        && before.feedsFirst() == after.feedsFirst()
        && before.feedsSecond() == after.feedsSecond();
  }

  /** Ends a talk, and closes the line. */
  void stop() {
    activity.stop();
    tell(false);
  }

  /** Tells that he does not talk, whatever is heard of him. */
  void tellEnd() {
    tell(false);
  }

  private void tell(final boolean talks) {
    if (talks != talking) {
      talking = talks;
      events.talking(talks);
    }
  }

  /** Whether his line has sound above its own noise, or had lately. */
  boolean isLineOpen() {
    return activity.isOpen();
  }

  /** The gain that levels his voice, besides his volume. */
  int levelQ15() {
    return level == null ? Gain.UNITY_Q15 : level.gainQ15();
  }
}
