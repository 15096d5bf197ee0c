package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.command.IdempotencyKey;
import dev.conductor.command.Origin;
import dev.conductor.store.Batch;
import dev.conductor.store.Change;
import dev.conductor.store.KeptAnswer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class IdempotencyTest {
  private static final long DAY_MS = TimeUnit.HOURS.toMillis(24);
  private static final Map<String, String> TWO_KEYS_A_CONFERENCE =
      Map.of("http.idempotency-keys-per-conference", "2", "http.idempotency-keys", "3");

  private HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private final List<Accepted> answers = new ArrayList<>();
  private String ann;

  @BeforeEach
  void enter() {
    focus.enter(TestConference.HOST, "7009");
    ann = focus.enter(TestConference.PIN_2, "7001");
    focus.log.takeNames();
  }

  private static Origin origin(final String conference, final String key, final String digest) {
    return new Origin(
        Origin.By.API,
        "updateCaller",
        "r",
        "",
        Optional.of(new IdempotencyKey(conference, key, digest)));
  }

  private Command note(final String key, final String text) {
    return note("CONF", key, text);
  }

  private Command note(final String conference, final String key, final String text) {
    return new Command.UpdateCaller(
        origin(conference, key, text), focus.callUid(), List.of(ann), new CallerChange.Note(text));
  }

  private String notes() {
    return focus.caller(ann).texts().notes().substring("notes of 100002".length());
  }

  private void offer(final Command command) {
    focus.agent.offer(command, answers::add);
  }

  private <T extends Change> List<T> stored(final Class<T> type) {
    return focus.store.committed.stream()
        .flatMap(batch -> batch.changes().stream())
        .filter(type::isInstance)
        .map(type::cast)
        .toList();
  }

  @Test
  void shouldAnswerARepeatAlikeAndDoNothing() {
    final Accepted first = focus.ask(note("k", "x"));
    focus.ask(note("other", "y"));
    final long seq = focus.call().seq();

    assertThat(focus.ask(note("k", "x"))).isEqualTo(first);

    assertThat(first.isTrue()).isTrue();
    assertThat(first.seq()).isEqualTo(seq - 1);
    assertThat(notes()).isEqualTo("xy");
    assertThat(focus.call().seq()).isEqualTo(seq);
    assertThat(focus.counters.get(FocusCounter.COMMANDS)).isEqualTo(2);
    assertThat(focus.counters.get(FocusCounter.COMMANDS_REPEATED)).isEqualTo(1);
  }

  @Test
  void shouldRefuseTheKeyForOtherParametersButNotForAnotherFunctionOrConference() {
    focus.ask(note("k", "x"));

    final Accepted other = focus.ask(note("k", "y"));
    assertThat(other)
        .isEqualTo(Accepted.conflict("Idempotency-Key: used before with other parameters"));
    assertThat(notes()).isEqualTo("x");
    assertThat(focus.counters.get(FocusCounter.KEYS_CONFLICTING)).isEqualTo(1);

    final Origin elsewhere =
        new Origin(
            Origin.By.API,
            "dropCaller",
            "r",
            "",
            Optional.of(new IdempotencyKey("CONF", "k", "z")));
    assertThat(focus.ask(note("CONF2", "k", "y")).isTrue()).isTrue();
    assertThat(
            focus
                .ask(new Command.DropCaller(elsewhere, focus.callUid(), List.of(ann), false))
                .isTrue())
        .isTrue();
    assertThat(notes()).isEqualTo("xy");
  }

  @Test
  void shouldLetARepeatWaitForTheFirstOnesCommit() {
    focus.commits = false;
    offer(note("k", "x"));
    offer(note("k", "x"));
    focus.turn();
    offer(note("k", "x"));
    focus.turn();
    assertThat(answers).isEmpty();

    focus.store.commitAll();
    focus.turn();

    assertThat(answers).hasSize(3).allMatch(answers.get(0)::equals).allMatch(Accepted::isTrue);
    assertThat(notes()).isEqualTo("x");
  }

  @Test
  void shouldStoreTheAnswerInTheBatchOfItsChange() {
    focus.ask(note("k", "x"));

    final List<Batch> with =
        focus.store.committed.stream()
            .filter(batch -> batch.changes().stream().anyMatch(Change.AnswerKept.class::isInstance))
            .toList();
    assertThat(with).hasSize(1);
    assertThat(with.get(0).changes()).anyMatch(Change.EventLogged.class::isInstance);
    assertThat(stored(Change.AnswerKept.class))
        .extracting(Change.AnswerKept::answer)
        .containsExactly(
            new KeptAnswer(
                new KeptAnswer.Key("CONF", "updateCaller", "k"),
                "x",
                focus.callUid(),
                focus.nowMs(),
                true,
                "",
                focus.call().seq()));
  }

  @Test
  void shouldTellARepeatInFlightOfTheStoresFailureAndForgetTheKey() {
    focus.commits = false;
    offer(note("k", "x"));
    focus.turn();
    offer(note("k", "x"));
    focus.turn();
    focus.store.failNext("disk full");
    // The repeat's own turn holds nothing to store, so only the first one's outcome counts.
    focus.store.commitAll();
    focus.turn();
    assertThat(answers)
        .hasSize(2)
        .containsOnly(Accepted.notNow("store: changed for now, but not kept on disk: disk full"));

    focus.commits = true;
    focus.pass(2_000);
    assertThat(focus.ask(note("k", "x")).isTrue()).isTrue();
    assertThat(notes()).as("done anew, since the first was a failure").isEqualTo("xx");
  }

  @Test
  void shouldNotRememberThatTheStoreWasAway() {
    focus.commits = false;
    offer(
        new Command.UpdateCaller(
            HandDrivenFocus.API, focus.callUid(), List.of(ann), new CallerChange.Mute(true)));
    focus.turn();
    focus.store.failNext("disk full");
    focus.turn();
    offer(note("k", "x"));
    focus.turn();
    assertThat(answers.get(1).message()).startsWith("store: not available");

    focus.commits = true;
    focus.pass(2_000);
    assertThat(focus.ask(note("k", "x")).isTrue()).isTrue();
    assertThat(notes()).isEqualTo("x");
  }

  @Test
  void shouldRememberARefusal() {
    final Command early =
        new Command.UpdateBreakout(
            origin("CONF", "k", "d"), focus.callUid(), "B", new BreakoutChange.Name("x"));
    final Accepted refused = focus.ask(early);
    assertThat(refused.message()).startsWith("UID: ");
    focus.breakouts(HandDrivenFocus.group("B", ann));

    assertThat(focus.ask(early)).isEqualTo(refused);
    assertThat(focus.breakout("B").name()).isEqualTo("Breakout 1");
  }

  @Test
  void shouldForgetAfterADay() {
    focus.ask(note("k", "x"));
    focus.jump(DAY_MS - 60_000);
    focus.ask(note("k", "x"));
    assertThat(notes()).isEqualTo("x");
    assertThat(focus.store.loadAnswers()).hasSize(1);

    focus.jump(60_000);
    focus.ask(note("k", "x"));
    assertThat(notes()).isEqualTo("xx");

    focus.jump(DAY_MS + 60_000);
    focus.turn();
    assertThat(focus.store.loadAnswers()).as("forgotten by time alone").isEmpty();
  }

  @Test
  void shouldRefuseKeysBeyondItsRoomAndDoNothing() {
    restart(TWO_KEYS_A_CONFERENCE);
    enter();
    focus.ask(note("1", "a"));
    focus.ask(note("2", "b"));

    final Accepted full = focus.ask(note("3", "c"));
    assertThat(full.isTrue()).isFalse();
    assertThat(full.message())
        .startsWith("Idempotency-Key: no room for a new one, all of this conference are in use");
    assertThat(notes()).isEqualTo("ab");
    assertThat(focus.ask(note("2", "b")).isTrue()).as("a known one needs no room").isTrue();

    assertThat(focus.ask(note("CONF2", "1", "c")).isTrue()).isTrue();
    assertThat(focus.ask(note("CONF3", "1", "d")).message()).contains("all of this server");
    assertThat(focus.counters.get(FocusCounter.KEYS_REFUSED)).isEqualTo(2);

    focus.jump(DAY_MS);
    assertThat(focus.ask(note("3", "e")).isTrue()).as("there is room again").isTrue();
    assertThat(notes()).isEqualTo("abce");
  }

  @Test
  void shouldCountALongAnswerAsSeveralKeys() {
    restart(TWO_KEYS_A_CONFERENCE);
    enter();
    final List<String> nobody = Stream.iterate(1, i -> i + 1).limit(30).map(i -> "N" + i).toList();
    final Accepted refused =
        focus.ask(
            new Command.UpdateCaller(
                origin("CONF", "1", "d"), focus.callUid(), nobody, new CallerChange.Mute(true)));
    assertThat(refused.message().length()).isGreaterThan(256);

    assertThat(focus.ask(note("2", "x")).message()).startsWith("Idempotency-Key: no room");
  }

  @Test
  void shouldAnswerARepeatAfterARestart() {
    final String callUid = focus.callUid();
    final Command close = new Command.CloseCall(origin("CONF", "k", "d"), callUid);
    final Accepted first = focus.ask(close);
    assertThat(first.isTrue()).isTrue();

    restart(Map.of());

    assertThat(focus.ask(close)).isEqualTo(first);
    assertThat(focus.snapshots.conferenceOfFormerCall(callUid)).contains("CONF");
    assertThat(focus.ask(new Command.CloseCall(origin("CONF", "k", "e"), callUid)).kind())
        .isEqualTo(Accepted.Kind.CONFLICT);
    focus.jump(DAY_MS + 60_000);
    assertThat(focus.snapshots.conferenceOfFormerCall(callUid)).isEmpty();
  }

  private void restart(final Map<String, String> settings) {
    focus = new HandDrivenFocus(settings, focus.store);
  }
}
