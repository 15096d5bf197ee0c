package dev.conductor.http;

import static dev.conductor.http.ApiServer.call;
import static dev.conductor.http.ApiServer.form;
import static dev.conductor.query.Documents.json;
import static dev.conductor.query.Documents.text;
import static dev.conductor.query.Documents.xml;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.Origin;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Who gets which answer in which form, over real HTTP. */
class FunctionHandlerTest {
  private static ApiServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new ApiServer(ApiServer.config(60_000, 1_000, 100_000), 10_000);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @ParameterizedTest
  @CsvSource({
    "getConference, conferenceUID=C1, /value/UID, C1",
    "getConference, callUID=K1, /value/UID, C1",
    "getConferenceData, conferenceUID=C1, /value/person/0/UID, P1",
    "getCustomer, conferenceUID=C1, /value/recording, true",
    "getCall, callUID=K1, /value/UID, K1",
    "getCall, conferenceUID=C1, /value/UID, K1",
    "getCall, callUID=K1&conferenceUID=nonsense, /value/UID, K1",
    "getConference, conferenceUID=C1&callUID=K2, /value/UID, C1",
    "getCallData, callUID=K1, /value/caller/1/UID, B",
    "getCallData, callUID=ENDED, /value/call/status, CLOSED",
    "getCaller, callUID=ENDED&UID=B, /value/UID, B",
    "getConference, callUID=ENDED, /value/UID, C1",
    "getCallData, callUID=K1, /value/seq, 42",
    "getCaller, callUID=K1&UID=A, /value/UID, A",
    "getBreakout, callUID=K1&UID=%20G%20, /value/UID, G",
  })
  void shouldAnswerQuestionsByGetAndPostInBothFormats(
      final String function, final String query, final String pointer, final String expected) {
    final String form = query + "&securityToken=" + ApiServer.TOKEN;
    final HttpResponse<String> got = server.get(function, form + "&type=JSON%0A");
    assertThat(got.statusCode()).isEqualTo(200);
    assertThat(got.headers().firstValue("content-type")).hasValue("application/json");
    assertThat(got.headers().firstValue("cache-control")).hasValue("no-store");
    assertThat(json(got.body()).at("/code").intValue()).isZero();
    assertThat(json(got.body()).at(pointer).asText()).isEqualTo(expected);
    assertThat(server.post(function, form + "&type=json").body()).isEqualTo(got.body());
    final HttpResponse<String> plain = server.get(function, form);
    assertThat(plain.headers().firstValue("content-type"))
        .hasValue("application/xml; charset=utf-8");
    assertThat(text(xml(plain.body()), "code")).isEqualTo("0");
  }

  @Test
  void shouldSayThatARecordCannotBeReadJustNow() {
    for (final String uid : List.of("BROKEN", "BUSY")) {
      final String form = "type=JSON&callUID=" + uid + "&securityToken=" + ApiServer.TOKEN;
      final HttpResponse<String> answer = server.get("getCallData", form);
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(json(answer.body()).at("/code").intValue()).isEqualTo(-3);
    }
  }

  @Test
  void shouldTellNobodyWithoutItsTokenWhetherThereIsARecord() {
    final String token = "&type=JSON&securityToken=" + ApiServer.OTHER_TOKEN;
    final HttpResponse<String> known = server.get("getCall", "callUID=ENDED" + token);
    assertThat(known.statusCode()).isEqualTo(403);
    assertThat(known.body()).isEqualTo(server.get("getCall", "callUID=NEVER" + token).body());
  }

  @Test
  void shouldTakeTheParametersFromQueryAndBodyTogether() {
    final var answer =
        server.post("getCaller?type=json&callUID=K1&UID=A", "UID=A&securityToken=s3cret-tok3n");
    assertThat(json(answer.body()).at("/value/UID").asText()).isEqualTo("A");
  }

