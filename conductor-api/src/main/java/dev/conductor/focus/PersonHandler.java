package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.Command.AddPerson;
import dev.conductor.command.Command.PutPersons;
import dev.conductor.command.Command.RemovePerson;
import dev.conductor.command.Command.UpdateCustomValue;
import dev.conductor.command.Command.UpdatePerson;
import dev.conductor.command.Command.UpdatePersonValue;
import dev.conductor.command.CustomOwner;
import dev.conductor.command.PutResult;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Custom;
import dev.conductor.model.Person;
import dev.conductor.store.Answer;
import dev.conductor.store.Question;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongFunction;

/**
 * The functions on persons. Who a person is only the store knows: so each says what it asks, and
 * goes on with the answer in a later turn. The conductor only.
 */
final class PersonHandler {
  private final ConferenceDirectory conferences;
  private final Roster roster;
  private final PersonChanges changes;
  private final Enrolment enrolment;
  private final CustomValueHandler values;

  PersonHandler(
      final ConferenceDirectory conferences,
      final Roster roster,
      final PersonChanges changes,
      final Enrolment enrolment,
      final CustomValueHandler values) {
    this.conferences = conferences;
    this.roster = roster;
    this.changes = changes;
    this.enrolment = enrolment;
    this.values = values;
  }

  /** Whether a command is one of these. */
  static boolean takes(final Command command) {
    return command instanceof AddPerson
        || command instanceof UpdatePerson
        || command instanceof UpdatePersonValue
        || command instanceof RemovePerson
        || command instanceof PutPersons
        || command instanceof UpdateCustomValue value && value.owner() == CustomOwner.PERSON;
  }

  /** What a command needs to know first, or why it cannot be had. */
  Need need(final Command command) {
    if (command instanceof UpdatePerson update) {
      return person(update.personUid(), answer -> update(update, answer));
    } else if (command instanceof UpdatePersonValue value) {
      return person(value.personUid(), answer -> ownValue(value, answer));
    } else if (command instanceof AddPerson add) {
      return of(
          add,
          there ->
              list(
                  there,
                  new Enrolment.Wanted(List.of(add.person()), false),
                  put -> added(there, put)));
    } else if (command instanceof PutPersons put) {
      return of(
          put,
          there ->
              list(there, new Enrolment.Wanted(put.persons(), true), result -> put(there, result)));
    } else if (command instanceof RemovePerson remove) {
      return of(remove, there -> person(remove.personUid(), found -> remove(remove, there, found)));
    }
    final UpdateCustomValue value = (UpdateCustomValue) command;
    final String noCall = values.checkCall(value);
    return noCall.isEmpty()
        ? of(value, there -> person(value.objectUid(), found -> value(value, there, found)))
        : Need.refused(noCall);
  }

  private Need of(final Command.OnConference command, final Function<ConferenceState, Need> need) {
    final ConferenceState there = conferences.find(command.conferenceUid());
    return there == null
        ? Need.refused("conferenceUID: no conference " + command.conferenceUid())
        : need.apply(there);
  }

  private static Need person(final String uid, final Function<Answer, Accepted> then) {
    return new Need(id -> new Question.WhoIs(id, uid), then, "");
  }

  private Need list(
      final ConferenceState conference,
      final Enrolment.Wanted wanted,
      final Function<PutResult, Accepted> then) {
    return new Need(
        id -> enrolment.question(id, conference, wanted.persons()),
        answer -> enrolment.put(conference, wanted, answer).map(then).orElse(null),
        "");
  }

  private Accepted added(final ConferenceState conference, final PutResult result) {
    if (result.persons().isEmpty()) {
      return Accepted.no(result.problems().get(0).message());
    }
    final Person person = result.persons().get(0);
    changes.tell(conference, person);
    return shown(conference, person);
  }

  private Accepted put(final ConferenceState conference, final PutResult result) {
    if (!result.persons().isEmpty()) {
      changes.tellConference(conference);
    }
    return shown(conference, result);
  }

  private Accepted update(final UpdatePerson command, final Answer answer) {
    final Person before = found(answer);
    final ConferenceState conference = conferenceOf(before, command.customerUid());
    if (conference == null) {
      return Accepted.no("person: no person " + command.personUid());
    }
    if (!command.change().pin().isEmpty()) {
      return Accepted.no("pin: a person keeps the one he has");
    }
    final Optional<List<ConferenceTag>> tags =
        PersonChanges.tags(conference.conference(), command.change(), before);
    if (tags.isEmpty()) {
      return Accepted.no("value: " + PersonChanges.NO_SUCH_TAG);
    }
    return change(conference, before, command.change().applyTo(before, before.pin(), tags.get()));
  }

  /** The conference of a person; null when there is no such person, or it is another customer's. */
  private ConferenceState conferenceOf(final Person person, final String customerUid) {
    final ConferenceState conference =
        person == null ? null : conferences.find(person.conferenceUid());
    return conference != null && conference.conference().customerUid().equals(customerUid)
        ? conference
        : null;
  }

  private Accepted ownValue(final UpdatePersonValue command, final Answer answer) {
    final Person before = found(answer);
    final ConferenceState conference = conferenceOf(before, command.customerUid());
    return conference == null
        ? Accepted.no("objectUID: no such object \"" + command.personUid() + '"')
        : value(conference, before, command.key(), command.value());
  }

  private Accepted value(
      final UpdateCustomValue command, final ConferenceState conference, final Answer answer) {
    final Person before = found(answer);
    if (before == null || !before.conferenceUid().equals(conference.uid())) {
      return Accepted.no("objectUID: " + CustomValueHandler.noSuchObject(command));
    }
    return value(conference, before, command.key(), command.value());
  }

  private Accepted value(
      final ConferenceState conference, final Person before, final String key, final String value) {
    final String full = CustomValueHandler.checkRoom(before.custom(), key, value);
    return full.isEmpty()
        ? change(conference, before, before.withCustom(Custom.with(before.custom(), key, value)))
        : Accepted.no(full);
  }

  private Accepted change(
      final ConferenceState conference, final Person before, final Person changed) {
    changes.put(conference, before, changed);
    changes.tell(conference, changed);
    return shown(conference, changed);
  }

  private Accepted remove(
      final RemovePerson command, final ConferenceState conference, final Answer answer) {
    final Person person = found(answer);
    if (person == null || !person.conferenceUid().equals(conference.uid())) {
      return Accepted.no("person: no person " + command.personUid() + " in this conference");
    }
    changes.remove(conference, person);
    changes.tellConference(conference);
    return shown(conference, null);
  }

  private Person found(final Answer answer) {
    return ((Answer.Found) answer).person().map(roster::asOfNow).orElse(null);
  }

  /** Every change was told in the call that is up: its last event is this one's. */
  private static Accepted shown(final ConferenceState conference, final Object value) {
    final CallState call = conference.activeCall();
    return Accepted.yes(call == null ? 0 : call.seq()).with(value);
  }

  /**
   * What a command must know before it is executed.
   *
   * @param question makes the question with the number it is given
   * @param then executes the command with the answer; null: to be asked anew
   * @param refusal why there is nothing to ask, the command being refused; else empty
   */
  record Need(LongFunction<Question> question, Function<Answer, Accepted> then, String refusal) {
    private static Need refused(final String why) {
      return new Need(null, null, why);
    }
  }
}
