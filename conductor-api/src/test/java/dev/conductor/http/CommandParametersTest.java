package dev.conductor.http;

import static dev.conductor.http.ApiServer.call;
import static dev.conductor.http.ApiServer.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From the parameters of a request to the command, over real HTTP. */
class CommandParametersTest {
  private static final String X256 = "x".repeat(256);
  private static final String X65536 = "x".repeat(65_536);
  private static ApiServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new ApiServer(ApiServer.config(60_000, 1_000, 100_000), 10_000);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> callerFields() {
    return Stream.of(
        Arguments.of("mike", "true", new CallerChange.Mike(true)),
        Arguments.of("mic", "0", new CallerChange.Mike(false)),
        Arguments.of("MIKE", "1", new CallerChange.Mike(true)),
        Arguments.of("deaf", "FALSE", new CallerChange.Deaf(false)),
        Arguments.of("mute", " True ", new CallerChange.Mute(true)),
        Arguments.of("tag", " Ann <b>&\r\n\t😀", new CallerChange.Tag(" Ann <b>&\r\n\t😀")),
        Arguments.of("tag", "", new CallerChange.Tag("")),
        Arguments.of("tag", X256, new CallerChange.Tag(X256)),
        Arguments.of("tag", "😀".repeat(256), new CallerChange.Tag("😀".repeat(256))),
        Arguments.of("attention", "5", new CallerChange.Attention(5)),
        Arguments.of("attention", " 0 ", new CallerChange.Attention(0)),
        Arguments.of("breakout", " G ", new CallerChange.ToBreakout("G")),
        Arguments.of("breakout", "", new CallerChange.ToBreakout("")),
        Arguments.of("breakout", "main", new CallerChange.ToBreakout("")),
        Arguments.of("data", X65536, new CallerChange.Data(X65536)),
        Arguments.of("role", "presenter", new CallerChange.ToRole(Role.PRESENTER)),
        Arguments.of("role", "PARTICPANT", new CallerChange.ToRole(Role.PARTICIPANT)),
        Arguments.of("notes", "", new CallerChange.Notes("")),
        Arguments.of("notes", "a+b=c&d", new CallerChange.Notes("a+b=c&d")),
        Arguments.of("note", " more", new CallerChange.Note(" more")),
        Arguments.of("active", "", new CallerChange.Drop()),
        Arguments.of("active", "true", new CallerChange.Drop()),
        Arguments.of("custom1", "one", new CallerChange.Custom1("one")),
        Arguments.of("custom2", "]]>", new CallerChange.Custom2("]]>")),
        Arguments.of("volume_in", "-4", new CallerChange.VolumeIn(-4)),
        Arguments.of("volume_out", "+4", new CallerChange.VolumeOut(4)),
        Arguments.of("energy", "1800", new CallerChange.Energy(1_800)));
  }

  @ParameterizedTest
  @MethodSource("callerFields")
  void shouldBuildTheChangeOfEveryCallerField(
      final String field, final String value, final CallerChange change) {
    final var answer =
        server.post("updateCaller", call("UID", "B, A,,B ,", "field", field, "value", value));
    assertThat(answer.body()).isEqualTo("TRUE");
    final var one = (Command.UpdateCaller) server.gate.last();
    assertThat(one.callUid()).isEqualTo("K1");
    assertThat(one.uids()).containsExactly("B", "A");
    assertThat(one.change()).isEqualTo(change);
    server.post("updateActiveCaller", call("field", field, "value", value, "role", "Assistant"));
    final var all = (Command.UpdateActiveCaller) server.gate.last();
    assertThat(all.role()).isEqualTo(Optional.of(Role.ASSISTANT));
    assertThat(all.change()).isEqualTo(change);
  }

  static Stream<Arguments> wrongCallerFields() {
    return Stream.of(
        Arguments.of("mute", "", "value: \"\" is neither true nor false"),
        Arguments.of("deaf", "yes", "value: \"yes\" is neither true nor false"),
        Arguments.of("attention", "", "value: \"\" is not a whole number"),
        Arguments.of("attention", "6", "value: 6 is not in 0..5"),
        Arguments.of("attention", "-1", "value: -1 is not in 0..5"),
        Arguments.of("volume_in", "9", "value: 9 is not in -4..4"),
        Arguments.of("volume_out", "-5", "value: -5 is not in -4..4"),
        Arguments.of("volume_in", "1.5", "value: \"1.5\" is not a whole number"),
        Arguments.of("volume_in", "٣", "value: \"٣\" is not a whole number"),
        Arguments.of("volume_in", "4294967297", "value: 4294967297 is not in -4..4"),
        Arguments.of("energy", "1801", "value: 1801 is not in 0..1800"),
        Arguments.of(
            "energy", "9".repeat(100), "value: " + "9".repeat(64) + "... is not in 0..1800"),
        Arguments.of("role", "BOSS", "value: no such role \"BOSS\""),
        Arguments.of("tag", X256 + "y", "value: longer than 256 characters"),
        Arguments.of("notes", X65536 + "y", "value: longer than 65536 characters"),
        Arguments.of("note", "y".repeat(100_000), "value: longer than 65536 characters"),
        Arguments.of("data", "a\u0007", "value: control character U+0007"),
        Arguments.of("custom1", "a\u009b", "value: control character U+009B"),
        Arguments.of("mute1", "true", "field: no such field \"mute1\""),
        Arguments.of("x\r\ny", "true", "field: no such field \"x  y\""));
  }

