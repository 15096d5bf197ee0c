package dev.conductor.focus;

import static dev.conductor.focus.HandDrivenFocus.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command.NewBreakout;
import dev.conductor.event.Event;
import dev.conductor.model.Breakout;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.Times;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class BreakoutCommandsTest {
  private HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private String host;
  private String ann;
  private String bob;
  private String cem;

  @BeforeEach
  void enter() {
    enter(focus);
  }

  private void enter(final HandDrivenFocus into) {
    focus = into;
    host = focus.enter(TestConference.HOST, "7009");
    ann = focus.enter(TestConference.PIN_1, "7001");
    bob = focus.enter(TestConference.PIN_2, "7002");
    cem = focus.enter(TestConference.PIN_3, "7003");
    focus.log.takeNames();
  }

  private static NewBreakout numbered(final int number, final String uid, final String... callers) {
    return new NewBreakout(uid, "", false, List.of(callers), number);
  }

  @Test
  void shouldMakeABreakoutAndMoveItsCallersIn() {
    final Accepted answer =
        focus.breakouts(new NewBreakout("SALES", "Sales", true, List.of(bob, ann), 0));

    assertThat(answer).isEqualTo(Accepted.yes(focus.call().seq()));
    final Breakout sales = focus.breakout("SALES");
    assertThat(sales.name()).isEqualTo("Sales");
    assertThat(sales.isPrivate()).isTrue();
    assertThat(sales.callers()).containsExactly(bob, ann);
    assertThat(sales.lastAssistedMs()).isEqualTo(Times.NONE);
    assertThat(focus.call().call().breakouts()).containsExactly("SALES");
    assertThat(focus.caller(ann).seat().place()).isEqualTo(Place.BREAKOUT);
    assertThat(focus.caller(ann).seat().breakoutUid()).isEqualTo("SALES");
    assertThat(focus.caller(ann).seat().sinceMs()).isEqualTo(focus.nowMs());
    assertThat(focus.hears(ann, bob)).isTrue();
    assertThat(focus.hears(ann, host)).isFalse();
    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALL NEWBREAKOUT", "CALLER BREAKOUT", "CALLER BREAKOUT", "CONFERENCE NEWBREAKOUT");
  }

  @Test
  void shouldNameAndNumberBreakoutsOfItsOwn() {
    focus.breakouts(numbered(1, "", ann), numbered(2, ""));

    assertThat(focus.call().breakoutsInOrder().stream().map(Breakout::name))
        .containsExactly("Breakout 1", "Breakout 2");
    assertThat(focus.call().call().breakouts()).allMatch(uid -> uid.matches("[A-Z0-9]{16}"));
    focus.breakouts(numbered(1, ""));
    assertThat(focus.call().breakoutsInOrder().stream().map(Breakout::name)).endsWith("Breakout 3");
  }

  @Test
  void shouldTellOfGroupsLeftAfterAllMoves() {
    focus.breakouts(group("A", ann, bob));
    focus.log.takeNames();
    focus.breakouts(numbered(1, "X", ann), numbered(2, "Y", bob, cem));

    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALL NEWBREAKOUT",
            "CALL NEWBREAKOUT",
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "BREAKOUT UPDATE",
            "CONFERENCE NEWBREAKOUT",
            "CONFERENCE NEWBREAKOUT");
    assertThat(focus.breakout("A").callers()).isEmpty();
  }

  @Test
  void shouldLeaveOutWhoHasHungUp() {
    focus.bye(ann);
    final Accepted answer = focus.breakouts(group("A", ann, bob));

    assertThat(answer.isTrue()).isTrue();
    assertThat(focus.breakout("A").callers()).containsExactly(bob);
  }

  @Test
  void shouldMakeNothingWhenAnythingIsWrong() {
    focus.breakouts(group("SALES", ann));
    focus.log.takeNames();

    assertThat(focus.breakouts(numbered(1, "", bob), numbered(2, "SALES")).message())
        .isEqualTo("breakoutUID2: SALES is taken");
    assertThat(focus.breakouts(numbered(1, "A"), numbered(2, "A")).message())
        .isEqualTo("breakoutUID2: A is taken");
    assertThat(focus.breakouts(numbered(1, "", bob), numbered(2, "", bob)).message())
        .isEqualTo("callers2: " + bob + " is named twice");
    assertThat(focus.breakouts(group("MAIN")).message())
        .isEqualTo("breakoutUID: MAIN stands for the main room");
    assertThat(focus.breakouts(numbered(1, "A"), numbered(2, "main")).message())
        .isEqualTo("breakoutUID2: main stands for the main room");
    assertThat(focus.breakouts(group("A", "X")).message())
        .isEqualTo("callers: no caller X in this call");
    assertThat(focus.log.takeNames()).isEmpty();
    assertThat(focus.call().call().breakouts()).containsExactly("SALES");
  }

  @Test
  void shouldMakeNoMoreThanAThousand() {
    final NewBreakout[] thousand =
        IntStream.rangeClosed(1, 1_000)
            .mapToObj(i -> numbered(i, "B" + i))
            .toArray(NewBreakout[]::new);
    assertThat(focus.breakouts(thousand).isTrue()).isTrue();

    assertThat(focus.breakouts(group("MORE")).message())
        .isEqualTo("count: a call has no room for more than 1000 breakouts");
    assertThat(focus.breakouts(group("B7", ann)).isTrue()).isTrue(); // takes an empty one's place
    assertThat(focus.call().call().breakouts()).hasSize(1_000).endsWith("B7");
  }

  @Test
  void shouldTakeTheUidOfAnEmptyBreakoutAgain() {
    focus.breakouts(group("A", ann));
    focus.update(new CallerChange.ToBreakout(""), ann);
    focus.updateBreakout("A", new BreakoutChange.Data("old"));
    focus.log.takeNames();

    assertThat(focus.breakouts(group("A", bob)).isTrue()).isTrue();

    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALL UPDATE", "CALL NEWBREAKOUT", "CALLER BREAKOUT", "CONFERENCE NEWBREAKOUT");
    assertThat(focus.breakout("A").data()).isEmpty();
  }

  @Test
  void shouldTellOfEachGroupOnceWhenManyMove() {
    focus.breakouts(numbered(1, "A", ann, bob), numbered(2, "B", cem));
    focus.log.takeNames();
    focus.update(new CallerChange.ToBreakout("B"), ann, bob, cem, host);

    assertThat(focus.log.takeNames())
        .containsExactly(
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "CALLER BREAKOUT",
            "BREAKOUT UPDATE",
            "BREAKOUT UPDATE");
    assertThat(focus.breakout("B").callers()).containsExactly(cem, ann, bob, host);
  }

  @Test
  void shouldToggleCallers() {
    focus.breakouts(group("A", ann));
    focus.log.takeNames();
    final Accepted answer =
        focus.updateBreakout("A", new BreakoutChange.ToggleCallers(List.of(ann, bob)));

    assertThat(answer.isTrue()).isTrue();
    assertThat(focus.breakout("A").callers()).containsExactly(bob);
    assertThat(focus.caller(ann).seat().place()).isEqualTo(Place.MAIN);
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER BREAKOUT", "CALLER BREAKOUT", "BREAKOUT UPDATE");
  }

  @Test
  void shouldAddAndRemoveWithoutToggling() {
    focus.breakouts(numbered(1, "A", ann), numbered(2, "B", cem));
    focus.updateBreakout("A", new BreakoutChange.AddCallers(List.of(ann, bob)));
    assertThat(focus.breakout("A").callers()).containsExactly(ann, bob);

    focus.updateBreakout("A", new BreakoutChange.RemoveCallers(List.of(bob, cem)));
    assertThat(focus.breakout("A").callers()).containsExactly(ann);
    assertThat(focus.breakout("B").callers()).containsExactly(cem); // not dragged out of his own
  }

  @Test
  void shouldChangeNothingOfABreakoutWhenAnythingIsWrong() {
    focus.breakouts(group("A", ann));
    focus.bye(cem);
    focus.log.takeNames();

    assertThat(focus.updateBreakout("X", new BreakoutChange.Name("x")).message())
        .isEqualTo("UID: no breakout X in this call");
    assertThat(
            focus
                .updateBreakout("A", new BreakoutChange.ToggleCallers(List.of(ann, "X")))
                .message())
        .isEqualTo("value: no caller X in this call");
    assertThat(
            focus.updateBreakout("A", new BreakoutChange.AddCallers(List.of(bob, cem))).message())
        .isEqualTo("value: " + cem + " has left");
    assertThat(focus.breakout("A").callers()).containsExactly(ann);
    assertThat(focus.log.takeNames()).isEmpty();
  }

  @Test
  void shouldChangeTheOtherFields() {
    focus.breakouts(group("A", ann, bob));
    focus.log.takeNames();
    focus.updateBreakout("A", new BreakoutChange.Name("Team"));
    focus.updateBreakout("A", new BreakoutChange.Data("x"));
    assertThat(focus.hears(ann, host)).isTrue();
    focus.updateBreakout("A", new BreakoutChange.Private(true));

    assertThat(focus.breakout("A").name()).isEqualTo("Team");
    assertThat(focus.breakout("A").data()).isEqualTo("x");
    assertThat(focus.breakout("A").isPrivate()).isTrue();
    assertThat(focus.hears(ann, host)).isFalse();
    assertThat(focus.log.takeNames())
        .containsExactly("BREAKOUT UPDATE", "BREAKOUT UPDATE", "BREAKOUT UPDATE");
  }

  @Test
  void shouldShowItsOwnFlagOrTheOldestHand() {
    focus.breakouts(group("A", ann, bob));
    focus.update(new CallerChange.Attention(2), bob);
    final long bobMs = focus.nowMs();
    focus.pass(100);
    focus.update(new CallerChange.Attention(5), ann);
    assertThat(focus.breakout("A").attention()).isTrue();
    assertThat(focus.breakout("A").attentionMs()).isEqualTo(bobMs);

    focus.pass(100);
    focus.updateBreakout("A", new BreakoutChange.Attention(true));
    final long ownMs = focus.nowMs();
    focus.pass(100);
    focus.updateBreakout("A", new BreakoutChange.Attention(true));
    assertThat(focus.breakout("A").attentionMs()).isEqualTo(ownMs);

    focus.updateBreakout("A", new BreakoutChange.Attention(false)); // lowers its own flag alone
    assertThat(focus.breakout("A").attention()).isTrue();
    assertThat(focus.breakout("A").attentionMs()).isEqualTo(bobMs);

    focus.log.takeNames();
    focus.update(new CallerChange.Attention(0), bob);
    assertThat(focus.log.takeNames()).containsExactly("CALLER ATTENTION", "BREAKOUT UPDATE");
    focus.update(new CallerChange.Attention(0), ann);
    assertThat(focus.breakout("A").attention()).isFalse();
    assertThat(focus.breakout("A").attentionMs()).isEqualTo(Times.NONE);
  }

  @Test
  void shouldTellWhenItWasAssistedLast() {
    focus.breakouts(group("A", ann));
    focus.update(new CallerChange.ToBreakout("A"), host);
    assertThat(focus.breakout("A").assisted()).isTrue();
    assertThat(focus.breakout("A").lastAssistedMs()).isZero();

    focus.pass(50);
    focus.update(new CallerChange.ToBreakout(""), host);
    final long leftMs = focus.nowMs();
    focus.pass(50);
    focus.update(new CallerChange.ToBreakout("A"), bob);
    assertThat(focus.breakout("A").assisted()).isFalse();
    assertThat(focus.breakout("A").lastAssistedMs()).isEqualTo(leftMs);
  }

  @Test
  void shouldTellOfTheGroupWhenARoleMakesItAssisted() {
    focus.breakouts(group("A", ann, bob));
    focus.log.takeNames();
    focus.update(new CallerChange.ToRole(Role.ASSISTANT), ann);
    assertThat(focus.log.takeNames()).containsExactly("CALLER UPDATE", "BREAKOUT UPDATE");
    focus.update(new CallerChange.ToRole(Role.PRESENTER), bob);
    assertThat(focus.log.takeNames()).containsExactly("CALLER UPDATE");
    focus.update(new CallerChange.ToRole(Role.OPERATOR), bob);
    assertThat(focus.breakout("A").assisted()).isTrue();
  }

  @Test
  void shouldTellOfTheGroupSomebodyLeavesBehind() {
    focus.breakouts(group("A", ann, bob));
    focus.log.takeNames();
    focus.bye(ann);

    assertThat(focus.log.takeNames()).containsExactly("CALLER UPDATE", "BREAKOUT UPDATE");
    assertThat(focus.breakout("A").callers()).containsExactly(bob);
    assertThat(focus.caller(ann).seat().breakoutUid()).isEmpty();
  }

  @Test
  void shouldSendParticipantsFromABreakoutBackIntoTheEntrywayOfAGreenRoom() {
    enter(new HandDrivenFocus(TestConference.greenroom()));
    focus.breakouts(group("A", ann, host));
    assertThat(focus.hears(ann, host)).isTrue();

    focus.update(new CallerChange.ToBreakout(""), ann, host);

    assertThat(focus.caller(ann).seat().place()).isEqualTo(Place.ENTRYWAY);
    assertThat(focus.caller(host).seat().place()).isEqualTo(Place.MAIN);
  }

  @Test
  void shouldLowerTheGroupsHandWhenTheOneWhoRaisedItLeaves() {
    focus.breakouts(group("A", ann, bob, host));
    focus.update(new CallerChange.Attention(2), ann);
    assertThat(focus.breakout("A").attention()).isTrue();
    assertThat(focus.breakout("A").assisted()).isTrue();

    focus.bye(ann);
    focus.bye(host);

    assertThat(focus.breakout("A").attention()).isFalse();
    assertThat(focus.breakout("A").assisted()).isFalse();
    assertThat(focus.breakout("A").lastAssistedMs()).isEqualTo(focus.nowMs());
    assertThat(lastEvent().target()).isEqualTo(focus.breakout("A"));
  }

  @Test
  void shouldLetABreakoutHearSomebodyOfTheMainRoomAsSoonAsHeIsHost() {
    focus.breakouts(group("A", ann));
    assertThat(focus.hears(ann, bob)).isFalse();

    focus.update(new CallerChange.ToRole(Role.PRESENTER), bob);
    assertThat(focus.hears(ann, bob)).isTrue();

    focus.update(new CallerChange.ToRole(Role.PARTICIPANT), bob);
    assertThat(focus.hears(ann, bob)).isFalse();
  }

  private Event lastEvent() {
    return focus.log.events.get(focus.log.events.size() - 1);
  }
}
