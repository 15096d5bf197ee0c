package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command.CreateConference;
import dev.conductor.command.Command.CreateCustomer;
import dev.conductor.command.Command.UpdateCustomer;
import dev.conductor.command.Command.UpdateCustomerValue;
import dev.conductor.command.HostChange;
import dev.conductor.command.NewConference;
import dev.conductor.command.NewConference.NewReservation;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.Custom;
import dev.conductor.model.Customer;
import dev.conductor.model.PageText;
import dev.conductor.model.PageTexts;
import dev.conductor.model.Reservation;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.store.Change;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** The functions on a customer, and the one that makes a conference. The conductor only. */
final class CustomerHandler {
  /** Code of createConferenceReserved. */
  static final int NO_VALID_RESERVATION = 1;

  private static final String PLUS = "+";

  private final Turn turn;
  private final Customers customers;
  private final ConferenceDirectory directory;
  private final Supplier<String> uids;

  CustomerHandler(
      final Turn turn,
      final Customers customers,
      final ConferenceDirectory directory,
      final Supplier<String> uids) {
    this.turn = turn;
    this.customers = customers;
    this.directory = directory;
    this.uids = uids;
  }

  /** Takes a new customer in. */
  Accepted create(final CreateCustomer command, final Customer customer) {
    if (customers.find(customer.uid()) != null) {
      return Accepted.no("UID: customer " + customer.uid() + " is there already");
    }
    customers.put(customer);
    turn.save(customer);
    return Accepted.yes(0).with(customer);
  }

  /** Changes what conferences made from now on have; those that are there stay. */
  Accepted update(final UpdateCustomer command, final Customer before) {
    return change(changed(before, command.change()));
  }

  private static Customer changed(final Customer of, final HostChange change) {
    if (change instanceof HostChange.Flag flag) {
      return switch (flag.wish()) {
        case RECORDING -> of.withDefaults(flag.on(), of.greenroom(), of.backgroundMusic());
        case GREENROOM -> of.withDefaults(of.recording(), flag.on(), of.backgroundMusic());
        case BACKGROUND_MUSIC -> of.withDefaults(of.recording(), of.greenroom(), flag.on());
      };
    }
    if (change instanceof HostChange.Page page) {
      return page.kind() == PageText.CONTACT_EMAIL
          ? of.withContactEmails(page.text())
          : of.withPage(of.page().with(page.kind(), page.text()));
    }
    throw new IllegalArgumentException("a customer has no " + change.getClass().getSimpleName());
  }

  /** Sets a key of his, or removes it. */
  Accepted updateValue(final UpdateCustomerValue command, final Customer before) {
    final boolean grows = !command.value().isEmpty() && !before.custom().containsKey(command.key());
    if (grows && before.custom().size() >= CustomValueHandler.MAX_KEYS) {
      return Accepted.no(
          "customKey: an object has no more than " + CustomValueHandler.MAX_KEYS + " keys");
    }
    return change(before.withCustom(Custom.with(before.custom(), command.key(), command.value())));
  }

  private Accepted change(final Customer changed) {
    customers.put(changed);
    turn.save(changed);
    for (final ConferenceState conference : directory.conferences()) {
      if (conference.conference().customerUid().equals(changed.uid())) {
        conference.put(changed);
        turn.show(conference);
      }
    }
    return Accepted.yes(0).with(changed);
  }

  /** Makes a conference, reached at once by the customer's number. */
  Accepted create(final CreateConference command, final Customer customer) {
    final NewConference what = command.what();
    final List<Reservation> reservations = new ArrayList<>();
    if (what.reservationless()) {
      reservations.add(Reservation.always(uids.get(), what.times().get(0).estimatedCallers()));
    } else {
      final String refusal = reserve(what.times(), reservations);
      if (reservations.isEmpty()) {
        return Accepted.no(NO_VALID_RESERVATION, "reservationCount: no valid reservation");
      }
      if (!refusal.isEmpty()) {
        return Accepted.no(refusal);
      }
    }
    final ConferenceState made = new ConferenceState(snapshot(customer, what, reservations));
    directory.add(made);
    turn.save(made, new Change.ConferenceSaved(made.conference()));
    return Accepted.yes(0).with(made.snapshot());
  }

  /** Gathers those that are not over yet; answers what is wrong with the others. */
  private String reserve(final List<NewReservation> asked, final List<Reservation> valid) {
    String refusal = "";
    Booking booked = Booking.NONE;
    for (final NewReservation one : asked) {
      final Reservation made =
          Reservation.at(uids.get(), one.startMs(), one.minutes(), one.estimatedCallers());
      if (made.endMs() <= turn.nowMs()) {
        refusal = "startDate" + one.number() + ": over already";
      } else {
        if (booked.isTaken(made.startMs(), made.uid()) || booked.isRunInto(made)) {
          refusal = "startDate" + one.number() + ": overlaps another reservation";
        }
        valid.add(made);
        booked = booked.withReservations(valid);
      }
    }
    return refusal;
  }

  /** A conference that is nowhere known yet. */
  ConferenceSnapshot snapshot(
      final Customer customer, final NewConference what, final List<Reservation> reservations) {
    final String uid = uids.get();
    final Conference conference =
        new Conference(
            uid,
            customer.uid(),
            what.name().orElse(customer.name()),
            customer.did(),
            aliases(customer.did()),
            token(uids),
            customer.zoneId(),
            ConferenceStatus.IDLE,
            new Conference.Defaults(
                Stream.of(Role.PARTICIPANT, Role.ASSISTANT, Role.PRESENTER)
                    .map(RoleFlag::open)
                    .toList(),
                what.greenroom().orElse(customer.greenroom()),
                what.backgroundMusic().orElse(customer.backgroundMusic()),
                false,
                customer.placeCall()),
            new Conference.Texts("", "", "", Custom.none()),
            List.of(),
            customers.audio().of(uid),
            "",
            new Booking(
                reservations,
                what.recording().orElse(customer.recording()),
                turn.nowMs(),
                "",
                0,
                page(customer, what),
                ""));
    return new ConferenceSnapshot(conference, customer);
  }

  /** What the customer's pages show, but for what is the customer's alone. */
  private static PageTexts page(final Customer customer, final NewConference what) {
    return customer
        .page()
        .with(PageText.AFFILIATE_CODE, "")
        .with(PageText.CONTACT_EMAIL, what.contactEmail().orElse(customer.contactEmails()));
  }

  /** Phones send a number with its plus sign or without. */
  private static List<String> aliases(final String did) {
    return did.startsWith(PLUS) ? List.of(did.substring(PLUS.length())) : List.of();
  }

  /** A token nobody guesses: 32 letters and digits. */
  static String token(final Supplier<String> uids) {
    return uids.get() + uids.get();
  }
}
