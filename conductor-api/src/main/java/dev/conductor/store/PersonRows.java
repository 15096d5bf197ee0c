package dev.conductor.store;

import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Person;
import dev.conductor.model.Role;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.PreparedBatch;
import org.jdbi.v3.core.statement.Query;

/** Persons as rows, many at a time. The thread of the connection. */
final class PersonRows {
  /** Values in one list of a statement; SQLite takes 32,766 in all. */
  private static final int CHUNK = 500;

  private static final String INSERT =
      "INSERT INTO person (uid, conference_uid, position, name, ani, pin, role, email, notes,"
          + " custom1, custom2, reference) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)";
  private static final String OR_UPDATE =
      " ON CONFLICT (uid) DO UPDATE SET name = excluded.name, ani = excluded.ani,"
          + " pin = excluded.pin, role = excluded.role, email = excluded.email,"
          + " notes = excluded.notes, custom1 = excluded.custom1,"
          + " custom2 = excluded.custom2, reference = excluded.reference";

  private PersonRows() {}

  /** Inserts persons; fails when one is there. */
  static void insert(final Handle handle, final Collection<Person> persons) {
    write(handle, INSERT, persons);
    insertLists(handle, persons);
  }

  /** Inserts persons, or puts them in the place of those with the same UID. */
  static void save(final Handle handle, final Collection<Person> persons) {
    write(handle, INSERT + OR_UPDATE, persons);
    deleteLists(handle, persons.stream().map(Person::uid).toList());
    insertLists(handle, persons);
  }

  private static void write(
      final Handle handle, final String statement, final Collection<Person> persons) {
    final Map<String, Integer> nextPositions = new HashMap<>();
    final PreparedBatch rows = handle.prepareBatch(statement);
    for (final Person person : persons) {
      final int position =
          nextPositions.computeIfAbsent(person.conferenceUid(), uid -> firstFree(handle, uid));
      nextPositions.put(person.conferenceUid(), position + 1);
      rows.add(
          person.uid(),
          person.conferenceUid(),
          position,
          person.name(),
          person.ani(),
          person.pin(),
          person.role().name(),
          person.email(),
          person.notes(),
          person.custom1(),
          person.custom2(),
          person.reference());
    }
    rows.execute();
  }

  /** The position after all that are taken in a conference. */
  private static int firstFree(final Handle handle, final String conferenceUid) {
    return handle
        .createQuery(
            "SELECT COALESCE(MAX(position), -1) + 1 FROM person WHERE conference_uid = :uid")
        .bind("uid", conferenceUid)
        .mapTo(Integer.class)
        .one();
  }

  private static void insertLists(final Handle handle, final Collection<Person> persons) {
    final PreparedBatch tags =
        handle.prepareBatch(
            "INSERT INTO person_tag (person_uid, position, id, tag) VALUES (?, ?, ?, ?)");
    final PreparedBatch pairs =
        handle.prepareBatch(
            "INSERT INTO custom_value (owner_type, owner_uid, name, content)"
                + " VALUES (?, ?, ?, ?)");
    for (final Person person : persons) {
      int position = 0;
      for (final ConferenceTag tag : person.tags()) {
        tags.add(person.uid(), position++, tag.id(), tag.value());
      }
      person
          .custom()
          .forEach((key, value) -> pairs.add(CustomRows.PERSON, person.uid(), key, value));
    }
    tags.execute();
    pairs.execute();
  }

  /** Deletes persons with all that is theirs. */
  static void delete(final Handle handle, final Collection<String> uids) {
    deleteLists(handle, uids);
    final PreparedBatch rows = handle.prepareBatch("DELETE FROM person WHERE uid = ?");
    uids.forEach(rows::add);
    rows.execute();
  }

  private static void deleteLists(final Handle handle, final Collection<String> uids) {
    final PreparedBatch tags = handle.prepareBatch("DELETE FROM person_tag WHERE person_uid = ?");
    final PreparedBatch pairs =
        handle.prepareBatch("DELETE FROM custom_value WHERE owner_type = ? AND owner_uid = ?");
    for (final String uid : uids) {
      tags.add(uid);
      pairs.add(CustomRows.PERSON, uid);
    }
    tags.execute();
    pairs.execute();
  }

  /** All of a conference, in order of adding. */
  static List<Person> ofConference(final Handle handle, final String conferenceUid) {
    return withLists(
        handle,
        handle
            .createQuery("SELECT * FROM person WHERE conference_uid = :uid ORDER BY position")
            .bind("uid", conferenceUid));
  }

  /** Those with this PIN on a number; one, unless two conferences were stored with the same. */
  static List<Person> withPin(final Handle handle, final List<String> numbers, final String pin) {
    return withLists(
        handle,
        handle
            .createQuery(
                "SELECT p.* FROM person p JOIN conference c ON c.uid = p.conference_uid"
                    + " WHERE p.pin = :pin AND (LOWER(c.did) IN (<numbers>) OR EXISTS (SELECT 1 FROM"
                    + " conference_alias a WHERE a.conference_uid = c.uid"
                    + " AND LOWER(a.alias) IN (<numbers>))) ORDER BY c.uid, p.position")
            .bind("pin", pin)
            .bindList("numbers", numbers));
  }

