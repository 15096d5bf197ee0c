package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.event.Event;
import dev.conductor.model.Call;
import dev.conductor.store.Change;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CommitTest {
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private final List<Accepted> answers = new ArrayList<>();
  private String ann;

  @BeforeEach
  void enter() {
    focus.enter(TestConference.HOST, "7009");
    ann = focus.enter(TestConference.PIN_2, "7001");
    focus.log.takeNames();
    focus.commits = false;
  }

  private void ask(final CallerChange change) {
    focus.agent.offer(
        new Command.UpdateCaller(HandDrivenFocus.API, focus.callUid(), List.of(ann), change),
        answers::add);
    focus.turn();
  }

  private List<Event> stored() {
    return focus.store.committed.stream()
        .flatMap(batch -> batch.changes().stream())
        .filter(Change.EventLogged.class::isInstance)
        .map(change -> ((Change.EventLogged) change).event())
        .toList();
  }

  @Test
  void shouldShowNothingBeforeTheCommitButTheSound() {
    ask(new CallerChange.Mute(true));
    focus.turn();
    focus.turn();

    assertThat(focus.place(ann).feedsFirst()).isEqualTo(-1);
    assertThat(answers).isEmpty();
    assertThat(focus.log.events).isEmpty();
    assertThat(focus.caller(ann).sound().mute()).isFalse();

    focus.store.commitAll();
    focus.turn();

    assertThat(answers).containsExactly(Accepted.yes(focus.call().seq()));
    assertThat(focus.log.takeNames()).containsExactly("CALLER MUTE");
    assertThat(focus.caller(ann).sound().mute()).isTrue();
  }

  @Test
  void shouldHaveTheEventInTheLogWhenTheAnswerIsGiven() {
    final List<Integer> eventsAtAnswer = new ArrayList<>();
    focus.agent.offer(
        new Command.UpdateCaller(
            HandDrivenFocus.API, focus.callUid(), List.of(ann), new CallerChange.Mute(true)),
        answer -> eventsAtAnswer.add(focus.log.events.size() + focus.log.flushes * 100));
    final int flushes = focus.log.flushes;
    focus.turn();
    focus.store.commitAll();
    focus.turn();

    assertThat(eventsAtAnswer).containsExactly(1 + (flushes + 1) * 100);
  }

  @Test
  void shouldPutOneTurnIntoOneBatch() {
    final int before = focus.store.waiting.size();
    for (int i = 0; i < 10; i++) {
      focus.agent.offer(
          new Command.UpdateCaller(
              HandDrivenFocus.API, focus.callUid(), List.of(ann), new CallerChange.Energy(i)),
          answers::add);
    }
    focus.turn();

    assertThat(focus.store.waiting).hasSize(before + 1);
    focus.store.commitAll();
    focus.turn();
    assertThat(answers).hasSize(10).allMatch(Accepted::isTrue).doesNotHaveDuplicates();
  }

  @Test
  void shouldKeepRefusalsInOrderBehindWhatTheySaw() {
    ask(new CallerChange.Drop());
    ask(new CallerChange.Mute(true));
    assertThat(answers).isEmpty();

    focus.store.commitAll();
    focus.turn();

    assertThat(answers).hasSize(2);
    assertThat(answers.get(1).message()).isEqualTo("UID: " + ann + " has left");
  }

  @Test
  void shouldHoldTalkingBackBehindTheEventItFollows() {
    ask(new CallerChange.Attention(1));
    focus.media.tell(to -> to.onTalking(focus.sessionOf(ann), true));
    focus.turn();
    assertThat(focus.log.events).isEmpty();

    focus.store.commitAll();
    focus.turn();

    assertThat(focus.log.events.get(1).seq()).isEqualTo(focus.log.events.get(0).seq());
    assertThat(focus.log.takeNames()).containsExactly("CALLER ATTENTION", "CALLER TALKING");
  }

  @Test
  void shouldGiveAnswersOnEvenWhenOneCannotBeGiven() {
    focus.agent.offer(
        new Command.UpdateCaller(
            HandDrivenFocus.API, focus.callUid(), List.of(ann), new CallerChange.Mute(true)),
        answer -> {
          throw new IllegalStateException("gone");
        });
    ask(new CallerChange.Mute(false));
    focus.store.commitAll();
    focus.turn();

    assertThat(answers).hasSize(1);
    assertThat(focus.counters.get(FocusCounter.FAULTS)).isEqualTo(1);
  }

  @Test
  void shouldKeepTheHostSteeringWhenTheStoreFails() {
    ask(new CallerChange.Mute(true));
    focus.store.failNext("disk full");
    focus.turn();
    assertThat(answers).extracting(Accepted::isTrue).containsExactly(true);
    assertThat(focus.log.takeNames()).containsExactly("CALLER MUTE");

    ask(new CallerChange.Mute(false)); // no batch to wait for now
    assertThat(answers).hasSize(2).allMatch(Accepted::isTrue);
    assertThat(focus.log.takeNames()).containsExactly("CALLER MUTE");
    assertThat(focus.caller(ann).sound().mute()).isFalse();
  }

  @Test
  void shouldSayOfWhatIsDoneWhileTheStoreIsDownThatItIsNotDurable() {
    ask(new CallerChange.Energy(50)); // its batch fails
    ask(new CallerChange.Deaf(true)); // its batch gets no answer
    focus.store.failNext("disk full");
    focus.turn();
    focus.pass(2_100);
    ask(new CallerChange.Attention(1)); // no batch at all
    ask(new CallerChange.Notes("refused"));
    focus.media.tell(to -> to.onTalking(focus.sessionOf(ann), true));
    focus.turn();

    assertThat(answers).extracting(Accepted::isTrue).containsExactly(true, true, true, false);
    assertThat(answers).extracting(Accepted::durable).containsExactly(false, false, false, true);
    assertThat(focus.log.events)
        .extracting(event -> event.name() + " " + event.durable())
        .containsExactly("UPDATE false", "DEAF false", "ATTENTION false", "TALKING true");
    assertThat(focus.store.shown).as("no other is to get its number").isEqualTo(focus.call().seq());

    focus.store.commitAll(); // the second batch is there after all
    focus.turn();
    focus.pass(1_010);
    focus.store.commitAll();
    focus.turn();
    focus.log.events.clear();
    answers.clear();
    focus.turn();
    assertThat(focus.store.shown).as("all is kept").isZero();
    ask(new CallerChange.Mute(false));
    focus.store.commitAll();
    focus.turn();
    assertThat(answers).extracting(Accepted::durable).containsExactly(true);
    assertThat(focus.log.events).extracting(Event::durable).containsExactly(true);
    assertThat(stored()).as("on disk everything is").allMatch(Event::durable);
    assertThat(stored()).hasSize((int) focus.call().seq());
  }

  @Test
  void shouldRefuseWhatMustLastWhileTheStoreIsDown() {
    ask(new CallerChange.Mute(true));
    focus.store.failNext("disk full");
    focus.turn();
    focus.log.takeNames();
    answers.clear();

    ask(new CallerChange.Notes("lost"));

    assertThat(answers)
        .containsExactly(
            Accepted.notNow("store: not available, so nothing that must last can be changed"));
    assertThat(focus.log.takeNames()).isEmpty();
    assertThat(focus.caller(ann).texts().notes()).isEqualTo("notes of " + TestConference.PIN_2);
    final List<Accepted> named = new ArrayList<>();
    focus.commits = false;
    focus.breakoutsNow("A", named);
    focus.agent.offer(
        new Command.UpdateBreakout(
            HandDrivenFocus.API, focus.callUid(), "A", new BreakoutChange.Name("x")),
        named::add);
    focus.turn();
    assertThat(named).extracting(Accepted::isTrue).containsExactly(true, false);
  }

  @Test
  void shouldSayThatALastingChangeWasNotKept() {
    ask(new CallerChange.Notes("x"));
    focus.store.failNext("disk full");
    focus.turn();

    assertThat(answers)
        .containsExactly(
            Accepted.notNow("store: changed for now, but not kept on disk: disk full"));
  }

  @Test
  void shouldStoreEveryEventInOrderWhenTheStoreReturns() {
    ask(new CallerChange.Mute(true));
    ask(new CallerChange.Mute(false));
    focus.store.failNext("disk full");
    focus.store.failNext("disk full");
    focus.turn();
    ask(new CallerChange.Deaf(true));
    focus.pass(1_010); // offers all of it again
    assertThat(focus.store.waiting).hasSize(1);
    focus.store.commitAll();
    focus.turn();

    ask(new CallerChange.Notes("kept"));
    focus.store.commitAll();
    focus.turn();

    assertThat(answers).hasSize(4).allMatch(Accepted::isTrue);
    final List<Long> seqs = stored().stream().map(Event::seq).toList();
    assertThat(seqs).isSorted().doesNotHaveDuplicates().hasSize((int) focus.call().seq());
  }

  @Test
  void shouldNotWaitForAStoreThatDoesNotAnswer() {
    ask(new CallerChange.Mute(true));
    ask(new CallerChange.Notes("?"));
    focus.pass(1_900);
    assertThat(answers).isEmpty();

    focus.pass(200);

    assertThat(answers).extracting(Accepted::isTrue).containsExactly(true, false);
    assertThat(answers.get(1).message()).contains("store").contains("no answer in time");
    assertThat(focus.counters.get(FocusCounter.STORE_LATE)).isEqualTo(1);

    focus.store.commitAll(); // it answers after all
    focus.turn();
    ask(new CallerChange.Notes("!"));
    focus.store.commitAll();
    focus.turn();
    assertThat(answers.get(2).isTrue()).isTrue();
    assertThat(stored().stream().map(Event::seq)).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void shouldRefuseWhatMustLastWhileTheStoreHasNoRoom() {
    focus.store.full = true;
    ask(new CallerChange.Notes("x"));
    assertThat(focus.caller(ann).texts().notes()).isEqualTo("notes of " + TestConference.PIN_2);
    ask(new CallerChange.Mute(true));
    assertThat(answers).extracting(Accepted::isTrue).containsExactly(false, true);

    focus.store.full = false;
    focus.pass(1_010);
    focus.store.commitAll();
    focus.turn();
    ask(new CallerChange.Notes("y"));
    focus.store.commitAll();
    focus.turn();
    assertThat(answers.get(2).isTrue()).isTrue();
  }

  @Test
  void shouldSaveTheCallAsItIsByThenWhenAnOlderBatchFailed() {
    final String callUid = focus.callUid();
    focus.enterNow(TestConference.PIN_1, "7004"); // makes a tag: the record changes
    focus.agent.offer(new Command.CloseCall(HandDrivenFocus.API, callUid), answers::add);
    focus.turn();
    focus.store.failNext("busy");
    focus.store.commitAll();
    focus.pass(1_010);
    focus.store.commitAll();
    focus.turn();

    final List<Change.CallSaved> saved =
        focus.store.committed.stream()
            .flatMap(batch -> batch.changes().stream())
            .filter(Change.CallSaved.class::isInstance)
            .map(Change.CallSaved.class::cast)
            .toList();
    assertThat(saved.get(saved.size() - 1).call().active()).isFalse();
  }

  @Test
  void shouldSaveWhoIsInTheCallAndItsBreakoutsAsTheyCome() {
    focus.enterNow(TestConference.PIN_3, "7003");
    focus.enterNow(TestConference.PIN_2, "7004");
    focus.breakoutsNow("A", answers);
    focus.store.commitAll(); // and here the server dies
    focus.turn();

    final Call saved =
        focus.store.committed.stream()
            .flatMap(batch -> batch.changes().stream())
            .filter(Change.CallSaved.class::isInstance)
            .map(change -> ((Change.CallSaved) change).call())
            .reduce((older, newer) -> newer)
            .orElseThrow();
    assertThat(saved.callers()).hasSize(4).isEqualTo(focus.call().call().callers());
    assertThat(saved.breakouts()).containsExactly("A");
  }

  @Test
  void shouldNotLetTheHostWaitForALaterBatchWhenAnEarlierOneFailed() {
    ask(new CallerChange.Mute(true));
    ask(new CallerChange.Notes("?"));
    focus.store.failNext("disk full"); // and no word of the second
    focus.turn();
    ask(new CallerChange.Mute(false));

    focus.pass(2_100);

    assertThat(answers).extracting(Accepted::isTrue).containsExactly(true, false, true);
    assertThat(answers.get(1).message()).contains("store").contains("no answer in time");
    assertThat(focus.caller(ann).sound().mute()).isFalse();

    focus.store.commitAll(); // it answers after all
    focus.pass(1_010);
    focus.store.commitAll();
    focus.turn();
    final List<Long> seqs = stored().stream().map(Event::seq).sorted().toList();
    assertThat(seqs).doesNotHaveDuplicates().hasSize((int) focus.call().seq());
  }
}
