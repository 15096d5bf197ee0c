package dev.conductor.store;

import dev.conductor.model.Breakout;
import dev.conductor.model.Caller;
import dev.conductor.model.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;

/**
 * Breakouts of calls as rows; who sits in one is told by the rows of its callers. The store's
 * thread, in its transaction, but for the one that loads.
 */
final class BreakoutRows {
  private BreakoutRows() {}

  /** Inserts or replaces. */
  static void save(final Handle handle, final Breakout of) {
    handle.execute(
        "INSERT INTO breakout_record (call_uid, uid, name, is_private, data, own_attention,"
            + " own_attention_ms, assisted, last_assisted_ms) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (call_uid, uid) DO UPDATE SET name = excluded.name,"
            + " is_private = excluded.is_private, data = excluded.data,"
            + " own_attention = excluded.own_attention,"
            + " own_attention_ms = excluded.own_attention_ms, assisted = excluded.assisted,"
            + " last_assisted_ms = excluded.last_assisted_ms",
        of.callUid(),
        of.uid(),
        of.name(),
        of.isPrivate(),
        of.data(),
        of.ownAttention(),
        of.ownAttentionMs(),
        of.assisted(),
        of.lastAssistedMs());
  }

  /**
   * Every breakout that was ever in a call, by UID; also those that are no more.
   *
   * @param callers those in the call; of those who sit together the one who came first is first
   */
  static Map<String, Breakout> load(
      final Handle handle, final String callUid, final Collection<Caller> callers) {
    final Map<String, Breakout> breakouts = new HashMap<>();
    handle
        .createQuery("SELECT * FROM breakout_record WHERE call_uid = :call")
        .bind("call", callUid)
        .map((row, context) -> breakout(row))
        .forEach(
            breakout -> {
              final List<Caller> members = members(callers, breakout.uid());
              breakouts.put(
                  breakout.uid(),
                  breakout
                      .withCallers(members.stream().map(Caller::uid).toList())
                      .refreshed(members, breakout.lastAssistedMs()));
            });
    return breakouts;
  }

  private static List<Caller> members(final Collection<Caller> callers, final String breakoutUid) {
    return callers.stream()
        .filter(caller -> caller.seat().breakoutUid().equals(breakoutUid))
        .sorted(Comparator.comparingLong(caller -> caller.seat().sinceMs()))
        .toList();
  }

  private static Breakout breakout(final ResultSet row) throws SQLException {
    return new Breakout(
        row.getString("uid"),
        row.getString("call_uid"),
        row.getString("name"),
        List.of(),
        row.getBoolean("is_private"),
        row.getString("data"),
        row.getBoolean("own_attention"),
        row.getLong("own_attention_ms"),
        false,
        Times.NONE,
        row.getBoolean("assisted"),
        row.getLong("last_assisted_ms"));
  }
}
