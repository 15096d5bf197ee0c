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
import dev.conductor.model.GroupPlan;
import dev.conductor.model.PageTexts;
import dev.conductor.model.Person;
import dev.conductor.model.Place;
import dev.conductor.model.Reservation;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.model.Times;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A small conference for the reference page: what the renderer writes of it is the page's example.
 * Nobody in it is real. Any thread.
 */
public final class SampleAnswers {
  /** Fri Oct 23 05:30:00 PDT 2015. */
  private static final long START_MS = 1_445_603_400_000L;

  private static final String CONFERENCE = "8YR2D0Q5M1W7XK3B";
  private static final String CALL = "3J7C9P2T6V0ZL4NA";
  private static final String CALLER = "Q1F8S5G2H9D3K6U0";
  private static final String BREAKOUT = "TABLE1";
  private static final String DID = "+15550100";

  private SampleAnswers() {}

  /** The conference; its call is up. */
  public static ConferenceSnapshot conference() {
    final Conference conference =
        new Conference(
            CONFERENCE,
            "CUSTOMER00000001",
            "Weekly round",
            DID,
            List.of(),
            "",
            "America/Los_Angeles",
            ConferenceStatus.IDLE,
            new Conference.Defaults(settings(), false, true, false, false),
            new Conference.Texts("", "Bring the figures.", "", pairs("room", "B12")),
            List.of(new ConferenceTag(7, "sales")),
            List.of(new Audio("B5T0A9E4K2M7Y1C6", "gong", "gong.wav")),
            CALL,
            Booking.NONE.withReservations(
                List.of(Reservation.at("R4K7N1M8D2S5X0QZ", START_MS, 60, 20))));
    return new ConferenceSnapshot(conference, customer());
  }

  private static Customer customer() {
    return new Customer(
        "CUSTOMER00000001",
        "Example Ltd",
        "ACTIVE",
        DID,
        "America/Los_Angeles",
        false,
        false,
        true,
        false,
        "host@example.org",
        Custom.none(),
        "",
        PageTexts.NONE);
  }

  /** Its only person. */
  public static Person person() {
    return new Person(
        "N6R3X8B1W5J0T9PE",
        CONFERENCE,
        "Ann",
        "+15550123",
        "100001",
        Role.PARTICIPANT,
        "ann@example.org",
        "",
        "",
        "",
        List.of(new ConferenceTag(7, "sales")),
        Custom.none(),
        "");
  }

  /** The call, with one caller who sits in a breakout. */
  public static CallSnapshot call() {
    final Call call =
        new Call(
            CALL,
            CONFERENCE,
            START_MS,
            Times.NONE,
            true,
            List.of(CALLER),
            List.of(BREAKOUT),
            settings(),
            List.of(new CallTag(1, "sales", 7)),
            new Call.Flags(true, false, false, true, false, true, false, false),
            new Call.Texts("Weekly round", "", "", "", "", "", "", Custom.none()),
            "",
            Times.NONE);
    return new CallSnapshot(call, Map.of(CALLER, caller()), Map.of(BREAKOUT, breakout()), 12);
  }

  /** The caller; her hand is up. */
  public static Caller caller() {
    return new Caller(
        new Caller.Identity(
            CALLER,
            CALL,
            "N6R3X8B1W5J0T9PE",
            "+15550123",
            "100001",
            DID,
            "ann@example.org",
            START_MS,
            ""),
        Role.PARTICIPANT,
        new Caller.Seat(Place.BREAKOUT, BREAKOUT, START_MS + 120_000),
        new Caller.Sound(true, false, false, false, "", 0, 0, Caller.Sound.DEFAULT_ENERGY),
        new Caller.Hand(1, START_MS + 180_000),
        new Caller.Texts(
            "Ann", "", "", "", "", List.of(new CallTag(1, "sales", 7)), pairs("seat", "4")),
        Caller.Presence.HERE,
        false);
  }

  /** The breakout. */
  public static Breakout breakout() {
    return Breakout.empty(BREAKOUT, CALL, "Table 1", false)
        .withCallers(List.of(CALLER))
        .refreshed(List.of(caller()), START_MS);
  }

  /** What autoBreakout would do. */
  public static GroupPlan plan() {
    return new GroupPlan(
        4_711,
        0,
        List.of(
            new GroupPlan.Group("Table 1", List.of(CALLER, "W2E7R4T9Y1U6I3O8")),
            new GroupPlan.Group("Table 2", List.of("A5S0D8F3G6H1J9K2", "Z7X4C1V8B5N2M0Q6"))));
  }

  private static List<RoleFlag> settings() {
    return List.of(
        new RoleFlag(Role.PARTICIPANT, false, false, false),
        RoleFlag.open(Role.ASSISTANT),
        RoleFlag.open(Role.PRESENTER));
  }

  private static SortedMap<String, String> pairs(final String key, final String value) {
    return new TreeMap<>(Map.of(key, value));
  }
}
