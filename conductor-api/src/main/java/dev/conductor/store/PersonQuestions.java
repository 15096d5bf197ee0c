package dev.conductor.store;

import dev.conductor.model.Person;
import dev.conductor.store.Answer.Place;
import dev.conductor.store.Question.Row;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Answers the conductor's questions about persons from the rows. A PIN that is drawn is drawn by
 * chance alone, so that it cannot be guessed from another; none begins another of its number. The
 * store's thread.
 */
final class PersonQuestions {
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
    final List<Optional<Person>> persons =
        question.rows().stream()
            .map(row -> Optional.ofNullable(known.get(row.reference())))
            .toList();
    final List<String> pins =
        new PinDraw(random, handle, question.numbers()).pins(question.rows(), persons);
    final List<Place> places = new ArrayList<>(pins.size());
    for (int i = 0; i < pins.size(); i++) {
      places.add(new Place(persons.get(i), pins.get(i)));
    }
    return new Answer.Enrolled(question.id(), places);
  }
}
