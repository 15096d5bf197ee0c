package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.CustomOwner;
import dev.conductor.model.Conference;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.store.Batch;
import dev.conductor.store.Change;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Settings and custom values, with a call up and without. */
class ConferenceCommandsTest {
  private static final String PERSON = "P" + TestConference.PIN_1;

  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());

  private Accepted setting(final RoleFlag.Setting setting, final boolean on) {
    return focus.ask(
        new Command.UpdateConferenceSetting(
            HandDrivenFocus.API, "CONF", Role.PARTICIPANT, setting, on));
  }

  private Accepted put(
      final CustomOwner owner, final String object, final String key, final String value) {
    final String call = focus.callUids().isEmpty() ? "" : focus.callUid();
    return put(call, owner, object, key, value);
  }

  private Accepted put(
      final String call,
      final CustomOwner owner,
      final String object,
      final String key,
      final String value) {
    return focus.ask(
        new Command.UpdateCustomValue(
            HandDrivenFocus.API, "CONF", call, owner, object, key, value));
  }

  private Conference conference() {
    return focus.snapshots.conference("CONF").orElseThrow().conference();
  }

  private Person person() {
    return focus.store.persons.get(PERSON);
  }

  private List<Change> lastBatch() {
    final List<Batch> committed = focus.store.committed;
    return committed.get(committed.size() - 1).changes();
  }

  @ParameterizedTest
  @EnumSource(RoleFlag.Setting.class)
  void shouldChangeASettingWithoutACallAndStartTheNextOneSo(final RoleFlag.Setting setting) {
    final boolean on = setting != RoleFlag.Setting.MIKE;

    assertThat(setting(setting, on)).isEqualTo(Accepted.yes(0));

    final RoleFlag wanted = RoleFlag.open(Role.PARTICIPANT).with(setting, on);
    assertThat(conference().defaults().settings())
        .containsExactly(wanted, RoleFlag.open(Role.ASSISTANT), RoleFlag.open(Role.PRESENTER));
    assertThat(lastBatch()).containsExactly(new Change.ConferenceSaved(conference()));
    assertThat(focus.log.takeNames()).isEmpty();
    focus.enter(TestConference.PIN_1, "7001");
    assertThat(focus.call().call().setting(Role.PARTICIPANT)).isEqualTo(wanted);
  }

  @Test
  void shouldLeaveTheCallThatIsUpAsItIsAndTellInItsLog() {
    focus.enter(TestConference.HOST, "7009");
    focus.log.takeNames();

    final Accepted answer = setting(RoleFlag.Setting.MUTE, true);

    assertThat(answer).isEqualTo(Accepted.yes(focus.call().seq()));
    assertThat(focus.log.events.get(0).target()).isEqualTo(conference());
    assertThat(focus.log.events.get(0).callUid()).isEqualTo(focus.callUid());
    assertThat(focus.log.takeNames()).containsExactly("CONFERENCE UPDATE");
    assertThat(conference().activeCallUid()).isEqualTo(focus.callUid());
    assertThat(lastBatch()).contains(new Change.ConferenceSaved(conference())).hasSize(2);
    assertThat(focus.call().call().setting(Role.PARTICIPANT).mute()).isFalse();
    final String ann = focus.enter(TestConference.PIN_1, "7001");
    assertThat(focus.caller(ann).sound().mute()).isFalse();
  }

  @Test
  void shouldTellAgainOfASettingThatIsSoAlready() {
    focus.enter(TestConference.HOST, "7009");
    focus.log.takeNames();

    assertThat(setting(RoleFlag.Setting.MIKE, true).isTrue()).isTrue();
    assertThat(focus.log.takeNames()).containsExactly("CONFERENCE UPDATE");
  }

  @Test
  void shouldSayThatThereIsNoSuchConference() {
    assertThat(
            focus.ask(
                new Command.UpdateConferenceSetting(
                    HandDrivenFocus.API, "X", Role.PRESENTER, RoleFlag.Setting.MIKE, true)))
        .isEqualTo(Accepted.no("conferenceUID: no conference X"));
  }

  @Test
  void shouldKeepTheKeysOfConferenceAndPersonWithoutACall() {
    assertThat(put(CustomOwner.CONFERENCE, "CONF", "k", "v")).isEqualTo(Accepted.yes(0));
    assertThat(conference().texts().custom()).isEqualTo(Map.of("k", "v"));
    assertThat(lastBatch()).containsExactly(new Change.ConferenceSaved(conference()));

    assertThat(put(CustomOwner.PERSON, PERSON, "k", "v")).isEqualTo(Accepted.yes(0).with(person()));
    assertThat(person().custom()).isEqualTo(Map.of("k", "v"));
    assertThat(lastBatch()).containsExactly(new Change.PersonSaved(person()));
    assertThat(focus.log.takeNames()).isEmpty();

    final String ann = focus.enter(TestConference.PIN_1, "7001");
    assertThat(focus.caller(ann).identity().personUid()).isEqualTo(PERSON);
    assertThat(person().custom()).as("a call changes nothing of it").isEqualTo(Map.of("k", "v"));
  }

  @Test
  void shouldSetAndRemoveKeysOfEveryKindOfObject() {
    final String ann = focus.enter(TestConference.PIN_1, "7001");
    focus.bye(ann);
    focus.log.takeNames();
    final Map<CustomOwner, String> objects =
        Map.of(
            CustomOwner.CONFERENCE,
            "CONF",
            CustomOwner.CALL,
            focus.callUid(),
            CustomOwner.PERSON,
            PERSON,
            CustomOwner.CALLER,
            ann);
    objects.forEach(
        (owner, object) -> {
          final String event = (owner == CustomOwner.CALLER ? "CALLER" : owner) + " UPDATE";
          final Accepted first = put(owner, object, "b", "1");
          assertThat(first.isTrue()).isTrue();
          assertThat(first.seq()).isEqualTo(focus.call().seq());
          put(owner, object, "a", "<\n>");
          put(owner, object, "b", "2");
          assertThat(custom(owner, ann).toString()).isEqualTo("{a=<\n>, b=2}");
          assertThat(focus.log.takeNames()).containsExactly(event, event, event);

          put(owner, object, "b", "");
          put(owner, object, "never there", "");
          assertThat(custom(owner, ann)).isEqualTo(Map.of("a", "<\n>"));
          assertThat(focus.log.events.get(1).target()).isEqualTo(target(owner, ann));
          assertThat(focus.log.takeNames()).containsExactly(event, event);
        });
  }

  private Object target(final CustomOwner owner, final String caller) {
    return switch (owner) {
      case CONFERENCE -> conference();
      case CALL -> focus.call().call();
      case PERSON -> person();
      case CALLER -> focus.caller(caller);
    };
  }

  private Map<String, String> custom(final CustomOwner owner, final String caller) {
    return switch (owner) {
      case CONFERENCE -> conference().texts().custom();
      case CALL -> focus.call().call().texts().custom();
      case PERSON -> person().custom();
      case CALLER -> focus.caller(caller).texts().custom();
    };
  }

  @Test
  void shouldNameTheObjectThatIsNotThere() {
    focus.enter(TestConference.PIN_1, "7001");
    focus.log.takeNames();

    assertThat(put(CustomOwner.CONFERENCE, "OTHER", "k", "v").message())
        .isEqualTo("objectUID: OTHER is not this conference");
    assertThat(put(CustomOwner.CALL, "X", "k", "v").message())
        .isEqualTo("objectUID: X is not this call");
    assertThat(put(CustomOwner.PERSON, "X", "k", "v").message())
        .isEqualTo("objectUID: no person X in this conference");
    assertThat(put(CustomOwner.CALLER, "X", "k", "v").message())
        .isEqualTo("objectUID: no caller X in this call");
    assertThat(focus.log.takeNames()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(CustomOwner.class)
  void shouldHoldAHundredKeysAnObject(final CustomOwner owner) {
    final String ann = focus.enter(TestConference.PIN_1, "7001");
    final String object =
        switch (owner) {
          case CONFERENCE -> "CONF";
          case CALL -> focus.callUid();
          case PERSON -> PERSON;
          case CALLER -> ann;
        };
    for (int i = 0; i < 100; i++) {
      assertThat(put(owner, object, "k" + i, "v").isTrue()).isTrue();
    }

    assertThat(put(owner, object, "one more", "v"))
        .isEqualTo(Accepted.no("customKey: an object has no more than 100 keys"));
    assertThat(put(owner, object, "one more", "").isTrue()).isTrue();
    assertThat(put(owner, object, "k7", "other").isTrue()).isTrue();
    put(owner, object, "k7", "");
    assertThat(put(owner, object, "one more", "v").isTrue()).isTrue();
    assertThat(custom(owner, ann)).hasSize(100);
  }

  @Test
  void shouldRefuseACallThatIsClosedWhateverTheObject() {
    focus.enter(TestConference.PIN_1, "7001");
    final String call = focus.callUid();
    focus.ask(new Command.CloseCall(HandDrivenFocus.API, call));

    final Accepted closed = Accepted.no("callUID: call " + call + " is closed");
    assertThat(put(call, CustomOwner.CALL, call, "k", "v")).isEqualTo(closed);
    assertThat(put(call, CustomOwner.CONFERENCE, "CONF", "k", "v")).isEqualTo(closed);
    assertThat(put("", CustomOwner.CONFERENCE, "CONF", "k", "v").isTrue()).isTrue();
  }

  @Test
  void shouldChangeNothingThatLastsWhileTheStoreIsFull() {
    focus.store.full = true;

    assertThat(setting(RoleFlag.Setting.MUTE, true).message()).startsWith("store: not available");
    assertThat(put(CustomOwner.PERSON, PERSON, "k", "v").message()).startsWith("store: ");
    assertThat(conference().defaults().settings().get(0).mute()).isFalse();
    assertThat(person().custom()).isEmpty();
  }

  @Test
  void shouldNeverPutAnOlderStateBackWhenTheStoreFailedBetween() {
    focus.commits = false;
    final Command first = custom("1");
    final Command second = custom("2");
    focus.agent.offer(first, answer -> {});
    focus.agent.doWork();
    focus.agent.offer(second, answer -> {});
    focus.agent.doWork();
    focus.store.failNext("no"); // the first of the two alone
    focus.store.commitAll();
    focus.commits = true;
    focus.jump(2_000);
    focus.jump(2_000);

    final List<String> kept =
        focus.store.committed.stream()
            .flatMap(batch -> batch.changes().stream())
            .filter(Change.ConferenceSaved.class::isInstance)
            .map(change -> ((Change.ConferenceSaved) change).conference().texts().custom())
            .map(Object::toString)
            .toList();
    assertThat(kept).isNotEmpty().containsOnly("{k=2}");
  }

  private static Command custom(final String value) {
    return new Command.UpdateCustomValue(
        HandDrivenFocus.API, "CONF", "", CustomOwner.CONFERENCE, "CONF", "k", value);
  }
}
