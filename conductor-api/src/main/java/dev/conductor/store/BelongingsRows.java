package dev.conductor.store;

import dev.conductor.model.Belongings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/** Reads which persons and calls conferences have. The thread of the connection. */
final class BelongingsRows {
  /** Values in one list of a statement; SQLite takes 32,766 in all. */
  private static final int CHUNK = 500;

  private static final String PERSONS =
      "SELECT conference_uid, uid FROM person WHERE conference_uid IN (<uids>)"
          + " ORDER BY conference_uid, position";
  private static final String CALLS =
      "SELECT conference_uid, uid FROM call_record WHERE conference_uid IN (<uids>)"
          + " ORDER BY conference_uid, start_ms, uid";

  private BelongingsRows() {}

  /** By the conference's UID, without those that have nothing. */
  static Map<String, Belongings> of(final Handle handle, final List<String> conferenceUids) {
    final Map<String, List<String>> persons = new HashMap<>();
    final Map<String, List<String>> calls = new HashMap<>();
    for (int from = 0; from < conferenceUids.size(); from += CHUNK) {
      final List<String> chunk =
          conferenceUids.subList(from, Math.min(from + CHUNK, conferenceUids.size()));
      gather(handle, PERSONS, chunk, persons);
      gather(handle, CALLS, chunk, calls);
    }
    final Map<String, Belongings> found = new HashMap<>();
    for (final String uid : conferenceUids) {
      if (persons.containsKey(uid) || calls.containsKey(uid)) {
        found.put(
            uid,
            new Belongings(
                persons.getOrDefault(uid, List.of()), calls.getOrDefault(uid, List.of())));
      }
    }
    return found;
  }

  private static void gather(
      final Handle handle,
      final String query,
      final List<String> conferenceUids,
      final Map<String, List<String>> into) {
    handle
        .createQuery(query)
        .bindList("uids", conferenceUids)
        .map(
            (row, context) ->
                into.computeIfAbsent(row.getString("conference_uid"), uid -> new ArrayList<>())
                    .add(row.getString("uid")))
        .list();
  }
}
