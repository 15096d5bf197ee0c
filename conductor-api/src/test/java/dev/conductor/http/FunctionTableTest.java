package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Command;
import dev.conductor.query.Renderer;
import dev.conductor.query.ServerFacts;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FunctionTableTest {
  private final FunctionTable table =
      FunctionTable.of(new Renderer(new ServerFacts("s", 0), () -> 0L));

  @ParameterizedTest
  @CsvSource({
    "getConference, conferenceUID, ''",
    "getConferenceData, conferenceUID, ''",
    "getCustomer, conferenceUID, ''",
    "getCall, callUID, ''",
    "getCallData, callUID, ''",
    "getCaller, callUID, UID",
    "getBreakout, callUID, UID",
    "updateCaller, callUID, UID field value",
    "updateActiveCaller, callUID, field value role?",
    "createBreakout, callUID, count? callers? breakoutUID? name? private? callers#?"
        + " breakoutUID#? name#? private#?",
    "updateBreakout, callUID, UID field value",
    "dropCaller, callUID, UID ban?",
    "closeCall, callUID, ''",
    "playTone, callUID, tone",
    "updateCall, callUID, field value",
    "updateCallSetting, callUID, role setting value",
    "updateConferenceSetting, conferenceUID, role setting value",
    "createCallTag, callUID, conferenceTagID? value?",
    "updateCallTag, callUID, callTagID value",
    "updateCallerTag, callUID, callerUID callTagID action",
    "placeCall, callUID, name? role number",
    "updateCustomValue, callUID, objectType objectUID customKey customValue",
    "autoBreakout, callUID, groups? size? by? role? from? spread? avoidRepeats? follow? private?"
        + " name? seed? preview?",
    "recallBreakouts, callUID, UID? countdown? cancel?",
    "breakoutTimer, callUID, seconds? extend? cancel? warnings? countdown? UID?",
    "nextHand, callUID, attention? UID? keep?",
    "undoMove, callUID, ''",
  })
  void shouldHaveTheDocumentsParameters(
      final String name, final String anchor, final String parameters) {
    final ApiFunction function = table.find(name).orElseThrow();
    assertThat(function.anchor().parameter()).isEqualTo(anchor);
    assertThat(function.isRead()).isEqualTo(name.startsWith("get"));
    final List<String> own =
        function.own().stream().map(param -> param.name() + (param.required() ? "" : "?")).toList();
    assertThat(String.join(" ", own)).isEqualTo(parameters);
    assertThat(function.params()).containsAll(ApiFunction.COMMON);
  }

  @Test
  void shouldHaveOneFunctionForEveryCommandOnACall() {
    final List<String> commands =
        Stream.of(Command.OnCall.class.getPermittedSubclasses())
            .map(Class::getSimpleName)
            .map(name -> Character.toLowerCase(name.charAt(0)) + name.substring(1))
            .toList();
    assertThat(commands)
        .hasSizeGreaterThan(13)
        .allSatisfy(name -> assertThat(table.find(name).orElseThrow().isRead()).isFalse());
  }

  @Test
  void shouldSaySomethingOfEveryFunctionAndParameter() {
    assertThat(table.all())
        .hasSizeGreaterThan(20)
        .allSatisfy(
            function -> {
              assertThat(function.doc().summary()).as(function.name()).endsWith(".");
              assertThat(function.params())
                  .as(function.name())
                  .allSatisfy(param -> assertThat(param.about()).as(param.name()).endsWith("."));
            });
  }
}
