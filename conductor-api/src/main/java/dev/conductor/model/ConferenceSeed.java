package dev.conductor.model;

import java.util.List;

/**
 * A conference as it is first stored, whole: with its customer and its persons. Immutable.
 *
 * @param conference the conference
 * @param customer whose it is
 * @param persons in order of adding
 */
public record ConferenceSeed(Conference conference, Customer customer, List<Person> persons) {
  /** Copies the list. */
  public ConferenceSeed {
    persons = List.copyOf(persons);
  }

  /** The conference without its persons. */
  public ConferenceSnapshot snapshot() {
    return new ConferenceSnapshot(conference, customer);
  }
}
