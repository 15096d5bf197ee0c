package dev.conductor.query;

import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.DialWindow;
import dev.conductor.model.Reservation;
import dev.conductor.model.Times;
import java.util.List;

/**
 * A conference and what else its fields are made from. Immutable.
 *
 * @param conference the conference
 * @param persons UIDs, in order of adding; none in an event, as they stay in the store
 * @param nowMs Unix time of answering
 * @param window when a reservation is open to callers
 */
record ConferenceView(Conference conference, List<String> persons, long nowMs, DialWindow window) {
  ConferenceStatus status() {
    return conference.statusAt(nowMs, window);
  }

  /** Unix time at which the reservation that runs or comes next begins. */
  long scheduledStartMs() {
    return conference.booking().reservationAt(nowMs).map(Reservation::startMs).orElse(Times.NONE);
  }

  /** Unix time at which it ends. */
  long scheduledEndMs() {
    return conference.booking().reservationAt(nowMs).map(Reservation::endMs).orElse(Times.NONE);
  }
}
