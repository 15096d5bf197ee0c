package dev.conductor.focus;

import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Person;
import dev.conductor.signaling.api.PhoneNumbers;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Which conferences a number reaches, and how long the PINs of each number are. One number may
 * serve several conferences: the PIN decides, and whose it is only the store knows. A number that
 * is written another way than it was dialled is found too. The conductor only.
 */
final class ConferenceDirectory {
  private final Map<String, ConferenceState> conferences = new LinkedHashMap<>();
  private final Map<String, Door> doors = new HashMap<>();
  private final Map<String, Door> doorsByNumber = new HashMap<>();

  /** By the conference's UID. */
  private final Map<String, Set<Door>> doorsOf = new HashMap<>();

  private final PhoneNumbers numbers;

  /**
   * Takes what the store holds.
   *
   * @param pinLengths how many PINs of each length every conference has, by its UID
   */
  ConferenceDirectory(
      final List<ConferenceSnapshot> loaded,
      final Map<String, Map<Integer, Integer>> pinLengths,
      final PhoneNumbers numbers) {
    this.numbers = numbers;
    for (final ConferenceSnapshot snapshot : loaded) {
      final ConferenceState conference = new ConferenceState(snapshot);
      add(conference);
      pinLengths
          .getOrDefault(conference.uid(), Map.of())
          .forEach((digits, pins) -> count(conference, digits, pins));
    }
  }

  /** A conference is there from now on: its number and the other ways to dial it lead to it. */
  void add(final ConferenceState conference) {
    conferences.put(conference.uid(), conference);
    addTo(conference.conference().did(), conference);
    conference.conference().aliases().forEach(alias -> addTo(alias, conference));
  }

  private void addTo(final String written, final ConferenceState conference) {
    if (!written.isEmpty()) {
      addTo(doors.computeIfAbsent(key(written), name -> new Door()), written, conference);
      addTo(
          doorsByNumber.computeIfAbsent(numbers.canonical(written), name -> new Door()),
          written,
          conference);
    }
  }

  private void addTo(final Door door, final String written, final ConferenceState conference) {
    door.numbers.add(key(written));
    door.conferences.put(conference.uid(), conference);
    doorsOf.computeIfAbsent(conference.uid(), uid -> new LinkedHashSet<>()).add(door);
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

  private static String key(final String written) {
    return written.toLowerCase(Locale.ROOT);
  }

  /** All that leads to a conference, written in any way: no two PINs may be alike behind them. */
  List<String> numbers(final ConferenceState conference) {
    return doorsOf.getOrDefault(conference.uid(), Set.of()).stream()
        .flatMap(door -> door.numbers.stream())
        .distinct()
        .toList();
  }

  /** A conference has so many PINs of a length more, or fewer. */
  void count(final ConferenceState conference, final int digits, final int pins) {
    if (digits > 0) {
      for (final Door door : doorsOf.getOrDefault(conference.uid(), Set.of())) {
        door.pinsByLength.merge(digits, pins, (a, b) -> a + b <= 0 ? null : Integer.valueOf(a + b));
      }
    }
  }

  /** Whom a PIN stands for, and where. Immutable. */
  record Match(ConferenceState conference, Person person) {}

  /** One number: its conferences, and how long their PINs are. */
  static final class Door {
    private final Set<String> numbers = new LinkedHashSet<>();
    private final Map<String, ConferenceState> conferences = new LinkedHashMap<>();
    private final TreeMap<Integer, Integer> pinsByLength = new TreeMap<>();

    /** The ways its number is written in its conferences, as the store knows them. */
    List<String> numbers() {
      return List.copyOf(numbers);
    }

    /** The conferences it reaches. */
    Collection<ConferenceState> conferences() {
      return conferences.values();
    }

    /** The conference of this UID, or null when the number does not reach it. */
    ConferenceState find(final String uid) {
      return conferences.get(uid);
    }

    /** Whether there are PINs of so many digits: whether to ask who has one. */
    boolean hasPinsOf(final int digits) {
      return pinsByLength.containsKey(digits);
    }

    /** How many digits the longest PIN has, 0 where there is none. */
    int longestPin() {
      return pinsByLength.isEmpty() ? 0 : pinsByLength.lastKey();
    }
  }
}
