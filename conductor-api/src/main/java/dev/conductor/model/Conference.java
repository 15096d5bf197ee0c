package dev.conductor.model;

import java.util.List;
import java.util.SortedMap;

/**
 * A booked room and all that belongs to it but its persons and calls. Immutable.
 *
 * @param uid unique
 * @param customerUid whose it is
 * @param name its name
 * @param did number to dial, with {@code aliases} beside it
 * @param aliases further user parts that reach it, e.g. the DID without its plus sign
 * @param securityToken what opens it to the API; shown by no read of this API
 * @param zoneId time zone its dates are shown in
 * @param status CANCEL, or anything else for open; what is shown follows the clock and the call
 * @param defaults what its calls start with
 * @param texts what people wrote about it
 * @param tags its tags
 * @param audio clips that may be played in it; read from the audio folder at start, not stored
 * @param activeCallUid the call that is up, empty for none
 * @param booking when it is held and what its host wishes
 */
public record Conference(
    String uid,
    String customerUid,
    String name,
    String did,
    List<String> aliases,
    String securityToken,
    String zoneId,
    ConferenceStatus status,
    Defaults defaults,
    Texts texts,
    List<ConferenceTag> tags,
    List<Audio> audio,
    String activeCallUid,
    Booking booking)
    implements EventTarget {
  /** Copies the lists. */
  public Conference {
    aliases = List.copyOf(aliases);
    tags = List.copyOf(tags);
    audio = List.copyOf(audio);
  }

  /**
   * What the API shows: ACTIVE while a call is up, CANCEL once cancelled, else what the
   * reservations say.
   */
  public ConferenceStatus statusAt(final long nowMs, final DialWindow window) {
    if (!activeCallUid.isEmpty()) {
      return ConferenceStatus.ACTIVE;
    }
    if (isCancelled()) {
      return ConferenceStatus.CANCEL;
    }
    if (booking.isOpenAt(nowMs, window)) {
      return ConferenceStatus.IDLE;
    }
    return booking.isAheadOf(nowMs) ? ConferenceStatus.SCHED : ConferenceStatus.CLOSED;
  }

  /** Whether it was cancelled, which is final. */
  public boolean isCancelled() {
    return status == ConferenceStatus.CANCEL;
  }

  /** The same with another call up; empty for none. */
  public Conference withActiveCall(final String callUid) {
    return new Conference(
        uid,
        customerUid,
        name,
        did,
        aliases,
        securityToken,
        zoneId,
        status,
        defaults,
        texts,
        tags,
        audio,
        callUid,
        booking);
  }

  /** The same called so. */
  public Conference withName(final String newName) {
    return new Conference(
        uid,
        customerUid,
        newName,
        did,
        aliases,
        securityToken,
        zoneId,
        status,
        defaults,
        texts,
        tags,
        audio,
        activeCallUid,
        booking);
  }

  /** The same with these clips. */
  public Conference withAudio(final List<Audio> clips) {
    return new Conference(
        uid,
        customerUid,
        name,
        did,
        aliases,
        securityToken,
        zoneId,
        status,
        defaults,
        texts,
        tags,
        clips,
        activeCallUid,
        booking);
  }

  /** The same with other defaults. */
  public Conference withDefaults(final Defaults newDefaults) {
    return new Conference(
        uid,
        customerUid,
        name,
        did,
        aliases,
        securityToken,
        zoneId,
        status,
        newDefaults,
        texts,
        tags,
        audio,
        activeCallUid,
        booking);
  }

  /** The same with other texts. */
  public Conference withTexts(final Texts newTexts) {
    return new Conference(
        uid,
        customerUid,
        name,
        did,
        aliases,
        securityToken,
        zoneId,
        status,
        defaults,
        newTexts,
        tags,
        audio,
        activeCallUid,
        booking);
  }

  /** The same with other tags. */
  public Conference withTags(final List<ConferenceTag> newTags) {
    return copy(securityToken, status, newTags, booking);
  }

  /** The same, cancelled. */
  public Conference cancelled() {
    return copy(securityToken, ConferenceStatus.CANCEL, tags, booking);
  }

  /** The same, opened to the API by another token. */
  public Conference withSecurityToken(final String token) {
    return copy(token, status, tags, booking);
  }

  /** The same, booked otherwise. */
  public Conference withBooking(final Booking newBooking) {
    return copy(securityToken, status, tags, newBooking);
  }

  private Conference copy(
      final String newToken,
      final ConferenceStatus newStatus,
      final List<ConferenceTag> newTags,
      final Booking newBooking) {
    return new Conference(
        uid,
        customerUid,
        name,
        did,
        aliases,
        newToken,
        zoneId,
        newStatus,
        defaults,
        texts,
        newTags,
        audio,
        activeCallUid,
        newBooking);
  }

  /**
   * What a call of this conference starts with. Immutable.
   *
   * @param settings PARTICIPANT, ASSISTANT, PRESENTER, in this order
   * @param greenroom whether participants wait until the host opens the room
   * @param backgroundMusic whether they hear music meanwhile
   * @param largeCall whether it may span rooms
   * @param placeCall whether it may call out
   */
  public record Defaults(
      List<RoleFlag> settings,
      boolean greenroom,
      boolean backgroundMusic,
      boolean largeCall,
      boolean placeCall) {
    /** Copies the list. */
    public Defaults {
      settings = List.copyOf(settings);
    }

    /** The same with the green room set so. */
    public Defaults withGreenroom(final boolean on) {
      return new Defaults(settings, on, backgroundMusic, largeCall, placeCall);
    }

    /** The same with music set so. */
    public Defaults withBackgroundMusic(final boolean on) {
      return new Defaults(settings, greenroom, on, largeCall, placeCall);
    }

    /** The same with other settings. */
    public Defaults withSettings(final List<RoleFlag> newSettings) {
      return new Defaults(newSettings, greenroom, backgroundMusic, largeCall, placeCall);
    }
  }

  /**
   * Free text. Immutable.
   *
   * @param data the host page's own payload
   * @param notes notes
   * @param customText the field that the document calls custom (Text)
   * @param custom key and value pairs
   */
  public record Texts(
      String data, String notes, String customText, SortedMap<String, String> custom) {
    /** Copies the pairs. */
    public Texts {
      custom = Custom.copy(custom);
    }

    /** The same with other notes. */
    public Texts withNotes(final String newNotes) {
      return new Texts(data, newNotes, customText, custom);
    }

    /** The same with other pairs. */
    public Texts withCustom(final SortedMap<String, String> pairs) {
      return new Texts(data, notes, customText, pairs);
    }
  }
}
