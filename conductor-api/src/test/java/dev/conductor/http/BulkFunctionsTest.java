package dev.conductor.http;

import static dev.conductor.http.ApiServer.call;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Command;
import dev.conductor.command.TimerChange;
import dev.conductor.command.TimerChange.Spoken;
import dev.conductor.model.Grouping;
import dev.conductor.model.Grouping.By;
import dev.conductor.model.Role;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions of ours for many at once: from the request to the command, over real HTTP. */
class BulkFunctionsTest {
  private static final Spoken AS_EVER = new Spoken(Optional.empty(), Optional.empty());
  private static ApiServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new ApiServer(ApiServer.config(60_000, 1_000, 100_000), 10_000);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  private static Command sent(final String function, final String... parameters) {
    assertThat(server.post(function, call(parameters)).body()).isEqualTo("TRUE");
    return server.gate.last();
  }

  @Test
  void shouldTakeTheDefaultsOfAutoBreakout() {
    final var command = (Command.AutoBreakout) sent("autoBreakout", "groups", "4", "seed", "7");
    assertThat(command.callUid()).isEqualTo("K1");
    assertThat(command.isPrivate()).isFalse();
    assertThat(command.follow()).isFalse();
    assertThat(command.grouping())
        .isEqualTo(new Grouping(4, 0, By.RANDOM, Role.PARTICIPANT, false, false, true, "", 7));
  }

