package dev.conductor.http;

import static dev.conductor.http.ApiServer.TOKEN;
import static dev.conductor.http.ApiServer.call;
import static dev.conductor.http.ApiServer.form;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.CallChange;
import dev.conductor.command.CallChange.FlagField;
import dev.conductor.command.CallChange.TextField;
import dev.conductor.command.Command;
import dev.conductor.command.CustomOwner;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.io.IOException;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** From the parameters of functions on calls, tags and conferences to the command. */
class CallParametersTest {
  private static final String X256 = "x".repeat(256);
  private static final String X4096 = "x".repeat(4_096);
  private static final String X65536 = "x".repeat(65_536);

  /** A conference without a call, and its token. */
  private static final String IDLE =
      "conferenceUID=C2&securityToken=" + ApiServer.OTHER_TOKEN + "&";

  private static ApiServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new ApiServer(ApiServer.config(60_000, 1_000, 100_000), 10_000);
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  static Stream<Arguments> callFields() {
    return Stream.of(
        Arguments.of("name", X256, new CallChange.Text(TextField.NAME, X256)),
        Arguments.of("name", "", new CallChange.Text(TextField.NAME, "")),
        Arguments.of("notes", X65536, new CallChange.Text(TextField.NOTES, X65536)),
        Arguments.of("NOTE", " <b>&\r\n", new CallChange.Note(" <b>&\r\n")),
        Arguments.of("talking", " False ", new CallChange.Flag(FlagField.TALKING, false)),
        Arguments.of("data", "{\"a\":1}", new CallChange.Text(TextField.DATA, "{\"a\":1}")),
        Arguments.of("greenroom", "TRUE", new CallChange.Flag(FlagField.GREENROOM, true)),
        Arguments.of("entryway", "1", new CallChange.Flag(FlagField.ENTRYWAY, true)),
        Arguments.of("custom", "]]>", new CallChange.Text(TextField.CUSTOM, "]]>")),
        Arguments.of(
            "backgroundMusic", "0", new CallChange.Flag(FlagField.BACKGROUND_MUSIC, false)),
        Arguments.of("backgroundmusic", "1", new CallChange.Flag(FlagField.BACKGROUND_MUSIC, true)),
        Arguments.of("link", X4096, new CallChange.Text(TextField.LINK, X4096)),
        Arguments.of("message", X4096, new CallChange.Text(TextField.MESSAGE, X4096)),
        Arguments.of("feedback", "😀", new CallChange.Feedback("😀")),
        Arguments.of("feedback", "", new CallChange.Feedback("")),
        Arguments.of("enableFeedback", "1", new CallChange.Flag(FlagField.ENABLE_FEEDBACK, true)),
        Arguments.of(
            "enableBroadcast", "0", new CallChange.Flag(FlagField.ENABLE_BROADCAST, false)),
        Arguments.of("lockMute", "true", new CallChange.Flag(FlagField.LOCK_MUTE, true)),
        Arguments.of("locked", "1", new CallChange.Flag(FlagField.LOCKED, true)));
  }

  @ParameterizedTest
  @MethodSource("callFields")
  void shouldBuildTheChangeOfEveryCallField(
      final String field, final String value, final CallChange change) {
    assertThat(server.post("updateCall", call("field", field, "value", value)).body())
        .isEqualTo("TRUE");
    final var command = (Command.UpdateCall) server.gate.last();
    assertThat(command.callUid()).isEqualTo("K1");
    assertThat(command.change()).isEqualTo(change);
  }

  @Test
  void shouldHaveARowForEveryFieldItNames() {
    assertThat(CallFields.names())
        .hasSize(16)
        .allSatisfy(name -> assertThat(CallFields.change(name, "1")).isNotNull());
  }

