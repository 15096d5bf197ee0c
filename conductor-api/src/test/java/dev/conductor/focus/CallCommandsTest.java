package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.CallChange;
import dev.conductor.command.CallChange.FlagField;
import dev.conductor.command.CallChange.TextField;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.event.Event;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Customer;
import dev.conductor.model.PageTexts;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.store.Change;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions that change a call: every field, its event, and what is refused. */
class CallCommandsTest {
  private static final String X65536 = "x".repeat(65_536);

  private HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private String host;
  private String ann;

  @BeforeEach
  void enter() {
    host = focus.enter(TestConference.HOST, "7009");
    ann = focus.enter(TestConference.PIN_1, "7001");
    focus.log.takeNames();
  }

  /** Each field and how it then reads. */
  static Stream<Arguments> fields() {
    return Stream.of(
        text(TextField.NAME, call -> call.texts().name()),
        text(TextField.NOTES, call -> call.texts().notes()),
        text(TextField.DATA, call -> call.texts().data()),
        text(TextField.CUSTOM, call -> call.texts().customText()),
        text(TextField.LINK, call -> call.texts().link()),
        text(TextField.MESSAGE, call -> call.texts().message()),
        field(new CallChange.Note("n"), call -> call.texts().notes().equals("n")),
        field(new CallChange.Feedback("good"), call -> call.texts().feedback().equals("good")),
        flag(FlagField.TALKING, false, call -> call.flags().talking()),
        flag(FlagField.GREENROOM, true, call -> call.flags().greenroom()),
        flag(FlagField.ENTRYWAY, true, call -> call.flags().entryway()),
        flag(FlagField.BACKGROUND_MUSIC, false, call -> call.flags().backgroundMusic()),
        flag(FlagField.ENABLE_FEEDBACK, true, call -> call.flags().enableFeedback()),
        flag(FlagField.ENABLE_BROADCAST, false, call -> call.flags().enableBroadcast()),
        flag(FlagField.LOCK_MUTE, true, call -> call.flags().lockMute()),
        flag(FlagField.LOCKED, true, call -> call.flags().locked()));
  }

  private static Arguments text(
      final TextField field, final java.util.function.Function<Call, String> reads) {
    return field(
        new CallChange.Text(field, "<" + field + ">\n"),
        call -> reads.apply(call).equals("<" + field + ">\n"));
  }

  private static Arguments flag(
      final FlagField field, final boolean on, final Predicate<Call> reads) {
    return field(new CallChange.Flag(field, on), call -> reads.test(call) == on);
  }

