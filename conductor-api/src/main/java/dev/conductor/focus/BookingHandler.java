package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command.AddReservation;
import dev.conductor.command.Command.CancelConference;
import dev.conductor.command.Command.CreateConferenceTag;
import dev.conductor.command.Command.RemoveConferenceTag;
import dev.conductor.command.Command.RemoveReservation;
import dev.conductor.command.Command.RotateToken;
import dev.conductor.command.Command.UpdateConference;
import dev.conductor.command.Command.UpdateReservation;
import dev.conductor.command.HostChange;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Reservation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The functions that book a conference, cancel it and change what its host wishes. Their refusals
 * carry the codes of the Conference Management API. The conductor only.
 */
final class BookingHandler {
  private static final int START_OVERLAPS = 1;
  private static final int DURATION_OVERLAPS = 2;
  private static final int RESERVATIONLESS = 4;
  private static final int REMOVE_RESERVATIONLESS = 1;
  private static final int REMOVE_LAST = 2;
  private static final int REMOVE_PAST = 3;
  private static final int REMOVE_ACTIVE = 4;
  private static final int GENERAL = -1;

  /** Reservations of one conference. */
  static final int MAX_RESERVATIONS = 1_000;

  private final Turn turn;
  private final Departures departures;
  private final ConferenceHandler conferences;
  private final Supplier<String> uids;

  BookingHandler(
      final Room room, final ConferenceHandler conferences, final Supplier<String> uids) {
    this.turn = room.turn();
    this.departures = room.departures();
    this.conferences = conferences;
    this.uids = uids;
  }

  /** Books one more time. */
  Accepted add(final AddReservation command, final ConferenceState conference) {
    final Booking booking = conference.conference().booking();
    if (booking.isReservationless()) {
      return Accepted.no(RESERVATIONLESS, "conference: it is reservationless");
    }
    if (booking.reservations().size() >= MAX_RESERVATIONS) {
      return Accepted.no("conference: it has " + MAX_RESERVATIONS + " reservations already");
    }
    return put(
        conference,
        Reservation.at(
            uids.get(), command.startMs(), command.minutes(), command.estimatedCallers()));
  }

  /** Changes a reservation in what was given. */
  Accepted update(final UpdateReservation command, final ConferenceState conference) {
    final Booking booking = conference.conference().booking();
    final Reservation before = booking.reservation(command.reservationUid()).orElse(null);
    if (before == null) {
      return Accepted.no("reservationUID: no reservation " + command.reservationUid());
    }
    final int callers = command.estimatedCallers().orElse(before.estimatedCallers());
    final boolean movesTime = command.startMs().isPresent() || command.minutes().isPresent();
    if (!movesTime) {
      return replace(
          conference, new Reservation(before.uid(), before.startMs(), before.minutes(), callers));
    }
    if (!before.isTimed()) {
      return Accepted.no(RESERVATIONLESS, "reservationUID: its conference is reservationless");
    }
    return put(
        conference,
        Reservation.at(
            before.uid(),
            command.startMs().orElse(before.startMs()),
            command.minutes().orElse(before.minutes()),
            callers));
  }

  /** Puts a reservation beside the others, unless they are in its way. */
  private Accepted put(final ConferenceState conference, final Reservation made) {
    final Booking booking = conference.conference().booking();
    if (conference.conference().isCancelled()) {
      return Accepted.no(GENERAL, "conference: it is cancelled");
    }
    if (made.endMs() <= turn.nowMs()) {
      return Accepted.no("startDate: over already");
    }
    if (booking.isTaken(made.startMs(), made.uid())) {
      return Accepted.no(START_OVERLAPS, "startDate: in another reservation");
    }
    if (booking.isRunInto(made)) {
      return Accepted.no(DURATION_OVERLAPS, "duration: another reservation begins before its end");
    }
    return replace(conference, made);
  }

  private Accepted replace(final ConferenceState conference, final Reservation made) {
    final List<Reservation> all = without(conference, made.uid());
    all.add(made);
    book(conference, all);
    return Accepted.yes(0).with(made);
  }

  private static List<Reservation> without(final ConferenceState conference, final String uid) {
    final List<Reservation> all = new ArrayList<>(conference.conference().booking().reservations());
    all.removeIf(one -> one.uid().equals(uid));
    return all;
  }

