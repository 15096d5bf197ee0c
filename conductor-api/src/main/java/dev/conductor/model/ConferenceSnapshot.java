package dev.conductor.model;

/**
 * A conference with its customer, as all who ask see it. Its persons stay in the store: {@link
 * PersonSource} reads them. Immutable.
 *
 * @param conference the conference, its active call named in it
 * @param customer whose it is
 */
public record ConferenceSnapshot(Conference conference, Customer customer) {
  /** The same with the clips of its conference. */
  public ConferenceSnapshot withAudio(final AudioCatalog catalog) {
    return new ConferenceSnapshot(conference.withAudio(catalog.of(conference.uid())), customer);
  }
}
