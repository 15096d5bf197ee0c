package dev.conductor.focus;

import static dev.conductor.focus.HandDrivenFocus.group;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.CallChange.FlagField;
import dev.conductor.command.CallerChange;
import dev.conductor.event.Event;
import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who waits, who is let in, and what is told of it. */
class EntrywayTest {
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private String host;
  private String helper;
  private String ann;
  private String bob;
  private String cid;

  @BeforeEach
  void enter() {
    host = focus.enter(TestConference.HOST, "7009");
    helper = focus.enter(TestConference.ASSISTANT, "7008");
    ann = focus.enter(TestConference.PIN_1, "7001");
    bob = focus.enter(TestConference.PIN_2, "7002");
    cid = focus.enter(TestConference.PIN_3, "7003");
    focus.breakouts(group("A", cid));
    focus.log.takeNames();
  }

  private Place placeOf(final String uid) {
    return focus.caller(uid).seat().place();
  }

  /** UIDs of the callers told of, in order. */
  private List<String> told() {
    return focus.log.events.stream()
        .filter(event -> event.target() instanceof Caller)
        .map(event -> ((Caller) event.target()).uid())
        .toList();
  }

  @Test
  void shouldSendTheMainRoomsParticipantsToWaitInOnePlan() {
    final int plans = focus.media.plansMade;

    final Accepted answer = focus.set(FlagField.GREENROOM, true);

    assertThat(answer).isEqualTo(Accepted.yes(focus.call().seq()));
    assertThat(placeOf(host)).isEqualTo(Place.MAIN);
    assertThat(placeOf(helper)).isEqualTo(Place.MAIN);
    assertThat(placeOf(ann)).isEqualTo(Place.ENTRYWAY);
    assertThat(placeOf(bob)).isEqualTo(Place.ENTRYWAY);
    assertThat(placeOf(cid)).isEqualTo(Place.BREAKOUT);
    assertThat(told()).containsExactly(ann, bob);
    assertThat(focus.log.takeNames())
        .containsExactly("CALL UPDATE", "CALLER UPDATE", "CALLER UPDATE");
    assertThat(focus.media.plansMade).isEqualTo(plans + 1);
    assertThat(focus.hears(host, helper)).isTrue();
    assertThat(focus.hears(host, ann)).isFalse();
    assertThat(focus.hears(ann, host)).isFalse();
    assertThat(focus.hears(ann, bob)).isFalse();
    assertThat(focus.hears(cid, host)).isFalse();
  }

