package dev.conductor.http;

import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.query.AccountRenderer;
import dev.conductor.query.View;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/** The reads of customers, conferences and reservations. Any thread. */
final class AccountReads {
  /** Which conference a read is about. */
  static final String CONFERENCE_UID = "conferenceUID";

  private static final String RESERVATION_UID = "reservationUID";

  private final AccountRenderer renderer;
  private final AccountLimits limits;

  private final AccountContents contents;

  private AccountReads(
      final AccountRenderer renderer, final AccountLimits limits, final AccountContents contents) {
    this.renderer = renderer;
    this.limits = limits;
    this.contents = contents;
  }

  /** Their rows. */
  static List<AccessFunction> rows(
      final AccountRenderer renderer, final AccountLimits limits, final AccountContents contents) {
    final AccountReads reads = new AccountReads(renderer, limits, contents);
    return List.of(
        reads.getCustomer(),
        reads.list(
            "getActiveConference",
            "Conferences that have a call up.",
            of -> !of.activeCallUid().isEmpty()),
        reads.list(
            "getUpcomingConference",
            "Conferences with a reservation that begins later, by its beginning.",
            of -> !of.isCancelled() && of.booking().isAheadOf(limits.nowMs().getAsLong())),
        reads.list(
            "getPossibleConference",
            "Conferences that may be dialled just now: the reservationless, and those that a"
                + " reservation is open for, from the minutes before its start to those after its"
                + " end that the server is set to.",
            of -> !of.isCancelled() && reads.isOpen(of.booking())),
        reads.list(
            "getExpiredConference",
            "Conferences whose last reservation is over.",
            of -> reads.status(of) == ConferenceStatus.CLOSED),
        reads.list(
            "getCanceledConference", "Conferences that were cancelled.", Conference::isCancelled),
        reads.getConference(),
        reads.getConferenceData(),
        reads.getConferenceReservation());
  }

  private boolean isOpen(final Booking booking) {
    return booking.isOpenAt(limits.nowMs().getAsLong(), limits.window());
  }

  private ConferenceStatus status(final Conference of) {
    return of.statusAt(limits.nowMs().getAsLong(), limits.window());
  }

  private AccessFunction getCustomer() {
    return AccessFunction.Read.of(
            "getCustomer",
            (scope, parameters, view) -> now(renderer.customer(scope.customer(), view)))
        .described(FunctionDoc.of("The customer.").answering("AccountCustomer"));
  }

  private AccessFunction list(
      final String name, final String about, final Predicate<Conference> wanted) {
    return AccessFunction.Read.of(name, (scope, parameters, view) -> list(scope, wanted, view))
        .described(FunctionDoc.of(about).answering("ConferenceList"));
  }

  private CompletionStage<String> list(
      final AccountScope scope, final Predicate<Conference> wanted, final View view) {
    final long nowMs = limits.nowMs().getAsLong();
    final List<ConferenceSnapshot> found =
        scope.conferences().stream()
            .filter(of -> wanted.test(of.conference()))
            .sorted(
                Comparator.comparingLong(
                    of ->
                        of.conference()
                            .booking()
                            .reservationAt(nowMs)
                            .map(one -> one.startMs())
                            .orElse(0L)))
            .toList();
    return contents
        .of(found)
        .thenApply(theirs -> renderer.conferences(scope.customer(), found, theirs, view));
  }

  private AccessFunction getConference() {
    return AccessFunction.Read.of(
            "getConference",
            (scope, parameters, view) -> {
              final ConferenceSnapshot of = scope.require(parameters, CONFERENCE_UID);
              return contents.of(of).thenApply(all -> renderer.conference(of, all, view));
            },
            conferenceUid())
        .described(
            FunctionDoc.of(
                    "A conference, with the UIDs of what belongs to it.",
                    CONFERENCE_UID + "={conference}")
                .answering("AccountConference"));
  }

  private AccessFunction getConferenceData() {
    return AccessFunction.Read.of(
            "getConferenceData",
            (scope, parameters, view) -> {
              final ConferenceSnapshot of = scope.require(parameters, CONFERENCE_UID);
              return contents
                  .personsOf(of)
                  .thenCombine(
                      contents.of(of),
                      (persons, all) -> renderer.conferenceData(of, persons, all.calls(), view));
            },
            conferenceUid())
        .described(
            FunctionDoc.of(
                    "A conference with its persons and reservations.",
                    CONFERENCE_UID + "={conference}")
                .answering("AccountConferenceData"));
  }

  private AccessFunction getConferenceReservation() {
    return AccessFunction.Read.of(
            "getConferenceReservation",
            (scope, parameters, view) -> {
              final String uid = parameters.get(RESERVATION_UID);
              final ConferenceSnapshot of = booked(scope, uid);
              return now(
                  renderer.reservation(
                      scope.customer(), of.conference().booking().reservation(uid).get(), view));
            },
            Param.required(RESERVATION_UID, ParamType.UID).about("UID of the reservation."))
        .described(
            FunctionDoc.of("A reservation.", RESERVATION_UID + "={reservation}")
                .answering("Reservation"));
  }

  /** The conference that a reservation is of; refused when the customer has no such one. */
  static ConferenceSnapshot booked(final AccountScope scope, final String reservationUid) {
    return scope.conferences().stream()
        .filter(of -> of.conference().booking().reservation(reservationUid).isPresent())
        .findFirst()
        .orElseThrow(
            () ->
                Refusal.parameter(
                    RESERVATION_UID, "no reservation " + Values.shown(reservationUid)));
  }

  private static Param conferenceUid() {
    return Param.required(CONFERENCE_UID, ParamType.UID).about("UID of the conference.");
  }

  private static CompletionStage<String> now(final String document) {
    return CompletableFuture.completedFuture(document);
  }
}
