package dev.conductor.media.api;

import java.util.List;

/**
 * Who feeds and who hears what in one call: decided by the focus on a change, handed over whole,
 * swapped in at a tick, then touched by nobody.
 *
 * <p>A <em>mix</em> is a sum of voices with an index 0..mixCount-1. A place feeds up to two mixes
 * and hears up to two; the two mixes a place hears never share a source other than the place
 * itself, so everybody is heard at most once. What a place feeds is taken out of what it hears.
 * {@link #MUSIC} may be heard as a mix is, and fed by nobody.
 *
 * @threading immutable; built by the conductor, read by the call's home agent.
 * @allocation one per change of routing, on the conductor.
 * @param callId the call
 * @param version rises by one with each plan of the call; an older plan never replaces a newer one
 * @param mixCount how many mixes there are
 * @param places one for each session of the call that is to be served, in order of entry
 */
public record MixPlan(long callId, long version, int mixCount, List<Place> places) {
  /** The index that stands for no mix. */
  public static final int NO_MIX = -1;

  /** The index that stands, where a place hears, for the music of those who wait. */
  public static final int MUSIC = -2;

  /** The name of the clip that sounds there, over and over; without it there is silence. */
  public static final String MUSIC_CLIP = "music/waiting";

  /** Copies the list and checks every index. */
  public MixPlan {
    places = List.copyOf(places);
    for (final Place place : places) {
      check(place.feedsFirst(), NO_MIX, mixCount);
      check(place.feedsSecond(), NO_MIX, mixCount);
      check(place.hearsFirst(), MUSIC, mixCount);
      check(place.hearsSecond(), MUSIC, mixCount);
    }
  }

  private static void check(final int mix, final int least, final int mixCount) {
    if (mix < least || mix >= mixCount) {
      throw new IllegalArgumentException(
          "mix " + mix + " is not in " + least + ".." + (mixCount - 1));
    }
  }

  /**
   * One caller in the plan.
   *
   * @threading immutable.
   * @allocation one per place and plan, on the conductor.
   * @param sessionId his RTP session
   * @param feedsFirst mix his voice goes into, or {@link #NO_MIX}
   * @param feedsSecond a second one, or {@link #NO_MIX}
   * @param hearsFirst mix he hears, {@link #MUSIC} or {@link #NO_MIX}
   * @param hearsSecond a second one, {@link #MUSIC} or {@link #NO_MIX}
   * @param volumeInSteps gain of his voice, -4..4 steps of 3 dB
   * @param volumeOutSteps gain of all he hears, -4..4 steps of 3 dB
   * @param energy talk threshold as mean absolute sample value, 0..1800; 0: always open
   * @param watched whether his talking is to be told (somebody could hear him)
   */
  public record Place(
      long sessionId,
      int feedsFirst,
      int feedsSecond,
      int hearsFirst,
      int hearsSecond,
      int volumeInSteps,
      int volumeOutSteps,
      int energy,
      boolean watched) {

    /** Checks the ranges. */
    public Place {
      if (volumeInSteps < -4 || volumeInSteps > 4 || volumeOutSteps < -4 || volumeOutSteps > 4) {
        throw new IllegalArgumentException("volume steps are -4..4");
      }
      if (energy < 0 || energy > 1_800) {
        throw new IllegalArgumentException("energy is 0..1800");
      }
    }

    /** Whether somebody could hear him. */
    public boolean feeds() {
      return feedsFirst != NO_MIX || feedsSecond != NO_MIX;
    }
  }
}