  @ParameterizedTest
  @MethodSource("wrongCallerFields")
  void shouldRefuseAWrongCallerField(final String field, final String value, final String message) {
    final int before = server.gate.taken().size();
    final var answer =
        server.post("updateCaller", call("UID", "A", "field", field, "value", value));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("FALSE," + message);
    assertThat(server.post("updateActiveCaller", call("field", field, "value", value)).body())
        .isEqualTo("FALSE," + message);
    assertThat(server.gate.taken()).hasSize(before);
  }

  @ParameterizedTest
  @CsvSource({
    "updateCaller, field=mute&value=1, UID: missing",
    "updateCaller, 'UID=,%20,&field=mute&value=1', UID: missing",
    "updateCaller, UID=A&value=1, field: missing",
    "updateCaller, UID=A&field=mute, value: missing",
    "updateCaller, UID=A&field=mute&value=1&value=0, value: given twice with different values",
    "updateActiveCaller, field=mute&value=1&role=X, 'role: no such role \"X\"'",
    "dropCaller, ban=1, UID: missing",
    "dropCaller, UID=A&ban=perhaps, 'ban: \"perhaps\" is neither true nor false'",
    "updateBreakout, field=name&value=x, UID: missing",
    "updateBreakout, UID=G&field=name, value: missing",
    "updateBreakout, UID=G&field=colour&value=red, 'field: no such field \"colour\"'",
    "updateBreakout, UID=G&field=callers&value=, value: missing",
    "updateBreakout, UID=G&field=private&value=, 'value: \"\" is neither true nor false'",
    "createBreakout, name=x, callers: missing",
    "createBreakout, callers=A&private=2, 'private: \"2\" is neither true nor false'",
    "createBreakout, callers=A&breakoutUID=a%2Fb, 'breakoutUID: \"a/b\" is not of 1 to 64 letters, digits, _ and -'",
    "createBreakout, callers=A&breakoutUID=main, breakoutUID: main stands for the main room",
    "createBreakout, callers1=A, count: missing beside callers1",
    "createBreakout, count=0&callers1=A, count: 0 is not in 1..1000",
    "createBreakout, count=1001&callers1=A, count: 1001 is not in 1..1000",
    "createBreakout, count=2&callers1=A, callers2: missing",
    "createBreakout, count=2&callers2=A, callers1: missing",
    "createBreakout, count=1&callers1=A&callers2=B, callers2: its number is not in 1..1",
    "createBreakout, count=1&callers1=A&name2=B, name2: its number is not in 1..1",
    "createBreakout, count=1&callers1=A&callers01=B, callers01: its number is not in 1..1",
    "createBreakout, count=1&callers1=A&callers0=B, callers0: its number is not in 1..1",
    "createBreakout, count=1&callers1=A&callers99999999999=B, callers99999999999: its number is not in 1..1",
    "createBreakout, count=1&callers1=A&callers=B, callers: not beside count",
    "createBreakout, 'count=2&callers1=A,B&callers2=C,B', 'callers2: \"B\" is in callers1 too'",
    "createBreakout, count=2&callers1=A&callers2=B&breakoutUID1=S&breakoutUID2=S, breakoutUID2: S is breakoutUID1 too",
  })
  void shouldNameTheParameterOfARefusedCommand(
      final String function, final String form, final String message) {
    final var answer = server.post(function, call() + "&" + form);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("FALSE," + message);
  }

  @Test
  void shouldBuildOneBreakout() {
    server.post(
        "createBreakout",
        call("callers", "A,B", "breakoutUID", "SALES", "name", "Sales & co", "private", "TRUE"));
    assertThat(((Command.CreateBreakout) server.gate.last()).groups())
        .containsExactly(
            new Command.NewBreakout("SALES", "Sales & co", true, List.of("A", "B"), 0));
  }

  @Test
  void shouldBuildTheBreakoutsOfTheDocumentsExample() {
    final String form =
        "count=2&callers1=c1,c2,c3&callers2=f1,f2,f3&breakoutUID2=SALES&conferenceUID=C1"
            + "&securityToken="
            + ApiServer.TOKEN;
    assertThat(server.post("createBreakout", form).body()).isEqualTo("TRUE");
    final var command = (Command.CreateBreakout) server.gate.last();
    assertThat(command.callUid()).isEqualTo("K1");
    assertThat(command.groups())
        .containsExactly(
            new Command.NewBreakout("", "", false, List.of("c1", "c2", "c3"), 1),
            new Command.NewBreakout("SALES", "", false, List.of("f1", "f2", "f3"), 2));
  }