  /** Those of these UIDs. */
  static List<Person> of(final Handle handle, final String uid) {
    return withLists(
        handle, handle.createQuery("SELECT * FROM person WHERE uid = :uid").bind("uid", uid));
  }

  /** Those of a conference that have one of these references, by it. */
  static Map<String, Person> withReferences(
      final Handle handle, final String conferenceUid, final List<String> references) {
    final Map<String, Person> found = new HashMap<>();
    for (int from = 0; from < references.size(); from += CHUNK) {
      final List<String> chunk =
          references.subList(from, Math.min(from + CHUNK, references.size()));
      withLists(
              handle,
              handle
                  .createQuery(
                      "SELECT * FROM person WHERE conference_uid = :uid"
                          + " AND reference IN (<references>) ORDER BY position")
                  .bind("uid", conferenceUid)
                  .bindList("references", chunk))
          .forEach(person -> found.putIfAbsent(person.reference(), person));
    }
    return found;
  }

  /** How many PINs of each length every conference has. */
  static Map<String, Map<Integer, Integer>> pinLengths(final Handle handle) {
    final Map<String, Map<Integer, Integer>> lengths = new HashMap<>();
    handle
        .createQuery(
            "SELECT conference_uid, LENGTH(pin) AS digits, COUNT(*) AS pins FROM person"
                + " WHERE pin <> '' GROUP BY conference_uid, LENGTH(pin)")
        .map(
            (row, context) ->
                lengths
                    .computeIfAbsent(row.getString("conference_uid"), uid -> new TreeMap<>())
                    .put(row.getInt("digits"), row.getInt("pins")))
        .list();
    return lengths;
  }

  /** The rows of a query on persons, with tags and pairs read for many at once. */
  private static List<Person> withLists(final Handle handle, final Query query) {
    final List<Person> bare = query.map((row, context) -> bare(row)).list();
    final List<Person> whole = new ArrayList<>(bare.size());
    for (int from = 0; from < bare.size(); from += CHUNK) {
      final List<Person> chunk = bare.subList(from, Math.min(from + CHUNK, bare.size()));
      final List<String> uids = chunk.stream().map(Person::uid).toList();
      final Map<String, List<ConferenceTag>> tags = tags(handle, uids);
      final Map<String, SortedMap<String, String>> pairs = pairs(handle, uids);
      for (final Person person : chunk) {
        whole.add(
            person
                .withTags(tags.getOrDefault(person.uid(), List.of()))
                .withCustom(pairs.getOrDefault(person.uid(), person.custom())));
      }
    }
    return whole;
  }

  /** Tags that their conferences still have: what was taken out there is nobody's any more. */
  private static Map<String, List<ConferenceTag>> tags(
      final Handle handle, final List<String> uids) {
    final Map<String, List<ConferenceTag>> tags = new HashMap<>();
    handle
        .createQuery(
            "SELECT person_uid, person_tag.id, conference_tag.tag FROM person_tag"
                + " JOIN person ON person.uid = person_uid"
                + " JOIN conference_tag ON conference_tag.conference_uid = person.conference_uid"
                + " AND conference_tag.id = person_tag.id"
                + " WHERE person_uid IN (<uids>) ORDER BY person_uid, person_tag.position")
        .bindList("uids", uids)
        .map(
            (row, context) ->
                tags.computeIfAbsent(row.getString("person_uid"), uid -> new ArrayList<>())
                    .add(new ConferenceTag(row.getLong("id"), row.getString("tag"))))
        .list();
    return tags;
  }

  private static Map<String, SortedMap<String, String>> pairs(
      final Handle handle, final List<String> uids) {
    final Map<String, SortedMap<String, String>> pairs = new HashMap<>();
    handle
        .createQuery(
            "SELECT owner_uid, name, content FROM custom_value WHERE owner_type = :type"
                + " AND owner_uid IN (<uids>)")
        .bind("type", CustomRows.PERSON)
        .bindList("uids", uids)
        .map(
            (row, context) ->
                pairs
                    .computeIfAbsent(row.getString("owner_uid"), uid -> new TreeMap<>())
                    .put(row.getString("name"), row.getString("content")))
        .list();
    return pairs;
  }

  private static Person bare(final ResultSet row) throws SQLException {
    return new Person(
        row.getString("uid"),
        row.getString("conference_uid"),
        row.getString("name"),
        row.getString("ani"),
        row.getString("pin"),
        Role.valueOf(row.getString("role")),
        row.getString("email"),
        row.getString("notes"),
        row.getString("custom1"),
        row.getString("custom2"),
        List.of(),
        new TreeMap<>(),
        row.getString("reference"));
  }
}
