package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.conductor.config.DataConfig;
import dev.conductor.event.EventSamples;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.api.io.TempDir;

/** What is so of PostgreSQL alone: the connection to it may be lost at any moment. */
@Timeout(120)
@EnabledIfEnvironmentVariable(named = TestDatabase.VARIABLE, matches = ".+")
class PostgresStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @TempDir Path folder;
  private CuttingProxy proxy;
  private SqlStore store;
  private final Outcomes outcomes = new Outcomes();

  @BeforeEach
  void open() throws Exception {
    proxy = CuttingProxy.open();
    store = openBy(proxy.url(folder));
    store.offer(Outcomes.event(1));
    outcomes.await(store, 1);
  }

  @AfterEach
  void close() throws Exception {
    store.close();
    proxy.close();
  }

  @Test
  void shouldCommitOnceWhateverMomentTheConnectionIsLostAt() {
    final long seed = System.nanoTime();
    final Random random = new Random(seed);
    for (int id = 2; id <= 21; id++) {
      final boolean isThere = random.nextBoolean();
      proxy.cutNextCommit(isThere ? CuttingProxy.Cut.AFTER : CuttingProxy.Cut.BEFORE);
      Outcomes.offer(
          store,
          id,
          new Change.CallSaved(EventSamples.call("CALL1", "A"), 0, 0),
          new Change.EventLogged(EventSamples.logged("CALL1", id)));
      outcomes.await(store, id);
      assertThat(proxy.hasCut()).isTrue();
    }
    assertThat(outcomes.failed).as("seed %d", seed).isEmpty();
    assertThat(Outcomes.texts(store, "SELECT seq FROM event ORDER BY seq")).hasSize(21);
    assertThat(store.counters().get("lost_retries")).isEqualTo(20);
    assertThat(store.failing()).as("nobody was kept waiting").isEmpty();
  }

  @Test
  void shouldCallNothingFailedThatMayBeThere() throws Exception {
    proxy.cutNextCommit(CuttingProxy.Cut.AFTER_AND_STOP);
    store.offer(Outcomes.event(2));
    await().atMost(PATIENCE).until(() -> store.failing().isPresent());
    final long retries = store.counters().get("lost_retries");
    await().atMost(PATIENCE).until(() -> store.counters().get("lost_retries") > retries + 1);
    store.poll(outcomes);
    assertThat(outcomes.failed).isEmpty();
    assertThat(outcomes.committed).containsExactly(1L);
    assertThatThrownBy(store::loadAnswers).isInstanceOf(StoreException.class);

    proxy.resume();
    outcomes.await(store, 2);
    assertThat(outcomes.committed).containsExactly(1L, 2L);
    assertThat(store.failing()).isEmpty();
    assertThat(Outcomes.texts(store, "SELECT seq FROM event ORDER BY seq"))
        .containsExactly("1", "2");
  }

  @Test
  void shouldSayThatTheServerIsGoneAndWorkOnWhenItIsBack() throws Exception {
    final EventReader reader = store.openReader();
    proxy.stop();
    await().atMost(PATIENCE).until(() -> store.failing().isPresent()); // nobody asked for anything
    assertThat(store.failing().orElseThrow()).containsIgnoringCase("refused").doesNotContain("\n");
    store.offer(Outcomes.event(2));
    outcomes.await(store, 2);
    assertThat(outcomes.failed).containsOnlyKeys(2L);
    reader.read("CALL1", 0, 9, page -> assertThat(page).isEmpty());
    await().atMost(PATIENCE).until(() -> store.counters().get("reads_failed") == 1);

    proxy.resume();
    await().atMost(PATIENCE).until(() -> store.failing().isEmpty());
    store.offer(Outcomes.event(3));
    outcomes.await(store, 3);
    assertThat(outcomes.committed).containsExactly(1L, 3L);
    reader.read("CALL1", 0, 9, page -> assertThat(page).hasSize(2));
    await().atMost(PATIENCE).until(() -> store.counters().get("events_read") == 2);
    reader.close();
  }

  @Test
  void shouldTakeOverFromAServerThatEndedAndNotLetItWriteAgain() throws Exception {
    final String direct = TestDatabase.postgresUrl(folder);
    assertThatThrownBy(() -> openBy(direct))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("another server owns the store")
        .hasMessageContaining("advisory lock");
    proxy.stop();
    await().atMost(PATIENCE).until(() -> store.failing().isPresent());
    try (SqlStore other = openBy(direct)) {
      proxy.resume();
      awaitReason("another server owns the store");
      other.offer(Outcomes.event(2));
      new Outcomes().await(other, 1);
    }
    awaitReason("another server has had this store");
    store.offer(Outcomes.event(3));
    outcomes.await(store, 2);
    assertThat(outcomes.failed).containsOnlyKeys(3L);
  }

  @Test
  void shouldRefuseADatabaseThatCannotHoldEveryName() throws Exception {
    final String name = "ascii_" + Long.toHexString(System.nanoTime());
    try (Connection connection = DriverManager.getConnection(TestDatabase.SERVER);
        Statement admin = connection.createStatement()) {
      admin.execute(
          "CREATE DATABASE "
              + name
              + " TEMPLATE template0 ENCODING 'SQL_ASCII' LC_COLLATE 'C' LC_CTYPE 'C'"
              + " LOCALE_PROVIDER libc");
      try {
        final String url = TestDatabase.SERVER.replaceFirst("/\\w+\\?", "/" + name + "?");
        assertThatThrownBy(() -> openBy(url)).hasMessageContaining("UTF8");
      } finally {
        admin.execute("DROP DATABASE " + name + " WITH (FORCE)");
      }
    }
  }

  private void awaitReason(final String part) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(store.failing()).hasValueSatisfying(w -> assertThat(w).contains(part)));
  }

  private SqlStore openBy(final String url) {
    return SqlStore.open(new DataConfig(folder, url, "", Path.of(""), 365), event -> "body");
  }
}
