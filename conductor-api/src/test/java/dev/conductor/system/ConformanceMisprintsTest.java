package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.Reservation;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Where the document misprints or contradicts itself a client may have followed either reading:
 * both work. And the document's own example, a host who mutes a caller.
 */
class ConformanceMisprintsTest {
  private static ConformanceStage stage;

  @BeforeAll
  static void open() throws Exception {
    stage = new ConformanceStage();
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void shouldMuteACallerAsTheDocumentsExampleDoes() throws Exception {
    final String caller = stage.participant();
    try (EventTape page = EventTape.open(stage.api(), "")) {
      page.await("SYSTEM", "SNAPSHOT", any -> true);
      stage.done("updateCaller", "UID", caller, "field", "mute", "value", "true");
      final JsonNode event = page.await("CALLER", "MUTE", any -> true);
      assertThat(event.path("target").path("UID").asText()).isEqualTo(caller);
      assertThat(event.path("target").path("mute").asBoolean()).isTrue();
      stage.done("updateCaller", "UID", caller, "field", "mute", "value", "false");
    }
  }

  @Test
  void shouldTakeTheMultipleBreakoutsExampleByConference() {
    final String caller = stage.participant();
    final String host = stage.host();
    stage.done(
        "createBreakout",
        "count",
        "2",
        "callers1",
        caller,
        "callers2",
        host,
        "breakoutUID2",
        "SALES" + System.nanoTime());
    assertThat(stage.api().read("getCaller", "UID", host).path("breakout").asText())
        .startsWith("SALES");
  }

  @Test
  void shouldRequireATokenForUpdateCallerTagThoughItsTableHasNone() {
    final String tag = stage.tag("guarded");
    final Map<String, String> request =
        Map.of(
            "callUID",
            stage.callUid(),
            "callerUID",
            stage.participant(),
            "callTagID",
            tag,
            "action",
            "Add");
    assertThat(stage.api().post("updateCallerTag", request).statusCode()).isEqualTo(403);
  }

  @Test
  void shouldTakeBothSpellings() {
    final String caller = stage.participant();
    for (final String field : List.of("mike", "mic", "MIKE")) {
      stage.done("updateCaller", "UID", caller, "field", field, "value", "true");
    }
    for (final String role : List.of("PARTICPANT", "PARTICIPANT", "participant")) {
      stage.done("updateCallSetting", "role", role, "setting", "mike", "value", "true");
    }
    final String tag = stage.tag("spelled");
    for (final String parameter : List.of("callTagID", "callTagId")) {
      stage.done("updateCallTag", parameter, tag, "value", parameter);
    }
    final String conferenceTag =
        stage.api().read("getConference").path("tags").path(0).path("ID").asText();
    for (final String parameter : List.of("conferenceTagID", "conferenceTagId")) {
      stage.done("createCallTag", parameter, conferenceTag);
    }
    for (final String parameter : List.of("securityToken", "securityTokenSecurity")) {
      final Map<String, String> request =
          Map.of("conferenceUID", DemoConference.UID, parameter, DemoConference.TOKEN);
      assertThat(stage.api().post("getConference", request).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldSayMicOfACallerAndMikeOfASetting() {
    assertThat(stage.api().read("getCaller", "UID", stage.participant()).has("mic")).isTrue();
    assertThat(stage.api().read("getCall").path("settings").path(0).has("mike")).isTrue();
  }

  @Test
  void shouldHangUpNobodyWhenATonePlays() {
    final int before = stage.api().activeCallers();
    final String clip =
        stage.api().read("getConference").path("audio").path(0).path("UID").asText();
    stage.done("playTone", "tone", clip);
    stage.done("playTone", "tone", "");
    assertThat(stage.api().activeCallers()).isEqualTo(before);
  }

  @Test
  void shouldGiveAPersonHisOwnNameAndEmail() {
    final JsonNode person = stage.api().read("getConferenceData").path("person").path(0);
    assertThat(person.path("name").asText())
        .isNotEmpty()
        .isNotEqualTo(stage.api().read("getConference").path("name").asText());
    assertThat(person.has("email")).isTrue();
  }

  @Test
  void shouldNameBreakoutEventsProperlyUnlessAskedForThePrintedNames() throws Exception {
    try (EventTape proper = EventTape.open(stage.api(), "");
        EventTape printed = EventTape.open(stage.api(), "&names=printed")) {
      proper.await("SYSTEM", "SNAPSHOT", any -> true);
      printed.await("SYSTEM", "SNAPSHOT", any -> true);
      stage.breakoutWith(stage.participant());
      proper.await("CALL", "NEWBREAKOUT", any -> true);
      proper.await("CONFERENCE", "NEWBREAKOUT", any -> true);
      printed.await("CALL", "NEWBREEAKOUT", any -> true);
      printed.await("CONFERENCENEW", "BREAKOUT", any -> true);
    }
  }

  @Test
  void shouldShowEveryStatusAConferenceMayHaveWithoutACall() throws Exception {
    final ConferenceSeed demo = DemoConference.seed();
    final ConferenceSeed[] others =
        Stream.of(ConferenceStatus.values())
            .filter(status -> status != ConferenceStatus.ACTIVE)
            .map(status -> withStatus(demo, status))
            .toArray(ConferenceSeed[]::new);
    assertThat(Stream.of(ConferenceStatus.values()).map(Enum::name))
        .containsExactlyInAnyOrderElementsOf(Document.CONFERENCE_STATUS);
    try (RunningServer server = RunningServer.start(Map.of(), others)) {
      for (final ConferenceSeed other : others) {
        final String status = other.conference().uid().substring("IS".length());
        final String answer =
            server
                .api()
                .post(
                    "getConference",
                    Map.of("conferenceUID", "IS" + status, "securityToken", "t", "type", "json"))
                .body();
        assertThat(answer).contains("\"status\":\"" + status + "\"");
      }
    }
  }

  private static ConferenceSeed withStatus(
      final ConferenceSeed like, final ConferenceStatus status) {
    final Conference of = like.conference();
    return new ConferenceSeed(
        new Conference(
            "IS" + status,
            of.customerUid(),
            of.name(),
            "",
            List.of(),
            "t",
            of.zoneId(),
            status == ConferenceStatus.CANCEL ? status : ConferenceStatus.IDLE,
            of.defaults(),
            of.texts(),
            List.of(),
            List.of(),
            "",
            Booking.NONE.withReservations(reservations(status))),
        like.customer(),
        List.of());
  }

  private static List<Reservation> reservations(final ConferenceStatus status) {
    final long now = System.currentTimeMillis();
    final long day = TimeUnit.DAYS.toMillis(1);
    return switch (status) {
      case SCHED -> List.of(Reservation.at("AHEAD", now + day, 60, 1));
      case CLOSED -> List.of(Reservation.at("OVER", now - day, 60, 1));
      case IDLE -> List.of(Reservation.at("NOW", now - day, 2 * 24 * 60, 1));
      default -> List.of();
    };
  }
}
