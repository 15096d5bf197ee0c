package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.HostChange;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Bookings, cancelling, tokens, tags and keys, each to its limits. */
class BookingCommandsTest {
  private static final long NOW_MS = 1_800_000_000_000L;
  private static final long HOUR_MS = TimeUnit.HOURS.toMillis(1);

  private HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());

  /** Booked at these hours from now, half an hour each, named by them. */
  private void booked(final int... hours) {
    final List<Reservation> all = new ArrayList<>();
    for (final int hour : hours) {
      all.add(Reservation.at("R" + hour, NOW_MS + hour * HOUR_MS, 30, 1));
    }
    booked(all);
  }

  private void booked(final List<Reservation> all) {
    final ConferenceSeed usual = TestConference.open();
    focus =
        new HandDrivenFocus(
            new ConferenceSeed(
                usual.conference().withBooking(Booking.NONE.withReservations(all)),
                usual.customer(),
                usual.persons()));
  }

  private Conference conference() {
    return focus.snapshots.conference("CONF").orElseThrow().conference();
  }

  private Accepted add(final long startMs, final int minutes) {
    return focus.ask(new Command.AddReservation(HandDrivenFocus.API, "CONF", startMs, minutes, 1));
  }

  private Accepted move(final String uid, final long startMs) {
    return focus.ask(
        new Command.UpdateReservation(
            HandDrivenFocus.API,
            "CONF",
            uid,
            OptionalLong.of(startMs),
            OptionalInt.empty(),
            OptionalInt.empty()));
  }

  private Accepted remove(final String uid) {
    return focus.ask(new Command.RemoveReservation(HandDrivenFocus.API, "CONF", uid));
  }

  private Accepted cancel() {
    return focus.ask(new Command.CancelConference(HandDrivenFocus.API, "CONF"));
  }

  @Test
  void shouldCloseTheCallOfAConferenceThatIsCancelledAndLetNobodyIn() {
    final String ann = focus.enter(TestConference.PIN_1, "7001");
    final String call = focus.callUid();
    assertThat(cancel().isTrue()).isTrue();

    assertThat(focus.snapshots.call(call).orElseThrow().call().active()).isFalse();
    assertThat(focus.snapshots.call(call).orElseThrow().callers().get(ann).active()).isFalse();
    assertThat(focus.callUids()).isEmpty();
    final long dialog = focus.dial("7001");
    focus.key(dialog, TestConference.PIN_1);
    assertThat(focus.media.promptsOf(focus.session(dialog))).containsExactly("cancelled");
    assertThat(focus.callUids()).isEmpty();
    assertThat(cancel().isTrue()).as("again").isTrue();
  }

  @Test
  void shouldBookNothingOnceItIsCancelled() {
    booked(1);
    cancel();
    assertThat(add(NOW_MS + 5 * HOUR_MS, 15).code()).isEqualTo(-1);
    assertThat(move("R1", NOW_MS + 5 * HOUR_MS).code()).isEqualTo(-1);
    assertThat(conference().booking().reservations())
        .extracting(Reservation::uid)
        .containsExactly("R1");
  }

  @Test
  void shouldTakeOutOnlyWhatLiesAhead() {
    booked(-2, 0, 2);
    focus.jump(1);
    assertThat(remove("R-2").code()).isEqualTo(3);
    assertThat(remove("R0").code()).isEqualTo(4);
    assertThat(remove("NONE").isTrue()).isFalse();
    assertThat(conference().booking().reservations()).hasSize(3);
    assertThat(remove("R2").isTrue()).isTrue();
    assertThat(conference().booking().reservations())
        .extracting(Reservation::uid)
        .containsExactly("R-2", "R0");
    booked(2);
    assertThat(remove("R2").code()).isEqualTo(2);
  }

  @Test
  void shouldMoveAReservationAmongTheOthersButNotIntoThePast() {
    booked(1, 2);
    assertThat(move("R1", NOW_MS + 2 * HOUR_MS).code()).isEqualTo(1);
    assertThat(move("R1", NOW_MS + 2 * HOUR_MS - 1).code()).isEqualTo(2);
    assertThat(move("R1", NOW_MS - HOUR_MS).isTrue()).isFalse();
    assertThat(move("R1", NOW_MS + HOUR_MS + 60_000).isTrue()).as("over itself").isTrue();
    assertThat(conference().booking().reservation("R1").orElseThrow().startMs())
        .isEqualTo(NOW_MS + HOUR_MS + 60_000);
    assertThat(conference().booking().reservation("R1").orElseThrow().minutes()).isEqualTo(30);
  }

  @Test
  void shouldHoldAThousandReservationsAndAThousandTags() {
    final List<Reservation> many = new ArrayList<>();
    for (int i = 1; i < 1_000; i++) {
      many.add(Reservation.at("R" + i, NOW_MS + i * HOUR_MS, 15, 1));
    }
    booked(many);
    assertThat(add(NOW_MS + 2_000 * HOUR_MS, 15).isTrue()).isTrue();
    assertThat(add(NOW_MS + 2_001 * HOUR_MS, 15).isTrue()).isFalse();
    assertThat(conference().booking().reservations()).hasSize(1_000);

    for (int i = conference().tags().size(); i < 1_000; i++) {
      assertThat(tag("tag " + i).isTrue()).isTrue();
    }
    assertThat(tag("one more").isTrue()).isFalse();
    assertThat(tag("tag 500").isTrue()).as("is there").isTrue();
    assertThat(conference().tags()).hasSize(1_000);
  }

  private Accepted tag(final String value) {
    return focus.ask(new Command.CreateConferenceTag(HandDrivenFocus.API, "CONF", value));
  }

  @Test
  void shouldNeverGiveTheNumberOfATagThatIsGoneAgain() {
    final long first = ((ConferenceTag) tag("red").value()).id();
    assertThat(
            focus.ask(new Command.RemoveConferenceTag(HandDrivenFocus.API, "CONF", first)).isTrue())
        .isTrue();
    assertThat(((ConferenceTag) tag("red").value()).id()).isGreaterThan(first);
  }

  @Test
  void shouldPutANewTokenInPlaceOfTheOneThereIs() {
    final String before = conference().securityToken();
    focus.ask(new Command.RotateToken(HandDrivenFocus.API, "CONF", true));
    assertThat(conference().securityToken()).isEqualTo(before);
    final String board = conference().booking().readOnlyToken();
    assertThat(board).hasSizeGreaterThanOrEqualTo(32).isNotEqualTo(before);
    focus.ask(new Command.RotateToken(HandDrivenFocus.API, "CONF", false));
    assertThat(conference().securityToken()).hasSizeGreaterThanOrEqualTo(32).isNotIn(before, board);
    assertThat(conference().booking().readOnlyToken()).isEqualTo(board);
  }

  @Test
  void shouldHoldAHundredKeysOfAPersonAndShowThemToHisCustomerAlone() {
    final String uid = "P" + TestConference.PIN_1;
    for (int i = 0; i < 100; i++) {
      assertThat(key("CUST", uid, "k" + i, "v").isTrue()).isTrue();
    }
    assertThat(key("CUST", uid, "one more", "v").isTrue()).isFalse();
    assertThat(key("CUST", uid, "k7", "w").isTrue()).as("is there").isTrue();
    assertThat(key("ELSE", uid, "k7", "x").message()).startsWith("objectUID: ");
    assertThat(key("CUST", "NOBODY", "k7", "x").message()).startsWith("objectUID: ");
    assertThat(focus.store.persons.get(uid).custom()).hasSize(100).containsEntry("k7", "w");
    assertThat(key("CUST", uid, "k7", "").isTrue()).isTrue();
    assertThat(focus.store.persons.get(uid).custom()).hasSize(99).doesNotContainKey("k7");
  }

  private Accepted key(
      final String customer, final String person, final String key, final String value) {
    return focus.ask(
        new Command.UpdatePersonValue(HandDrivenFocus.API, customer, person, key, value));
  }

  @Test
  void shouldLeaveACallThatIsUpAsItIsWhenAWishChanges() {
    focus.enter(TestConference.PIN_1, "7001");
    focus.ask(
        new Command.UpdateConference(
            HandDrivenFocus.API, "CONF", new HostChange.Flag(HostChange.Wish.GREENROOM, true)));
    assertThat(conference().defaults().greenroom()).isTrue();
    assertThat(focus.call().call().flags().greenroom()).isFalse();
  }
}
