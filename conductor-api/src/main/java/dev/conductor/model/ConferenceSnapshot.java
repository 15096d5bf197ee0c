package dev.conductor.model;

import java.util.List;

/**
 * A conference with its persons. Immutable.
 *
 * @param conference the conference, its active call named in it
 * @param customer whose it is
 * @param persons in order of adding
 */
public record ConferenceSnapshot(Conference conference, Customer customer, List<Person> persons) {
  /** Copies the list. */
  public ConferenceSnapshot {
    persons = List.copyOf(persons);
  }

  /** The same with the clips of its conference. */
  public ConferenceSnapshot withAudio(final AudioCatalog catalog) {
    return new ConferenceSnapshot(
        conference.withAudio(catalog.of(conference.uid())), customer, persons);
  }
}
