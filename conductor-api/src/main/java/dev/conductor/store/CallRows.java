package dev.conductor.store;

import dev.conductor.model.Call;
import dev.conductor.model.CallTag;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/**
 * Calls as rows. Of a call that was saved before only what differs is written: a call of thousands
 * is saved with every newcomer. The store's thread, in its transaction.
 */
final class CallRows {
  private CallRows() {}

  /**
   * Inserts or replaces.
   *
   * @param before what the rows hold now, null when that is not known
   */
  static void save(final Handle handle, final Change.CallSaved saved, final Call before) {
    final Call call = saved.call();
    handle.execute(
        "INSERT INTO call_record (uid, conference_uid, start_ms, end_ms, active, end_reason,"
            + " name, notes, data, custom_text, link, message, feedback, talking, greenroom,"
            + " entryway, background_music, enable_feedback, enable_broadcast, lock_mute,"
            + " locked, floor_uid, breakout_end_ms, last_seq, breakouts_made)"
            + " VALUES (?, ?, ?, ?, ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (uid) DO UPDATE SET end_ms = excluded.end_ms,"
            + " active = excluded.active, end_reason = excluded.end_reason,"
            + " name = excluded.name, notes = excluded.notes, data = excluded.data,"
            + " custom_text = excluded.custom_text, link = excluded.link,"
            + " message = excluded.message, feedback = excluded.feedback,"
            + " talking = excluded.talking, greenroom = excluded.greenroom,"
            + " entryway = excluded.entryway, background_music = excluded.background_music,"
            + " enable_feedback = excluded.enable_feedback,"
            + " enable_broadcast = excluded.enable_broadcast, lock_mute = excluded.lock_mute,"
            + " locked = excluded.locked,"
            + " floor_uid = excluded.floor_uid, breakout_end_ms = excluded.breakout_end_ms,"
            + " last_seq = excluded.last_seq, breakouts_made = excluded.breakouts_made",
        call.uid(),
        call.conferenceUid(),
        call.startMs(),
        call.endMs(),
        call.active(),
        call.texts().name(),
        call.texts().notes(),
        call.texts().data(),
        call.texts().customText(),
        call.texts().link(),
        call.texts().message(),
        call.texts().feedback(),
        call.flags().talking(),
        call.flags().greenroom(),
        call.flags().entryway(),
        call.flags().backgroundMusic(),
        call.flags().enableFeedback(),
        call.flags().enableBroadcast(),
        call.flags().lockMute(),
        call.flags().locked(),
        call.floorUid(),
        call.breakoutEndMs(),
        saved.seq(),
        saved.breakoutsMade());
    saveLists(handle, call, before);
  }

  private static void saveLists(final Handle handle, final Call call, final Call before) {
    final String uid = call.uid();
    saveUids(
        handle,
        "call_caller",
        "caller_uid",
        uid,
        call.callers(),
        before == null ? null : before.callers());
    saveUids(
        handle,
        "call_breakout",
        "breakout_uid",
        uid,
        call.breakouts(),
        before == null ? null : before.breakouts());
    if (before == null || !before.settings().equals(call.settings())) {
      saveSettings(handle, uid, call.settings());
    }
    if (before == null || !before.tags().equals(call.tags())) {
      saveTags(handle, uid, call.tags());
    }
    if (before == null || !before.texts().custom().equals(call.texts().custom())) {
      CustomRows.replace(handle, CustomRows.CALL, uid, call.texts().custom());
    }
  }

  /** Appends to a list that only grew, else writes it anew. */
  private static void saveUids(
      final Handle handle,
      final String table,
      final String column,
      final String callUid,
      final List<String> uids,
      final List<String> before) {
    if (uids.equals(before)) {
      return;
    }
    final boolean grew =
        before != null
            && before.size() < uids.size()
            && uids.subList(0, before.size()).equals(before);
    if (!grew) {
      handle.execute("DELETE FROM " + table + " WHERE call_uid = ?", callUid);
    }
    final PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO " + table + " (call_uid, position, " + column + ") VALUES (?, ?, ?)");
    for (int i = grew ? before.size() : 0; i < uids.size(); i++) {
      rows.add(callUid, i, uids.get(i));
    }
    rows.execute();
  }

