package dev.conductor.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.demo.DemoConference;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reservations to the millisecond: what is in them, and when a conference is open. */
class BookingTest {
  private static final long START_MS = 1_000_000_000;
  private static final long END_MS = START_MS + 30 * 60_000;
  private static final DialWindow WINDOW = new DialWindow(900_000, 600_000);
  private static final Reservation RESERVATION = Reservation.at("R", START_MS, 30, 5);

  @ParameterizedTest
  @CsvSource({"1, 15", "14, 15", "15, 15", "16, 30", "60, 60", "61, 75", "10080, 10080"})
  void shouldRoundUpToTheNextQuarterOfAnHour(final int minutes, final int rounded) {
    assertThat(Reservation.roundedUp(minutes)).isEqualTo(rounded);
    assertThat(Reservation.at("R", 0, minutes, 1).minutes()).isEqualTo(rounded);
  }

  @Test
  void shouldBeOpenFromTheEarlyMinutesToTheGraceAndNoLonger() {
    assertThat(RESERVATION.endMs()).isEqualTo(END_MS);
    final long opensMs = START_MS - WINDOW.earlyMs();
    final long closesMs = END_MS + WINDOW.graceMs();
    final Booking booking = Booking.NONE.withReservations(List.of(RESERVATION));
    assertThat(booking.isOpenAt(opensMs - 1, WINDOW)).isFalse();
    assertThat(booking.isOpenAt(opensMs, WINDOW)).isTrue();
    assertThat(booking.isOpenAt(closesMs - 1, WINDOW)).isTrue();
    assertThat(booking.isOpenAt(closesMs, WINDOW)).isFalse();
    assertThat(booking.isOpenAt(START_MS - 1, DialWindow.EXACT)).isFalse();
    assertThat(booking.isOpenAt(START_MS, DialWindow.EXACT)).isTrue();
    assertThat(booking.isOpenAt(END_MS - 1, DialWindow.EXACT)).isTrue();
    assertThat(booking.isOpenAt(END_MS, DialWindow.EXACT)).isFalse();
    assertThat(Booking.NONE.isOpenAt(0, DialWindow.EXACT)).as("reservationless").isTrue();
  }

  @Test
  void shouldNotHoldTheMomentOfItsEnd() {
    assertThat(RESERVATION.covers(START_MS - 1)).isFalse();
    assertThat(RESERVATION.covers(START_MS)).isTrue();
    assertThat(RESERVATION.covers(END_MS - 1)).isTrue();
    assertThat(RESERVATION.covers(END_MS)).isFalse();
    final Booking booking = Booking.NONE.withReservations(List.of(RESERVATION));
    assertThat(booking.isTaken(END_MS, "")).isFalse();
    assertThat(booking.isTaken(END_MS - 1, "")).isTrue();
    assertThat(booking.isTaken(END_MS - 1, "R")).as("its own").isFalse();
    assertThat(booking.isRunInto(Reservation.at("S", START_MS - 15 * 60_000, 15, 1))).isFalse();
    assertThat(booking.isRunInto(Reservation.at("S", START_MS - 15 * 60_000 + 1, 15, 1))).isTrue();
    assertThat(booking.isRunInto(RESERVATION)).as("itself").isFalse();
  }

  @Test
  void shouldSayWhichReservationRunsOrComesNext() {
    final Reservation later = Reservation.at("L", END_MS + 60_000, 15, 5);
    final Booking booking = Booking.NONE.withReservations(List.of(later, RESERVATION));
    assertThat(booking.reservationAt(0)).contains(RESERVATION);
    assertThat(booking.reservationAt(END_MS - 1)).contains(RESERVATION);
    assertThat(booking.reservationAt(END_MS)).contains(later);
    assertThat(booking.reservationAt(Long.MAX_VALUE)).as("all over").contains(later);
    assertThat(booking.isAheadOf(later.startMs() - 1)).isTrue();
    assertThat(booking.isAheadOf(later.startMs())).as("it runs").isFalse();
    assertThat(Booking.NONE.reservationAt(0)).isEmpty();
  }

  @Test
  void shouldGoThroughItsStatesByTheClock() {
    final Conference conference =
        DemoConference.seed()
            .conference()
            .withBooking(
                Booking.NONE.withReservations(
                    List.of(RESERVATION, Reservation.at("L", END_MS + 86_400_000, 15, 5))));
    assertThat(conference.statusAt(START_MS - WINDOW.earlyMs() - 1, WINDOW))
        .isEqualTo(ConferenceStatus.SCHED);
    assertThat(conference.statusAt(START_MS, WINDOW)).isEqualTo(ConferenceStatus.IDLE);
    assertThat(conference.statusAt(END_MS + WINDOW.graceMs(), WINDOW))
        .as("between two")
        .isEqualTo(ConferenceStatus.SCHED);
    assertThat(conference.statusAt(END_MS + 2 * 86_400_000, WINDOW))
        .isEqualTo(ConferenceStatus.CLOSED);
    final Conference up = conference.withActiveCall("K");
    assertThat(up.statusAt(END_MS + 2 * 86_400_000, WINDOW)).isEqualTo(ConferenceStatus.ACTIVE);
    assertThat(up.cancelled().statusAt(START_MS, WINDOW)).isEqualTo(ConferenceStatus.ACTIVE);
    assertThat(conference.cancelled().statusAt(START_MS, WINDOW))
        .isEqualTo(ConferenceStatus.CANCEL);
  }
}
