package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the server says of itself at {@code /docs} and {@code /openapi.json} is true: every line of
 * shell on the page is run as it stands, every answer is held against the file's schemas.
 */
class DocumentedApiTest {
  private static final Pattern CODE = Pattern.compile("<pre><code>(curl .*?)</code></pre>");
  private static final Pattern FUNCTION =
      Pattern.compile("(/_(?:conference|access|operator)/)([A-Za-z]+)");
  private static final int TIMED_OUT = 28;

  @TempDir private Path folder;

  @Test
  void shouldDoWhatEveryLineOfThePageSays() throws Exception {
    ForeignTool.find("curl", "curl");
    final Path bash = ForeignTool.find("bash", "bash");
    try (RunningServer server = RunningServer.start();
        Stage stage = new Stage(server)) {
      final Api api = server.api();
      final Schemas schemas = new Schemas(api.get("/openapi.json").body());
      final List<String> lines = curlLines(api.get("/docs").body());
      final long previews = lines.stream().filter(line -> line.contains("preview=true")).count();
      assertThat(previews).isEqualTo(1);
      assertThat(lines).hasSize((int) (schemas.file().path("paths").size() + previews));
      Map<String, String> variables = Map.of();
      for (final String line : inAnOrderThatKeepsTheCallUp(lines)) {
        variables = isOfAnEndedCall(line) ? variables : variables(server);
        final String answer = run(bash, line, variables);
        check(line, answer, schemas);
      }
      assertThat(stage.api().read("getConference").path("mainCallUID").asText()).isEmpty();
    }
  }

  private void check(final String line, final String answer, final Schemas schemas)
      throws IOException {
    final Matcher function = FUNCTION.matcher(line);
    assertThat(function.find()).as(line).isTrue();
    final String name = function.group(2);
    if (name.startsWith("export")) {
      assertThat(answer).as(line).contains(",").contains("UID").doesNotContain("{\"code\"");
    } else if (!function.group(1).equals("/_conference/") || line.contains("preview=true")) {
      assertThat(answer).as(line).startsWith("{\"code\":0,");
      assertThat(schemas.faultsOfAnswerAt(function.group(), answer)).as(line).isEmpty();
    } else if (name.equals("events")) {
      final List<String> told = answer.lines().filter(text -> text.startsWith("data:")).toList();
      assertThat(told.get(0)).contains("\"SNAPSHOT\"");
      assertThat(schemas.faultsOf("Event", told.get(0).substring("data:".length()))).isEmpty();
    } else if (name.startsWith("get")) {
      assertThat(answer).as(line).startsWith("{\"code\":0,");
      assertThat(schemas.faultsOfAnswer(name, answer)).as(line).isEmpty();
    } else if (name.equals("placeCall")) {
      assertThat(answer).as(line).startsWith("FALSE,placeCall: not enabled for customer ");
    } else {
      assertThat(answer).as(line).isEqualTo("TRUE");
    }
  }

