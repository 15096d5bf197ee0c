package dev.conductor.command;

import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is said of a person: of a new one, or what changes of one who is there. What is not said
 * stays as it is; of a new one it is empty, the role PARTICIPANT. Immutable.
 *
 * @param texts what is written of him
 * @param role what he enters as
 * @param tags texts or numbers of tags of his conference, all he is to have
 * @param pin the PIN he is to have, digits; empty for one that is drawn, or the one he has
 * @param reference the customer's own key of him, empty for none
 */
public record PersonChange(
    Map<Text, String> texts,
    Optional<Role> role,
    Optional<List<String>> tags,
    String pin,
    String reference) {
  /** What may be written of a person. */
  public enum Text {
    /** Shown as the caller's tag. */
    NAME,
    /** His phone number. */
    ANI,
    /** His address. */
    EMAIL,
    /** Copied to the caller at entry. */
    NOTES,
    /** Copied to the caller at entry. */
    CUSTOM1,
    /** Copied to the caller at entry. */
    CUSTOM2
  }

  /** Copies the collections. */
  public PersonChange {
    texts = Map.copyOf(texts);
    tags = tags.map(List::copyOf);
  }

  /** Nothing said yet. */
  public static PersonChange nothing() {
    return new PersonChange(Map.of(), Optional.empty(), Optional.empty(), "", "");
  }

  /** The same with this text as well. */
  public PersonChange with(final Text field, final String text) {
    final Map<Text, String> more = new EnumMap<>(Text.class);
    more.putAll(texts);
    more.put(field, text);
    return new PersonChange(more, role, tags, pin, reference);
  }

  /** The same with this role. */
  public PersonChange with(final Role newRole) {
    return new PersonChange(texts, Optional.of(newRole), tags, pin, reference);
  }

  /** The same with these tags. */
  public PersonChange withTags(final List<String> all) {
    return new PersonChange(texts, role, Optional.of(all), pin, reference);
  }

  /** The same with this PIN. */
  public PersonChange withPin(final String wished) {
    return new PersonChange(texts, role, tags, wished, reference);
  }

  /** The same of a person with this reference. */
  public PersonChange withReference(final String key) {
    return new PersonChange(texts, role, tags, pin, key);
  }

  /**
   * The person after the change.
   *
   * @param newPin his PIN
   * @param newTags his tags
   */
  public Person applyTo(
      final Person before, final String newPin, final List<ConferenceTag> newTags) {
    return new Person(
        before.uid(),
        before.conferenceUid(),
        texts.getOrDefault(Text.NAME, before.name()),
        texts.getOrDefault(Text.ANI, before.ani()),
        newPin,
        role.orElse(before.role()),
        texts.getOrDefault(Text.EMAIL, before.email()),
        texts.getOrDefault(Text.NOTES, before.notes()),
        texts.getOrDefault(Text.CUSTOM1, before.custom1()),
        texts.getOrDefault(Text.CUSTOM2, before.custom2()),
        newTags,
        before.custom(),
        reference.isEmpty() ? before.reference() : reference);
  }
}