  private void book(final ConferenceState conference, final List<Reservation> reservations) {
    final Conference before = conference.conference();
    conferences.change(
        conference, before.withBooking(before.booking().withReservations(reservations)));
  }

  /** Takes out a reservation that has not begun and is not the last one. */
  Accepted remove(final RemoveReservation command, final ConferenceState conference) {
    final Booking booking = conference.conference().booking();
    final Reservation before = booking.reservation(command.reservationUid()).orElse(null);
    if (before == null) {
      return Accepted.no("reservationUID: no reservation " + command.reservationUid());
    }
    if (!before.isTimed()) {
      return Accepted.no(
          REMOVE_RESERVATIONLESS, "reservationUID: its conference is reservationless");
    }
    if (booking.reservations().size() == 1) {
      return Accepted.no(REMOVE_LAST, "reservationUID: it is the last one");
    }
    if (before.endMs() <= turn.nowMs()) {
      return Accepted.no(REMOVE_PAST, "reservationUID: it is past");
    }
    if (before.startMs() <= turn.nowMs()) {
      return Accepted.no(REMOVE_ACTIVE, "reservationUID: it is active");
    }
    book(conference, without(conference, before.uid()));
    return Accepted.yes(0).with(before);
  }

  /** Cancels it for good; whoever is in its call is sent away. */
  Accepted cancel(final CancelConference command, final ConferenceState conference) {
    conferences.change(conference, conference.conference().cancelled());
    if (conference.activeCall() != null) {
      departures.closeCall(conference.activeCall());
    }
    return Accepted.yes(0).with(conference.snapshot());
  }

  /** Changes one wish or text; a call that is up stays as it is. */
  Accepted update(final UpdateConference command, final ConferenceState conference) {
    conferences.change(conference, changed(conference.conference(), command.change()));
    return Accepted.yes(0).with(conference.snapshot());
  }

  private static Conference changed(final Conference of, final HostChange change) {
    if (change instanceof HostChange.Flag flag) {
      return switch (flag.wish()) {
        case RECORDING -> of.withBooking(of.booking().withRecording(flag.on()));
        case GREENROOM -> of.withDefaults(of.defaults().withGreenroom(flag.on()));
        case BACKGROUND_MUSIC -> of.withDefaults(of.defaults().withBackgroundMusic(flag.on()));
      };
    }
    if (change instanceof HostChange.Page page) {
      return of.withBooking(
          of.booking().withPage(of.booking().page().with(page.kind(), page.text())));
    }
    if (change instanceof HostChange.Notes notes) {
      return of.withTexts(of.texts().withNotes(notes.text()));
    }
    throw new IllegalArgumentException("a conference has no " + change.getClass().getSimpleName());
  }

  /** Makes a new token; the one before opens nothing from then on. */
  Accepted rotate(final RotateToken command, final ConferenceState conference) {
    final Conference before = conference.conference();
    final String token = CustomerHandler.token(uids);
    conferences.change(
        conference,
        command.readOnly()
            ? before.withBooking(before.booking().withReadOnlyToken(token))
            : before.withSecurityToken(token));
    return Accepted.yes(0).with(conference.snapshot());
  }

  /** Makes a tag; of one that is there the same tag is shown. */
  Accepted createTag(final CreateConferenceTag command, final ConferenceState conference) {
    final Conference before = conference.conference();
    for (final ConferenceTag tag : before.tags()) {
      if (tag.value().equals(command.value())) {
        return Accepted.yes(0).with(tag);
      }
    }
    final Conference changed = ConferenceTags.with(before, command.value()).orElse(null);
    if (changed == null) {
      return Accepted.no("conference: it has " + ConferenceTags.MAX + " tags already");
    }
    conferences.change(conference, changed);
    return Accepted.yes(0).with(changed.tags().get(changed.tags().size() - 1));
  }

  /** Takes a tag out; its ID is not used again. */
  Accepted removeTag(final RemoveConferenceTag command, final ConferenceState conference) {
    final Conference before = conference.conference();
    final List<ConferenceTag> tags = new ArrayList<>(before.tags());
    if (!tags.removeIf(tag -> tag.id() == command.tagId())) {
      return Accepted.no("tagID: no tag " + command.tagId() + " in this conference");
    }
    final long last = Math.max(before.booking().lastTagId(), command.tagId());
    conferences.change(
        conference, before.withTags(tags).withBooking(before.booking().withLastTagId(last)));
    return Accepted.yes(0).with(conference.snapshot());
  }
}