  static Stream<Arguments> wrongCallFields() {
    return Stream.of(
        Arguments.of("name", X256 + "y", "value: longer than 256 characters"),
        Arguments.of("notes", X65536 + "y", "value: longer than 65536 characters"),
        Arguments.of("note", X65536 + "y", "value: longer than 65536 characters"),
        Arguments.of("data", X65536 + "y", "value: longer than 65536 characters"),
        Arguments.of("custom", X65536 + "y", "value: longer than 65536 characters"),
        Arguments.of("feedback", X65536 + "y", "value: longer than 65536 characters"),
        Arguments.of("link", X4096 + "y", "value: longer than 4096 characters"),
        Arguments.of("message", X4096 + "y", "value: longer than 4096 characters"),
        Arguments.of("greenroom", "", "value: \"\" is neither true nor false"),
        Arguments.of("lockMute", "maybe", "value: \"maybe\" is neither true nor false"),
        Arguments.of("tags", "1", "field: no such field \"tags\""));
  }

  @ParameterizedTest
  @MethodSource("wrongCallFields")
  void shouldRefuseAWrongCallField(final String field, final String value, final String message) {
    final var answer = server.post("updateCall", call("field", field, "value", value));
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("FALSE," + message);
  }

  @ParameterizedTest
  @CsvSource({
    "PARTICPANT, mike, true, PARTICIPANT, MIKE, true",
    "participant, MIC, 0, PARTICIPANT, MIKE, false",
    "Assistant, Mute, TRUE, ASSISTANT, MUTE, true",
    "PRESENTER, deaf, 1, PRESENTER, DEAF, true"
  })
  void shouldBuildASettingOfCallAndConference(
      final String role,
      final String setting,
      final String value,
      final Role roleMeant,
      final RoleFlag.Setting settingMeant,
      final boolean on) {
    final String form = form("role", role, "setting", setting, "value", value);
    server.post("updateCallSetting", call() + "&" + form);
    final var ofCall = (Command.UpdateCallSetting) server.gate.last();
    assertThat(ofCall.callUid()).isEqualTo("K1");
    assertThat(ofCall.role()).isEqualTo(roleMeant);
    assertThat(ofCall.setting()).isEqualTo(settingMeant);
    assertThat(ofCall.on()).isEqualTo(on);

    assertThat(server.post("updateConferenceSetting", IDLE + form).body()).isEqualTo("TRUE");
    final var ofConference = (Command.UpdateConferenceSetting) server.gate.last();
    assertThat(ofConference.conferenceUid()).isEqualTo("C2");
    assertThat(ofConference.role()).isEqualTo(roleMeant);
    assertThat(ofConference.setting()).isEqualTo(settingMeant);
    assertThat(ofConference.on()).isEqualTo(on);
  }

  @Test
  void shouldTakeACallForItsConference() {
    server.post(
        "updateConferenceSetting", call("role", "ASSISTANT", "setting", "mute", "value", "1"));
    assertThat(((Command.UpdateConferenceSetting) server.gate.last()).conferenceUid())
        .isEqualTo("C1");
  }

  @Test
  void shouldBuildTagCommands() {
    server.post("createCallTag", call("value", " <VIP> "));
    var create = (Command.CreateCallTag) server.gate.last();
    assertThat(create.value()).isEqualTo(" <VIP> ");
    assertThat(create.conferenceTagId()).isZero();
    server.post("createCallTag", call("conferenceTagId", " 7 ", "value", ""));
    create = (Command.CreateCallTag) server.gate.last();
    assertThat(create.value()).isEmpty();
    assertThat(create.conferenceTagId()).isEqualTo(7);

    server.post("updateCallTag", call("callTagID", "3", "value", X256));
    final var update = (Command.UpdateCallTag) server.gate.last();
    assertThat(update.tagId()).isEqualTo(3);
    assertThat(update.value()).isEqualTo(X256);

    server.post("updateCallerTag", call("callTagId", "3", "callerUID", "B,A,B", "action", "aDD"));
    var relate = (Command.UpdateCallerTag) server.gate.last();
    assertThat(relate.uids()).containsExactly("B", "A");
    assertThat(relate.tagId()).isEqualTo(3);
    assertThat(relate.adds()).isTrue();
    server.post("updateCallerTag", call("callTagID", "3", "callerUID", "A", "action", "REMOVE"));
    relate = (Command.UpdateCallerTag) server.gate.last();
    assertThat(relate.adds()).isFalse();
  }

