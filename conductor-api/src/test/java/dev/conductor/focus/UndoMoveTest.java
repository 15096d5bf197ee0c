package dev.conductor.focus;

import static dev.conductor.focus.HandDrivenFocus.API;
import static dev.conductor.focus.HandDrivenFocus.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.CallChange.FlagField;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import org.junit.jupiter.api.Test;

/** undoMove, where the call has changed since the move. */
class UndoMoveTest {
  private HandDrivenFocus focus;
  private String ann;
  private String bob;

  private void enter(final ConferenceSeed conference) {
    focus = new HandDrivenFocus(conference);
    focus.enter(TestConference.HOST, "7009");
    ann = focus.enter(TestConference.PIN_1, "7001");
    bob = focus.enter(TestConference.PIN_2, "7002");
  }

  private void undo() {
    assertThat(focus.ask(new Command.UndoMove(API, focus.callUid())).isTrue()).isTrue();
  }

  private Place placeOf(final String uid) {
    return focus.caller(uid).seat().place();
  }

  @Test
  void shouldMakeNobodyWaitWhenTheGreenRoomIsOver() {
    enter(TestConference.greenroom());
    focus.breakouts(group("A", ann, bob));
    focus.set(FlagField.GREENROOM, false);

    undo();

    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);
    assertThat(placeOf(bob)).isEqualTo(Place.MAIN);
    assertThat(focus.call().call().breakouts()).isEmpty();
  }

  @Test
  void shouldLetThoseWaitOnForWhomTheEntrywayIsOn() {
    enter(TestConference.open());
    focus.set(FlagField.ENTRYWAY, true);
    final String cem = focus.enter(TestConference.PIN_3, "7003");
    focus.breakouts(group("A", ann, cem));

    undo();

    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);
    assertThat(placeOf(cem)).isEqualTo(Place.ENTRYWAY);
  }

  @Test
  void shouldMakeNoHostWait() {
    enter(TestConference.greenroom());
    focus.breakouts(group("A", ann, bob));
    focus.update(new CallerChange.ToRole(Role.PRESENTER), ann);

    undo();

    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);
    assertThat(placeOf(bob)).isEqualTo(Place.ENTRYWAY);
  }

  @Test
  void shouldLetParticipantsWaitWhenTheGreenRoomIsOnSince() {
    enter(TestConference.open());
    focus.breakouts(group("A", ann, bob));
    focus.set(FlagField.GREENROOM, true);

    undo();

    assertThat(placeOf(ann)).isEqualTo(Place.ENTRYWAY);
    assertThat(placeOf(bob)).isEqualTo(Place.ENTRYWAY);
  }

  @Test
  void shouldPutBackIntoTheGreenRoomWhoWasLetIntoIt() {
    enter(TestConference.greenroom());
    focus.update(new CallerChange.ToBreakout(""), ann);
    focus.breakouts(group("A", ann, bob));

    undo();

    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);
    assertThat(placeOf(bob)).isEqualTo(Place.ENTRYWAY);
  }

  @Test
  void shouldNotRemoveABreakoutThatTookTheNameOfOneItMade() {
    enter(TestConference.open());
    focus.breakouts(group("A", ann, bob));
    focus.update(new CallerChange.ToBreakout(""), ann);
    focus.update(new CallerChange.ToBreakout(""), bob);
    focus.breakouts(group("A"));

    undo();

    assertThat(focus.call().call().breakouts()).containsExactly("A");
  }
}
