package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Conferences and persons out of files, over HTTP, and what a restart leaves of them. */
class ImportsTest {
  private static final String SHEET =
      "reference,name,startDate,duration,estimatedCallers,greenroom,notes\n"
          + "w,Weekly,2035.10.23 05:30:00,50,20,true,\"a, b\"\n"
          + "w,,2035.10.30 05:30:00,60,20,,\n"
          + "o,Open house,,,9,,\n"
          + "w,,2035.10.30 06:00:00,60,20,,\n"
          + "p,Past,2001.01.01 00:00:00,60,5,,\n"
          + "x,Wrong,tomorrow,60,5,,\n"
          + "y,No end,2035.10.23 05:30:00,,5,,\n"
          + "z,Nothing said,,,,,\n";

  private final HttpClient http = HttpClient.newHttpClient();
  private RunningServer server;
  private AccessClient client;

  @BeforeEach
  void start() throws Exception {
    server = RunningServer.start();
    client = new AccessClient(server.api().base());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void shouldMakeConferencesAndNameTheRowsThatCannotBeHad() throws Exception {
    final JsonNode value = imported("importConferences", "text/csv", SHEET).path("value");
    assertThat(value.path("added").asInt()).isEqualTo(2);
    assertThat(value.path("changed").asInt()).isZero();
    assertThat(value.path("problem"))
        .extracting(one -> one.path("line").asInt() + " " + one.path("message").asText())
        .containsExactly(
            "5 startDate: overlaps another reservation",
            "6 startDate: over already",
            "7 startDate: \"tomorrow\" is neither yyyy.MM.dd HH:mm:ss nor ISO 8601 with an offset",
            "8 duration: missing",
            "9 estimatedCallers: missing");

    final JsonNode weekly = conference("Weekly");
    assertThat(weekly.path("greenroom").asBoolean()).isTrue();
    assertThat(weekly.path("notes").asText()).isEqualTo("a, b");
    assertThat(weekly.path("reservation"))
        .extracting(one -> one.path("duration").asInt())
        .containsExactly(60, 60);
    assertThat(conference("Open house").path("reservationless").asBoolean()).isTrue();
    assertThat(conference("Past").isMissingNode()).isTrue();
  }

  @Test
  void shouldMakeOfASecondImportAnUpdateOverARestartToo() throws Exception {
    imported("importConferences", "text/csv", SHEET);
    final String uid = conference("Weekly").path("UID").asText();
    server = server.restarted();
    client = new AccessClient(server.api().base());

    final String changed =
        client.get("exportConferences").body().replace(",Weekly,", ",Fortnightly,");
    final JsonNode again =
        imported("importConferences", "text/csv", withReferencesAlone(changed)).path("value");
    assertThat(again.path("added").asInt()).as(again.toString()).isZero();
    assertThat(again.path("changed").asInt()).isEqualTo(2);
    assertThat(again.path("problem")).isEmpty();
    assertThat(conference("Fortnightly").path("UID").asText()).isEqualTo(uid);
    assertThat(conference("Fortnightly").path("reservation")).hasSize(2);

    final String later =
        "[{\"reference\":\"w\",\"recording\":true,\"reservation\":["
            + "{\"startDate\":\"2036-01-01T10:00:00Z\",\"duration\":15,\"estimatedCallers\":3}]}]";
    assertThat(imported("importConferences", "application/json", later).at("/value/changed"))
        .hasToString("1");
    assertThat(conference("Fortnightly").path("recording").asBoolean()).isTrue();
    assertThat(conference("Fortnightly").path("reservation")).hasSize(3);
  }

  @Test
  void shouldTakeWhatWasExportedAsJson() throws Exception {
    imported("importConferences", "text/csv", SHEET);
    final JsonNode all = client.parsed(client.get("exportConferences", "format=json").body());
    final String known =
        StreamSupport.stream(all.spliterator(), false)
            .filter(one -> !one.path("reference").asText().isEmpty())
            .toList()
            .toString();
    final JsonNode again = imported("importConferences", "application/json", known).path("value");
    assertThat(again.path("changed").asInt()).as(again.toString()).isEqualTo(2);
    assertThat(again.path("added").asInt()).isZero();
    assertThat(again.path("problem")).isEmpty();
  }

  @Test
  void shouldRefuseAFileThatIsNoSuchSheet() throws Exception {
    assertThat(imported("importConferences", "text/csv", "name,strat\nA,1\n").toString())
        .contains("\"code\":-2")
        .contains("no such column \\\"strat\\\"");
    assertThat(imported("importConferences", "application/json", "{}").toString())
        .contains("not a JSON array of conferences");
    assertThat(put("importConferences", "text/plain", SHEET, List.of()).statusCode())
        .isEqualTo(415);
    final StringBuilder many = new StringBuilder("name,estimatedCallers\n");
    for (int i = 0; i <= 2_000; i++) {
      many.append("n,1\n");
    }
    assertThat(imported("importConferences", "text/csv", many.toString()).toString())
        .contains("more than 2000 rows");
  }

  @Test
  void shouldMakeTheTagsThatPersonsHaveButForThoseOfRowsLeftOut() throws Exception {
    final String room =
        client
            .value("createConferenceReservationless", "estimatedCallers=5", "name=Tagged")
            .path("UID")
            .asText();
    client.value("createConferenceTag", "conference=" + room, "value=red");
    final String sheet =
        "name,role,PIN,tags\nAnn,,,red;blue\nBob,,,blue;green\nCid,,12,purple\nDan,king,,black\n";
    final JsonNode value =
        client
            .parsed(put("importPersons", "text/csv", sheet, List.of("conference=" + room)).body())
            .path("value");
    assertThat(value.path("added").asInt()).as(value.toString()).isEqualTo(2);
    assertThat(value.path("problem")).hasSize(2);
    final JsonNode exported =
        client
            .parsed(client.get("exportConferences", "format=json", "conferenceUID=" + room).body())
            .get(0);
    assertThat(exported.path("tags"))
        .extracting(JsonNode::asText)
        .containsExactly("red", "blue", "green");
    assertThat(exported.path("person"))
        .extracting(one -> one.path("tags").asText())
        .containsExactly("red;blue", "blue;green");
  }

  /** The demo's own conference has no reference: its row would make another one. */
  private static String withReferencesAlone(final String sheet) {
    return sheet
        .lines()
        .filter(line -> line.startsWith("UID,") || !line.split(",", 3)[1].isEmpty())
        .reduce("", (all, line) -> all + line + "\n");
  }

  private JsonNode conference(final String name) {
    for (final JsonNode one : client.parsed(all()).path("value").path("conference")) {
      if (one.path("name").asText().equals(name)) {
        return client.value("getConferenceData", "conferenceUID=" + one.path("UID").asText());
      }
    }
    return client.parsed("{}").path("none");
  }

  private String all() {
    final List<JsonNode> found =
        List.of("getUpcomingConference", "getPossibleConference").stream()
            .flatMap(
                list ->
                    StreamSupport.stream(
                        client.value(list).path("conference").spliterator(), false))
            .toList();
    return "{\"value\":{\"conference\":" + found + "}}";
  }

  private JsonNode imported(final String function, final String type, final String body)
      throws Exception {
    return client.parsed(put(function, type, body, List.of()).body());
  }

  private HttpResponse<String> put(
      final String function, final String type, final String body, final List<String> more)
      throws Exception {
    final String identity =
        "customer=" + DemoConference.CUSTOMER_UID + "&key=" + DemoConference.CUSTOMER_KEY;
    final String query = String.join("&", more);
    return http.send(
        HttpRequest.newBuilder(
                URI.create(
                    server.api().base() + "/_access/" + function + "?" + identity + "&" + query))
            .header("Content-Type", type)
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build(),
        HttpResponse.BodyHandlers.ofString());
  }
}
