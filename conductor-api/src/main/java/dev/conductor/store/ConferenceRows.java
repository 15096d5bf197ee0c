package dev.conductor.store;

import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Customer;
import dev.conductor.model.Reservation;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;

/** Conferences as rows. The store's thread, in its transaction. */
final class ConferenceRows {
  private ConferenceRows() {}

  /** Every conference, by UID, none with a call up, all without the clips of the audio folder. */
  static List<ConferenceSnapshot> load(final Handle handle) {
    final Map<String, Customer> customers =
        CustomerRows.load(handle).stream()
            .collect(Collectors.toMap(Customer::uid, Function.identity()));
    return handle
        .createQuery("SELECT uid FROM conference ORDER BY uid")
        .mapTo(String.class)
        .list()
        .stream()
        .map(uid -> load(handle, uid, customers))
        .toList();
  }

  /** Inserts a conference with its customer and persons, or puts it in the place of the old one. */
  static void save(final Handle handle, final ConferenceSeed seed) {
    CustomerRows.save(handle, seed.customer());
    final Conference conference = seed.conference();
    for (final String person :
        handle
            .select("SELECT uid FROM person WHERE conference_uid = ?", conference.uid())
            .mapTo(String.class)
            .list()) {
      CustomRows.delete(handle, CustomRows.PERSON, person);
    }
    handle.execute("DELETE FROM conference WHERE uid = ?", conference.uid());
    save(handle, conference);
    PersonRows.insert(handle, seed.persons());
  }

  /** Inserts the conference's own row, or replaces it. */
  private static void saveRow(final Handle handle, final Conference conference) {
    handle.execute(
        "INSERT INTO conference (uid, customer_uid, name, did, security_token, zone_id, status,"
            + " greenroom, background_music, large_call, place_call, data, notes, custom_text,"
            + " recording, created_ms, read_only_token, last_tag_id, reference)"
            + " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            + " ON CONFLICT (uid) DO UPDATE SET name = excluded.name, did = excluded.did,"
            + " security_token = excluded.security_token, zone_id = excluded.zone_id,"
            + " status = excluded.status, greenroom = excluded.greenroom,"
            + " background_music = excluded.background_music, large_call = excluded.large_call,"
            + " place_call = excluded.place_call, data = excluded.data, notes = excluded.notes,"
            + " custom_text = excluded.custom_text, recording = excluded.recording,"
            + " read_only_token = excluded.read_only_token, last_tag_id = excluded.last_tag_id,"
            + " reference = excluded.reference",
        conference.uid(),
        conference.customerUid(),
        conference.name(),
        conference.did(),
        conference.securityToken(),
        conference.zoneId(),
        conference.status().name(),
        conference.defaults().greenroom(),
        conference.defaults().backgroundMusic(),
        conference.defaults().largeCall(),
        conference.defaults().placeCall(),
        conference.texts().data(),
        conference.texts().notes(),
        conference.texts().customText(),
        conference.booking().recording(),
        conference.booking().createdMs(),
        conference.booking().readOnlyToken(),
        conference.booking().lastTagId(),
        conference.booking().reference());
  }

  private static void insertLists(final Handle handle, final Conference conference) {
    final String uid = conference.uid();
    final PreparedBatch aliases =
        handle.prepareBatch(
            "INSERT INTO conference_alias (conference_uid, position, alias) VALUES (?, ?, ?)");
    conference.aliases().forEach(alias -> aliases.add(uid, aliases.size(), alias));
    aliases.execute();
    insertSettings(handle, uid, conference.defaults().settings());
    final PreparedBatch tags =
        handle.prepareBatch(
            "INSERT INTO conference_tag (conference_uid, position, id, tag) VALUES (?, ?, ?, ?)");
    conference.tags().forEach(tag -> tags.add(uid, tags.size(), tag.id(), tag.value()));
    tags.execute();
    final PreparedBatch reservations =
        handle.prepareBatch(
            "INSERT INTO reservation (uid, conference_uid, start_ms, minutes, estimated_callers)"
                + " VALUES (?, ?, ?, ?, ?)");
    for (final Reservation one : conference.booking().reservations()) {
      reservations.add(one.uid(), uid, one.startMs(), one.minutes(), one.estimatedCallers());
    }
    reservations.execute();
  }