  static Stream<Arguments> breakoutFields() {
    return Stream.of(
        Arguments.of("name", "", new BreakoutChange.Name("")),
        Arguments.of("attention", "true", new BreakoutChange.Attention(true)),
        Arguments.of("callers", "B,A,B", new BreakoutChange.ToggleCallers(List.of("B", "A"))),
        Arguments.of("addCallers", "A", new BreakoutChange.AddCallers(List.of("A"))),
        Arguments.of("removeCallers", "A", new BreakoutChange.RemoveCallers(List.of("A"))),
        Arguments.of("data", "<x/>", new BreakoutChange.Data("<x/>")),
        Arguments.of("private", "0", new BreakoutChange.Private(false)));
  }

  @ParameterizedTest
  @MethodSource("breakoutFields")
  void shouldBuildTheChangeOfEveryBreakoutField(
      final String field, final String value, final BreakoutChange change) {
    server.post("updateBreakout", call("UID", "G", "field", field, "value", value));
    final var command = (Command.UpdateBreakout) server.gate.last();
    assertThat(command.uid()).isEqualTo("G");
    assertThat(command.change()).isEqualTo(change);
  }

  @Test
  void shouldDropAListAndBan() {
    server.post("dropCaller", call("UID", "A,B"));
    var command = (Command.DropCaller) server.gate.last();
    assertThat(command.uids()).containsExactly("A", "B");
    assertThat(command.ban()).isFalse();
    server.post("dropCaller", call("UID", "A", "ban", "true"));
    command = (Command.DropCaller) server.gate.last();
    assertThat(command.ban()).isTrue();
  }

  @Test
  void shouldTakeAJsonBody() {
    final var answer =
        server.post(
            "updateCaller",
            "{\"callUID\":\"K1\",\"securityToken\":\"s3cret-tok3n\",\"UID\":[\"A\",\"B\"],"
                + "\"field\":\"attention\",\"value\":3,\"actor\":null}",
            "application/json; charset=utf-8");
    assertThat(answer.body()).isEqualTo("TRUE");
    final var command = (Command.UpdateCaller) server.gate.last();
    assertThat(command.uids()).containsExactly("A", "B");
    assertThat(command.change()).isEqualTo(new CallerChange.Attention(3));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "[1] | body: not a JSON object",
        "{\"a\":1 | body: not valid JSON",
        "{\"a\":1} {} | body: something follows the JSON object",
        "{\"a\":{\"b\":1}} | a: an object is no value",
        "{\"a\":[[1]]} | a: a list of texts or numbers is wanted",
        "{\"a\":[[[[1]]]]} | a: a list of texts or numbers is wanted",
        "{\"a\":1,\"a\":2} | a: given twice with different values",
        "{\"a\":\"\\u0000\"} | a: control character U+0000",
        "{\"a\":\"\\ud800\"} | a: U+D800 is no character",
        "{\"a\":\"\\ufffe\"} | a: U+FFFE is no character",
        "{\"a\\u0001\":1} | parameter 1: its name is not one",
      })
  void shouldRefuseAJsonBodyThatIsNone(final String body, final String message) {
    final var answer = server.post("closeCall", body, "application/json");
    assertThat(answer.body()).isEqualTo("FALSE," + message);
  }

  @ParameterizedTest
  @CsvSource({"A1, A1", "' A1 ', A1", "'', ''", "'  ', ''"})
  void shouldBuildPlayToneOfAClipOrOfNothing(final String sent, final String audioUid) {
    assertThat(server.post("playTone", call("tone", sent)).body()).isEqualTo("TRUE");
    final var command = (Command.PlayTone) server.gate.last();
    assertThat(command.audioUid()).isEqualTo(audioUid);
    assertThat(command.callUid()).isEqualTo("K1");
  }

  @Test
  void shouldRefusePlayToneWithoutATone() {
    assertThat(server.post("playTone", call()).body()).isEqualTo("FALSE,tone: missing");
  }

  @Test
  void shouldHoldTheLimitsOfParametersAndUids() {
    final String many =
        IntStream.range(0, 5_000).mapToObj(i -> "&p" + i + "=").reduce("", String::concat);
    assertThat(server.post("closeCall", call() + many).body())
        .isEqualTo("FALSE,parameters: more than 4096");
    final String uids =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "U" + i)
            .reduce((a, b) -> a + "," + b)
            .orElseThrow();
    final String form = "&field=mute&value=1&UID=";
    assertThat(server.post("updateCaller", call() + form + uids).body()).isEqualTo("TRUE");
    assertThat(((Command.UpdateCaller) server.gate.last()).uids()).hasSize(10_000);
    assertThat(server.post("updateCaller", call() + form + uids + ",ONE").body())
        .isEqualTo("FALSE,UID: more than 10000 UIDs");
  }

  @Test
  void shouldKeepANameAsSent() {
    server.post("createBreakout", call("callers", " A ", "name", " two  blanks "));
    assertThat(((Command.CreateBreakout) server.gate.last()).groups())
        .containsExactly(new Command.NewBreakout("", " two  blanks ", false, List.of("A"), 0));
  }
}
