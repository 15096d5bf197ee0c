package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.NewConference;
import dev.conductor.command.NewConference.NewReservation;
import dev.conductor.command.Origin;
import dev.conductor.model.Times;
import dev.conductor.query.AccountRenderer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** The writes that make conferences and book them. Any thread; immutable. */
final class BookingFunctions {
  private static final String COUNT = "reservationCount";
  private static final String CALLERS = "estimatedCallers";
  private static final String START = "startDate";
  private static final String DURATION = "duration";
  private static final String CONFERENCE = "conference";
  private static final String RESERVATION_UID = "reservationUID";
  private static final String NAME = "name";
  private static final String CONTACT = "contactEmail";
  private static final String GREENROOM = "greenroom";
  private static final String RECORDING = "recording";
  private static final String MUSIC = "backgroundMusic";
  private static final int MAX_COUNT = 1_000;
  private static final int MAX_MINUTES = 7 * 24 * 60;
  private static final int CALLERS_INVALID = 3;

  private final AccountLimits limits;

  BookingFunctions(final AccountLimits limits) {
    this.limits = limits;
  }

  /** Their rows. */
  List<AccessFunction> rows() {
    return List.of(
        createReservationless(),
        createReserved(),
        addReservation(),
        updateReservation(),
        removeReservation());
  }

  private AccessFunction createReservationless() {
    return AccessFunction.Write.of(
            "createConferenceReservationless",
            (origin, scope, parameters) -> {
              final int callers = callers(CALLERS, parameters.get(CALLERS));
              return create(
                  origin,
                  scope,
                  parameters,
                  List.of(new NewReservation(0, Times.NONE, 0, callers)));
            },
            Stream.concat(Stream.of(callersParam(CALLERS, true)), wishes()).toArray(Param[]::new))
        .described(
            FunctionDoc.of(
                    "Makes a conference that may be dialled at any time.",
                    "estimatedCallers=20",
                    "name=Open house")
                .answering("AccountConference"));
  }

  private AccessFunction createReserved() {
    return AccessFunction.Write.of(
            "createConferenceReserved",
            (origin, scope, parameters) ->
                create(origin, scope, parameters, times(scope, parameters)),
            Stream.concat(
                    Stream.of(
                        Param.required(COUNT, ParamType.NUMBER)
                            .about("How many reservations follow, 1 to " + MAX_COUNT + "."),
                        callersParam(CALLERS + "#", false),
                        startParam(START + "#", false),
                        durationParam(DURATION + "#", false)),
                    wishes())
                .toArray(Param[]::new))
        .described(
            FunctionDoc.of(
                    "Makes a conference that may be dialled when it is reserved. A number of which"
                        + " nothing is given is left out; code 1 when no valid reservation is left.",
                    "reservationCount=2",
                    "estimatedCallers1=20",
                    "startDate1=2035.10.23 05:30:00",
                    "duration1=60",
                    "estimatedCallers2=20",
                    "startDate2=2035.10.24 05:30:00",
                    "duration2=50",
                    "name=Weekly round")
                .answering("AccountConference"));
  }

  private static Command create(
      final Origin origin,
      final AccountScope scope,
      final Parameters parameters,
      final List<NewReservation> times) {
    return new Command.CreateConference(
        origin,
        scope.customer().uid(),
        new NewConference(
            parameters.find(NAME).map(text -> Values.text(NAME, text, Values.MAX_NAME)),
            times,
            !times.isEmpty() && times.get(0).startMs() == Times.NONE,
            parameters.find(CONTACT).map(text -> Values.text(CONTACT, text, Values.MAX_MESSAGE)),
            flag(parameters, GREENROOM),
            flag(parameters, RECORDING),
            flag(parameters, MUSIC)));
  }

  private static Optional<Boolean> flag(final Parameters parameters, final String name) {
    return parameters.find(name).map(text -> Values.flag(name, text));
  }

  /** The reservations of the request; a number of which nothing is given is left out. */
  private List<NewReservation> times(final AccountScope scope, final Parameters parameters) {
    final int count = Values.number(COUNT, parameters.get(COUNT), 1, MAX_COUNT);
    refuseBeyond(count, parameters);
    final List<NewReservation> times = new ArrayList<>();
    for (int i = 1; i <= count; i++) {
      if (isAnyThere(parameters, i)) {
        times.add(
            new NewReservation(
                i,
                AccountDates.millis(
                    START + i, parameters.get(START + i), AccountRenderer.zone(scope.customer())),
                minutes(DURATION + i, parameters.get(DURATION + i)),
                callers(CALLERS + i, parameters.get(CALLERS + i))));
      }
    }
    return times;
  }

  private static boolean isAnyThere(final Parameters parameters, final int number) {
    return Stream.of(CALLERS, START, DURATION)
        .anyMatch(base -> parameters.find(base + number).isPresent());
  }

  private static void refuseBeyond(final int count, final Parameters parameters) {
    for (final String name : parameters.names()) {
      for (final String base : List.of(CALLERS, START, DURATION)) {
        if (name.startsWith(base)
            && Values.number(name, name.substring(base.length()), 0, Integer.MAX_VALUE) > count) {
          throw Refusal.parameter(name, "beyond " + COUNT);
        }
      }
    }
  }

