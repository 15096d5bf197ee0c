package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Exports over HTTP: what they hold, who may have them, and what they leave behind. */
class ExportsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int MANY = 3_000;
  private static final String NOTES = "n".repeat(2_000);

  private static RunningServer server;
  private static AccessClient client;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    client = new AccessClient(server.api().base());
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void shouldGiveConferencesAndPersonsInBothForms() {
    final String room =
        client
            .value("createConferenceReservationless", "estimatedCallers=5", "name=Ex, \"ported\"")
            .path("UID")
            .asText();
    client.value("addPerson", "conference=" + room, "role=PRESENTER", "name=Zoë");

    final HttpResponse<String> rooms = client.get("exportConferences");
    assertThat(rooms.headers().firstValue("content-type")).hasValue("text/csv; charset=utf-8");
    assertThat(rooms.headers().firstValue("content-disposition"))
        .hasValue("attachment; filename=conferences.csv");
    assertThat(rooms.body())
        .startsWith("UID,reference,name,callInNumber,")
        .contains(room + ",,\"Ex, \"\"ported\"\"\",");
    final JsonNode persons =
        client.parsed(client.post("exportPersons", "format=json", "conferenceUID=" + room).body());
    assertThat(persons).hasSize(1);
    assertThat(persons.get(0).path("name").asText()).isEqualTo("Zoë");
    assertThat(client.get("exportPersons").body()).contains(",Zoë,PRESENTER,").contains("100001");
  }

  @Test
  void shouldTellInEachColumnWhatItIsCalledAfter() {
    final String room =
        client
            .value(
                "createConferenceReservationless",
                "estimatedCallers=5",
                "name=Columns",
                "contactEmail=desk@example.org",
                "greenroom=true",
                "recording=false",
                "backgroundMusic=false")
            .path("UID")
            .asText();
    final String of = "conference=" + room;
    client.value("updateConference", of, "field=notes", "value=by the window");
    final String[] person = {
      "name=Ann", "email=ann@example.org", "notes=hard of hearing", "custom1=blue", "custom2=42"
    };
    final JsonNode made =
        client.value(
            "addPerson",
            Stream.concat(Stream.of(of, "role=ASSISTANT"), Stream.of(person))
                .toArray(String[]::new));
    final JsonNode row =
        client
            .parsed(client.post("exportPersons", "format=json", "conferenceUID=" + room).body())
            .get(0);
    for (final String field : person) {
      assertThat(field)
          .isEqualTo(field.split("=")[0] + "=" + row.path(field.split("=")[0]).asText());
    }
    assertThat(row.path("UID")).isEqualTo(made.path("UID"));
    assertThat(row.path("PIN")).isEqualTo(made.path("PIN"));
    assertThat(row.path("role").asText()).isEqualTo("ASSISTANT");
    assertThat(conferenceRow(room))
        .containsEntry("name", "Columns")
        .containsEntry("callInNumber", DemoConference.DID)
        .containsEntry("cancelled", "false")
        .containsEntry("contactEmail", "desk@example.org")
        .containsEntry("greenroom", "true")
        .containsEntry("recording", "false")
        .containsEntry("backgroundMusic", "false")
        .containsEntry("notes", "by the window")
        .containsEntry("estimatedCallers", "5");
    client.value("cancelConference", of);
    assertThat(conferenceRow(room)).containsEntry("cancelled", "true");
  }

  /** The row of a conference in the sheet; none of its cells holds a comma or a quote. */
  private static Map<String, String> conferenceRow(final String uid) {
    final List<String> lines = client.get("exportConferences").body().lines().toList();
    final String[] names = lines.get(0).split(",", -1);
    final String[] cells =
        lines.stream()
            .filter(line -> line.startsWith(uid + ","))
            .findFirst()
            .orElseThrow()
            .split(",", -1);
    return IntStream.range(0, names.length)
        .boxed()
        .collect(Collectors.toMap(i -> names[i], i -> cells[i]));
  }

  @Test
  void shouldGiveRecordsOfCallsWithinATime() throws Exception {
    try (PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final SimPhone phone = pool.phone("201");
      assertThat(phone.dial(server.sip(), DemoConference.DID)).succeedsWithin(PATIENCE);
      phone.keys("100001#");
      await().atMost(PATIENCE).until(() -> server.api().activeCallers() == 1);
      final String call = server.api().read("getCall").path("UID").asText();
      assertThat(server.api().command("closeCall")).isEqualTo("TRUE");
      await()
          .atMost(PATIENCE)
          .until(() -> client.get("exportCalls").body().contains("," + "CLOSED"));
      assertThat(client.get("exportCalls").body()).contains(call).contains(",201,");
      assertThat(client.get("exportCalls", "to=2020.01.01 00:00:00").body()).doesNotContain(call);
      final JsonNode told =
          client.parsed(
              client.get("exportCalls", "format=json", "from=2020-01-01T00:00:00Z").body());
      assertThat(told.get(0).path("caller").get(0).path("step")).isNotEmpty();
    }
  }

  @Test
  void shouldTakeAConferencesTokensForThatConferenceAlone() {
    final String other =
        client
            .value("createConferenceReservationless", "estimatedCallers=5", "name=Elsewhere")
            .path("UID")
            .asText();
    final String readOnly =
        client
            .value("rotateReadOnlyToken", "conference=" + DemoConference.UID)
            .path("readOnlyToken")
            .asText();
    assertThat(readOnly).isNotEmpty();
    for (final String token : List.of(readOnly, DemoConference.TOKEN)) {
      final String given = byToken(DemoConference.UID, token);
      assertThat(given)
          .startsWith("UID,reference,name,")
          .contains(DemoConference.UID)
          .doesNotContain(other);
    }
    assertThat(byToken(other, readOnly)).contains("\"code\":-5");
    assertThat(byToken(DemoConference.UID, "wrong")).contains("\"code\":-5");
    assertThat(client.bare("GET", "/_access/exportPersons", "").body())
        .contains("\"code\":-2")
        .contains("customer: missing");
    assertThat(
            new AccessClient(server.api().base(), DemoConference.CUSTOMER_UID, "0".repeat(31))
                .get("exportPersons")
                .body())
        .contains("\"code\":-5");
    assertThat(client.get("exportPersons", "conferenceUID=NOSUCH").body())
        .contains("conferenceUID: no conference");
    assertThat(client.get("exportPersons", "format=xls").body()).contains("format: ");
  }

  private static String byToken(final String conference, final String token) {
    return client
        .bare(
            "GET",
            "/_access/exportConferences?conferenceUID=" + conference + "&securityToken=" + token,
            "")
        .body();
  }

  @Test
  void shouldSendWhatIsLargerThanAnyBufferAndKeepTheConnection() throws Exception {
    final String room = crowded();
    final HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    final HttpRequest ask = HttpRequest.newBuilder(persons(room)).build();
    for (int i = 0; i < 2; i++) {
      final HttpResponse<String> all = http.send(ask, HttpResponse.BodyHandlers.ofString());
      assertThat(all.body().lines()).hasSize(MANY + 1);
      assertThat(all.body().lines().skip(1)).allMatch(line -> line.contains(NOTES));
      assertThat(all.headers().firstValueAsLong("content-length"))
          .hasValue(all.body().getBytes(StandardCharsets.UTF_8).length);
    }
  }

  @Test
  void shouldHoldUpNobodyForAClientThatDoesNotRead() throws Exception {
    final String room = crowded();
    final URI persons = persons(room);
    try (Socket idle = new Socket(persons.getHost(), persons.getPort())) {
      idle.setReceiveBufferSize(4_096);
      idle.getOutputStream()
          .write(
              ("GET "
                      + persons.getRawPath()
                      + "?"
                      + persons.getRawQuery()
                      + " HTTP/1.1\r\n"
                      + "Host: here\r\n\r\n")
                  .getBytes(StandardCharsets.US_ASCII));
      final InputStream in = idle.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      assertThat(client.get("exportPersons", "conferenceUID=" + room).body().lines())
          .hasSize(MANY + 1);
      assertThat(leftBehind()).as("files have no name while they are sent").isEmpty();
    }
  }

  private static URI persons(final String room) {
    return URI.create(
        server.api().base()
            + "/_access/exportPersons?customer="
            + DemoConference.CUSTOMER_UID
            + "&key="
            + DemoConference.CUSTOMER_KEY
            + "&conferenceUID="
            + room);
  }

  private static String crowded() throws Exception {
    final String room =
        client
            .value("createConferenceReservationless", "estimatedCallers=5", "name=Crowd")
            .path("UID")
            .asText();
    final StringBuilder sheet = new StringBuilder("name,notes\n");
    for (int i = 0; i < MANY; i++) {
      sheet.append("Person ").append(i).append(',').append(NOTES).append('\n');
    }
    final HttpRequest put =
        HttpRequest.newBuilder(
                URI.create(
                    server.api().base()
                        + "/_access/importPersons?customer="
                        + DemoConference.CUSTOMER_UID
                        + "&key="
                        + DemoConference.CUSTOMER_KEY
                        + "&conference="
                        + room))
            .header("Content-Type", "text/csv")
            .POST(HttpRequest.BodyPublishers.ofString(sheet.toString()))
            .build();
    assertThat(HttpClient.newHttpClient().send(put, HttpResponse.BodyHandlers.ofString()).body())
        .contains("\"added\":" + MANY);
    return room;
  }

  private static List<Path> leftBehind() throws IOException {
    try (Stream<Path> files = Files.list(server.data())) {
      return files.filter(file -> file.getFileName().toString().startsWith("export-")).toList();
    }
  }
}
