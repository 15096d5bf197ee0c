package dev.conductor.focus;

import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Person;
import dev.conductor.signaling.api.PhoneNumbers;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Which conferences a number reaches and whom a PIN stands for. One number may serve several
 * conferences: the PIN decides. A number that is written another way than it was dialled is found
 * too. The conductor only.
 */
final class ConferenceDirectory {
  private static final Logger LOG = LoggerFactory.getLogger(ConferenceDirectory.class);

  private final Map<String, ConferenceState> conferences = new LinkedHashMap<>();
  private final Map<String, Door> doors = new HashMap<>();
  private final Map<String, Door> doorsByNumber = new HashMap<>();
  private final PhoneNumbers numbers;

  ConferenceDirectory(final List<ConferenceSnapshot> loaded, final PhoneNumbers numbers) {
    this.numbers = numbers;
    for (final ConferenceSnapshot snapshot : loaded) {
      add(new ConferenceState(snapshot));
    }
  }

  /** A conference is there from now on: its number and the other ways to dial it lead to it. */
  void add(final ConferenceState conference) {
    conferences.put(conference.uid(), conference);
    addTo(conference.conference().did(), conference);
    conference.conference().aliases().forEach(alias -> addTo(alias, conference));
  }

  private void addTo(final String dialled, final ConferenceState conference) {
    if (!dialled.isEmpty()) {
      doors.computeIfAbsent(key(dialled), name -> new Door()).add(conference);
      doorsByNumber.computeIfAbsent(numbers.canonical(dialled), name -> new Door()).add(conference);
    }
  }

  Collection<ConferenceState> conferences() {
    return conferences.values();
  }

  /** The conference of this UID, or null. */
  ConferenceState find(final String uid) {
    return conferences.get(uid);
  }

  /** What stands behind a number, or null for a number nobody has. */
  Door door(final String dialled) {
    final Door exact = doors.get(key(dialled));
    return exact == null ? doorsByNumber.get(numbers.canonical(dialled)) : exact;
  }

  private static String key(final String dialled) {
    return dialled.toLowerCase(Locale.ROOT);
  }

  /** Whom a PIN stands for, and where. Immutable. */
  record Match(ConferenceState conference, String personUid) {
    /** He himself, as he is now. */
    Person person() {
      return conference.person(personUid);
    }
  }

  /** All PINs of one number. */
  static final class Door {
    private final Map<String, Match> pins = new HashMap<>();
    private int longestPin;

    /** A conference is there from now on: its number and the other ways to dial it lead to it. */
    void add(final ConferenceState conference) {
      for (final Person person : conference.snapshot().persons()) {
        if (person.pin().isEmpty()) {
          continue;
        }
        final Match earlier = pins.putIfAbsent(person.pin(), new Match(conference, person.uid()));
        if (earlier != null && !earlier.personUid().equals(person.uid())) {
          LOG.warn(
              "persons {} and {} have the same PIN on one number: the first has it",
              earlier.personUid(),
              person.uid());
        }
        longestPin = Math.max(longestPin, person.pin().length());
      }
    }

    /** The one with exactly this PIN, or null. */
    Match match(final String keyed) {
      return pins.get(keyed);
    }

    /** How many digits the longest PIN has. */
    int longestPin() {
      return longestPin;
    }
  }
}
