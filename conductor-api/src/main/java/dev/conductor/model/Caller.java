package dev.conductor.model;

import java.util.List;
import java.util.SortedMap;

/**
 * One phone in a call, from its admission on. Immutable; each change is a new record by one of the
 * {@code with} methods.
 *
 * @param identity who he is; never changes
 * @param role his part
 * @param seat where he is
 * @param sound how he is heard and hears
 * @param hand whether he wants attention
 * @param texts what was written about him
 * @param presence whether he is still on the line
 * @param talking whether he talks now (ours; passing, not stored)
 */
public record Caller(
    Identity identity,
    Role role,
    Seat seat,
    Sound sound,
    Hand hand,
    Texts texts,
    Presence presence,
    boolean talking)
    implements EventTarget {

  /** His UID. */
  public String uid() {
    return identity.uid();
  }

  /** Whether he is still on the line. */
  public boolean active() {
    return presence.active();
  }

  /**
   * Whether nothing but talking may have changed since he was this other record; by its parts, so
   * that it costs nothing.
   */
  public boolean isUnchangedButForTalking(final Caller before) {
    return identity == before.identity
        && role == before.role
        && seat == before.seat
        && sound == before.sound
        && hand == before.hand
        && texts == before.texts
        && presence == before.presence;
  }

  /** The same with another role. */
  public Caller withRole(final Role newRole) {
    return new Caller(identity, newRole, seat, sound, hand, texts, presence, talking);
  }

  /** The same in another place. */
  public Caller withSeat(final Seat newSeat) {
    return new Caller(identity, role, newSeat, sound, hand, texts, presence, talking);
  }

  /** The same heard and hearing otherwise. */
  public Caller withSound(final Sound newSound) {
    return new Caller(identity, role, seat, newSound, hand, texts, presence, talking);
  }

  /** The same with his hand up or down. */
  public Caller withHand(final Hand newHand) {
    return new Caller(identity, role, seat, sound, newHand, texts, presence, talking);
  }

  /** The same with other texts. */
  public Caller withTexts(final Texts newTexts) {
    return new Caller(identity, role, seat, sound, hand, newTexts, presence, talking);
  }

  /** The same talking or silent. */
  public Caller withTalking(final boolean talks) {
    return new Caller(identity, role, seat, sound, hand, texts, presence, talks);
  }

  /** The same, gone at this moment for this reason. */
  public Caller gone(final long atMs, final String reason) {
    return new Caller(
        identity, role, seat, sound, hand, texts, new Presence(false, atMs, reason), false);
  }

  /**
   * Who he is. Immutable.
   *
   * @param uid unique
   * @param callUid his call
   * @param personUid whose PIN he keyed (ours)
   * @param ani his number, empty when withheld
   * @param pin what he keyed
   * @param did what he dialled
   * @param email the person's (ours)
   * @param startMs Unix time the call was received
   * @param previousUid the caller whose seat he took by redialling, empty for none (ours)
   */
  public record Identity(
      String uid,
      String callUid,
      String personUid,
      String ani,
      String pin,
      String did,
      String email,
      long startMs,
      String previousUid) {}

  /**
   * Where he is. Immutable.
   *
   * @param place entryway, main room or breakout
   * @param breakoutUid the breakout, empty elsewhere
   * @param sinceMs Unix time he joined or left a breakout, {@link Times#NONE} if never
   */
  public record Seat(Place place, String breakoutUid, long sinceMs) {}

  /**
   * How he is heard and hears. Immutable.
   *
   * @param mic whether he has the main room's microphone
   * @param mute whether he is muted
   * @param deaf whether he is deaf
   * @param hold whether his phone put us on hold (ours)
   * @param mutedBy HOST, SELF or empty (ours)
   * @param volumeIn -4..4 steps of 3 dB on his voice
   * @param volumeOut -4..4 steps of 3 dB on what he hears
   * @param energy talk threshold, 0..1800
   */
  public record Sound(
      boolean mic,
      boolean mute,
      boolean deaf,
      boolean hold,
      String mutedBy,
      int volumeIn,
      int volumeOut,
      int energy) {
    /** The threshold newcomers have. */
    public static final int DEFAULT_ENERGY = 100;

    /** What a newcomer starts with. */
    public static Sound of(final RoleFlag setting) {
      return new Sound(
          setting.mike(),
          setting.mute(),
          setting.deaf(),
          false,
          setting.mute() ? "HOST" : "",
          0,
          0,
          DEFAULT_ENERGY);
    }

    /** The same with or without the microphone. */
    public Sound withMic(final boolean on) {
      return new Sound(on, mute, deaf, hold, mutedBy, volumeIn, volumeOut, energy);
    }

    /** The same muted or not, by HOST or SELF. */
    public Sound withMute(final boolean on, final String by) {
      return new Sound(mic, on, deaf, hold, on ? by : "", volumeIn, volumeOut, energy);
    }

    /** The same deaf or not. */
    public Sound withDeaf(final boolean on) {
      return new Sound(mic, mute, on, hold, mutedBy, volumeIn, volumeOut, energy);
    }

    /** The same on hold or not. */
    public Sound withHold(final boolean on) {
      return new Sound(mic, mute, deaf, on, mutedBy, volumeIn, volumeOut, energy);
    }

    /** The same with other volumes and threshold. */
    public Sound withLevels(final int in, final int out, final int threshold) {
      return new Sound(mic, mute, deaf, hold, mutedBy, in, out, threshold);
    }
  }

  /**
   * His hand. Immutable.
   *
   * @param attention 0 down, 1..5 up
   * @param sinceMs Unix time it went up, {@link Times#NONE} while down
   */
  public record Hand(int attention, long sinceMs) {
    /** The hand down. */
    public static final Hand DOWN = new Hand(0, Times.NONE);
  }

  /**
   * What was written about him. Immutable.
   *
   * @param tag display name
   * @param data the host page's own payload
   * @param notes notes
   * @param custom1 first custom field
   * @param custom2 second custom field
   * @param tags call tags related to him
   * @param custom key and value pairs
   */
  public record Texts(
      String tag,
      String data,
      String notes,
      String custom1,
      String custom2,
      List<CallTag> tags,
      SortedMap<String, String> custom) {
    /** Copies the collections. */
    public Texts {
      tags = List.copyOf(tags);
      custom = Custom.copy(custom);
    }

    /** The same related to other tags. */
    public Texts withTags(final List<CallTag> newTags) {
      return new Texts(tag, data, notes, custom1, custom2, newTags, custom);
    }

    /** The same with other pairs. */
    public Texts withCustom(final SortedMap<String, String> pairs) {
      return new Texts(tag, data, notes, custom1, custom2, tags, pairs);
    }
  }

  /**
   * Whether he is on the line. Immutable.
   *
   * @param active true until he leaves
   * @param endMs Unix time he left, {@link Times#NONE} while here
   * @param reason why he left, empty while here (ours)
   */
  public record Presence(boolean active, long endMs, String reason) {
    /** On the line. */
    public static final Presence HERE = new Presence(true, Times.NONE, "");
  }
}
