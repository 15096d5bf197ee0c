package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.model.ConferenceSeed;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Reservations by the clocks of three zones: both changes of daylight-saving time, midnight, leap
 * day, the turn of a year. A duration is time that goes by, whatever the clocks show.
 */
class ManagementClockTest {
  private static final Map<String, String> ZONES =
      Map.of("LA", "America/Los_Angeles", "BERLIN", "Europe/Berlin", "HOWE", "Australia/Lord_Howe");

  private static RunningServer server;
  private static final Map<String, AccessClient> CLIENTS = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    server =
        RunningServer.start(
            Map.of(),
            ZONES.entrySet().stream()
                .map(zone -> Customers.conference(zone.getKey(), zone.getValue()))
                .toArray(ConferenceSeed[]::new));
    ZONES
        .keySet()
        .forEach(
            name ->
                CLIENTS.put(
                    name,
                    new AccessClient(server.api().base(), name, DemoConference.CUSTOMER_KEY)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    // Los Angeles: forward on March 11th 2035 at 2:00, back on November 4th 2035 at 2:00.
    "LA, 2035.03.11 01:59:59, 15, Sun Mar 11 01:59:59 PST 2035, Sun Mar 11 03:14:59 PDT 2035, 2035-03-11T09:59:59.000Z",
    "LA, 2035.03.11 02:30:00, 30, Sun Mar 11 03:30:00 PDT 2035, Sun Mar 11 04:00:00 PDT 2035, 2035-03-11T10:30:00.000Z",
    "LA, 2035.03.11 03:00:00, 30, Sun Mar 11 03:00:00 PDT 2035, Sun Mar 11 03:30:00 PDT 2035, 2035-03-11T10:00:00.000Z",
    "LA, 2035.11.04 01:30:00, 60, Sun Nov 04 01:30:00 PDT 2035, Sun Nov 04 01:30:00 PST 2035, 2035-11-04T08:30:00.000Z",
    "LA, 2035.11.04 00:30:00, 180, Sun Nov 04 00:30:00 PDT 2035, Sun Nov 04 02:30:00 PST 2035, 2035-11-04T07:30:00.000Z",
    "LA, 2035.11.04 02:00:00, 15, Sun Nov 04 02:00:00 PST 2035, Sun Nov 04 02:15:00 PST 2035, 2035-11-04T10:00:00.000Z",
    "LA, 2035.12.31 23:45:00, 30, Mon Dec 31 23:45:00 PST 2035, Tue Jan 01 00:15:00 PST 2036, 2036-01-01T07:45:00.000Z",
    "LA, 2036.02.29 00:00:00, 1440, Fri Feb 29 00:00:00 PST 2036, Sat Mar 01 00:00:00 PST 2036, 2036-02-29T08:00:00.000Z",
    "LA, 2035-03-11T10:30:00Z, 1, Sun Mar 11 03:30:00 PDT 2035, Sun Mar 11 03:45:00 PDT 2035, 2035-03-11T10:30:00.000Z",
    "LA, 2035-11-04T01:30:00-08:00, 15, Sun Nov 04 01:30:00 PST 2035, Sun Nov 04 01:45:00 PST 2035, 2035-11-04T09:30:00.000Z",
    // Berlin: forward on March 25th 2035 at 2:00, back on October 28th 2035 at 3:00.
    "BERLIN, 2035.03.25 01:45:00, 30, Sun Mar 25 01:45:00 CET 2035, Sun Mar 25 03:15:00 CEST 2035, 2035-03-25T00:45:00.000Z",
    "BERLIN, 2035.03.25 02:00:00, 15, Sun Mar 25 03:00:00 CEST 2035, Sun Mar 25 03:15:00 CEST 2035, 2035-03-25T01:00:00.000Z",
    "BERLIN, 2035.10.28 02:59:59, 15, Sun Oct 28 02:59:59 CEST 2035, Sun Oct 28 02:14:59 CET 2035, 2035-10-28T00:59:59.000Z",
    "BERLIN, 2035.10.27 12:00:00, 1440, Sat Oct 27 12:00:00 CEST 2035, Sun Oct 28 11:00:00 CET 2035, 2035-10-27T10:00:00.000Z",
    "BERLIN, 2036.02.28 23:45:00, 30, Thu Feb 28 23:45:00 CET 2036, Fri Feb 29 00:15:00 CET 2036, 2036-02-28T22:45:00.000Z",
    "BERLIN, 2035.06.30 00:00:00, 15, Sat Jun 30 00:00:00 CEST 2035, Sat Jun 30 00:15:00 CEST 2035, 2035-06-29T22:00:00.000Z",
    "BERLIN, 2035-06-30T00:00:00 02:00, 15, Sat Jun 30 00:00:00 CEST 2035, Sat Jun 30 00:15:00 CEST 2035, 2035-06-29T22:00:00.000Z",
    // Lord Howe goes by half an hour: back on April 1st 2035 at 2:00, forward on October 7th at
    // 2:00.
    "HOWE, 2035.04.01 01:30:00, 30, Sun Apr 01 01:30:00 GMT+11:00 2035, Sun Apr 01 01:30:00 GMT+10:30 2035, 2035-03-31T14:30:00.000Z",
    "HOWE, 2035.04.01 01:29:59, 15, Sun Apr 01 01:29:59 GMT+11:00 2035, Sun Apr 01 01:44:59 GMT+11:00 2035, 2035-03-31T14:29:59.000Z",
    "HOWE, 2035.10.07 02:15:00, 15, Sun Oct 07 02:45:00 GMT+11:00 2035, Sun Oct 07 03:00:00 GMT+11:00 2035, 2035-10-06T15:45:00.000Z",
    "HOWE, 2035.10.07 01:45:00, 30, Sun Oct 07 01:45:00 GMT+10:30 2035, Sun Oct 07 02:45:00 GMT+11:00 2035, 2035-10-06T15:15:00.000Z",
    "HOWE, 2036.02.29 23:59:59, 15, Fri Feb 29 23:59:59 GMT+11:00 2036, Sat Mar 01 00:14:59 GMT+11:00 2036, 2036-02-29T12:59:59.000Z",
  })
  void shouldBookByTheCustomersClock(
      final String customer,
      final String start,
      final String minutes,
      final String shownStart,
      final String shownEnd,
      final String instant) {
    final AccessClient client = CLIENTS.get(customer);
    final JsonNode made =
        client.value(
            "createConferenceReserved",
            "reservationCount=1",
            "estimatedCallers1=5",
            "startDate1=" + start,
            "duration1=" + minutes);
    assertThat(made.path("scheduledStartTime").asText()).isEqualTo(shownStart);
    assertThat(made.path("scheduledEndTime").asText()).isEqualTo(shownEnd);
    final String uid = made.path("UID").asText();
    final JsonNode read = client.value("getConference", "conferenceUID=" + uid, "dates=iso");
    assertThat(read.path("scheduledStartTime").asText()).isEqualTo(instant);
    // The Conductor API shows them the same way.
    final String other =
        server
            .api()
            .post(
                "getConference",
                Map.of("conferenceUID", uid, "securityToken", made.path("securityToken").asText()))
            .body();
    assertThat(other).contains("<scheduledStartTime>" + shownStart + "</scheduledStartTime>");
    // A date that was shown in the gap or overlap says the same moment again by its instant.
    assertThat(
            client.code(
                "addConferenceReservation",
                "conference=" + uid,
                "estimatedCallers=5",
                "startDate=" + instant,
                "duration=15"))
        .as("the same moment")
        .isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({
    "2035.02.29 10:00:00", "2035.13.01 10:00:00", "2035.01.01 24:00:00", "2035.1.1 10:00:00",
    "2035-01-01 10:00:00", "2035-01-01T10:00:00", "0035.01.01 10:00:00", "tomorrow",
  })
  void shouldRefuseWhatIsNoDate(final String text) {
    final JsonNode answer =
        CLIENTS
            .get("LA")
            .answer(
                "createConferenceReserved",
                "reservationCount=1",
                "estimatedCallers1=5",
                "startDate1=" + text,
                "duration1=15");
    assertThat(answer.path("code").intValue()).isEqualTo(-2);
    assertThat(answer.path("message").asText()).startsWith("startDate1: ");
  }
}
