package dev.conductor.store;

import dev.conductor.model.Attendance;
import dev.conductor.model.Call;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.Times;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Callers of calls as rows. The store's thread, in its transaction, but for those that load. */
final class CallerRows {
  private static final String NO_PLACE = "";
  private static final String SAVE =
      "INSERT INTO caller_record (uid, call_uid, person_uid, ani, pin, did, email, start_ms,"
          + " previous_uid, role, place, breakout_uid, seat_ms, mic, mute, deaf, hold, muted_by,"
          + " volume_in, volume_out, energy, attention, attention_ms, tag, data, notes, custom1,"
          + " custom2, tag_ids, active, end_ms, reason, entered_ms, talk_ms, kept_place,"
          + " kept_breakout_uid, kept_seat_ms, banned) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?,"
          + " ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
          + " ON CONFLICT (uid) DO UPDATE SET role = excluded.role, place = excluded.place,"
          + " breakout_uid = excluded.breakout_uid, seat_ms = excluded.seat_ms,"
          + " mic = excluded.mic, mute = excluded.mute, deaf = excluded.deaf,"
          + " hold = excluded.hold, muted_by = excluded.muted_by,"
          + " volume_in = excluded.volume_in, volume_out = excluded.volume_out,"
          + " energy = excluded.energy, attention = excluded.attention,"
          + " attention_ms = excluded.attention_ms, tag = excluded.tag, data = excluded.data,"
          + " notes = excluded.notes, custom1 = excluded.custom1, custom2 = excluded.custom2,"
          + " tag_ids = excluded.tag_ids, active = excluded.active, end_ms = excluded.end_ms,"
          + " reason = excluded.reason, talk_ms = excluded.talk_ms,"
          + " kept_place = excluded.kept_place,"
          + " kept_breakout_uid = excluded.kept_breakout_uid,"
          + " kept_seat_ms = excluded.kept_seat_ms, banned = excluded.banned";

  private CallerRows() {}

  /**
   * Inserts or replaces.
   *
   * @param before what the rows of a caller hold now, null when that is not known
   */
  static void save(
      final Handle handle,
      final Collection<Change.CallerSaved> saved,
      final Function<String, Caller> before) {
    if (saved.isEmpty()) {
      return;
    }
    final PreparedBatch rows = handle.prepareBatch(SAVE);
    for (final Change.CallerSaved save : saved) {
      rows.add(columns(save.caller(), save.attendance()));
    }
    rows.execute();
    for (final Change.CallerSaved save : saved) {
      final Caller caller = save.caller();
      final Caller old = before.apply(caller.uid());
      if (old == null || !old.texts().custom().equals(caller.texts().custom())) {
        CustomRows.replace(handle, CustomRows.CALLER, caller.uid(), caller.texts().custom());
      }
    }
  }

  private static Object[] columns(final Caller of, final Attendance attendance) {
    final Caller.Identity who = of.identity();
    final Caller.Sound sound = of.sound();
    final Caller.Texts texts = of.texts();
    final Seat kept = attendance.keptSeat().orElse(null);
    return new Object[] {
      who.uid(),
      who.callUid(),
      who.personUid(),
      who.ani(),
      who.pin(),
      who.did(),
      who.email(),
      who.startMs(),
      who.previousUid(),
      of.role().name(),
      of.seat().place().name(),
      of.seat().breakoutUid(),
      of.seat().sinceMs(),
      sound.mic(),
      sound.mute(),
      sound.deaf(),
      sound.hold(),
      sound.mutedBy(),
      sound.volumeIn(),
      sound.volumeOut(),
      sound.energy(),
      of.hand().attention(),
      of.hand().sinceMs(),
      texts.tag(),
      texts.data(),
      texts.notes(),
      texts.custom1(),
      texts.custom2(),
      Lists.join(texts.tags().stream().map(CallTag::id).toList()),
      of.active(),
      of.presence().endMs(),
      of.presence().reason(),
      attendance.enteredMs(),
      attendance.talkMs(),
      kept == null ? NO_PLACE : kept.place().name(),
      kept == null ? "" : kept.breakoutUid(),
      kept == null ? Times.NONE : kept.sinceMs(),
      attendance.banned()
    };
  }