  private AccessFunction addReservation() {
    return AccessFunction.Write.of(
            "addConferenceReservation",
            (origin, scope, parameters) ->
                new Command.AddReservation(
                    origin,
                    scope.require(parameters, CONFERENCE).conference().uid(),
                    start(scope, parameters.get(START)),
                    minutes(DURATION, parameters.get(DURATION)),
                    codedCallers(parameters.get(CALLERS))),
            Param.required(CONFERENCE, ParamType.UID).about("UID of the conference."),
            callersParam(CALLERS, true),
            startParam(START, true),
            durationParam(DURATION, true))
        .described(
            FunctionDoc.of(
                    "Reserves a conference for one more time. Code 1: it would begin in another"
                        + " reservation; 2: another would begin in it; 3: estimatedCallers is not"
                        + " valid; 4: the conference is reservationless.",
                    "conference={booked}",
                    "estimatedCallers=20",
                    "startDate=2036.10.23 05:30:00",
                    "duration=60")
                .answering("Reservation"));
  }

  private AccessFunction updateReservation() {
    return AccessFunction.Write.of(
            "updateConferenceReservation",
            (origin, scope, parameters) -> {
              final String uid = parameters.get(RESERVATION_UID);
              return new Command.UpdateReservation(
                  origin,
                  AccountReads.booked(scope, uid).conference().uid(),
                  uid,
                  parameters
                      .find(START)
                      .map(text -> OptionalLong.of(start(scope, text)))
                      .orElse(OptionalLong.empty()),
                  parameters
                      .find(DURATION)
                      .map(text -> OptionalInt.of(minutes(DURATION, text)))
                      .orElse(OptionalInt.empty()),
                  parameters
                      .find(CALLERS)
                      .map(text -> OptionalInt.of(codedCallers(text)))
                      .orElse(OptionalInt.empty()));
            },
            Param.required(RESERVATION_UID, ParamType.UID).about("UID of the reservation."),
            startParam(START, false),
            callersParam(CALLERS, false),
            durationParam(DURATION, false))
        .described(
            FunctionDoc.of(
                    "Changes what is given of a reservation. Codes 1 to 3 as"
                        + " addConferenceReservation; 4: it is of a reservationless conference and"
                        + " has no time.",
                    "reservationUID={reservation}",
                    "duration=90")
                .answering("Reservation"));
  }

  private AccessFunction removeReservation() {
    return AccessFunction.Write.of(
            "removeConferenceReservation",
            (origin, scope, parameters) -> {
              final String uid = parameters.get(RESERVATION_UID);
              return new Command.RemoveReservation(
                  origin, AccountReads.booked(scope, uid).conference().uid(), uid);
            },
            Param.required(RESERVATION_UID, ParamType.UID).about("UID of the reservation."))
        .described(
            FunctionDoc.of(
                    "Takes out a reservation. Code 1: its conference is reservationless; 2: it is"
                        + " the last one; 3: it is past; 4: it is active.",
                    "reservationUID={reservation}")
                .answering("Reservation"));
  }

  private static long start(final AccountScope scope, final String text) {
    return AccountDates.millis(START, text, AccountRenderer.zone(scope.customer()));
  }

  private static int minutes(final String parameter, final String text) {
    return Values.number(parameter, text, 1, MAX_MINUTES);
  }

  private int callers(final String parameter, final String text) {
    return Values.number(parameter, text, 1, limits.maxCallers());
  }

  /** The same where the function has a code for it. */
  private int codedCallers(final String text) {
    try {
      return callers(CALLERS, text);
    } catch (final Refusal refusal) {
      throw Refusal.coded(
          CALLERS_INVALID, CALLERS, Values.shown(text) + " is not in 1.." + limits.maxCallers());
    }
  }

  private Param callersParam(final String name, final boolean required) {
    return param(name, ParamType.NUMBER, required)
        .about("How many callers are expected, 1 to " + limits.maxCallers() + ".");
  }

  private static Param startParam(final String name, final boolean required) {
    return param(name, ParamType.TEXT, required)
        .about(
            "When it begins: yyyy.MM.dd HH:mm:ss in the customer's zone, or ISO 8601 with an"
                + " offset.");
  }

  private static Param durationParam(final String name, final boolean required) {
    return param(name, ParamType.NUMBER, required)
        .about("Minutes, rounded up to the next 15; a week at most.");
  }

  private static Param param(final String name, final ParamType type, final boolean required) {
    return required ? Param.required(name, type) : Param.optional(name, type);
  }

  private static Stream<Param> wishes() {
    return Stream.of(
        Param.optional(NAME, ParamType.TEXT).about("Its name; the customer's where absent."),
        Param.optional(CONTACT, ParamType.TEXT)
            .about("Whom to write to; the customer's where absent."),
        Param.optional(GREENROOM, ParamType.BOOLEAN)
            .about("Whether participants wait for the host; as the customer's where absent."),
        Param.optional(RECORDING, ParamType.BOOLEAN)
            .about("Whether it is to be recorded; as the customer's where absent."),
        Param.optional(MUSIC, ParamType.BOOLEAN)
            .about("Whether those who wait hear music; as the customer's where absent."));
  }
}
