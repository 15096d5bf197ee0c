package dev.conductor.store;

import dev.conductor.model.Person;
import dev.conductor.store.Answer.Place;
import dev.conductor.store.Question.Row;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Answers the conductor's questions about persons from the rows. A PIN that is drawn is drawn by
 * chance alone, so that it cannot be guessed from another; none begins another of its number. The
 * store's thread.
 */
final class PersonQuestions {
  /** PINs drawn for one row before it is left without: a number that is nearly full. */
  static final int DRAWS = 1_000;

  private static final String LAST_OF_PREFIX = "999999999999";
  private static final String TAKEN =
      "SELECT COUNT(*) FROM person p JOIN conference c ON c.uid = p.conference_uid"
          + " WHERE (p.pin IN (<beginnings>) OR p.pin BETWEEN :pin AND :last)"
          + " AND (LOWER(c.did) IN (<numbers>) OR EXISTS (SELECT 1 FROM conference_alias a"
          + " WHERE a.conference_uid = c.uid AND LOWER(a.alias) IN (<numbers>)))"
          + " AND p.uid <> :own";

  private final RandomGenerator random;

  /** Draws from the system's source of chance. */
  PersonQuestions() {
    this(new SecureRandom());
  }

  PersonQuestions(final RandomGenerator random) {
    this.random = random;
  }

  /** The answer; throws what the database throws. */
  Answer answer(final Handle handle, final Question question) {
    if (question instanceof Question.WhoHasPin who) {
      final List<Person> found = PersonRows.withPin(handle, who.numbers(), who.pin());
      return new Answer.Found(who.id(), found.stream().findFirst());
    } else if (question instanceof Question.WhoIs who) {
      final List<Person> found = PersonRows.of(handle, who.personUid());
      return new Answer.Found(who.id(), found.stream().findFirst());
    }
    return enrolled(handle, (Question.Enrol) question);
  }

  private Answer enrolled(final Handle handle, final Question.Enrol question) {
    final List<String> references =
        question.rows().stream().map(Row::reference).filter(one -> !one.isEmpty()).toList();
    final Map<String, Person> known =
        PersonRows.withReferences(handle, question.conferenceUid(), references);
    final NavigableSet<String> given = new TreeSet<>();
    final List<Place> places = new ArrayList<>(question.rows().size());
    for (final Row row : question.rows()) {
      final Optional<Person> person = Optional.ofNullable(known.get(row.reference()));
      final String pin = pin(handle, question.numbers(), row, person, given);
      if (!pin.isEmpty()) {
        given.add(pin);
      }
      places.add(new Place(person, pin));
    }
    return new Answer.Enrolled(question.id(), places);
  }

  private String pin(
      final Handle handle,
      final List<String> numbers,
      final Row row,
      final Optional<Person> person,
      final NavigableSet<String> given) {
    final String own = person.map(Person::uid).orElse("");
    if (!row.wishedPin().isEmpty()) {
      return isFree(handle, numbers, row.wishedPin(), own, given) ? row.wishedPin() : "";
    }
    if (person.isPresent() && !person.get().pin().isEmpty()) {
      return person.get().pin();
    }
    for (int draw = 0; draw < DRAWS; draw++) {
      final String pin = drawn(row.digits());
      if (isFree(handle, numbers, pin, own, given)) {
        return pin;
      }
    }
    return "";
  }

  private String drawn(final int digits) {
    final StringBuilder pin = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      pin.append((char) ('0' + random.nextInt(10)));
    }
    return pin.toString();
  }

  private static boolean isFree(
      final Handle handle,
      final List<String> numbers,
      final String pin,
      final String own,
      final NavigableSet<String> given) {
    final String next = given.ceiling(pin);
    final List<String> beginnings = beginnings(pin);
    if (next != null && next.startsWith(pin) || beginnings.stream().anyMatch(given::contains)) {
      return false;
    }
    return 0
        == handle
            .createQuery(TAKEN)
            .bindList("beginnings", beginnings)
            .bindList("numbers", numbers)
            .bind("pin", pin)
            .bind("last", pin + LAST_OF_PREFIX)
            .bind("own", own)
            .mapTo(Integer.class)
            .one();
  }

  /** What somebody has keyed who is about to have keyed it all, and all. */
  private static List<String> beginnings(final String pin) {
    final List<String> beginnings = new ArrayList<>(pin.length());
    for (int digits = 1; digits <= pin.length(); digits++) {
      beginnings.add(pin.substring(0, digits));
    }
    return beginnings;
  }
}
