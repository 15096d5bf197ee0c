package dev.conductor.command;

import dev.conductor.model.Customer;
import dev.conductor.model.Grouping;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;

/** A function of the API that changes something. One record a function; immutable. */
public sealed interface Command {
  /** Who asked. */
  Origin origin();

  /** A command on a call that is up. */
  sealed interface OnCall extends Command {
    /** The call it acts on. */
    String callUid();
  }

  /** A command on a conference, whether a call is up or not. */
  sealed interface OnConference extends Command {
    /** The conference it acts on. */
    String conferenceUid();
  }

  /** A command on a customer, or one that makes something of his. */
  sealed interface OnCustomer extends Command {
    /** The customer it acts on. */
    String customerUid();
  }

  /** Makes a customer; his UID is new. */
  record CreateCustomer(Origin origin, Customer customer) implements OnCustomer {
    @Override
    public String customerUid() {
      return customer.uid();
    }
  }

  /** Changes one wish or text of a customer; what is made later has it. */
  record UpdateCustomer(Origin origin, String customerUid, HostChange change)
      implements OnCustomer {}

  /**
   * Sets or removes a key of a customer.
   *
   * @param value empty to remove the key
   */
  record UpdateCustomerValue(Origin origin, String customerUid, String key, String value)
      implements OnCustomer {}

  /** Makes a conference; the answer shows it. */
  record CreateConference(Origin origin, String customerUid, NewConference what)
      implements OnCustomer {}

  /**
   * Makes conferences; those whose reference is there already are changed instead. What cannot be
   * had is left out, the rest is one batch. The answer shows a {@link ConferencesPut}.
   *
   * @param conferences at most {@value #MAX_CONFERENCES}
   */
  record PutConferences(Origin origin, String customerUid, List<ConferenceEntry> conferences)
      implements OnCustomer {
    /** The most conferences, and the most reservations, in one list. */
    public static final int MAX_CONFERENCES = 2_000;

    /** Copies the list and checks its length. */
    public PutConferences {
      conferences = List.copyOf(conferences);
      requireSome(conferences, "conferences");
      if (conferences.size() > MAX_CONFERENCES) {
        throw new IllegalArgumentException("conferences: more than " + MAX_CONFERENCES);
      }
    }
  }

  /** Books a conference for one more time; the answer shows the reservation. */
  record AddReservation(
      Origin origin, String conferenceUid, long startMs, int minutes, int estimatedCallers)
      implements OnConference {}

  /** Changes a reservation in what is present; the answer shows it. */
  record UpdateReservation(
      Origin origin,
      String conferenceUid,
      String reservationUid,
      OptionalLong startMs,
      OptionalInt minutes,
      OptionalInt estimatedCallers)
      implements OnConference {}

  /** Takes out a reservation that lies ahead and is not the last one. */
  record RemoveReservation(Origin origin, String conferenceUid, String reservationUid)
      implements OnConference {}

  /** Cancels a conference for good; its call is closed. */
  record CancelConference(Origin origin, String conferenceUid) implements OnConference {}

  /** Changes one wish or text of a conference; the answer shows it. */
  record UpdateConference(Origin origin, String conferenceUid, HostChange change)
      implements OnConference {}

  /**
   * Puts a new token in place of the one there is; the answer shows the conference.
   *
   * @param readOnly the token that opens reads alone, instead of the one that opens all
   */
  record RotateToken(Origin origin, String conferenceUid, boolean readOnly)
      implements OnConference {}

  /** Makes a tag of a conference, or finds the one there is; the answer shows it. */
  record CreateConferenceTag(Origin origin, String conferenceUid, String value)
      implements OnConference {}

  /** Takes a tag from a conference; a call's tag made of it stays. */
  record RemoveConferenceTag(Origin origin, String conferenceUid, long tagId)
      implements OnConference {}