  @Test
  void shouldTakeEveryParameterOfAutoBreakout() {
    final var command =
        (Command.AutoBreakout)
            sent(
                "autoBreakout",
                "size=5&by=TagMixed&role=presenter&from=All&spread=true&avoidRepeats=false&follow=1"
                    .split("[&=]"));
    assertThat(command.follow()).isTrue();
    final Grouping grouping = command.grouping();
    assertThat(grouping)
        .isEqualTo(
            new Grouping(
                0, 5, By.TAG_MIXED, Role.PRESENTER, true, true, false, "", grouping.seed()));
    final var named =
        (Command.AutoBreakout)
            sent("autoBreakout", "groups=1&by=attention&private=true&name=T &seed=0".split("[&=]"));
    assertThat(named.isPrivate()).isTrue();
    assertThat(named.grouping().by()).isEqualTo(By.ATTENTION);
    assertThat(named.grouping().prefix()).isEqualTo("T ");
    assertThat(
            ((Command.AutoBreakout) sent("autoBreakout", "groups", "1", "by", "tagSame"))
                .grouping()
                .by())
        .isEqualTo(By.TAG_SAME);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "autoBreakout | by=random | groups: missing, and so is size",
        "autoBreakout | groups=2&size=3 | size: not beside groups",
        "autoBreakout | groups=0 | groups: 0 is not in 1..1000",
        "autoBreakout | groups=1001 | groups: 1001 is not in 1..1000",
        "autoBreakout | size=1 | size: 1 is not in 2..10000",
        "autoBreakout | groups=2&by=luck | by: no such way \"luck\"",
        "autoBreakout | groups=2&role=BOSS | role: no such role \"BOSS\"",
        "autoBreakout | groups=2&from=here | from: \"here\" is not main or all",
        "autoBreakout | groups=2&spread=x | spread: \"x\" is neither true nor false",
        "autoBreakout | groups=2&role=ASSISTANT&spread=1 | spread: not beside role ASSISTANT",
        "autoBreakout | groups=2&avoidRepeats=x | avoidRepeats: \"x\" is neither true nor false",
        "autoBreakout | groups=2&follow=x | follow: \"x\" is neither true nor false",
        "autoBreakout | groups=2&private=x | private: \"x\" is neither true nor false",
        "autoBreakout | groups=2&preview=x | preview: \"x\" is neither true nor false",
        "autoBreakout | groups=2&seed=-1 | seed: -1 is not in 0..2147483647",
        "recallBreakouts | countdown=601 | countdown: 601 is not in 0..600",
        "recallBreakouts | cancel=true&countdown=5 | countdown: not beside cancel",
        "recallBreakouts | cancel=true&UID=A | UID: not beside cancel",
        "recallBreakouts | cancel=x | cancel: \"x\" is neither true nor false",
        "breakoutTimer | UID=A | seconds: missing, and so are extend and cancel",
        "breakoutTimer | seconds=0 | seconds: 0 is not in 1..86400",
        "breakoutTimer | seconds=5&extend=5 | extend: not beside seconds",
        "breakoutTimer | cancel=1&seconds=5 | seconds: not beside cancel",
        "breakoutTimer | cancel=1&warnings=5 | warnings: not beside cancel",
        "breakoutTimer | extend=86401 | extend: 86401 is not in -86400..86400",
        "breakoutTimer | seconds=9&countdown=601 | countdown: 601 is not in 0..600",
        "breakoutTimer | seconds=9&warnings=5,,6 | warnings: \"\" is not a whole number",
        "breakoutTimer | seconds=9&warnings=1,2,3,4,5,6,7,8,9,10,11 | warnings: more than 10",
        "nextHand | attention=0 | attention: 0 is not in 1..5",
        "nextHand | attention=2&UID=A | attention: not beside UID",
        "nextHand | keep=x | keep: \"x\" is neither true nor false",
      })
  void shouldRefuseNamingTheParameter(
      final String function, final String parameters, final String message) {
    final int before = server.gate.taken().size();
    assertThat(server.post(function, call(parameters.split("[&=]"))).body())
        .isEqualTo("FALSE," + message);
    assertThat(server.gate.taken()).hasSize(before);
  }

  @Test
  void shouldRefuseANameThatANumberWouldMakeTooLong() {
    assertThat(server.post("autoBreakout", call("groups", "2", "name", "x".repeat(251))).body())
        .isEqualTo("FALSE,name: longer than 250 characters");
  }

  @Test
  void shouldBuildTheOthers() {
    final var all = (Command.RecallBreakouts) sent("recallBreakouts", "x", "y");
    assertThat(all.uids()).isEmpty();
    assertThat(all.countdownS()).isZero();
    assertThat(all.cancel()).isFalse();
    final var some =
        (Command.RecallBreakouts) sent("recallBreakouts", "UID", "A, B", "countdown", "600");
    assertThat(some.uids()).containsExactly("A", "B");
    assertThat(some.countdownS()).isEqualTo(600);
    assertThat(((Command.RecallBreakouts) sent("recallBreakouts", "cancel", "true")).cancel())
        .isTrue();

    assertThat(timer("seconds", "600")).isEqualTo(new TimerChange.Start(600, List.of(), AS_EVER));
    assertThat(timer("seconds", "9", "warnings", " 60, 10 ", "countdown", "5", "UID", "A"))
        .isEqualTo(
            new TimerChange.Start(
                9, List.of("A"), new Spoken(Optional.of(List.of(60, 10)), Optional.of(5))));
    assertThat(timer("extend", "-30")).isEqualTo(new TimerChange.Extend(-30, List.of(), AS_EVER));
    assertThat(timer("cancel", "true")).isEqualTo(new TimerChange.Cancel());

    final var next = (Command.NextHand) sent("nextHand", "attention", "5", "keep", "true");
    assertThat(next.attention()).isEqualTo(5);
    assertThat(next.keep()).isTrue();
    assertThat(((Command.NextHand) sent("nextHand", "UID", "A")).uid()).isEqualTo("A");
    assertThat(sent("undoMove", "x", "y")).isInstanceOf(Command.UndoMove.class);
  }

  private static TimerChange timer(final String... parameters) {
    return ((Command.BreakoutTimer) sent("breakoutTimer", parameters)).change();
  }

  @Test
  void shouldAnswerAPreviewAsAReadAndDoNothing() {
    final int before = server.gate.taken().size();
    final String[] preview = {
      "groups", "3", "from", "all", "seed", "5", "name", "Table", "preview", "true"
    };
    final var xml = server.post("autoBreakout", call(preview));
    assertThat(xml.headers().firstValue("Content-Type")).hasValue("application/xml; charset=utf-8");
    assertThat(xml.body())
        .startsWith("<response><code>0</code><message/><value><seed>5</seed><repeats>0</repeats>")
        .containsPattern(
            "<groups><name>Table 1</name><callers>[AB]</callers><callers>[AB]</callers></groups>");
    final var json = server.post("autoBreakout", call(preview) + "&type=JSON");
    assertThat(json.body())
        .startsWith("{\"code\":0,\"message\":\"\",\"value\":{\"seed\":5,\"repeats\":0,")
        .containsPattern("\"groups\":\\[\\{\"name\":\"Table 1\",\"callers\":\\[\"[AB]\",\"[AB]\"]");
    assertThat(server.gate.taken()).hasSize(before);
  }

  @Test
  void shouldRefuseAPreviewAsARead() {
    assertThat(
            server.post("autoBreakout", call("groups", "2", "preview", "1", "type", "JSON")).body())
        .isEqualTo(
            "{\"code\":-2,\"message\":\"role: one PARTICIPANT alone is in the main room\","
                + "\"value\":{}}");
    assertThat(server.post("autoBreakout", call("preview", "1", "type", "JSON")).body())
        .contains("\"code\":-2", "groups: missing, and so is size");
    assertThat(server.post("autoBreakout", "callUID=K1&securityToken=no&preview=1&groups=2"))
        .satisfies(answer -> assertThat(answer.statusCode()).isEqualTo(403))
        .satisfies(answer -> assertThat(answer.body()).contains("<code>-5</code>"));
  }

  @Test
  void shouldTakeCommandsByPostAlone() {
    assertThat(server.get("undoMove", call()).statusCode()).isEqualTo(405);
    assertThat(server.get("autoBreakout", call("groups", "2", "preview", "1")).statusCode())
        .isEqualTo(405);
  }
}
