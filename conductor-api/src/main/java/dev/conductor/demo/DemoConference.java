package dev.conductor.demo;

import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Custom;
import dev.conductor.model.Customer;
import dev.conductor.model.PageTexts;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.model.SecretHash;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What {@code serve --demo} lets everybody try: one customer, one conference with a number, a
 * token, two hosts, twenty participants, two tags, a custom value and two clips. Any thread.
 */
public final class DemoConference {
  /** The customer. */
  public static final String CUSTOMER_UID = "DEMO000000000000";

  /** What opens its account to the Conference Management API. */
  public static final String CUSTOMER_KEY = "0".repeat(32);

  /** The conference. */
  public static final String UID = "DEMO";

  /** What to dial; {@code 15550100} and {@code demo} reach it as well. */
  public static final String DID = "+15550100";

  /** What opens it to the API. */
  public static final String TOKEN = "demo";

  /** The PIN of the host, who enters as PRESENTER. */
  public static final String HOST_PIN = "900001";

  /** The PIN of the host's help, who enters as ASSISTANT. */
  public static final String ASSISTANT_PIN = "900002";

  private static final String ZONE = "America/Los_Angeles";
  private static final int FIRST_PIN = 100_001;
  private static final ConferenceTag FRONT_ROW = new ConferenceTag(1, "Front row");
  private static final ConferenceTag FIRST_TIME = new ConferenceTag(2, "First time here");

  /** Every fifth participant sits in the front row, the first of every four is new. */
  private static final int FRONT_ROW_EVERY = 5;

  private static final int FIRST_TIME_EVERY = 4;

  private static final List<String> NAMES =
      List.of(
          "Ada Byrne",
          "Bela Novak",
          "Chidi Okoro",
          "Dana Whitfield",
          "Emil Larsen",
          "Fatima Haddad",
          "Goran Petrov",
          "Hana Suzuki",
          "Ines Duarte",
          "Jonah Reed",
          "Kalinda Rao",
          "Liam Walsh",
          "Mei Tan",
          "Nils Bergman",
          "Olive Carter",
          "Pavel Dvorak",
          "Quinn Harper",
          "Rosa Delgado",
          "Samir Khan",
          "Tove Lindqvist");

  private DemoConference() {}

  /** The PINs of the participants. */
  public static List<String> participantPins() {
    final List<String> pins = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      pins.add(Integer.toString(FIRST_PIN + i));
    }
    return pins;
  }

  /** The conference as a fresh store gets it; its clips are {@link DemoAudio}'s. */
  public static ConferenceSeed seed() {
    return new ConferenceSeed(conference(), customer(), persons());
  }

  private static Customer customer() {
    return new Customer(
        CUSTOMER_UID,
        "Demo customer",
        "ACTIVE",
        DID,
        ZONE,
        false,
        false,
        true,
        false,
        "host@example.com",
        Custom.none(),
        SecretHash.of(CUSTOMER_KEY, new SecureRandom()),
        PageTexts.NONE);
  }

  private static Conference conference() {
    final SortedMap<String, String> custom = new TreeMap<>();
    custom.put("course", "Conductor in ten minutes");
    return new Conference(
        UID,
        CUSTOMER_UID,
        "Demo conference",
        DID,
        List.of("15550100", "demo"),
        TOKEN,
        ZONE,
        ConferenceStatus.IDLE,
        new Conference.Defaults(
            List.of(
                RoleFlag.open(Role.PARTICIPANT),
                RoleFlag.open(Role.ASSISTANT),
                RoleFlag.open(Role.PRESENTER)),
            false,
            true,
            false,
            false),
        new Conference.Texts("", "Everything here may be tried.", "", custom),
        List.of(FRONT_ROW, FIRST_TIME),
        List.of(),
        "",
        Booking.NONE);
  }

  private static List<Person> persons() {
    final List<Person> persons = new ArrayList<>();
    persons.add(person("Hedda Marlow", HOST_PIN, Role.PRESENTER, List.of()));
    persons.add(person("Arlo Finch", ASSISTANT_PIN, Role.ASSISTANT, List.of()));
    for (int i = 0; i < NAMES.size(); i++) {
      final List<ConferenceTag> tags = new ArrayList<>();
      if (i % FRONT_ROW_EVERY == 0) {
        tags.add(FRONT_ROW);
      }
      if (i % FIRST_TIME_EVERY == 0) {
        tags.add(FIRST_TIME);
      }
      persons.add(person(NAMES.get(i), Integer.toString(FIRST_PIN + i), Role.PARTICIPANT, tags));
    }
    return persons;
  }

  private static Person person(
      final String name, final String pin, final Role role, final List<ConferenceTag> tags) {
    final String mail = name.toLowerCase(Locale.ROOT).replace(' ', '.') + "@example.com";
    return new Person(
        "DEMO000000" + pin, UID, name, "", pin, role, mail, "", "", "", tags, Custom.none(), "");
  }
}