  @Test
  void shouldGiveInstantsWhenAskedTo() {
    final var answer = server.get("getCall", call("type", "json", "dates", "ISO"));
    assertThat(json(answer.body()).at("/value/actualStartTime").asText())
        .isEqualTo("2015-10-23T12:30:00.000Z");
    assertThat(json(answer.body()).at("/value/actualEndTime").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "getCaller, callUID=K1, UID: missing",
    "getCaller, callUID=K1&UID=, UID: missing",
    "getCaller, callUID=K1&UID=X%22%3C, 'UID: no caller \"X\"<\" in this call'",
    "getBreakout, callUID=K1&UID=A, 'UID: no breakout \"A\" in this call'",
    "getCall, '', callUID: missing",
    "getConference, '', conferenceUID: missing",
    "getCall, callUID=K1&dates=unix, 'dates: \"unix\" is not iso'",
    "getCall, callUID=K1&callUID=K2, callUID: given twice with different values",
    "getCaller, callUID=K1&UID=%ff, UID: not UTF-8 in percent-encoding",
    "getCaller, callUID=K1&UID=%4, UID: not UTF-8 in percent-encoding",
    "getCaller, callUID=K1&UID=%zz, UID: not UTF-8 in percent-encoding",
    "getCaller, callUID=K1&UID=a%00b, UID: control character U+0000",
    "getCaller, callUID=K1&UID=%c0%80, UID: not UTF-8 in percent-encoding",
    "getCaller, callUID=K1&UID=%ed%a0%80, UID: not UTF-8 in percent-encoding",
    "getCaller, callUID=K1&UID=%ef%bf%bf, UID: U+FFFF is no character",
  })
  void shouldNameTheParameterOfAFailedRead(
      final String function, final String query, final String message) {
    final String form = query + "&type=json&securityToken=" + ApiServer.TOKEN;
    final HttpResponse<String> answer = server.post(function, form);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(json(answer.body()).get("code").intValue()).isEqualTo(-2);
    assertThat(json(answer.body()).get("message").textValue()).isEqualTo(message);
    assertThat(json(answer.body()).get("value").toString()).isEqualTo("{}");
  }

