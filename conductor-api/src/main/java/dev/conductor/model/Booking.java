package dev.conductor.model;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * When a conference is to be held and what its host wishes for it. Immutable.
 *
 * @param reservations by start; of a reservationless conference none, or one that is open always
 * @param recording whether its host wants it recorded
 * @param createdMs Unix time, 0 when not known
 * @param readOnlyToken opens reads and events of the Conductor API and no command; empty for none
 * @param lastTagId the highest ID a tag of it ever had
 * @param page texts for the customer's pages
 * @param reference the customer's own key of the conference, empty for none
 */
public record Booking(
    List<Reservation> reservations,
    boolean recording,
    long createdMs,
    String readOnlyToken,
    long lastTagId,
    PageTexts page,
    String reference) {
  /** Nothing booked, nothing wished. */
  public static final Booking NONE = new Booking(List.of(), false, 0, "", 0, PageTexts.NONE, "");

  /** Sorts the reservations. */
  public Booking {
    reservations =
        reservations.stream().sorted(Comparator.comparingLong(Reservation::startMs)).toList();
  }

  /** Whether it is open always, unless cancelled. */
  public boolean isReservationless() {
    return reservations.stream().noneMatch(Reservation::isTimed);
  }

  /** The reservation of this UID. */
  public Optional<Reservation> reservation(final String uid) {
    return reservations.stream().filter(one -> one.uid().equals(uid)).findFirst();
  }

  /** The one that runs or comes next, or the last when all are over; none when reservationless. */
  public Optional<Reservation> reservationAt(final long nowMs) {
    return reservations.stream()
        .filter(one -> one.isTimed() && nowMs < one.endMs())
        .findFirst()
        .or(() -> reservations.stream().filter(Reservation::isTimed).reduce((one, next) -> next));
  }

  /** Whether callers are let in at a moment, as far as reservations go. */
  public boolean isOpenAt(final long nowMs, final DialWindow window) {
    return isReservationless()
        || reservations.stream().anyMatch(one -> one.isOpenAt(nowMs, window));
  }

  /** Whether a moment lies in a reservation other than this one. */
  public boolean isTaken(final long timeMs, final String exceptUid) {
    return reservations.stream()
        .anyMatch(other -> !other.uid().equals(exceptUid) && other.covers(timeMs));
  }

  /** Whether another reservation begins while this one would last. */
  public boolean isRunInto(final Reservation one) {
    return reservations.stream()
        .anyMatch(other -> !other.uid().equals(one.uid()) && one.covers(other.startMs()));
  }

  /** Whether a reservation begins after a moment. */
  public boolean isAheadOf(final long nowMs) {
    return reservations.stream().anyMatch(one -> one.isTimed() && one.startMs() > nowMs);
  }

  /** The same with other reservations. */
  public Booking withReservations(final List<Reservation> changed) {
    return new Booking(changed, recording, createdMs, readOnlyToken, lastTagId, page, reference);
  }

  /** The same with another wish to record. */
  public Booking withRecording(final boolean on) {
    return new Booking(reservations, on, createdMs, readOnlyToken, lastTagId, page, reference);
  }

  /** The same with another read-only token. */
  public Booking withReadOnlyToken(final String token) {
    return new Booking(reservations, recording, createdMs, token, lastTagId, page, reference);
  }

  /** The same after a tag of this ID was made. */
  public Booking withLastTagId(final long id) {
    return new Booking(reservations, recording, createdMs, readOnlyToken, id, page, reference);
  }

  /** The same with other texts. */
  public Booking withPage(final PageTexts texts) {
    return new Booking(
        reservations, recording, createdMs, readOnlyToken, lastTagId, texts, reference);
  }

  /** The same known by this reference. */
  public Booking withReference(final String key) {
    return new Booking(reservations, recording, createdMs, readOnlyToken, lastTagId, page, key);
  }
}