  private static Arguments field(final CallChange change, final Predicate<Call> then) {
    return Arguments.of(change, then);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldChangeTheFieldAloneAndTellOfTheCallFirst(
      final CallChange change, final Predicate<Call> then) {
    final Call before = focus.call().call();
    assertThat(then.test(before)).isFalse();

    final Accepted answer = focus.updateCall(change);

    final Call now = focus.call().call();
    assertThat(answer).isEqualTo(Accepted.yes(focus.call().seq()));
    assertThat(then.test(now)).isTrue();
    assertThat(partsThatDiffer(before, now)).isEqualTo(1);
    final Event raised = focus.log.events.get(0);
    assertThat(raised.target()).isEqualTo(now);
    assertThat(raised.cause()).isEqualTo(new Event.Cause("API", "test", "request-1", "Ann"));
    assertThat(focus.log.takeNames().get(0)).isEqualTo("CALL UPDATE");
    assertThat(lastSaved()).isEqualTo(now);
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldTellOfTheCallAloneWhenItIsSoAlready(
      final CallChange change, final Predicate<Call> then) {
    focus.updateCall(change);
    focus.log.takeNames();

    assertThat(focus.updateCall(change).isTrue()).isTrue();

    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE");
  }

  private static int partsThatDiffer(final Call before, final Call now) {
    final String[] parts = before.toString().split(", ");
    final String[] partsNow = now.toString().split(", ");
    int differ = 0;
    for (int i = 0; i < parts.length; i++) {
      differ += parts[i].equals(partsNow[i]) ? 0 : 1;
    }
    return differ;
  }

  private Call lastSaved() {
    return focus.store.committed.stream()
        .flatMap(batch -> batch.changes().stream())
        .filter(Change.CallSaved.class::isInstance)
        .map(change -> ((Change.CallSaved) change).call())
        .reduce((first, second) -> second)
        .orElseThrow();
  }

  @Test
  void shouldAppendExactlyWhatWasSentToTheNotes() {
    focus.updateCall(new CallChange.Text(TextField.NOTES, "a"));
    focus.updateCall(new CallChange.Note(" b"));
    focus.updateCall(new CallChange.Note(""));

    assertThat(focus.call().call().texts().notes()).isEqualTo("a b");
  }

  @Test
  void shouldAddALineOfFeedbackAndClearItByAnEmptyOne() {
    focus.updateCall(new CallChange.Feedback("good"));
    focus.updateCall(new CallChange.Feedback("too loud"));
    assertThat(focus.call().call().texts().feedback()).isEqualTo("good\ntoo loud");

    focus.updateCall(new CallChange.Feedback(""));
    assertThat(focus.call().call().texts().feedback()).isEmpty();

    focus.updateCall(new CallChange.Feedback("again"));
    assertThat(focus.call().call().texts().feedback()).isEqualTo("again");
  }

  @Test
  void shouldRefuseTextsThatWouldGrowTooLong() {
    focus.updateCall(new CallChange.Text(TextField.NOTES, "\ud83d\ude00" + X65536.substring(1)));
    focus.updateCall(new CallChange.Feedback(X65536.substring(1)));
    focus.log.takeNames();

    assertThat(focus.updateCall(new CallChange.Note("y")))
        .isEqualTo(Accepted.no("value: notes would be longer than 65536"));
    assertThat(focus.updateCall(new CallChange.Feedback("y")))
        .isEqualTo(Accepted.no("value: feedback would be longer than 65536"));
    assertThat(focus.log.takeNames()).isEmpty();
  }

  @Test
  void shouldSendTheStopsBeforeItTellsThatTalkingIsToldNoMore() {
    focus.talks(host, true);
    focus.talks(ann, true);
    focus.log.takeNames();

    focus.set(FlagField.TALKING, false);

    final List<Event> raised = List.copyOf(focus.log.events);
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER TALKING", "CALLER TALKING", "CALL UPDATE");
    assertThat(((Caller) raised.get(0).target()).talking()).isFalse();
    assertThat(((Caller) raised.get(1).target()).talking()).isFalse();
    assertThat(focus.caller(ann).talking()).isFalse();

    focus.talks(ann, false);
    focus.talks(ann, true);
    assertThat(focus.log.takeNames()).isEmpty();
    assertThat(focus.caller(ann).talking()).isFalse();
  }

  @Test
  void shouldTellOfThoseWhoTalkAlreadyWhenTalkingIsToldAgain() {
    focus.set(FlagField.TALKING, false);
    focus.talks(host, true);
    focus.talks(ann, true);
    focus.update(new CallerChange.Mute(true), ann);
    focus.log.takeNames();

    focus.set(FlagField.TALKING, true);

    assertThat(focus.caller(host).talking()).isTrue();
    assertThat(focus.caller(ann).talking()).isFalse();
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE", "CALLER TALKING");
  }

  @Test
  void shouldKeepAHostsMuteFromTheCallersKeyWhileLocked() {
    focus.set(FlagField.LOCK_MUTE, true);
    focus.update(new CallerChange.Mute(true), ann);
    focus.pass(2_000);

    focus.key(focus.dialogOf(ann), "*");
    assertThat(focus.caller(ann).sound().mute()).isTrue();

    focus.set(FlagField.LOCK_MUTE, false);
    focus.key(focus.dialogOf(ann), "*");
    assertThat(focus.caller(ann).sound().mute()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(RoleFlag.Setting.class)
  void shouldChangeWhatNewcomersStartWithInThisCallAlone(final RoleFlag.Setting setting) {
    final boolean before = is(focus.call().call().setting(Role.PARTICIPANT), setting);
    final Caller annBefore = focus.caller(ann);

    final Accepted answer =
        focus.ask(
            new Command.UpdateCallSetting(
                HandDrivenFocus.API, focus.callUid(), Role.PARTICIPANT, setting, !before));

    assertThat(answer).isEqualTo(Accepted.yes(focus.call().seq()));
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE");
    assertThat(lastSaved().settings()).isEqualTo(focus.call().call().settings());
    assertThat(focus.caller(ann)).isEqualTo(annBefore);
    final Caller bob = focus.caller(focus.enter(TestConference.PIN_2, "7002"));
    assertThat(
            new RoleFlag(
                Role.PARTICIPANT, bob.sound().mic(), bob.sound().mute(), bob.sound().deaf()))
        .isEqualTo(RoleFlag.open(Role.PARTICIPANT).with(setting, !before));
    final Caller helper = focus.caller(focus.enter(TestConference.ASSISTANT, "7003"));
    assertThat(helper.sound().mic() && !helper.sound().mute() && !helper.sound().deaf()).isTrue();
    assertThat(conference().defaults().settings()).allMatch(flag -> flag.mike() && !flag.mute());
  }

  private static boolean is(final RoleFlag flag, final RoleFlag.Setting setting) {
    return switch (setting) {
      case MIKE -> flag.mike();
      case MUTE -> flag.mute();
      case DEAF -> flag.deaf();
    };
  }

  private Conference conference() {
    return focus.snapshots.conference("CONF").orElseThrow().conference();
  }

  @Test
  void shouldSayWhyNobodyCanBeCalled() {
    assertThat(place(false, false)).isEqualTo("placeCall: not enabled for customer CUST");
    assertThat(place(true, false)).isEqualTo("placeCall: not enabled for conference CONF");
    assertThat(place(true, true))
        .isEqualTo("number: numbers like 15555550123 may not be called from this server");
  }

  private String place(final boolean customerMay, final boolean conferenceMay) {
    final ConferenceSeed of = TestConference.open();
    final Customer customer = of.customer();
    final Conference.Defaults defaults = of.conference().defaults();
    focus =
        new HandDrivenFocus(
            new ConferenceSeed(
                of.conference()
                    .withDefaults(
                        new Conference.Defaults(
                            defaults.settings(), false, true, false, conferenceMay)),
                new Customer(
                    customer.uid(),
                    "",
                    "",
                    "",
                    "UTC",
                    false,
                    false,
                    false,
                    customerMay,
                    "",
                    customer.custom(),
                    "",
                    PageTexts.NONE),
                of.persons()));
    focus.enter(TestConference.HOST, "7009");
    focus.log.takeNames();
    final Accepted answer =
        focus.ask(
            new Command.PlaceCall(
                HandDrivenFocus.API, focus.callUid(), "Ann", Role.PARTICIPANT, "15555550123"));
    assertThat(answer.isTrue()).isFalse();
    assertThat(answer.seq()).isZero();
    assertThat(focus.log.takeNames()).isEmpty();
    return answer.message();
  }

  @ParameterizedTest
  @MethodSource("fields")
  void shouldStillOpenAndCloseItsDoorsWhileTheStoreIsFull(
      final CallChange change, final Predicate<Call> then) {
    final boolean opensDoors =
        change instanceof CallChange.Flag flag
            && (flag.field() == FlagField.GREENROOM || flag.field() == FlagField.ENTRYWAY);
    focus.store.full = true;

    final Accepted answer = focus.updateCall(change);

    assertThat(answer.isTrue()).isEqualTo(opensDoors);
    assertThat(then.test(focus.call().call())).isEqualTo(opensDoors);
    if (!opensDoors) {
      assertThat(answer.message()).startsWith("store: not available");
    }
  }

  @Test
  void shouldRefuseACallThatIsClosed() {
    final String call = focus.callUid();
    focus.ask(new Command.CloseCall(HandDrivenFocus.API, call));

    assertThat(
            focus.ask(
                new Command.UpdateCall(
                    HandDrivenFocus.API, call, new CallChange.Text(TextField.NAME, "x"))))
        .isEqualTo(Accepted.no("callUID: call " + call + " is closed"));
  }

  @Test
  void shouldLetOneWhoMutedHimselfSpeakAgainWhileLocked() {
    focus.set(FlagField.LOCK_MUTE, true);
    focus.pass(1_000);
    focus.key(focus.dialogOf(ann), "*");
    assertThat(focus.caller(ann).sound().mute()).isTrue();

    focus.key(focus.dialogOf(ann), "*");

    assertThat(focus.caller(ann).sound().mute()).isFalse();
  }

  @Test
  void shouldForgetACallClosedADayAgo() {
    final String call = focus.callUid();
    focus.ask(new Command.CloseCall(HandDrivenFocus.API, call));
    final Command late =
        new Command.UpdateCall(HandDrivenFocus.API, call, new CallChange.Text(TextField.NAME, "x"));
    focus.jump(86_399_000);
    assertThat(focus.ask(late).message()).isEqualTo("callUID: call " + call + " is closed");

    focus.jump(2_000);

    assertThat(focus.ask(late).message()).isEqualTo("callUID: no call " + call);
    assertThat(focus.snapshots.call(call)).isEmpty();
  }

  @Test
  void shouldHaveMediaForgetTheCallWhenItsLastSessionHasClosed() {
    focus.agent.offer(new Command.CloseCall(HandDrivenFocus.API, focus.callUid()), answer -> {});
    focus.agent.doWork();
    assertThat(focus.media.closed).isNotEmpty();
    assertThat(focus.media.endedCalls).isEmpty();

    focus.turn();

    assertThat(focus.media.endedCalls).hasSize(1);
  }
}