  /** Everybody who was ever in a call, in order of entry; also those it no longer lists. */
  static List<Change.CallerSaved> load(final Handle handle, final Call call) {
    final Map<String, Map<String, String>> custom = custom(handle, call.uid());
    return handle
        .createQuery(
            "SELECT caller_record.* FROM caller_record LEFT JOIN call_caller ON"
                + " call_caller.call_uid = caller_record.call_uid AND caller_uid = uid"
                + " WHERE caller_record.call_uid = :call ORDER BY COALESCE(position, -1),"
                + " entered_ms, uid")
        .bind("call", call.uid())
        .map((row, context) -> caller(row, call, custom))
        .list();
  }

  private static Map<String, Map<String, String>> custom(
      final Handle handle, final String callUid) {
    final Map<String, Map<String, String>> ofCaller = new HashMap<>();
    handle
        .createQuery(
            "SELECT owner_uid, name, content FROM custom_value WHERE owner_type = :type AND"
                + " owner_uid IN (SELECT uid FROM caller_record WHERE call_uid = :call)")
        .bind("type", CustomRows.CALLER)
        .bind("call", callUid)
        .map(
            (row, context) ->
                List.of(
                    row.getString("owner_uid"), row.getString("name"), row.getString("content")))
        .forEach(
            pair ->
                ofCaller
                    .computeIfAbsent(pair.get(0), uid -> new HashMap<>())
                    .put(pair.get(1), pair.get(2)));
    return ofCaller;
  }

  private static Change.CallerSaved caller(
      final ResultSet row, final Call call, final Map<String, Map<String, String>> custom)
      throws SQLException {
    final Caller caller =
        new Caller(
            identity(row),
            Role.valueOf(row.getString("role")),
            new Seat(
                Place.valueOf(row.getString("place")),
                row.getString("breakout_uid"),
                row.getLong("seat_ms")),
            sound(row),
            new Caller.Hand(row.getInt("attention"), row.getLong("attention_ms")),
            texts(row, call, custom.getOrDefault(row.getString("uid"), Map.of())),
            new Caller.Presence(
                row.getBoolean("active"), row.getLong("end_ms"), row.getString("reason")),
            false);
    return new Change.CallerSaved(caller, attendance(row));
  }

  private static Caller.Identity identity(final ResultSet row) throws SQLException {
    return new Caller.Identity(
        row.getString("uid"),
        row.getString("call_uid"),
        row.getString("person_uid"),
        row.getString("ani"),
        row.getString("pin"),
        row.getString("did"),
        row.getString("email"),
        row.getLong("start_ms"),
        row.getString("previous_uid"));
  }

  private static Caller.Sound sound(final ResultSet row) throws SQLException {
    return new Caller.Sound(
        row.getBoolean("mic"),
        row.getBoolean("mute"),
        row.getBoolean("deaf"),
        row.getBoolean("hold"),
        row.getString("muted_by"),
        row.getInt("volume_in"),
        row.getInt("volume_out"),
        row.getInt("energy"));
  }

  private static Caller.Texts texts(
      final ResultSet row, final Call call, final Map<String, String> custom) throws SQLException {
    final List<Long> ids =
        Lists.split(row.getString("tag_ids")).stream().map(Long::valueOf).toList();
    final List<CallTag> tags =
        ids.stream().flatMap(id -> call.tags().stream().filter(tag -> tag.id() == id)).toList();
    return new Caller.Texts(
        row.getString("tag"),
        row.getString("data"),
        row.getString("notes"),
        row.getString("custom1"),
        row.getString("custom2"),
        tags,
        new TreeMap<>(custom));
  }

  private static Attendance attendance(final ResultSet row) throws SQLException {
    final String place = row.getString("kept_place");
    return new Attendance(
        row.getLong("entered_ms"),
        row.getLong("talk_ms"),
        place.equals(NO_PLACE)
            ? Optional.empty()
            : Optional.of(
                new Seat(
                    Place.valueOf(place),
                    row.getString("kept_breakout_uid"),
                    row.getLong("kept_seat_ms"))),
        row.getBoolean("banned"));
  }
}
