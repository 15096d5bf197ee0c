package dev.conductor.store;

import dev.conductor.model.Person;
import dev.conductor.store.Question.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import org.jdbi.v3.core.Handle;

/**
 * Finds PINs for a list of persons on one number: none is somebody else's, begins another or is
 * begun by one. For a few the database is asked about each; a long list reads the PINs of its
 * number once, since thousands of questions would keep the store from what else waits. One list.
 * The store's thread.
 */
final class PinDraw {
  /** PINs drawn for one row before it is left without: a number that is nearly full. */
  static final int DRAWS = 1_000;

  /** A longer list reads all PINs of its number. */
  static final int FEW = 20;

  private static final String LAST_OF_PREFIX = "999999999999";
  private static final String ON_NUMBER =
      " FROM person p JOIN conference c ON c.uid = p.conference_uid"
          + " WHERE (LOWER(c.did) IN (<numbers>) OR EXISTS (SELECT 1 FROM conference_alias a"
          + " WHERE a.conference_uid = c.uid AND LOWER(a.alias) IN (<numbers>)))";

  private final RandomGenerator random;
  private final Handle handle;
  private final List<String> numbers;
  private final NavigableSet<String> given = new TreeSet<>();

  /** Who has which PIN on the number; empty for a short list. */
  private final NavigableMap<String, String> others = new TreeMap<>();

  private boolean hasReadOthers;

  /**
   * Nothing is given yet.
   *
   * @param numbers the ways the number is written
   */
  PinDraw(final RandomGenerator random, final Handle handle, final List<String> numbers) {
    this.random = random;
    this.handle = handle;
    this.numbers = numbers;
  }

  /**
   * The PIN of each row: the wished one, his own, or one that is drawn; empty where there is none.
   * Those that are wished or owned go before those that are drawn.
   *
   * @param persons who has the row's reference already, in the rows' order
   */
  List<String> pins(final List<Row> rows, final List<Optional<Person>> persons) {
    if (rows.size() > FEW) {
      readOthers();
    }
    final String[] pins = new String[rows.size()];
    for (int i = 0; i < pins.length; i++) {
      final String wished = rows.get(i).wishedPin();
      final Optional<Person> person = persons.get(i);
      pins[i] =
          wished.isEmpty()
              ? person.map(Person::pin).orElse("")
              : isFree(wished, person) ? wished : "";
      if (!pins[i].isEmpty()) {
        given.add(pins[i]);
      }
    }
    for (int i = 0; i < pins.length; i++) {
      if (rows.get(i).wishedPin().isEmpty() && pins[i].isEmpty()) {
        pins[i] = draw(rows.get(i).digits(), persons.get(i));
      }
    }
    return List.of(pins);
  }

  private String draw(final int digits, final Optional<Person> person) {
    for (int draw = 0; draw < DRAWS; draw++) {
      final String pin = drawn(digits);
      if (isFree(pin, person)) {
        given.add(pin);
        return pin;
      }
    }
    return "";
  }

  private boolean isFree(final String pin, final Optional<Person> person) {
    final List<String> beginnings = beginnings(pin);
    final String next = given.ceiling(pin);
    if (next != null && next.startsWith(pin) || beginnings.stream().anyMatch(given::contains)) {
      return false;
    }
    final String own = person.map(Person::uid).orElse("");
    return hasReadOthers
        ? isFreeAmongOthers(pin, beginnings, own)
        : isFreeInDatabase(pin, beginnings, own);
  }

  private boolean isFreeAmongOthers(
      final String pin, final List<String> beginnings, final String own) {
    return beginnings.stream().allMatch(one -> others.getOrDefault(one, own).equals(own))
        && others.subMap(pin, true, pin + LAST_OF_PREFIX, true).values().stream()
            .allMatch(own::equals);
  }

  private boolean isFreeInDatabase(
      final String pin, final List<String> beginnings, final String own) {
    return 0
        == handle
            .createQuery(
                "SELECT COUNT(*)"
                    + ON_NUMBER
                    + " AND (p.pin IN (<beginnings>) OR p.pin BETWEEN :pin AND :last)"
                    + " AND p.uid <> :own")
            .bindList("beginnings", beginnings)
            .bindList("numbers", numbers)
            .bind("pin", pin)
            .bind("last", pin + LAST_OF_PREFIX)
            .bind("own", own)
            .mapTo(Integer.class)
            .one();
  }

  private void readOthers() {
    handle
        .createQuery("SELECT p.pin, p.uid" + ON_NUMBER)
        .bindList("numbers", numbers)
        .map((row, context) -> Map.entry(row.getString(1), row.getString(2)))
        .forEach(one -> others.put(one.getKey(), one.getValue()));
    hasReadOthers = true;
  }

  private String drawn(final int digits) {
    final StringBuilder pin = new StringBuilder(digits);
    for (int i = 0; i < digits; i++) {
      pin.append((char) ('0' + random.nextInt(10)));
    }
    return pin.toString();
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