  @Test
  void shouldRefuseAnUnknownTypeInXml() {
    final var answer = server.get("getCall", call("type", "yaml"));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "<response><code>-2</code><message>type: \"yaml\" is neither XML nor JSON</message>"
                + "<value/></response>");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "callUID=K1",
        "callUID=K1&securityToken=",
        "callUID=K1&securityToken=wrong",
        "callUID=K1&securityToken=0ther-tok3n",
        "callUID=nobody&securityToken=s3cret-tok3n",
        "conferenceUID=nobody&securityToken=s3cret-tok3n",
        "conferenceUID=C3&securityToken=",
        "conferenceUID=C3&securityToken=0123456789abcdef0123456789abcdef",
        "callUID=K1&securityToken=S3CRET-TOK3N",
      })
  void shouldGiveOneAndTheSameAnswerToWhoeverMayNot(final String query) {
    final var read = server.get("getCall", "type=json&" + query);
    assertThat(read.statusCode()).isEqualTo(403);
    assertThat(read.body())
        .isEqualTo(
            "{\"code\":-5,\"message\":\"securityToken: not valid for this callUID\",\"value\":{}}");
    final var command = server.post("closeCall", query);
    assertThat(command.statusCode()).isEqualTo(403);
    assertThat(command.body()).isEqualTo("FALSE,securityToken: not valid for this callUID");
  }

  @Test
  void shouldTakeTheTokenInEverySpelling() {
    assertThat(server.post("closeCall", "callUID=K1&securityTokenSecurity=s3cret-tok3n").body())
        .isEqualTo("TRUE");
    assertThat(server.post("closeCall", "callUID=K1&securityToken=%20s3cret-tok3n%0a").body())
        .isEqualTo("TRUE");
    final var bearer =
        server.send(
            server
                .request("/_conference/getCall?callUID=K1&type=json")
                .header("Authorization", "Bearer s3cret-tok3n")
                .GET());
    assertThat(bearer.statusCode()).isEqualTo(200);
    final var both = server.post("closeCall", call("securityTokenSecurity", "another one"));
    assertThat(both.body()).isEqualTo("FALSE,securityToken: given twice with different values");
  }

  @Test
  void shouldSayWhenAConferenceHasNoCall() {
    final String form = "conferenceUID=C2&securityToken=" + ApiServer.OTHER_TOKEN;
    assertThat(server.post("closeCall", form).body())
        .isEqualTo("FALSE,callUID: conference C2 has no active call");
    final var read = server.get("getCall", form + "&type=json");
    assertThat(read.statusCode()).isEqualTo(200);
    assertThat(json(read.body()).get("message").textValue())
        .isEqualTo("callUID: conference C2 has no active call");
    final var closed = server.get("getCall", "callUID=K2&type=json&securityToken=0ther-tok3n");
    assertThat(json(closed.body()).at("/value/status").asText()).isEqualTo("CLOSED");
  }

  @Test
  void shouldAnswerACommandWithExactlyFourBytes() {
    final var answer = server.post("closeCall", call());
    assertThat(answer.body()).isEqualTo("TRUE");
    assertThat(answer.headers().firstValue("content-type")).hasValue("text/plain; charset=utf-8");
    assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(4);
    assertThat(answer.headers().firstValueAsLong("conductor-seq").orElseThrow()).isGreaterThan(100);
    final Origin origin = server.gate.last().origin();
    assertThat(origin.by()).isEqualTo(Origin.By.API);
    assertThat(origin.command()).isEqualTo("closeCall");
    assertThat(answer.headers().firstValue("conductor-request")).hasValue(origin.id());
  }

  @Test
  void shouldIgnoreTypeAndNameWhatItDoesNotKnow() {
    final var answer = server.post("closeCall", call("type", "yaml", "foo", "1", "UID", "A"));
    assertThat(answer.body()).isEqualTo("TRUE");
    assertThat(answer.headers().firstValue("conductor-ignored")).hasValue("foo, UID");
  }

  @Test
  void shouldPassOnWhoAsked() {
    server.post("closeCall", call("actor", "Eve & Jürgen 😀"));
    assertThat(server.gate.last().origin().actor()).isEqualTo("Eve & Jürgen 😀");
    assertThat(server.post("closeCall", call("actor", "x".repeat(65))).body())
        .isEqualTo("FALSE,actor: longer than 64 characters");
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "HEAD", "OPTIONS"})
  void shouldLetNoLinkMuteAnyone(final String method) {
    final int before = server.gate.taken().size();
    final var answer =
        server.send(
            server
                .request("/_conference/closeCall?" + call())
                .method(method, BodyPublishers.noBody()));
    assertThat(answer.statusCode()).isEqualTo(405);
    assertThat(answer.headers().firstValue("allow")).hasValue("POST");
    if (!method.equals("HEAD")) {
      assertThat(answer.body()).isEqualTo("FALSE,method: \"" + method + "\" is not POST");
    }
    assertThat(server.gate.taken()).hasSize(before);
  }

  @Test
  void shouldTellAnUnknownFunctionInItsForm() {
    assertThat(server.post("muteAll", call()).statusCode()).isEqualTo(404);
    assertThat(server.post("muteAll", call()).body())
        .isEqualTo("FALSE,function: no such function \"muteAll\"");
    final var read = server.get("getWeather", "type=json");
    assertThat(read.statusCode()).isEqualTo(404);
    assertThat(json(read.body()).get("code").intValue()).isEqualTo(-1);
    assertThat(server.get("GETCALL", call()).statusCode()).isEqualTo(404);
    assertThat(server.get("getCall/", call()).statusCode()).isEqualTo(404);
    assertThat(server.get("", call()).statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"multipart/form-data; boundary=x", "text/xml", "application/octet-stream"})
  void shouldRefuseOtherBodies(final String type) {
    final var answer = server.post("closeCall", "anything", type);
    assertThat(answer.statusCode()).isEqualTo(415);
    assertThat(answer.body()).startsWith("FALSE,Content-Type: ");
  }

  @Test
  void shouldKeepAMessageOnOneLineOfAtMostEightKibibytes() throws Exception {
    try (ApiServer own = new ApiServer()) {
      own.gate.hold();
      final var asked = new FutureTask<>(() -> own.post("closeCall", call()));
      new Thread(asked).start();
      own.gate.next().reply().onAnswer(new Accepted(false, "UID: a\r\nb" + "€".repeat(9_000), 7));
      final var answer = asked.get();
      assertThat(answer.body()).startsWith("FALSE,UID: a  b€").endsWith("€...");
      assertThat(answer.headers().firstValueAsLong("content-length").orElseThrow())
          .isBetween(8_000L, 8_192L + 6);
      assertThat(answer.headers().firstValue("conductor-seq")).hasValue("7");
    }
  }

  @Test
  void shouldSayInAHeaderThatAChangeIsNotDurable() throws Exception {
    try (ApiServer own = new ApiServer()) {
      own.gate.hold();
      for (final Accepted accepted : List.of(Accepted.yes(7), Accepted.yes(8).notDurable())) {
        final var asked = new FutureTask<>(() -> own.post("closeCall", call()));
        new Thread(asked).start();
        own.gate.next().reply().onAnswer(accepted);
        final var answer = asked.get();
        assertThat(answer.body()).isEqualTo("TRUE");
        assertThat(answer.headers().allValues("conductor-durable"))
            .isEqualTo(accepted.durable() ? List.of() : List.of("no"));
      }
    }
  }

  @Test
  void shouldSayBusyWhenTheConductorTakesNoMore() throws Exception {
    try (ApiServer own = new ApiServer()) {
      own.gate.fill();
      final var answer = own.post("closeCall", call());
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo("FALSE,busy");
      assertThat(own.counters.get(HttpCounter.COMMANDS_BUSY)).isEqualTo(1);
      assertThat(own.get("getCall", call()).statusCode()).isEqualTo(200);
    }
  }

  @Test
  void shouldAnswerWhenTheConductorDoesNot() throws Exception {
    try (ApiServer own = new ApiServer(ApiServer.config(60_000, 100, 500), 50)) {
      own.gate.hold();
      assertThat(own.post("closeCall", call()).body())
          .isEqualTo("FALSE,timeout: the command was taken, its outcome is not known yet");
      own.gate.next().reply().onAnswer(Accepted.yes(1));
      assertThat(own.get("getCall", call()).statusCode()).isEqualTo(200);
      assertThat(own.counters.get(HttpCounter.COMMANDS_TIMED_OUT)).isEqualTo(1);
    }
  }

  @Test
  void shouldSlowDownOneTokenAndNoOther() throws Exception {
    try (ApiServer own = new ApiServer(ApiServer.config(60_000, 100, 3), 10_000)) {
      for (int i = 0; i < 3; i++) {
        assertThat(own.post("closeCall", call()).body()).isEqualTo("TRUE");
      }
      final var refused = own.post("closeCall", call());
      assertThat(refused.statusCode()).isEqualTo(429);
      assertThat(refused.body()).isEqualTo("FALSE,securityToken: too many requests");
      assertThat(refused.headers().firstValue("retry-after")).hasValue("1");
      assertThat(own.get("getCall", call("type", "json")).statusCode()).isEqualTo(429);
      final String same = form("conferenceUID", "C1", "securityToken", ApiServer.TOKEN);
      assertThat(own.get("getConference", same).statusCode()).isEqualTo(429);
      final String other = form("conferenceUID", "C2", "securityToken", ApiServer.OTHER_TOKEN);
      assertThat(own.get("getConference", other).statusCode()).isEqualTo(200);
    }
  }
}
