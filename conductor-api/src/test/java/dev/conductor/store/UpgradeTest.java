package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A store of the first release, opened by this one: nothing is lost. */
@Timeout(60)
class UpgradeTest {
  private static final String FIRST_RELEASE = "3";

  /** What it had, but what a server writes for itself, and columns that moved elsewhere. */
  private static final Map<String, String> KEPT =
      Map.ofEntries(
          Map.entry("customer", "uid, name, status, did, zone_id, contact_emails"),
          Map.entry(
              "conference", "uid, customer_uid, name, did, security_token, zone_id, status, notes"),
          Map.entry("conference_alias", "conference_uid, position, alias"),
          Map.entry("conference_setting", "conference_uid, position, role, mike, mute, deaf"),
          Map.entry("conference_tag", "conference_uid, id, tag"),
          Map.entry("person", "uid, conference_uid, name, ani, pin, role, email, notes, custom1"),
          Map.entry("person_tag", "person_uid, id, tag"),
          Map.entry("custom_value", "owner_type, owner_uid, name, content"),
          Map.entry("call_record", "uid, conference_uid, start_ms, name, notes, feedback"),
          Map.entry("call_caller", "call_uid, position, caller_uid"),
          Map.entry("call_tag", "call_uid, id, tag"),
          Map.entry("event", "call_uid, seq, time_ms, source, name, target_uid, body, actor"),
          Map.entry("kept_answer", "conference_uid, function, idempotency_key, message, seq"));

  @TempDir Path folder;

  @Test
  void shouldOpenAStoreOfTheFirstReleaseAndLoseNothing() throws Exception {
    Flyway.configure()
        .dataSource(TestDatabase.url(folder), null, null)
        .locations(Database.MIGRATIONS)
        .target(FIRST_RELEASE)
        .load()
        .migrate();
    fill();
    final Map<String, List<String>> before = rows();
    assertThat(before.values()).noneMatch(List::isEmpty);

    try (SqlStore store = SqlStore.open(TestDatabase.config(folder), event -> "")) {
      assertThat(rows()).isEqualTo(before);
      assertThat(store.loadAnswers())
          .singleElement()
          .satisfies(answer -> assertThat(answer.message()).isEqualTo("no"));
      assertThat(store.loadConferences())
          .singleElement()
          .satisfies(
              conference -> {
                assertThat(conference.conference().aliases()).containsExactly("weekly");
                assertThat(conference.customer().name()).isEqualTo("Zoë");
              });
    }
  }

  private void fill() throws SQLException {
    final long nowMs = System.currentTimeMillis();
    insert(
        "customer",
        "'CU', 'Zoë', 'ACTIVE', '+1555', 'UTC', true, false, true, false, 'a@b.example'");
    insert(
        "conference",
        "'CO', 'CU', 'Monday', '+1555', 'token', 'UTC', 'IDLE', 1800000000000, 1800003600000,"
            + " false, true, false, true, 'data', 'notes', 'text'");
    insert("conference_alias", "'CO', 0, 'weekly'");
    insert("conference_setting", "'CO', 0, 'PARTICIPANT', true, false, false");
    insert("conference_tag", "'CO', 0, 7, 'red'");
    insert(
        "person",
        "'PE', 'CO', 0, 'Ann', '7001', '123456', 'PRESENTER', 'ann@b.example', 'n', 'c1', 'c2'");
    insert("person_tag", "'PE', 0, 7, 'red'");
    insert("custom_value", "'person', 'PE', 'k', 'v'");
    insert(
        "call_record",
        "'CA', 'CO', "
            + (nowMs - 60_000)
            + ", "
            + nowMs
            + ", false, '', 'Monday', 'n', 'd', 'c', 'l', 'm', 'f', true, false, false, true,"
            + " false, true, false, '', -1");
    insert("call_caller", "'CA', 0, 'X'");
    insert("call_tag", "'CA', 0, 1, 'blue', 0");
    insert(
        "event",
        "'CA', 1, " + nowMs + ", 'CALL', 'UPDATE', 'CA', '{}', 'API', 'updateCall', 'r', 'ann'");
    insert(
        "kept_answer", "'CO', 'updateCall', 'key', 'digest', 'CA', " + nowMs + ", false, 'no', 1");
  }

  private void insert(final String table, final String values) throws SQLException {
    try (Connection connection = TestDatabase.connect(folder);
        Statement statement = connection.createStatement()) {
      statement.execute("INSERT INTO " + table + " VALUES (" + values + ")");
    }
  }

  private Map<String, List<String>> rows() throws SQLException {
    final Map<String, List<String>> all = new LinkedHashMap<>();
    try (Connection connection = TestDatabase.connect(folder);
        Statement statement = connection.createStatement()) {
      for (final Map.Entry<String, String> table : KEPT.entrySet()) {
        final List<String> rows = new ArrayList<>();
        try (ResultSet found =
            statement.executeQuery("SELECT " + table.getValue() + " FROM " + table.getKey())) {
          while (found.next()) {
            final List<String> row = new ArrayList<>();
            for (int i = 1; i <= found.getMetaData().getColumnCount(); i++) {
              row.add(found.getString(i));
            }
            rows.add(row.toString());
          }
        }
        all.put(table.getKey(), rows);
      }
    }
    return all;
  }
}
