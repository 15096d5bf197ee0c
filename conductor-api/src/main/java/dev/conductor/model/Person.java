package dev.conductor.model;

import java.util.List;
import java.util.SortedMap;

/**
 * Somebody who may enter a conference with a PIN of his own. Immutable.
 *
 * @param uid unique
 * @param conferenceUid the conference he belongs to
 * @param name shown as the caller's tag
 * @param ani his phone number, empty when not known
 * @param pin digits; unique on the DID
 * @param role what he enters as
 * @param email empty when not known
 * @param notes copied to the caller at entry
 * @param custom1 copied to the caller at entry
 * @param custom2 copied to the caller at entry
 * @param tags conference tags, which become call tags at entry
 * @param custom key and value pairs
 * @param reference the customer's own key of him, by which a second import changes him; empty for
 *     none
 */
public record Person(
    String uid,
    String conferenceUid,
    String name,
    String ani,
    String pin,
    Role role,
    String email,
    String notes,
    String custom1,
    String custom2,
    List<ConferenceTag> tags,
    SortedMap<String, String> custom,
    String reference)
    implements EventTarget {
  /** Copies the collections. */
  public Person {
    tags = List.copyOf(tags);
    custom = Custom.copy(custom);
  }

  /** The same with other pairs. */
  public Person withCustom(final SortedMap<String, String> pairs) {
    return new Person(
        uid,
        conferenceUid,
        name,
        ani,
        pin,
        role,
        email,
        notes,
        custom1,
        custom2,
        tags,
        pairs,
        reference);
  }

  /** The same with other tags. */
  public Person withTags(final List<ConferenceTag> other) {
    return new Person(
        uid,
        conferenceUid,
        name,
        ani,
        pin,
        role,
        email,
        notes,
        custom1,
        custom2,
        other,
        custom,
        reference);
  }
}
