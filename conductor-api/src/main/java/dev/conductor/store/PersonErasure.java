package dev.conductor.store;

import dev.conductor.model.Erasure;
import java.util.List;
import org.jdbi.v3.core.Handle;

/**
 * Takes a person out of the records of calls: who he was, what was written about him and the events
 * that tell it. That somebody was there, when, and how long he talked, stays. The store's thread,
 * in its transaction.
 */
final class PersonErasure {
  private static final String HIS_CALLERS =
      "(SELECT caller_record.uid FROM caller_record JOIN call_record ON"
          + " call_record.uid = call_uid WHERE person_uid = ? AND conference_uid = ?)";

  private PersonErasure() {}

  /** Erases, unless a call he was in is up or nobody has ever known him. */
  static Erasure erase(final Handle handle, final String conferenceUid, final String personUid) {
    if (!calls(handle, conferenceUid, personUid, true).isEmpty()) {
      return Erasure.failed(Erasure.Outcome.STILL_UP);
    }
    final List<String> calls = calls(handle, conferenceUid, personUid, false);
    final int events =
        handle.execute(
            "DELETE FROM event WHERE call_uid IN"
                + " (SELECT uid FROM call_record WHERE conference_uid = ?)"
                + " AND (target_uid = ? OR target_uid IN "
                + HIS_CALLERS
                + ")",
            conferenceUid,
            personUid,
            personUid,
            conferenceUid);
    if (calls.isEmpty() && events == 0 && !isBooked(handle, conferenceUid, personUid)) {
      return Erasure.failed(Erasure.Outcome.UNKNOWN);
    }
    handle.execute(
        "DELETE FROM custom_value WHERE owner_type = 'caller' AND owner_uid IN " + HIS_CALLERS,
        personUid,
        conferenceUid);
    handle.execute(
        "UPDATE caller_record SET ani = '', pin = '', email = '', tag = '', data = '', notes = '',"
            + " custom1 = '', custom2 = '', tag_ids = '' WHERE uid IN "
            + HIS_CALLERS,
        personUid,
        conferenceUid);
    return Erasure.of(calls);
  }

  private static List<String> calls(
      final Handle handle, final String conferenceUid, final String personUid, final boolean up) {
    return handle
        .createQuery(
            "SELECT DISTINCT call_record.uid FROM caller_record JOIN call_record ON"
                + " call_record.uid = call_uid WHERE person_uid = :person AND"
                + " conference_uid = :conference AND call_record.active = :up")
        .bind("person", personUid)
        .bind("conference", conferenceUid)
        .bind("up", up)
        .mapTo(String.class)
        .list();
  }

  private static boolean isBooked(
      final Handle handle, final String conferenceUid, final String personUid) {
    return handle
            .createQuery(
                "SELECT COUNT(*) FROM person WHERE uid = :person AND conference_uid = :conference")
            .bind("person", personUid)
            .bind("conference", conferenceUid)
            .mapTo(Integer.class)
            .one()
        > 0;
  }
}
