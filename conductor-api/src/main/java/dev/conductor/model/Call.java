package dev.conductor.model;

import java.util.List;
import java.util.SortedMap;

/**
 * A conference in progress (RFC 4353 says conference; the API says call). Immutable; each change is
 * a new record by one of the {@code with} methods.
 *
 * @param uid unique
 * @param conferenceUid its conference
 * @param startMs Unix time of its opening
 * @param endMs Unix time of its end, {@link Times#NONE} while up
 * @param active whether it is up; the API prints ACTIVE or CLOSED
 * @param callers UIDs of everyone admitted, in order of entry, gone ones too
 * @param breakouts UIDs of the breakouts that exist, in order of making
 * @param settings what newcomers of each role start with
 * @param tags the call's tags
 * @param flags its switches
 * @param texts what people wrote into it
 * @param floorUid caller who was given the floor last, empty for none
 * @param breakoutEndMs when the breakout timer runs out, {@link Times#NONE} for no timer
 */
public record Call(
    String uid,
    String conferenceUid,
    long startMs,
    long endMs,
    boolean active,
    List<String> callers,
    List<String> breakouts,
    List<RoleFlag> settings,
    List<CallTag> tags,
    Flags flags,
    Texts texts,
    String floorUid,
    long breakoutEndMs)
    implements EventTarget {
  /** Breakouts in a call at once. */
  public static final int MAX_BREAKOUTS = 1_000;

  /** Copies the lists. */
  public Call {
    callers = List.copyOf(callers);
    breakouts = List.copyOf(breakouts);
    settings = List.copyOf(settings);
    tags = List.copyOf(tags);
  }

  /** What newcomers of this role start with; OPERATOR is in no setting and always open. */
  public RoleFlag setting(final Role role) {
    for (final RoleFlag setting : settings) {
      if (setting.role() == role) {
        return setting;
      }
    }
    return RoleFlag.open(role);
  }

  /** The same, closed at this moment; its breakout timer ends with it. */
  public Call closed(final long atMs) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        atMs,
        false,
        callers,
        breakouts,
        settings,
        tags,
        flags,
        texts,
        floorUid,
        Times.NONE);
  }

  /** The same with these callers. */
  public Call withCallers(final List<String> uids) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        uids,
        breakouts,
        settings,
        tags,
        flags,
        texts,
        floorUid,
        breakoutEndMs);
  }

  /** The same with these breakouts. */
  public Call withBreakouts(final List<String> uids) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        callers,
        uids,
        settings,
        tags,
        flags,
        texts,
        floorUid,
        breakoutEndMs);
  }

  /** The same with these tags. */
  public Call withTags(final List<CallTag> newTags) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        callers,
        breakouts,
        settings,
        newTags,
        flags,
        texts,
        floorUid,
        breakoutEndMs);
  }

  /** The same with these switches. */
  public Call withFlags(final Flags newFlags) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        callers,
        breakouts,
        settings,
        tags,
        newFlags,
        texts,
        floorUid,
        breakoutEndMs);
  }

  /** The same with other settings. */
  public Call withSettings(final List<RoleFlag> newSettings) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        callers,
        breakouts,
        newSettings,
        tags,
        flags,
        texts,
        floorUid,
        breakoutEndMs);
  }

  /** The same with other texts. */
  public Call withTexts(final Texts newTexts) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        callers,
        breakouts,
        settings,
        tags,
        flags,
        newTexts,
        floorUid,
        breakoutEndMs);
  }

  /** The same with the floor given to this caller. */
  public Call withFloor(final String callerUid) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        callers,
        breakouts,
        settings,
        tags,
        flags,
        texts,
        callerUid,
        breakoutEndMs);
  }

  /** The same with its breakout timer ending then, {@link Times#NONE} for no timer. */
  public Call withBreakoutEnd(final long atMs) {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        callers,
        breakouts,
        settings,
        tags,
        flags,
        texts,
        floorUid,
        atMs);
  }

  /**
   * The call's switches. Immutable.
   *
   * @param talking whether talking is told
   * @param greenroom whether participants wait
   * @param entryway whether newcomers wait (ours)
   * @param backgroundMusic whether those who wait hear music
   * @param enableFeedback stored and told, nothing more
   * @param enableBroadcast stored and told, nothing more
   * @param lockMute whether a caller may not undo a host's mute by key (ours)
   * @param locked whether newcomers are turned away (ours)
   */
  public record Flags(
      boolean talking,
      boolean greenroom,
      boolean entryway,
      boolean backgroundMusic,
      boolean enableFeedback,
      boolean enableBroadcast,
      boolean lockMute,
      boolean locked) {
    /** The same telling of talking or not. */
    public Flags withTalking(final boolean on) {
      return new Flags(
          on,
          greenroom,
          entryway,
          backgroundMusic,
          enableFeedback,
          enableBroadcast,
          lockMute,
          locked);
    }

    /** The same with the green room on or off. */
    public Flags withGreenroom(final boolean on) {
      return new Flags(
          talking,
          on,
          entryway,
          backgroundMusic,
          enableFeedback,
          enableBroadcast,
          lockMute,
          locked);
    }

    /** The same with newcomers waiting or not. */
    public Flags withEntryway(final boolean on) {
      return new Flags(
          talking,
          greenroom,
          on,
          backgroundMusic,
          enableFeedback,
          enableBroadcast,
          lockMute,
          locked);
    }

    /** The same with music for those who wait or without. */
    public Flags withBackgroundMusic(final boolean on) {
      return new Flags(
          talking, greenroom, entryway, on, enableFeedback, enableBroadcast, lockMute, locked);
    }

    /** The same with or without the feedback window. */
    public Flags withEnableFeedback(final boolean on) {
      return new Flags(
          talking, greenroom, entryway, backgroundMusic, on, enableBroadcast, lockMute, locked);
    }

    /** The same with or without hands shown. */
    public Flags withEnableBroadcast(final boolean on) {
      return new Flags(
          talking, greenroom, entryway, backgroundMusic, enableFeedback, on, lockMute, locked);
    }

    /** The same with a host's mute locked or not. */
    public Flags withLockMute(final boolean on) {
      return new Flags(
          talking,
          greenroom,
          entryway,
          backgroundMusic,
          enableFeedback,
          enableBroadcast,
          on,
          locked);
    }

    /** The same open to newcomers or not. */
    public Flags withLocked(final boolean on) {
      return new Flags(
          talking,
          greenroom,
          entryway,
          backgroundMusic,
          enableFeedback,
          enableBroadcast,
          lockMute,
          on);
    }
  }

  /**
   * Free text. Immutable.
   *
   * @param name the call's name
   * @param notes notes
   * @param data the host page's own payload
   * @param customText the field that the document calls custom (Text)
   * @param link last link pushed
   * @param message last message pushed
   * @param feedback lines of feedback
   * @param custom key and value pairs
   */
  public record Texts(
      String name,
      String notes,
      String data,
      String customText,
      String link,
      String message,
      String feedback,
      SortedMap<String, String> custom) {
    /** Copies the pairs. */
    public Texts {
      custom = Custom.copy(custom);
    }

    /** The same with another name. */
    public Texts withName(final String text) {
      return new Texts(text, notes, data, customText, link, message, feedback, custom);
    }

    /** The same with other notes. */
    public Texts withNotes(final String text) {
      return new Texts(name, text, data, customText, link, message, feedback, custom);
    }

    /** The same with another payload. */
    public Texts withData(final String text) {
      return new Texts(name, notes, text, customText, link, message, feedback, custom);
    }

    /** The same with another custom text. */
    public Texts withCustomText(final String text) {
      return new Texts(name, notes, data, text, link, message, feedback, custom);
    }

    /** The same with another link pushed last. */
    public Texts withLink(final String text) {
      return new Texts(name, notes, data, customText, text, message, feedback, custom);
    }

    /** The same with another message pushed last. */
    public Texts withMessage(final String text) {
      return new Texts(name, notes, data, customText, link, text, feedback, custom);
    }

    /** The same with other feedback. */
    public Texts withFeedback(final String text) {
      return new Texts(name, notes, data, customText, link, message, text, custom);
    }

    /** The same with other pairs. */
    public Texts withCustom(final SortedMap<String, String> pairs) {
      return new Texts(name, notes, data, customText, link, message, feedback, pairs);
    }
  }
}