  @Test
  void shouldLetAllInWhenTheGreenRoomIsSwitchedOff() {
    focus.set(FlagField.GREENROOM, true);
    final int plans = focus.media.plansMade;
    focus.log.takeNames();

    focus.set(FlagField.GREENROOM, false);

    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);
    assertThat(placeOf(bob)).isEqualTo(Place.MAIN);
    assertThat(placeOf(cid)).isEqualTo(Place.BREAKOUT);
    assertThat(told()).containsExactly(ann, bob);
    assertThat(focus.log.takeNames())
        .containsExactly("CALL UPDATE", "CALLER UPDATE", "CALLER UPDATE");
    assertThat(focus.media.plansMade).isEqualTo(plans + 1);
    assertThat(focus.hears(ann, host)).isTrue();
    assertThat(focus.hears(host, bob)).isTrue();
    assertThat(focus.hears(cid, host)).isTrue();
  }

  @Test
  void shouldMoveNobodyWhenTheGreenRoomIsOnAlready() {
    focus.set(FlagField.GREENROOM, true);
    focus.update(new CallerChange.ToBreakout(""), ann);
    focus.log.takeNames();

    focus.set(FlagField.GREENROOM, true);

    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);
    assertThat(placeOf(bob)).isEqualTo(Place.ENTRYWAY);
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE");
  }

  @Test
  void shouldStopTheTalkOfThoseWhoAreNotHeardAnyMore() {
    focus.talks(ann, true);
    focus.talks(host, true);
    focus.talks(cid, true);
    focus.log.takeNames();

    focus.set(FlagField.GREENROOM, true);

    assertThat(told()).containsExactly(ann, ann, bob);
    final Event first = focus.log.events.get(0);
    assertThat(((Caller) first.target()).talking()).isFalse();
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER TALKING", "CALL UPDATE", "CALLER UPDATE", "CALLER UPDATE");
    assertThat(focus.caller(host).talking()).isTrue();
    assertThat(focus.caller(cid).talking()).isTrue();
  }

  @Test
  void shouldStopAHostWithoutMicWhenTheGreenRoomCloses() {
    focus.update(new CallerChange.Mike(false), helper);
    focus.set(FlagField.GREENROOM, true);
    focus.talks(helper, true);
    assertThat(focus.caller(helper).talking()).isTrue();
    assertThat(focus.hears(host, helper)).isTrue();
    focus.log.takeNames();

    focus.set(FlagField.GREENROOM, false);

    assertThat(focus.caller(helper).talking()).isFalse();
    assertThat(focus.hears(host, helper)).isFalse();
    assertThat(focus.log.takeNames())
        .containsExactly("CALLER TALKING", "CALL UPDATE", "CALLER UPDATE", "CALLER UPDATE");
  }

  @Test
  void shouldSwitchTheMusicOfThoseWhoWaitAtOnce() {
    focus.set(FlagField.GREENROOM, true);
    assertThat(focus.place(ann).hearsFirst()).isEqualTo(MixPlan.MUSIC);

    focus.set(FlagField.BACKGROUND_MUSIC, false);
    assertThat(focus.place(ann).hearsFirst()).isEqualTo(MixPlan.NO_MIX);

    focus.set(FlagField.BACKGROUND_MUSIC, true);
    assertThat(focus.place(ann).hearsFirst()).isEqualTo(MixPlan.MUSIC);
  }

  @Test
  void shouldKeepNewcomersWaitingUntilTheEntrywayIsOpened() {
    focus.set(FlagField.ENTRYWAY, true);
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE");
    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);

    final String dan = focus.enter("100004", "7004");
    final String eve = focus.enter("100005", "7005");
    assertThat(placeOf(dan)).isEqualTo(Place.ENTRYWAY);
    assertThat(focus.hears(host, dan)).isFalse();
    focus.log.takeNames();

    focus.set(FlagField.ENTRYWAY, false);

    assertThat(placeOf(dan)).isEqualTo(Place.MAIN);
    assertThat(told()).containsExactly(dan, eve);
    assertThat(focus.log.takeNames())
        .containsExactly("CALL UPDATE", "CALLER UPDATE", "CALLER UPDATE");
    assertThat(focus.hears(host, dan)).isTrue();
    assertThat(placeOf(focus.enter("100006", "7006"))).isEqualTo(Place.MAIN);
  }

  @Test
  void shouldLetOneIntoTheMainRoomOrABreakout() {
    focus.set(FlagField.ENTRYWAY, true);
    final String dan = focus.enter("100004", "7004");
    final String eve = focus.enter("100005", "7005");

    focus.update(new CallerChange.ToBreakout(""), dan);
    focus.update(new CallerChange.ToBreakout("A"), eve);

    assertThat(placeOf(dan)).isEqualTo(Place.MAIN);
    assertThat(focus.caller(eve).seat().breakoutUid()).isEqualTo("A");
    assertThat(focus.hears(cid, eve)).isTrue();
  }

  @Test
  void shouldKeepTheGreenRoomShutWhenTheEntrywayIsOpened() {
    focus.set(FlagField.ENTRYWAY, true);
    focus.set(FlagField.GREENROOM, true);
    focus.log.takeNames();

    focus.set(FlagField.ENTRYWAY, false);

    assertThat(placeOf(ann)).isEqualTo(Place.ENTRYWAY);
    assertThat(focus.log.takeNames()).containsExactly("CALL UPDATE");
    focus.set(FlagField.GREENROOM, false);
    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);
  }

  @Test
  void shouldLetAllInWhenTheGreenRoomClosesThoughNewcomersGoOnWaiting() {
    focus.set(FlagField.ENTRYWAY, true);
    final String dan = focus.enter("100004", "7004");
    focus.set(FlagField.GREENROOM, true);

    focus.set(FlagField.GREENROOM, false);

    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);
    assertThat(placeOf(dan)).isEqualTo(Place.MAIN);
    assertThat(placeOf(focus.enter("100005", "7005"))).isEqualTo(Place.ENTRYWAY);
  }

  private String redial(final String uid, final String pin, final String ani) {
    focus.bye(uid);
    final String again = focus.enter(pin, ani);
    assertThat(focus.caller(again).identity().previousUid()).isEqualTo(uid);
    return again;
  }

  @Test
  void shouldKeepThePlaceOfOneWhoWasLetIntoTheGreenRoomAndRedials() {
    focus.set(FlagField.GREENROOM, true);
    focus.update(new CallerChange.ToBreakout(""), ann);

    assertThat(placeOf(redial(ann, TestConference.PIN_1, "7001"))).isEqualTo(Place.MAIN);
    assertThat(placeOf(redial(bob, TestConference.PIN_2, "7002"))).isEqualTo(Place.ENTRYWAY);
  }

  @Test
  void shouldKeepThePlaceOfOneWhoWasLetThroughTheEntrywayAndRedials() {
    focus.set(FlagField.ENTRYWAY, true);
    final String dan = focus.enter("100004", "7004");
    final String eve = focus.enter("100005", "7005");
    focus.update(new CallerChange.ToBreakout(""), dan);

    assertThat(placeOf(redial(dan, "100004", "7004"))).isEqualTo(Place.MAIN);
    assertThat(placeOf(redial(eve, "100005", "7005"))).isEqualTo(Place.ENTRYWAY);
    assertThat(placeOf(redial(ann, TestConference.PIN_1, "7001"))).isEqualTo(Place.MAIN);
  }

  @Test
  void shouldMoveTheSeatsOfThoseWhoAreGoneWithTheOthers() {
    focus.bye(ann);
    focus.set(FlagField.GREENROOM, true);
    final String annAgain = focus.enter(TestConference.PIN_1, "7001");
    assertThat(placeOf(annAgain)).isEqualTo(Place.ENTRYWAY);

    focus.bye(bob);
    focus.set(FlagField.GREENROOM, false);
    focus.set(FlagField.ENTRYWAY, true);
    assertThat(placeOf(focus.enter(TestConference.PIN_2, "7002"))).isEqualTo(Place.MAIN);
  }

  @Test
  void shouldWaitWhenTheSeatsBreakoutIsGoneAndTheGreenRoomOn() {
    focus.bye(cid);
    focus.set(FlagField.GREENROOM, true);
    focus.breakouts(group("A"));

    assertThat(placeOf(focus.enter(TestConference.PIN_3, "7003"))).isEqualTo(Place.ENTRYWAY);
  }

  @Test
  void shouldWaitWhenAHostOfTheGreenRoomRedialsAsTheParticipantHeIs() {
    focus.update(new CallerChange.ToRole(Role.ASSISTANT), ann);
    focus.set(FlagField.GREENROOM, true);
    assertThat(placeOf(ann)).isEqualTo(Place.MAIN);

    assertThat(placeOf(redial(ann, TestConference.PIN_1, "7001"))).isEqualTo(Place.ENTRYWAY);
  }
}