  private static void insertSettings(
      final Handle handle, final String conferenceUid, final List<RoleFlag> settings) {
    final PreparedBatch rows =
        handle.prepareBatch(
            "INSERT INTO conference_setting (conference_uid, position, role, mike, mute, deaf)"
                + " VALUES (?, ?, ?, ?, ?, ?)");
    for (final RoleFlag flag : settings) {
      rows.add(
          conferenceUid, rows.size(), flag.role().name(), flag.mike(), flag.mute(), flag.deaf());
    }
    rows.execute();
  }

  /** Inserts or replaces a conference whose customer is there; its persons stay as they are. */
  static void save(final Handle handle, final Conference conference) {
    final String uid = conference.uid();
    saveRow(handle, conference);
    for (final String list :
        List.of("conference_alias", "conference_setting", "conference_tag", "reservation")) {
      handle.execute("DELETE FROM " + list + " WHERE conference_uid = ?", uid);
    }
    insertLists(handle, conference);
    CustomRows.replace(handle, CustomRows.CONFERENCE, uid, conference.texts().custom());
    CustomRows.replacePage(handle, CustomRows.CONFERENCE, uid, conference.booking().page());
  }

  private static ConferenceSnapshot load(
      final Handle handle, final String uid, final Map<String, Customer> customers) {
    final Conference conference = loadConference(handle, uid);
    return new ConferenceSnapshot(conference, customers.get(conference.customerUid()));
  }

  /** One conference that is there. */
  static Conference loadConference(final Handle handle, final String uid) {
    return handle
        .select("SELECT * FROM conference WHERE uid = ?", uid)
        .map((row, context) -> conference(handle, row))
        .one();
  }

  private static Conference conference(final Handle handle, final ResultSet row)
      throws SQLException {
    final String uid = row.getString("uid");
    return new Conference(
        uid,
        row.getString("customer_uid"),
        row.getString("name"),
        row.getString("did"),
        handle
            .select(
                "SELECT alias FROM conference_alias WHERE conference_uid = ? ORDER BY position",
                uid)
            .mapTo(String.class)
            .list(),
        row.getString("security_token"),
        row.getString("zone_id"),
        ConferenceStatus.valueOf(row.getString("status")),
        new Conference.Defaults(
            settings(handle, uid),
            row.getBoolean("greenroom"),
            row.getBoolean("background_music"),
            row.getBoolean("large_call"),
            row.getBoolean("place_call")),
        new Conference.Texts(
            row.getString("data"),
            row.getString("notes"),
            row.getString("custom_text"),
            CustomRows.load(handle, CustomRows.CONFERENCE, uid)),
        handle
            .select(
                "SELECT id, tag FROM conference_tag WHERE conference_uid = ? ORDER BY position",
                uid)
            .map((tag, context) -> new ConferenceTag(tag.getLong("id"), tag.getString("tag")))
            .list(),
        List.of(),
        "",
        new Booking(
            reservations(handle, uid),
            row.getBoolean("recording"),
            row.getLong("created_ms"),
            row.getString("read_only_token"),
            row.getLong("last_tag_id"),
            CustomRows.loadPage(handle, CustomRows.CONFERENCE, uid),
            row.getString("reference")));
  }

  private static List<RoleFlag> settings(final Handle handle, final String conferenceUid) {
    return handle
        .select(
            "SELECT * FROM conference_setting WHERE conference_uid = ? ORDER BY position",
            conferenceUid)
        .map(
            (row, context) ->
                new RoleFlag(
                    Role.valueOf(row.getString("role")),
                    row.getBoolean("mike"),
                    row.getBoolean("mute"),
                    row.getBoolean("deaf")))
        .list();
  }

  private static List<Reservation> reservations(final Handle handle, final String conferenceUid) {
    return handle
        .select("SELECT * FROM reservation WHERE conference_uid = ?", conferenceUid)
        .map(
            (row, context) ->
                new Reservation(
                    row.getString("uid"),
                    row.getLong("start_ms"),
                    row.getInt("minutes"),
                    row.getInt("estimated_callers")))
        .list();
  }
}
