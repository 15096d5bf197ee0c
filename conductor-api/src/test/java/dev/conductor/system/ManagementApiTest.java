package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.demo.DemoConference;
import dev.conductor.query.Documents;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;

/**
 * The Conference Management API as its public clients use it, over real HTTP: how they send, what
 * they check of answers, every code of every function.
 */
class ManagementApiTest {
  private static final String[] TWO_DAYS = {
    "reservationCount=2",
    "estimatedCallers1=20",
    "startDate1=2035.10.23 05:30:00",
    "duration1=60",
    "estimatedCallers2=30",
    "startDate2=2035.10.24 05:30:00",
    "duration2=50"
  };

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

  private static JsonNode reserved() {
    return client.value("createConferenceReserved", TWO_DAYS);
  }

  private static String uid(final JsonNode made) {
    return made.path("UID").asText();
  }

  private static List<String> uids(final String list) {
    return StreamSupport.stream(client.value(list).path("conference").spliterator(), false)
        .map(ManagementApiTest::uid)
        .toList();
  }

  /** A form POST with everything in the body, flags as 1 and 0; code compared as a number. */
  @Test
  void shouldServeAClientThatPostsAllAsAForm() {
    final HttpResponse<String> answer =
        client.bare(
            "POST",
            "/_access/createConferenceReservationless",
            AccessClient.form(
                List.of(
                    "customer=" + DemoConference.CUSTOMER_UID,
                    "key=" + DemoConference.CUSTOMER_KEY,
                    "type=json",
                    "estimatedCallers=20",
                    "name=Größe & <b>",
                    "contactEmail=a@example.org",
                    "greenroom=1",
                    "recording=0")));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).startsWith("{\"code\":0,\"message\":\"\",\"value\":{\"UID\":\"");
    assertThat(answer.headers().firstValue("content-type").orElseThrow())
        .startsWith("application/json");
    final JsonNode made = client.parsed(answer.body()).path("value");
    assertThat(uid(made)).matches("[0-9A-Z]{16}");
    assertThat(made.path("securityToken").asText()).hasSizeGreaterThanOrEqualTo(32);
    assertThat(made.path("name").asText()).isEqualTo("Größe & <b>");
    assertThat(made.path("contactEmail").asText()).isEqualTo("a@example.org");
    assertThat(made.path("greenroom").isBoolean()).isTrue();
    assertThat(made.path("greenroom").asBoolean()).isTrue();
    assertThat(made.path("recording").asBoolean()).isFalse();
  }

  /** Reads by GET with a line feed behind {@code type=json}. */
  @Test
  void shouldServeAClientWhoseTypeEndsInALineFeed() {
    final String uid = uid(reserved());
    final HttpResponse<String> answer =
        client.get("getConferenceData", "conferenceUID=" + uid, "type=json\n");
    assertThat(answer.statusCode()).isEqualTo(200);
    final JsonNode value = client.parsed(answer.body()).path("value");
    assertThat(value.path("UID").asText()).isEqualTo(uid);
    assertThat(value.path("name").isTextual()).isTrue();
    assertThat(value.path("scheduledStartTime").asText()).isEqualTo("Tue Oct 23 05:30:00 PDT 2035");
    assertThat(value.path("scheduledEndTime").asText()).isEqualTo("Tue Oct 23 06:30:00 PDT 2035");
    assertThat(value.path("securityToken").isTextual()).isTrue();
    assertThat(value.path("calls").isArray()).isTrue();
    assertThat(value.path("calls")).isEmpty();
    assertThat(value.path("person").isArray()).isTrue();
    assertThat(value.path("person")).isEmpty();
    assertThat(value.path("reservation")).hasSize(2);
  }

  /** No type at all; the answer is parsed as JSON. */
  @Test
  void shouldServeAClientThatNamesNoType() {
    final JsonNode customer = client.answer("getCustomer");
    assertThat(customer.path("code").isInt()).isTrue();
    assertThat(customer.path("value").path("UID").asText()).isEqualTo(DemoConference.CUSTOMER_UID);
    assertThat(customer.path("value").path("recording").asText()).isEqualTo("false");
    assertThat(customer.path("value").path("recording").isTextual()).isTrue();
    assertThat(customer.path("value").has("keyHash")).isFalse();
  }

  /** The same parameters in query and body, blanks around what is no free text, empty options. */
  @Test
  void shouldServeAClientThatSendsEverythingTwice() {
    final String who =
        "customer=" + DemoConference.CUSTOMER_UID + "&key=" + DemoConference.CUSTOMER_KEY;
    final HttpResponse<String> answer =
        client.bare(
            "POST",
            "/_access/createConferenceReserved?" + who + "&type=JSON",
            who.replace("customer=", "customer=+").replace("&key", "+&key")
                + "&type=JSON&reservationCount=+1+&estimatedCallers1=5+&duration1=+16"
                + "&startDate1=2035.10.23+05%3A30%3A00&name=&contactEmail=&recording=&greenroom=");
    final JsonNode refused = client.parsed(answer.body());
    assertThat(refused.path("message").asText()).startsWith("customer: given twice");
    final HttpResponse<String> again =
        client.bare(
            "POST",
            "/_access/createConferenceReserved?" + who + "&type=JSON",
            who
                + "&type=JSON&reservationCount=+1+&estimatedCallers1=5+&duration1=+16"
                + "&startDate1=2035.10.23+05%3A30%3A00&name=&contactEmail=&recording=&greenroom=");
    final JsonNode made = client.parsed(again.body());
    assertThat(made.path("code").intValue()).as(again.body()).isZero();
    assertThat(made.path("value").path("name").asText()).isEqualTo("Demo customer");
    assertThat(made.path("value").path("contactEmail").asText()).isEqualTo("host@example.com");
    assertThat(made.path("value").path("reservations").isArray()).isTrue();
    assertThat(made.path("value").path("reservations")).hasSize(1);
    final JsonNode reservation =
        client.value(
            "getConferenceReservation",
            "reservationUID= " + made.path("value").path("reservations").path(0).asText() + " ");
    assertThat(reservation.path("duration").intValue()).isEqualTo(30);
    assertThat(reservation.path("estimatedCallers").intValue()).isEqualTo(5);
    assertThat(reservation.path("startDate").asText()).isEqualTo("Tue Oct 23 05:30:00 PDT 2035");
  }

  /** XML, upper-case words. */
  @Test
  void shouldServeAClientThatSpeaksXml() {
    final String uid = uid(reserved());
    final HttpResponse<String> answer =
        client.post(
            "updateConference", "conference=" + uid, "field=GREENROOM", "value=TRUE", "type=Xml");
    final Element root = Documents.xml(answer.body());
    assertThat(root.getTagName()).isEqualTo("response");
    assertThat(Documents.children(root, "code").get(0).getTextContent()).isEqualTo("0");
    final Element value = Documents.children(root, "value").get(0);
    assertThat(Documents.children(value, "greenroom").get(0).getTextContent()).isEqualTo("true");
    assertThat(Documents.children(value, "reservations")).hasSize(2);
    final Element bad =
        Documents.xml(client.get("getConference", "conferenceUID=NONE", "type=XML").body());
    assertThat(Documents.children(bad, "code").get(0).getTextContent()).isEqualTo("-2");
  }

  @Test
  void shouldRefuseAWrongKeyAndAnUnknownCustomerAlike() {
    final String base = server.api().base();
    final double before = server.api().metric("conductor_http_refused_key_total");
    final List<String> answers = new ArrayList<>();
    for (final AccessClient stranger :
        List.of(
            new AccessClient(base, DemoConference.CUSTOMER_UID, "0123456789abcdef"),
            new AccessClient(base, "NOBODY0000000000", DemoConference.CUSTOMER_KEY))) {
      final HttpResponse<String> answer = stranger.get("getCustomer");
      assertThat(answer.statusCode()).isEqualTo(200);
      answers.add(answer.body());
    }
    assertThat(answers.get(0)).isEqualTo(answers.get(1));
    assertThat(answers.get(0)).contains("\"code\":-5").contains("Invalid customer key");
    assertThat(server.api().metric("conductor_http_refused_key_total")).isEqualTo(before + 2);
  }

  @Test
  void shouldAnswerOtherwiseOnlyWhatNeverReachedAFunction() {
    assertThat(client.get("getNothing").statusCode()).isEqualTo(404);
    assertThat(client.get("cancelConference", "conference=X").statusCode()).isEqualTo(405);
    assertThat(client.bare("POST", "/_access/getCustomer", "customer=%").statusCode())
        .isEqualTo(200);
    assertThat(client.bare("DELETE", "/_access/getCustomer", "").statusCode()).isEqualTo(405);
    assertThat(client.get("getNothing").body()).startsWith("{\"code\":-1,");
    assertThat(client.code("getConference")).isEqualTo(-2);
    assertThat(client.message("getConference")).startsWith("conferenceUID: missing");
    assertThat(client.code("getConference", "conference=DEMO")).isEqualTo(-2);
  }

  @Test
  void shouldHaveACodeForEachWayAReservationCannotBe() {
    final JsonNode made = reserved();
    final String uid = uid(made);
    final String first = made.path("reservations").path(0).asText();
    assertThat(add(uid, "5", "2035.10.23 06:15:00", "15")).isEqualTo(1);
    assertThat(add(uid, "5", "2035.10.23 04:30:00", "61")).isEqualTo(2);
    assertThat(add(uid, "5", "2035.10.22 04:30:00", "4320")).isEqualTo(2);
    assertThat(add(uid, "0", "2035.10.25 04:30:00", "60")).isEqualTo(3);
    assertThat(add(uid, "many", "2035.10.25 04:30:00", "60")).isEqualTo(3);
    assertThat(add(uid, "5", "2035.10.25 04:30:00", "0")).isEqualTo(-2);
    assertThat(add(uid, "5", "25.10.2035", "60")).isEqualTo(-2);
    assertThat(add(uid, "5", "2015.10.25 04:30:00", "60")).isEqualTo(-2);
    assertThat(add("NONE", "5", "2035.10.25 04:30:00", "60")).isEqualTo(-2);
    assertThat(add(uid, "5", "2035.10.23 06:30:00", "60")).as("end to start").isZero();
    assertThat(add(uid, "5", "2035.10.23 04:30:00", "60")).as("start to end").isZero();
    assertThat(client.value("getConference", "conferenceUID=" + uid).path("reservations"))
        .hasSize(4);

    final String of = "reservationUID=" + first;
    final String edit = "updateConferenceReservation";
    assertThat(client.code(edit, of, "startDate=2035.10.23 06:45:00")).isEqualTo(1);
    assertThat(client.code(edit, of, "duration=75")).isEqualTo(2);
    assertThat(client.code(edit, of, "estimatedCallers=-1")).isEqualTo(3);
    assertThat(client.code(edit, of, "startDate=2035.10.23 05:45:00", "duration=45")).isZero();
    assertThat(client.value(edit, of, "estimatedCallers=77").path("estimatedCallers").intValue())
        .isEqualTo(77);
    assertThat(client.code(edit, "reservationUID=NONE", "duration=15")).isEqualTo(-2);
  }

  private static int add(
      final String uid, final String callers, final String start, final String minutes) {
    return client.code(
        "addConferenceReservation",
        "conference=" + uid,
        "estimatedCallers=" + callers,
        "startDate=" + start,
        "duration=" + minutes);
  }

  @Test
  void shouldTreatReservationlessConferencesApart() {
    final JsonNode made =
        client.value("createConferenceReservationless", "estimatedCallers=9", "backgroundMusic=0");
    final String uid = uid(made);
    assertThat(made.path("status").asText()).isEqualTo("IDLE");
    assertThat(made.path("scheduledStartTime").asText()).isEmpty();
    final String of = "reservationUID=" + made.path("reservations").path(0).asText();
    assertThat(add(uid, "5", "2035.10.25 04:30:00", "60")).isEqualTo(4);
    assertThat(client.code("updateConferenceReservation", of, "duration=60")).isEqualTo(4);
    assertThat(client.code("updateConferenceReservation", of, "estimatedCallers=12")).isZero();
    assertThat(client.code("removeConferenceReservation", of)).isEqualTo(1);
    assertThat(client.value("getConferenceReservation", of).path("estimatedCallers").intValue())
        .isEqualTo(12);
    assertThat(uids("getPossibleConference")).contains(uid, DemoConference.UID);
    assertThat(uids("getUpcomingConference")).doesNotContain(uid);
  }

  @Test
  void shouldTakeOutReservationsButTheLastAndThoseThatRun() {
    final JsonNode made = reserved();
    final String first = "reservationUID=" + made.path("reservations").path(0).asText();
    final String second = "reservationUID=" + made.path("reservations").path(1).asText();
    assertThat(client.code("removeConferenceReservation", first)).isZero();
    assertThat(client.code("removeConferenceReservation", second)).isEqualTo(2);
    final String running = iso(-60_000);
    final String uid =
        uid(
            client.value(
                "createConferenceReserved",
                "reservationCount=3",
                "estimatedCallers1=5",
                "startDate1=" + running,
                "duration1=15",
                "estimatedCallers3=5",
                "startDate3=2035.10.23 05:30:00",
                "duration3=15"));
    final JsonNode data = client.value("getConferenceData", "conferenceUID=" + uid, "dates=iso");
    assertThat(data.path("status").asText()).isEqualTo("IDLE");
    assertThat(data.path("reservation").path(0).path("startDate").asText()).startsWith("20");
    final String now = "reservationUID=" + data.path("reservation").path(0).path("UID").asText();
    assertThat(client.code("removeConferenceReservation", now)).isEqualTo(4);
    assertThat(uids("getPossibleConference")).contains(uid);
    assertThat(uids("getUpcomingConference")).contains(uid);
  }

  private static String iso(final long fromNowMs) {
    return java.time.Instant.ofEpochMilli(System.currentTimeMillis() + fromNowMs).toString();
  }

  @Test
  void shouldMakeNoConferenceWithoutAValidReservation() {
    assertThat(client.code("createConferenceReserved", "reservationCount=2")).isEqualTo(1);
    assertThat(
            client.code(
                "createConferenceReserved",
                "reservationCount=1",
                "estimatedCallers1=5",
                "startDate1=2015.10.23 05:30:00",
                "duration1=15"))
        .isEqualTo(1);
    assertThat(client.message("createConferenceReserved", "reservationCount=1", "duration1=15"))
        .startsWith("startDate1: missing");
    assertThat(
            client.message(
                "createConferenceReserved",
                "reservationCount=2",
                "estimatedCallers1=5",
                "startDate1=2035.10.23 05:30:00",
                "duration1=30",
                "estimatedCallers2=5",
                "startDate2=2035.10.23 05:59:00",
                "duration2=30"))
        .startsWith("startDate2: overlaps");
    assertThat(client.code("createConferenceReservationless")).isEqualTo(-2);
  }

  @Test
  void shouldCancelForGoodAndList() {
    final String uid = uid(reserved());
    assertThat(uids("getUpcomingConference")).contains(uid);
    assertThat(client.code("cancelConference", "conference=NONE")).isEqualTo(1);
    assertThat(client.value("cancelConference", "conference=" + uid).path("status").asText())
        .isEqualTo("CANCEL");
    assertThat(client.code("cancelConference", "conference=" + uid)).isZero();
    assertThat(uids("getCanceledConference")).contains(uid);
    assertThat(uids("getUpcomingConference")).doesNotContain(uid);
    assertThat(add(uid, "5", "2035.12.25 04:30:00", "60")).isEqualTo(-1);
    final String open = uid(client.value("createConferenceReservationless", "estimatedCallers=2"));
    assertThat(uids("getPossibleConference")).contains(open).doesNotContain(uid);
    client.value("cancelConference", "conference=" + open);
    assertThat(uids("getPossibleConference")).doesNotContain(open);
    assertThat(uids("getCanceledConference")).contains(uid, open);
  }

  @Test
  void shouldChangeEveryFieldAndShowIt() {
    final Map<String, String> fields = new TreeMap<>();
    for (final String text :
        List.of(
            "contactEmail",
            "registerText",
            "notes",
            "reminder",
            "callerInterface",
            "preCall",
            "postCall",
            "banner",
            "regComment")) {
      fields.put(text, " " + text + " <\n> ");
    }
    fields.putAll(Map.of("recording", "true", "greenroom", "true", "backgroundMusic", "false"));
    final String uid = uid(reserved());
    fields.forEach(
        (field, value) ->
            client.value(
                "updateConference", "conference=" + uid, "field=" + field, "value=" + value));
    final JsonNode there = client.value("getConference", "conferenceUID=" + uid);
    fields.forEach((field, value) -> assertThat(there.path(field).asText()).isEqualTo(value));
    assertThat(
            client
                .value("updateConference", "conference=" + uid, "field=banner")
                .path("banner")
                .asText())
        .isEmpty();
    assertThat(client.code("updateConference", "conference=NO", "field=notes")).isEqualTo(1);
    assertThat(client.code("updateConference", "conference=" + uid, "field=DID")).isEqualTo(2);
    assertThat(client.code("updateConference", "conference=" + uid, "field=recording", "value="))
        .isEqualTo(-2);
  }

  @Test
  void shouldGiveNewConferencesTheCustomersWishes() {
    assertThatNewConferencesHaveFlagsAsTheCustomer("0");
    assertThatNewConferencesHaveFlagsAsTheCustomer("1");
    client.value("updateCustomer", "field=preCall", "value=Hold the line");
    client.value("updateCustomer", "field=contactEmail", "value=new@example.org");
    client.value("updateCustomer", "field=affiliateCode", "value=A1");
    assertThat(client.code("updateCustomer", "field=name", "value=x")).isEqualTo(-2);
    final JsonNode customer = client.value("getCustomer");
    assertThat(customer.path("contactEmails").asText()).isEqualTo("new@example.org");
    assertThat(customer.path("affiliateCode").asText()).isEqualTo("A1");
    assertThat(customer.path("greenroom").asText()).isEqualTo("true");
    final JsonNode made =
        client.value("createConferenceReservationless", "estimatedCallers=1", "recording=false");
    assertThat(made.path("greenroom").asBoolean()).isTrue();
    assertThat(made.path("recording").asBoolean()).isFalse();
    assertThat(made.path("preCall").asText()).isEqualTo("Hold the line");
    assertThat(made.path("contactEmail").asText()).isEqualTo("new@example.org");
    for (final String field : List.of("greenroom", "recording")) {
      client.value("updateCustomer", "field=" + field, "value=0");
    }
    client.value("updateCustomer", "field=contactEmail", "value=host@example.com");
  }

  private static void assertThatNewConferencesHaveFlagsAsTheCustomer(final String flag) {
    final List<String> fields = List.of("greenroom", "recording", "backgroundMusic");
    for (final String field : fields) {
      client.value("updateCustomer", "field=" + field, "value=" + flag);
    }
    final JsonNode made = client.value("createConferenceReservationless", "estimatedCallers=1");
    for (final String field : fields) {
      assertThat(made.path(field).asBoolean()).as(field).isEqualTo(flag.equals("1"));
    }
  }

  @Test
  void shouldOpenTheConductorApiAtOnceAndToNewTokensAlone() {
    final JsonNode made = reserved();
    final String uid = uid(made);
    final String token = made.path("securityToken").asText();
    assertThat(read(uid, token)).isEqualTo(200);
    final String newer =
        client.value("rotateSecurityToken", "conference=" + uid).path("securityToken").asText();
    assertThat(read(uid, token)).isEqualTo(403);
    assertThat(read(uid, newer)).isEqualTo(200);
    final String board =
        client.value("rotateReadOnlyToken", "conference=" + uid).path("readOnlyToken").asText();
    assertThat(read(uid, board)).isEqualTo(200);
    final HttpResponse<String> command =
        server
            .api()
            .post(
                "updateConferenceSetting",
                Map.of(
                    "conferenceUID", uid,
                    "securityToken", board,
                    "role", "PARTICIPANT",
                    "setting", "mute",
                    "value", "true"));
    assertThat(command.statusCode()).isEqualTo(403);
    assertThat(command.body()).startsWith("FALSE,securityToken: it opens reads alone");
    assertThat(read(uid, "")).isEqualTo(403);
  }

  private static int read(final String uid, final String token) {
    return server
        .api()
        .post("getConference", Map.of("conferenceUID", uid, "securityToken", token))
        .statusCode();
  }
}
