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

  /** The same, closed at this moment. */
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
        breakoutEndMs);
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
   */
  public record Flags(
      boolean talking,
      boolean greenroom,
      boolean entryway,
      boolean backgroundMusic,
      boolean enableFeedback,
      boolean enableBroadcast,
      boolean lockMute) {}

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
  }
}
