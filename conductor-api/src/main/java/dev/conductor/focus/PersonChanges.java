package dev.conductor.focus;

import dev.conductor.command.PersonChange;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Custom;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import dev.conductor.store.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Changes persons wherever one is known: the store, the roster, the numbers' lengths of PINs, the
 * call that is up and its log. The conductor only.
 */
final class PersonChanges {
  static final String NO_SUCH_TAG = "not all of them are tags of this conference";

  private final Turn turn;
  private final ConferenceDirectory conferences;
  private final Roster roster;
  private final Supplier<String> uids;

  PersonChanges(
      final Turn turn,
      final ConferenceDirectory conferences,
      final Roster roster,
      final Supplier<String> uids) {
    this.turn = turn;
    this.conferences = conferences;
    this.roster = roster;
    this.uids = uids;
  }

  /** Somebody nothing is said of yet. */
  Person newPerson(final ConferenceState conference) {
    return new Person(
        uids.get(),
        conference.uid(),
        "",
        "",
        "",
        Role.PARTICIPANT,
        "",
        "",
        "",
        "",
        List.of(),
        Custom.none(),
        "");
  }

  /**
   * The conference's tags a change names, by their text or number.
   *
   * @return empty when one is not there
   */
  static Optional<List<ConferenceTag>> tags(
      final Conference conference, final PersonChange change, final Person before) {
    if (change.tags().isEmpty()) {
      // Read before a tag was taken out, he may still have it.
      return Optional.of(before.tags().stream().filter(conference.tags()::contains).toList());
    }
    final List<ConferenceTag> found = new ArrayList<>();
    for (final String wanted : change.tags().get()) {
      final Optional<ConferenceTag> tag = ConferenceTags.find(conference, wanted);
      if (tag.isEmpty()) {
        return Optional.empty();
      }
      if (!found.contains(tag.get())) {
        found.add(tag.get());
      }
    }
    return Optional.of(found);
  }

  /** The conference has these tags from now on; nobody is told. */
  void putTags(final ConferenceState conference, final Conference withTags) {
    conference.put(withTags);
    turn.save(conference, new Change.ConferenceSaved(withTags));
  }

  /** He is so from now on, new or changed; nobody is told. */
  void put(final ConferenceState conference, final Person before, final Person changed) {
    turn.keep(new Change.PersonSaved(changed));
    roster.changed(changed);
    countPin(conference, before, -1);
    countPin(conference, changed, 1);
    if (conference.activeCall() != null) {
      conference.activeCall().personChanged(changed);
    }
  }

  /** He is no more. */
  void remove(final ConferenceState conference, final Person person) {
    turn.keep(new Change.PersonRemoved(person.uid()));
    roster.removed(person);
    countPin(conference, person, -1);
    if (conference.activeCall() != null) {
      conference.activeCall().forgetPerson(person.uid());
    }
  }

  private void countPin(final ConferenceState conference, final Person person, final int pins) {
    conferences.count(conference, person.pin().length(), pins);
  }

  /** PERSON UPDATE, where a call is up. */
  void tell(final ConferenceState conference, final Person changed) {
    if (conference.activeCall() != null) {
      turn.raise(conference.activeCall(), EventSource.PERSON, EventName.UPDATE, changed);
    }
  }

  /** CONFERENCE UPDATE for many persons at once, or one who is no more, where a call is up. */
  void tellConference(final ConferenceState conference) {
    if (conference.activeCall() != null) {
      turn.raise(
          conference.activeCall(),
          EventSource.CONFERENCE,
          EventName.UPDATE,
          conference.conference());
    }
  }
}
