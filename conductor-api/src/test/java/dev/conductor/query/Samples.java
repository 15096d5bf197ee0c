package dev.conductor.query;

import dev.conductor.model.Audio;
import dev.conductor.model.Booking;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Custom;
import dev.conductor.model.Customer;
import dev.conductor.model.PageTexts;
import dev.conductor.model.Person;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.model.Times;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** A conference with a call, two callers and a breakout, made by hand. */
public final class Samples {
  /** Fri Oct 23 05:30:00 PDT 2015. */
  public static final long START_MS = 1_445_603_400_000L;

  private Samples() {}

  /** Conference C1 of customer CUST, opened by this token, with call K1 up if so named. */
  public static ConferenceSnapshot conference(final String token, final String activeCallUid) {
    return conference("C1", token, activeCallUid);
  }

  /** A conference of this UID. */
  public static ConferenceSnapshot conference(
      final String uid, final String token, final String activeCallUid) {
    final Conference conference =
        new Conference(
            uid,
            "CUST",
            "Weekly",
            "+15550100",
            List.of("15550100"),
            token,
            "America/Los_Angeles",
            ConferenceStatus.IDLE,
            new Conference.Defaults(settings(), false, true, false, true),
            new Conference.Texts("d", "n", "free text", pairs("b", "2", "a", "1")),
            List.of(new ConferenceTag(7, "red")),
            List.of(new Audio("A1", "Bell", "bell.wav")),
            activeCallUid,
            Booking.NONE);
    return new ConferenceSnapshot(conference, customer());
  }

  /** Ann, the only person of a conference. */
  public static Person person(final String uid) {
    return new Person(
        "P1",
        uid,
        "Ann",
        "+15550001",
        "100001",
        Role.PARTICIPANT,
        "ann@example.org",
        "",
        "",
        "",
        List.of(new ConferenceTag(7, "red")),
        Custom.none(),
        "key of Ann");
  }

  /** The customer. */
  public static Customer customer() {
    return new Customer(
        "CUST",
        "Demo",
        "ACTIVE",
        "+15550100",
        "America/Los_Angeles",
        true,
        false,
        true,
        false,
        "a@example.org,b@example.org",
        Custom.none(),
        "",
        PageTexts.NONE);
  }

  /** Call K1 at this event number, with callers A and B; B sits in breakout G. */
  public static CallSnapshot call(final long seq) {
    return call("K1", "C1", seq, true);
  }

  /** A call of these UIDs. */
  public static CallSnapshot call(
      final String uid, final String conferenceUid, final long seq, final boolean active) {
    final Call call =
        new Call(
            uid,
            conferenceUid,
            START_MS,
            active ? Times.NONE : START_MS + 60_000,
            active,
            List.of("A", "B"),
            List.of("G"),
            settings(),
            List.of(new CallTag(3, "red", 7)),
            new Call.Flags(true, false, false, true, false, true, false, false),
            new Call.Texts("Weekly", "", "", "text", "", "", "", pairs("k", "v")),
            "",
            Times.NONE);
    final Map<String, Caller> callers = new LinkedHashMap<>();
    callers.put("A", caller("A", Place.MAIN, ""));
    callers.put("B", caller("B", Place.BREAKOUT, "G"));
    return new CallSnapshot(call, callers, Map.of("G", breakout(0)), seq);
  }

  /** Breakout G with caller B in it. */
  public static Breakout breakout(final long lastAssistedMs) {
    return new Breakout(
        "G",
        "K1",
        "Breakout 1",
        List.of("B"),
        true,
        "",
        false,
        Times.NONE,
        true,
        START_MS,
        lastAssistedMs == 0,
        lastAssistedMs);
  }

  /** A caller whose texts are ordinary. */
  public static Caller caller(final String uid, final Place place, final String breakoutUid) {
    return caller(uid, place, breakoutUid, "Ann");
  }

  /** A caller with this tag, which also is in his other texts. */
  public static Caller caller(
      final String uid, final Place place, final String breakoutUid, final String text) {
    return new Caller(
        new Caller.Identity(
            uid, "K1", "P1", "+15550001", "100001", "+15550100", "ann@example.org", START_MS, ""),
        Role.PARTICIPANT,
        new Caller.Seat(place, breakoutUid, Times.NONE),
        new Caller.Sound(true, false, false, false, "", -2, 3, 100),
        Caller.Hand.DOWN,
        new Caller.Texts(
            text, text, text, text, text, List.of(new CallTag(3, "red", 7)), pairs(text, text)),
        Caller.Presence.HERE,
        false);
  }

  /** Pairs from keys and values in turn. */
  public static SortedMap<String, String> pairs(final String... keysAndValues) {
    final SortedMap<String, String> pairs = new TreeMap<>();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      pairs.put(keysAndValues[i], keysAndValues[i + 1]);
    }
    return pairs;
  }

  private static List<RoleFlag> settings() {
    return List.of(
        RoleFlag.open(Role.PARTICIPANT),
        RoleFlag.open(Role.ASSISTANT),
        RoleFlag.open(Role.PRESENTER));
  }
}
