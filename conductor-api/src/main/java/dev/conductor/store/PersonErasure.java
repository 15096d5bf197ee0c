package dev.conductor.store;

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

  /**
   * Erases.
   *
   * @return the calls he was in; none is up
   * @throws StillThere while a call that he was in is up
   */
  static List<String> erase(
      final Handle handle, final String conferenceUid, final String personUid) {
    final List<String> calls = calls(handle, conferenceUid, personUid, false);
    if (!calls(handle, conferenceUid, personUid, true).isEmpty()) {
      throw new StillThere();
    }
    handle.execute(
        "DELETE FROM event WHERE call_uid IN (SELECT uid FROM call_record WHERE conference_uid = ?)"
            + " AND (target_uid = ? OR target_uid IN "
            + HIS_CALLERS
            + ")",
        conferenceUid,
        personUid,
        personUid,
        conferenceUid);
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
    return calls;
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

  /** A call that he was in is up. */
  static final class StillThere extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }
}