  private static void saveSettings(
      final Handle handle, final String callUid, final List<RoleFlag> settings) {
    handle.execute("DELETE FROM call_setting WHERE call_uid = ?", callUid);
    final PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO call_setting (call_uid, position, role, mike, mute, deaf)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    for (final RoleFlag flag : settings) {
      rows.add(callUid, rows.size(), flag.role().name(), flag.mike(), flag.mute(), flag.deaf());
    }
    rows.execute();
  }

  private static void saveTags(
      final Handle handle, final String callUid, final List<CallTag> tags) {
    handle.execute("DELETE FROM call_tag WHERE call_uid = ?", callUid);
    final PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO call_tag (call_uid, position, id, tag, conference_tag_id)"
                + " VALUES (?, ?, ?, ?, ?)");
    for (final CallTag tag : tags) {
      rows.add(callUid, rows.size(), tag.id(), tag.value(), tag.conferenceTagId());
    }
    rows.execute();
  }

  /** The call of this UID, up or over. */
  static Optional<Change.CallSaved> load(final Handle handle, final String uid) {
    return handle
        .createQuery("SELECT * FROM call_record WHERE uid = :uid")
        .bind("uid", uid)
        .map((row, context) -> call(handle, row))
        .findOne();
  }

  private static Change.CallSaved call(final Handle handle, final ResultSet row)
      throws SQLException {
    final String uid = row.getString("uid");
    final Call call =
        new Call(
            uid,
            row.getString("conference_uid"),
            row.getLong("start_ms"),
            row.getLong("end_ms"),
            row.getBoolean("active"),
            uids(handle, "call_caller", "caller_uid", uid),
            uids(handle, "call_breakout", "breakout_uid", uid),
            settings(handle, uid),
            tags(handle, uid),
            flags(row),
            new Call.Texts(
                row.getString("name"),
                row.getString("notes"),
                row.getString("data"),
                row.getString("custom_text"),
                row.getString("link"),
                row.getString("message"),
                row.getString("feedback"),
                CustomRows.load(handle, CustomRows.CALL, uid)),
            row.getString("floor_uid"),
            row.getLong("breakout_end_ms"));
    return new Change.CallSaved(call, row.getLong("last_seq"), row.getInt("breakouts_made"));
  }

  private static Call.Flags flags(final ResultSet row) throws SQLException {
    return new Call.Flags(
        row.getBoolean("talking"),
        row.getBoolean("greenroom"),
        row.getBoolean("entryway"),
        row.getBoolean("background_music"),
        row.getBoolean("enable_feedback"),
        row.getBoolean("enable_broadcast"),
        row.getBoolean("lock_mute"),
        row.getBoolean("locked"));
  }

  private static List<String> uids(
      final Handle handle, final String table, final String column, final String callUid) {
    return handle
        .createQuery(
            "SELECT " + column + " FROM " + table + " WHERE call_uid = :call ORDER BY position")
        .bind("call", callUid)
        .mapTo(String.class)
        .list();
  }

  private static List<RoleFlag> settings(final Handle handle, final String callUid) {
    return handle
        .createQuery(
            "SELECT role, mike, mute, deaf FROM call_setting WHERE call_uid = :call"
                + " ORDER BY position")
        .bind("call", callUid)
        .map(
            (row, context) ->
                new RoleFlag(
                    Role.valueOf(row.getString("role")),
                    row.getBoolean("mike"),
                    row.getBoolean("mute"),
                    row.getBoolean("deaf")))
        .list();
  }

  private static List<CallTag> tags(final Handle handle, final String callUid) {
    return handle
        .createQuery(
            "SELECT id, tag, conference_tag_id FROM call_tag WHERE call_uid = :call"
                + " ORDER BY position")
        .bind("call", callUid)
        .map(
            (row, context) ->
                new CallTag(
                    row.getLong("id"), row.getString("tag"), row.getLong("conference_tag_id")))
        .list();
  }
}