  /**
   * Changes one field of each caller named; tried to the end.
   *
   * @param uids without repeats, in the request's order
   */
  record UpdateCaller(Origin origin, String callUid, List<String> uids, CallerChange change)
      implements OnCall {
    /** Copies the list and checks that it names somebody. */
    public UpdateCaller {
      uids = List.copyOf(uids);
      requireSome(uids, "UID");
    }
  }

  /**
   * Changes one field of every active caller.
   *
   * @param role only callers of this role, where present
   */
  record UpdateActiveCaller(Origin origin, String callUid, Optional<Role> role, CallerChange change)
      implements OnCall {}

  /** Makes breakouts and moves callers into them; all or nothing. */
  record CreateBreakout(Origin origin, String callUid, List<NewBreakout> groups) implements OnCall {
    /** Copies the list and checks that there is a group. */
    public CreateBreakout {
      groups = List.copyOf(groups);
      requireSome(groups, "count");
    }
  }

  /** Changes one field of a breakout; all or nothing. */
  record UpdateBreakout(Origin origin, String callUid, String uid, BreakoutChange change)
      implements OnCall {}

  /**
   * Hangs up on each caller named; tried to the end.
   *
   * @param ban whether their PIN and ANI may not return to this call (ours)
   */
  record DropCaller(Origin origin, String callUid, List<String> uids, boolean ban)
      implements OnCall {
    /** Copies the list and checks that it names somebody. */
    public DropCaller {
      uids = List.copyOf(uids);
      requireSome(uids, "UID");
    }
  }

  /** Ends the call for everyone. */
  record CloseCall(Origin origin, String callUid) implements OnCall {}

  /** Changes one field of the call; all or nothing. */
  record UpdateCall(Origin origin, String callUid, CallChange change) implements OnCall {}

  /** Changes what newcomers of a role start with in this call alone. */
  record UpdateCallSetting(
      Origin origin, String callUid, Role role, RoleFlag.Setting setting, boolean on)
      implements OnCall {}

  /** Changes what newcomers of a role start with in calls to come. */
  record UpdateConferenceSetting(
      Origin origin, String conferenceUid, Role role, RoleFlag.Setting setting, boolean on)
      implements OnConference {}

  /**
   * Makes a tag of the call: one of the conference's, or a new one.
   *
   * @param conferenceTagId the conference's tag, 0 for none
   * @param value the new tag's text, empty beside a conference's tag
   */
  record CreateCallTag(Origin origin, String callUid, long conferenceTagId, String value)
      implements OnCall {}

  /** Changes the text of a call's tag. */
  record UpdateCallTag(Origin origin, String callUid, long tagId, String value) implements OnCall {}

  /**
   * Relates a call's tag to each caller named, or ends that; tried to the end.
   *
   * @param adds true to relate, false to end it
   */
  record UpdateCallerTag(Origin origin, String callUid, List<String> uids, long tagId, boolean adds)
      implements OnCall {
    /** Copies the list and checks that it names somebody. */
    public UpdateCallerTag {
      uids = List.copyOf(uids);
      requireSome(uids, "callerUID");
    }
  }

  /**
   * Calls somebody into the call.
   *
   * @param name shown as his tag, empty for the number
   */
  record PlaceCall(Origin origin, String callUid, String name, Role role, String number)
      implements OnCall {}

  /**
   * Sets or removes a key of an object of the conference.
   *
   * @param callUid the call meant, empty when none was named and none is needed
   * @param objectUid the object, of the kind that {@code owner} says
   * @param value empty to remove the key
   */
  record UpdateCustomValue(
      Origin origin,
      String conferenceUid,
      String callUid,
      CustomOwner owner,
      String objectUid,
      String key,
      String value)
      implements OnConference {}

  /**
   * Plays a clip to everyone in the call, in place of one that plays.
   *
   * @param audioUid UID of the clip; empty stops what plays
   */
  record PlayTone(Origin origin, String callUid, String audioUid) implements OnCall {}

