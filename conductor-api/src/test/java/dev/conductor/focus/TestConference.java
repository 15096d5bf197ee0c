package dev.conductor.focus;

import dev.conductor.model.Audio;
import dev.conductor.model.AudioCatalog;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Conferences for tests: PINs 900001 host, 900002 assistant, 800001 operator, 100001 and on. */
final class TestConference {
  static final String HOST = "900001";
  static final String ASSISTANT = "900002";
  static final String OPERATOR = "800001";
  static final String PIN_1 = "100001";
  static final String PIN_2 = "100002";
  static final String PIN_3 = "100003";
  private static final ConferenceTag VIP = new ConferenceTag(41, "VIP");

  /** A clip of every conference, one of the first and one of the second. */
  static final AudioCatalog CLIPS =
      new AudioCatalog(
          List.of(new Audio("A0", "Bell", "bell.wav")),
          Map.of(
              "CONF", List.of(new Audio("A1", "Gong", "CONF/gong.wav")),
              "OTHER", List.of(new Audio("A2", "Chime", "OTHER/chime.wav"))));

  private TestConference() {}

  /** Everybody comes in open. */
  static ConferenceSeed open() {
    return with(
        "CONF", false, RoleFlag.open(Role.PARTICIPANT), ConferenceStatus.IDLE, everybody("CONF"));
  }

  /** A lecture: participants come in without the microphone. */
  static ConferenceSeed lecture() {
    final RoleFlag listening = new RoleFlag(Role.PARTICIPANT, false, true, false);
    return with("CONF", false, listening, ConferenceStatus.IDLE, everybody("CONF"));
  }

  /** Participants wait. */
  static ConferenceSeed greenroom() {
    return with(
        "CONF", true, RoleFlag.open(Role.PARTICIPANT), ConferenceStatus.IDLE, everybody("CONF"));
  }

  /** On the same number, entered by 2222. */
  static ConferenceSeed second() {
    return with(
        "OTHER",
        false,
        RoleFlag.open(Role.PARTICIPANT),
        ConferenceStatus.IDLE,
        List.of(person("OTHER", "2222", Role.PARTICIPANT)));
  }

  /** Nobody may come in any more. */
  static ConferenceSeed cancelled() {
    return with(
        "CONF", false, RoleFlag.open(Role.PARTICIPANT), ConferenceStatus.CANCEL, everybody("CONF"));
  }

  private static List<Person> everybody(final String conference) {
    final List<Person> persons = new ArrayList<>();
    persons.add(person(conference, HOST, Role.PRESENTER));
    persons.add(person(conference, ASSISTANT, Role.ASSISTANT));
    persons.add(person(conference, OPERATOR, Role.OPERATOR));
    for (int i = 1; i <= 20; i++) {
      persons.add(person(conference, Integer.toString(100_000 + i), Role.PARTICIPANT));
    }
    return persons;
  }

  static Person person(final String conference, final String pin, final Role role) {
    return new Person(
        "P" + pin,
        conference,
        pin.equals(PIN_2) ? "" : "Person " + pin,
        "",
        pin,
        role,
        pin + "@example.net",
        "notes of " + pin,
        "one",
        "two",
        pin.equals(PIN_1) || pin.equals(PIN_3) ? List.of(VIP) : List.of(),
        Custom.none(),
        "");
  }

  private static ConferenceSeed with(
      final String uid,
      final boolean greenroom,
      final RoleFlag participants,
      final ConferenceStatus status,
      final List<Person> persons) {
    final Conference conference =
        new Conference(
            uid,
            "CUST",
            "Conference " + uid,
            "+15550100",
            List.of("15550100", "demo"),
            "token",
            "UTC",
            status,
            new Conference.Defaults(
                List.of(participants, RoleFlag.open(Role.ASSISTANT), RoleFlag.open(Role.PRESENTER)),
                greenroom,
                true,
                false,
                false),
            new Conference.Texts("", "", "", Custom.none()),
            List.of(VIP),
            List.of(),
            "",
            Booking.NONE);
    final Customer customer =
        new Customer(
            "CUST",
            "Customer",
            "ACTIVE",
            "",
            "UTC",
            false,
            false,
            false,
            false,
            "",
            Custom.none(),
            "",
            PageTexts.NONE);
    return new ConferenceSeed(conference, customer, persons);
  }
}