  @Test
  void shouldBuildAPlacedCall() {
    server.post("placeCall", call("role", "Presenter", "number", " +15555550123 ", "name", "Ann"));
    final var full = (Command.PlaceCall) server.gate.last();
    assertThat(full.number()).isEqualTo("+15555550123");
    assertThat(full.role()).isEqualTo(Role.PRESENTER);
    assertThat(full.name()).isEqualTo("Ann");
    server.post("placeCall", call("role", "PARTICIPANT", "number", "15555550123"));
    assertThat(((Command.PlaceCall) server.gate.last()).name()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "conference, C1, CONFERENCE",
    "CALL, K1, CALL",
    "Person, P1, PERSON",
    "caller, A, CALLER"
  })
  void shouldBuildACustomValue(final String type, final String object, final CustomOwner owner) {
    server.post(
        "updateCustomValue",
        call("objectType", type, "objectUID", object, "customKey", " k ", "customValue", ""));
    final var command = (Command.UpdateCustomValue) server.gate.last();
    assertThat(command.owner()).isEqualTo(owner);
    assertThat(command.objectUid()).isEqualTo(object);
    assertThat(command.conferenceUid()).isEqualTo("C1");
    assertThat(command.callUid()).isEqualTo("K1");
    assertThat(command.key()).isEqualTo(" k ");
    assertThat(command.value()).isEmpty();
  }

  @Test
  void shouldAskForACallOnlyWhereOneIsNeeded() {
    final String rest = "&objectUID=X&customKey=" + X256 + "&customValue=" + X4096;
    assertThat(server.post("updateCustomValue", IDLE + "objectType=conference" + rest).body())
        .isEqualTo("TRUE");
    assertThat(((Command.UpdateCustomValue) server.gate.last()).callUid()).isEmpty();
    assertThat(server.post("updateCustomValue", IDLE + "objectType=person" + rest).body())
        .isEqualTo("TRUE");
    assertThat(server.post("updateCustomValue", IDLE + "objectType=call" + rest).body())
        .isEqualTo("FALSE,callUID: conference C2 has no active call");
    assertThat(server.post("updateCustomValue", IDLE + "objectType=caller" + rest).body())
        .isEqualTo("FALSE,callUID: conference C2 has no active call");
    assertThat(server.post("updateCall", IDLE + "field=name&value=x").body())
        .isEqualTo("FALSE,callUID: conference C2 has no active call");
    assertThat(server.post("createCallTag", IDLE + "value=x").body())
        .isEqualTo("FALSE,callUID: conference C2 has no active call");
  }