  /**
   * Divides callers into new breakouts; all or nothing (ours).
   *
   * @param isPrivate whether the breakouts do not hear the hosts' mics
   * @param follow whether late-comers of the role go to the smallest of them
   */
  record AutoBreakout(
      Origin origin, String callUid, Grouping grouping, boolean isPrivate, boolean follow)
      implements OnCall {}

  /**
   * Brings callers back from breakouts, at once or at a countdown's end; all or nothing (ours).
   *
   * @param uids these breakouts, empty for all
   * @param countdownS 0 for at once
   * @param cancel stops the countdown instead
   */
  record RecallBreakouts(
      Origin origin, String callUid, List<String> uids, int countdownS, boolean cancel)
      implements OnCall {
    /** Copies the list. */
    public RecallBreakouts {
      uids = List.copyOf(uids);
    }
  }

  /** Starts, changes or stops the timer that recalls at its end (ours). */
  record BreakoutTimer(Origin origin, String callUid, TimerChange change) implements OnCall {}

  /**
   * Gives the floor to a caller of the main room whose hand is up (ours).
   *
   * @param attention hands of this level only, 0 for any
   * @param uid this one out of turn, empty for the one whose hand is up longest
   * @param keep whether the one who had the floor keeps his microphone
   */
  record NextHand(Origin origin, String callUid, int attention, String uid, boolean keep)
      implements OnCall {}

  /** Puts back the callers of the last bulk move (ours). */
  record UndoMove(Origin origin, String callUid) implements OnCall {}

  /**
   * Adds a person to a conference, with a PIN nobody else has on its numbers. The answer shows the
   * person.
   */
  record AddPerson(Origin origin, String conferenceUid, PersonChange person)
      implements OnConference {}

  /**
   * Changes what is said of a person. The answer shows the person.
   *
   * @param customerUid whose person it must be
   */
  record UpdatePerson(Origin origin, String customerUid, String personUid, PersonChange change)
      implements Command {}

  /**
   * Sets or removes a key of a person.
   *
   * @param customerUid whose person it must be
   * @param value empty to remove the key
   */
  record UpdatePersonValue(
      Origin origin, String customerUid, String personUid, String key, String value)
      implements Command {}

  /** Removes a person from a conference; who is on the line stays there. */
  record RemovePerson(Origin origin, String conferenceUid, String personUid)
      implements OnConference {}

  /**
   * Adds persons to a conference; those whose reference is there already are changed instead. Rows
   * that cannot be had are left out, the others are one batch. The answer shows a {@link
   * PutResult}.
   *
   * @param persons at most {@value #MAX_PERSONS}
   */
  record PutPersons(Origin origin, String conferenceUid, List<PersonChange> persons)
      implements OnConference {
    /** The most persons in one list. */
    public static final int MAX_PERSONS = 10_000;

    /** Copies the list and checks its length. */
    public PutPersons {
      persons = List.copyOf(persons);
      requireSome(persons, "persons");
      if (persons.size() > MAX_PERSONS) {
        throw new IllegalArgumentException("persons: more than " + MAX_PERSONS);
      }
    }
  }

  /**
   * A breakout to be made. Immutable.
   *
   * @param uid chosen by the client, empty to have one made
   * @param name empty for {@code Breakout n}
   * @param isPrivate whether it does not hear the hosts' mics
   * @param callers UIDs of those who go in
   * @param number its place in the request from 1, 0 where there was no numbering; for messages
   */
  record NewBreakout(String uid, String name, boolean isPrivate, List<String> callers, int number) {
    /** Copies the list. */
    public NewBreakout {
      callers = List.copyOf(callers);
    }

    /** A parameter of this group as the request spelled it, e.g. {@code callers2}. */
    public String parameter(final String base) {
      return number == 0 ? base : base + number;
    }
  }

  private static void requireSome(final List<?> items, final String parameter) {
    if (items.isEmpty()) {
      throw new IllegalArgumentException(parameter + ": missing");
    }
  }
}
