package dev.conductor.store;

import dev.conductor.model.Person;
import java.util.List;
import java.util.Optional;

/** What the store answers to a {@link Question}. Immutable. */
public sealed interface Answer {
  /** Which question. */
  long questionId();

  /** Who it is; nobody when there is no such person. */
  record Found(long questionId, Optional<Person> person) implements Answer {}

  /** One of each row, in the question's order. */
  record Enrolled(long questionId, List<Place> places) implements Answer {
    /** Copies the list. */
    public Enrolled {
      places = List.copyOf(places);
    }
  }

  /** There is no answer; why. */
  record Failed(long questionId, String reason) implements Answer {}

  /**
   * What a row of a list comes to. Immutable.
   *
   * @param person who has the row's reference already; nobody for a new one
   * @param pin the PIN he may have; empty when the one that was wished is taken, or none is free
   */
  record Place(Optional<Person> person, String pin) {}
}