  @ParameterizedTest
  @CsvSource({
    "updateCall, value=1, field: missing",
    "updateCall, field=name, value: missing",
    "updateCallSetting, role=OPERATOR&setting=mute&value=1, role: OPERATOR has no settings",
    "updateCallSetting, role=BOSS&setting=mute&value=1, 'role: no such role \"BOSS\"'",
    "updateCallSetting, role=PRESENTER&setting=loud&value=1, 'setting: no such setting \"loud\"'",
    "updateCallSetting, role=PRESENTER&setting=mute&value=, value: missing",
    "updateCallSetting, role=PRESENTER&setting=mute&value=x, 'value: \"x\" is neither true nor false'",
    "updateConferenceSetting, setting=mute&value=1, role: missing",
    "updateConferenceSetting, role=OPERATOR&setting=mute&value=1, role: OPERATOR has no settings",
    "createCallTag, x=1, 'value: missing, and conferenceTagID too'",
    "createCallTag, value=a&conferenceTagID=1, value: not beside conferenceTagID",
    "createCallTag, conferenceTagID=0, conferenceTagID: 0 is not in 1..2147483647",
    "createCallTag, conferenceTagID=VIP, 'conferenceTagID: \"VIP\" is not a whole number'",
    "updateCallTag, callTagID=1&value=, value: missing",
    "updateCallTag, value=x, callTagID: missing",
    "updateCallTag, callTagID=1&callTagId=2&value=x, callTagID: given twice with different values",
    "updateCallerTag, callTagID=1&action=Add, callerUID: missing",
    "updateCallerTag, callerUID=A&action=Add, callTagID: missing",
    "updateCallerTag, callerUID=A&callTagID=1, action: missing",
    "updateCallerTag, callerUID=A&callTagID=1&action=Toggle, 'action: \"Toggle\" is neither Add nor Remove'",
    "placeCall, number=15555550123, role: missing",
    "placeCall, role=PARTICIPANT, number: missing",
    "placeCall, role=PARTICIPANT&number=bob, 'number: \"bob\" is not a phone number of 2 to 15 digits'",
    "placeCall, role=PARTICIPANT&number=1-555, 'number: \"1-555\" is not a phone number of 2 to 15 digits'",
    "placeCall, role=PARTICIPANT&number=1234567890123456, 'number: \"1234567890123456\" is not a phone number of 2 to 15 digits'",
    "updateCustomValue, objectType=customer&objectUID=X&customKey=k&customValue=v, objectType: customer is changed through /_access",
    "updateCustomValue, objectType=room&objectUID=X&customKey=k&customValue=v, 'objectType: no such object type \"room\"'",
    "updateCustomValue, objectType=call&customKey=k&customValue=v, objectUID: missing",
    "updateCustomValue, objectType=call&objectUID=K1&customKey=&customValue=v, customKey: missing",
    "updateCustomValue, objectType=call&objectUID=K1&customKey=k, customValue: missing",
  })
  void shouldNameTheParameterOfARefusedCommand(
      final String function, final String form, final String message) {
    final int before = server.gate.taken().size();
    final var answer = server.post(function, call() + "&" + form);
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo("FALSE," + message);
    assertThat(server.gate.taken()).hasSize(before);
  }

  @Test
  void shouldHoldTheLimitsOfNamesKeysAndValues() {
    assertThat(server.post("createCallTag", call("value", X256 + "y")).body())
        .isEqualTo("FALSE,value: longer than 256 characters");
    assertThat(server.post("updateCallTag", call("callTagID", "1", "value", X256 + "y")).body())
        .isEqualTo("FALSE,value: longer than 256 characters");
    final String[] object = {"objectType", "call", "objectUID", "K1"};
    assertThat(
            server
                .post(
                    "updateCustomValue",
                    call(object) + "&" + form("customKey", X256 + "y", "customValue", ""))
                .body())
        .isEqualTo("FALSE,customKey: longer than 256 characters");
    assertThat(
            server
                .post(
                    "updateCustomValue",
                    call(object) + "&" + form("customKey", "k", "customValue", X4096 + "y"))
                .body())
        .isEqualTo("FALSE,customValue: longer than 4096 characters");
  }

  @ParameterizedTest
  @CsvSource({
    "updateCall, callUID=K1&field=name&value=x, callUID",
    "updateCallerTag, callUID=K1&callerUID=A&callTagID=1&action=Add, callUID",
    "updateCustomValue, callUID=K1&objectType=call&objectUID=K1&customKey=k&customValue=v, callUID",
    "updateConferenceSetting, conferenceUID=C1&role=PRESENTER&setting=mute&value=1, conferenceUID",
  })
  void shouldAskForTheTokenEverywhere(
      final String function, final String form, final String anchor) {
    final var answer = server.post(function, form);
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(answer.body()).isEqualTo("FALSE,securityToken: not valid for this " + anchor);
    final var other = server.post(function, form + "&securityTokenSecurity=" + TOKEN);
    assertThat(other.body()).isEqualTo("TRUE");
  }
}
