package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command.PutConferences;
import dev.conductor.command.ConferenceEntry;
import dev.conductor.command.ConferenceEntry.Time;
import dev.conductor.command.ConferencesPut;
import dev.conductor.command.ConferencesPut.Problem;
import dev.conductor.command.NewConference;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import dev.conductor.model.PageText;
import dev.conductor.model.Reservation;
import dev.conductor.model.Times;
import dev.conductor.store.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Makes and changes the conferences of a sheet. Reservations that a sheet does not speak of stay.
 * The conductor only.
 */
final class ConferenceImport {
  private final Turn turn;
  private final ConferenceDirectory directory;
  private final CustomerHandler customers;
  private final ConferenceHandler conferences;
  private final Supplier<String> uids;

  ConferenceImport(
      final Turn turn,
      final ConferenceDirectory directory,
      final CustomerHandler customers,
      final ConferenceHandler conferences,
      final Supplier<String> uids) {
    this.turn = turn;
    this.directory = directory;
    this.customers = customers;
    this.conferences = conferences;
    this.uids = uids;
  }

  /** Puts them all; what cannot be had is told. */
  Accepted put(final PutConferences command, final Customer customer) {
    final Map<String, ConferenceState> known = byReference(customer);
    final List<Problem> problems = new ArrayList<>();
    int added = 0;
    int changed = 0;
    for (final ConferenceEntry entry : command.conferences()) {
      final ConferenceState there = known.get(entry.reference());
      if (there != null) {
        changed += change(there, entry, problems) ? 1 : 0;
      } else {
        final ConferenceState made = make(customer, entry, problems);
        if (made != null) {
          added++;
          if (!entry.reference().isEmpty()) {
            known.put(entry.reference(), made);
          }
        }
      }
    }
    return Accepted.yes(0).with(new ConferencesPut(added, changed, problems));
  }

  private Map<String, ConferenceState> byReference(final Customer customer) {
    final Map<String, ConferenceState> known = new HashMap<>();
    for (final ConferenceState one : directory.conferences()) {
      final String reference = one.conference().booking().reference();
      if (!reference.isEmpty() && one.conference().customerUid().equals(customer.uid())) {
        known.put(reference, one);
      }
    }
    return known;
  }

  private ConferenceState make(
      final Customer customer, final ConferenceEntry entry, final List<Problem> problems) {
    if (entry.times().isEmpty()) {
      problems.add(new Problem(entry.line(), "estimatedCallers: missing"));
      return null;
    }
    final Booking booked = book(Booking.NONE, entry, problems);
    if (booked.reservations().isEmpty()) {
      return null;
    }
    final ConferenceSnapshot blank =
        customers.snapshot(customer, entry.wishes(), booked.reservations());
    final Conference of = blank.conference();
    final Conference whole =
        withNotes(of.withBooking(of.booking().withReference(entry.reference())), entry);
    final ConferenceState made = new ConferenceState(new ConferenceSnapshot(whole, customer));
    directory.add(made);
    turn.save(made, new Change.ConferenceSaved(whole));
    return made;
  }

  private boolean change(
      final ConferenceState there, final ConferenceEntry entry, final List<Problem> problems) {
    final Conference before = there.conference();
    if (before.isCancelled()) {
      problems.add(new Problem(entry.line(), "reference: its conference is cancelled"));
      return false;
    }
    final Booking booked = book(before.booking(), entry, problems);
    conferences.change(there, withNotes(wished(before.withBooking(booked), entry.wishes()), entry));
    return true;
  }

  private static Conference withNotes(final Conference of, final ConferenceEntry entry) {
    return entry.notes().map(notes -> of.withTexts(of.texts().withNotes(notes))).orElse(of);
  }

  private static Conference wished(final Conference of, final NewConference wishes) {
    final Conference.Defaults defaults =
        of.defaults()
            .withGreenroom(wishes.greenroom().orElse(of.defaults().greenroom()))
            .withBackgroundMusic(wishes.backgroundMusic().orElse(of.defaults().backgroundMusic()));
    final Booking booking = of.booking();
    final Booking wished =
        booking
            .withRecording(wishes.recording().orElse(booking.recording()))
            .withPage(
                wishes
                    .contactEmail()
                    .map(text -> booking.page().with(PageText.CONTACT_EMAIL, text))
                    .orElse(booking.page()));
    final Conference named = wishes.name().map(of::withName).orElse(of);
    return named.withDefaults(defaults).withBooking(wished);
  }

  private Booking book(
      final Booking before, final ConferenceEntry entry, final List<Problem> problems) {
    Booking booked = before;
    for (final Time time : entry.times()) {
      final Reservation old = known(booked, time);
      final boolean isTimed = time.startMs() != Times.NONE;
      final String uid = old == null ? uids.get() : old.uid();
      final Reservation wanted =
          isTimed
              ? Reservation.at(uid, time.startMs(), time.minutes(), time.estimatedCallers())
              : Reservation.always(uid, time.estimatedCallers());
      final String refusal = refusal(booked, old, wanted);
      if (!refusal.isEmpty()) {
        problems.add(new Problem(time.line(), refusal));
      } else if (!isPast(old)) {
        booked = with(booked, wanted);
      }
    }
    return booked;
  }

  /** The reservation of the row: by its UID, by its beginning, or the one without a beginning. */
  private static Reservation known(final Booking booked, final Time time) {
    return booked
        .reservation(time.reservationUid())
        .or(
            () ->
                booked.reservations().stream()
                    .filter(one -> one.startMs() == time.startMs())
                    .findFirst())
        .orElse(null);
  }

  /** What is over stays as it was: a sheet that was exported tells of it, too. */
  private boolean isPast(final Reservation old) {
    return old != null && old.isTimed() && old.endMs() <= turn.nowMs();
  }

  private String refusal(final Booking booked, final Reservation old, final Reservation wanted) {
    final boolean empty = booked.reservations().isEmpty();
    if (!empty && booked.isReservationless() == wanted.isTimed()) {
      return wanted.isTimed()
          ? "startDate: the conference is reservationless"
          : "startDate: missing; the conference is reserved";
    }
    if (!wanted.isTimed() || isPast(old)) {
      return "";
    }
    if (wanted.endMs() <= turn.nowMs()) {
      return "startDate: over already";
    }
    if (booked.isTaken(wanted.startMs(), wanted.uid()) || booked.isRunInto(wanted)) {
      return "startDate: overlaps another reservation";
    }
    return old == null && booked.reservations().size() >= BookingHandler.MAX_RESERVATIONS
        ? "startDate: the conference has " + BookingHandler.MAX_RESERVATIONS + " reservations"
        : "";
  }

  private static Booking with(final Booking booked, final Reservation made) {
    final List<Reservation> all = new ArrayList<>(booked.reservations());
    all.removeIf(one -> one.uid().equals(made.uid()));
    all.add(made);
    return booked.withReservations(all);
  }
}