  @Test
  void shouldDescribeARefusalToo() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      final Schemas schemas = new Schemas(server.api().get("/openapi.json").body());
      final String answer =
          server
              .api()
              .post(
                  "getCall",
                  Map.of(
                      "conferenceUID",
                      DemoConference.UID,
                      "securityToken",
                      DemoConference.TOKEN,
                      "type",
                      "JSON"))
              .body();
      assertThat(answer).contains("\"code\":-2").contains("has no active call");
      assertThat(schemas.faultsOfAnswer("getCall", answer)).isEmpty();
      assertThat(schemas.faultsOfAnswer("getCall", answer.replace("-2", "\"-2\""))).isNotEmpty();
    }
  }

  @Test
  void shouldLeadFromTheRootToThePageAndSpotSlips() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      leadFromTheRoot(server.api());
      spotSlips(server.api());
    }
  }

  private static void leadFromTheRoot(final Api api) {
    final HttpResponse<String> root = api.get("/");
    assertThat(root.statusCode()).isEqualTo(302);
    assertThat(root.headers().firstValue("location")).hasValue("/docs");
    assertThat(api.get("/nothing").statusCode()).isEqualTo(404);
  }

  private static void spotSlips(final Api api) {
    final Map<String, String> asked = new TreeMap<>();
    asked.put("role", "PARTICIPANT");
    asked.put("setting", "mute");
    asked.put("value", "false");
    asked.put("actr", "me");
    assertThat(api.post("updateConferenceSetting", Api.withDemo(asked)).body())
        .isEqualTo("FALSE,actr: unknown, did you mean actor?");
    asked.remove("actr");
    asked.put("cachebuster", "1");
    final HttpResponse<String> done = api.post("updateConferenceSetting", Api.withDemo(asked));
    assertThat(done.body()).isEqualTo("TRUE");
    assertThat(done.headers().firstValue("conductor-ignored")).hasValue("cachebuster");
  }

  private static List<String> curlLines(final String page) {
    final List<String> lines = new ArrayList<>();
    final Matcher code = CODE.matcher(page);
    while (code.find()) {
      lines.add(
          code.group(1)
              .replace("&quot;", "\"")
              .replace("&lt;", "<")
              .replace("&gt;", ">")
              .replace("&amp;", "&"));
    }
    return lines;
  }

  private static List<String> inAnOrderThatKeepsTheCallUp(final List<String> lines) {
    final List<String> ordered = new ArrayList<>(lines);
    final List<String> ending = lines.stream().filter(line -> line.contains("/closeCall")).toList();
    assertThat(ending).hasSize(1);
    ordered.removeAll(ending);
    ordered.addAll(ending);
    final List<String> after = lines.stream().filter(DocumentedApiTest::isOfAnEndedCall).toList();
    ordered.removeAll(after);
    ordered.addAll(after);
    return ordered;
  }

  /** What the customer reads of a call once it is over. */
  private static boolean isOfAnEndedCall(final String line) {
    return line.contains("/_access/getCall");
  }

  /** What the page asks the reader to set, made anew for each line: some lines drop a caller. */
  private Map<String, String> variables(final RunningServer server) throws IOException {
    final Api api = server.api();
    final Map<String, String> variables = new HashMap<>();
    final JsonNode conference = api.read("getConferenceData");
    final JsonNode call = api.read("getCallData");
    variables.put("BASE", api.base());
    variables.put("CONFERENCE", DemoConference.UID);
    variables.put("TOKEN", DemoConference.TOKEN);
    variables.put("CUSTOMER", DemoConference.CUSTOMER_UID);
    variables.put("KEY", DemoConference.CUSTOMER_KEY);
    variables.put("OPERATOR_KEY", Files.readString(server.data().resolve("operator.key")).strip());
    final Path people = folder.resolve("people.csv");
    variables.put("PEOPLE", Files.writeString(people, "name,role\nAnn,PRESENTER\n").toString());
    final Path rooms = folder.resolve("rooms.csv");
    variables.put("ROOMS", Files.writeString(rooms, "name,estimatedCallers\nHall,5\n").toString());
    book(new AccessClient(api.base()), variables);
    variables.putIfAbsent("BOOKED_PERSON", "NOBODY");
    variables.put("CALL", conference.path("mainCallUID").asText());
    variables.put("PERSON", conference.path("persons").path(0).asText());
    variables.put("AUDIO", conference.path("audio").path(0).path("UID").asText());
    variables.put("CONFERENCE_TAG", conference.path("tags").path(0).path("ID").asText());
    variables.put("CALL_TAG", call.path("call").path("tags").path(0).path("ID").asText());
    final String caller =
        StreamSupport.stream(call.path("caller").spliterator(), false)
            .filter(one -> one.path("active").asBoolean())
            .filter(one -> one.path("role").asText().equals("PARTICIPANT"))
            .map(one -> one.path("UID").asText())
            .findFirst()
            .orElseThrow();
    variables.put("CALLER", caller);
    api.command("updateCaller", "UID", caller, "field", "attention", "value", "1");
    if (call.path("breakout").isEmpty()) {
      assertThat(api.command("createBreakout", "callers", caller, "breakoutUID", "DOC"))
          .isEqualTo("TRUE");
      variables.put("BREAKOUT", "DOC");
    } else {
      variables.put("BREAKOUT", call.path("breakout").path(0).path("UID").asText());
    }
    // Hands count, and callers are divided, in the main room; one line closes it to them.
    api.command("updateCall", "field", "greenroom", "value", "false");
    api.command("updateActiveCaller", "field", "breakout", "value", "main", "role", "PARTICIPANT");
    return variables;
  }

  /** A conference of its own for each line: some lines cancel it. */
  private static void book(final AccessClient client, final Map<String, String> variables) {
    final JsonNode booked =
        client.value(
            "createConferenceReserved",
            "reservationCount=2",
            "estimatedCallers1=5",
            "startDate1=2034.01.01 10:00:00",
            "duration1=60",
            "estimatedCallers2=5",
            "startDate2=2034.01.02 10:00:00",
            "duration2=60");
    final String uid = booked.path("UID").asText();
    variables.put("BOOKED", uid);
    variables.put(
        "BOOKED_PERSON",
        client
            .value("addPerson", "conference=" + uid, "role=PRESENTER", "name=Host")
            .path("UID")
            .asText());
    variables.put("RESERVATION", booked.path("reservations").path(0).asText());
    variables.put(
        "BOOKED_TAG",
        client.value("createConferenceTag", "conference=" + uid, "value=red").path("ID").asText());
  }

  private String run(final Path bash, final String line, final Map<String, String> variables)
      throws Exception {
    final Path out = Files.createTempFile(folder, "answer", ".txt");
    final ProcessBuilder shell =
        new ProcessBuilder(bash.toString(), "-c", line).redirectOutput(out.toFile());
    shell.environment().putAll(variables);
    final Process process = shell.start();
    assertThat(process.waitFor(30, TimeUnit.SECONDS)).as(line).isTrue();
    assertThat(process.exitValue())
        .as(
            "%s: %s",
            line, new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
        .isIn(line.contains("--max-time") ? TIMED_OUT : 0, 0);
    return Files.readString(out);
  }
}
