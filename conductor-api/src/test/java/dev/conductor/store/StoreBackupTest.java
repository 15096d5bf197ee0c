package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.config.DataConfig;
import dev.conductor.event.EventSamples;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A backup is one state of the store, and a server starts with it. The embedded store alone. */
@Timeout(60)
class StoreBackupTest {
  private static final int EVENTS_A_BATCH = 5;

  @TempDir Path folder;

  @Test
  void shouldCopyOneStateOfAStoreThatIsWrittenToAndStartWithIt() throws Exception {
    final Path copy = folder.resolve("copy.db");
    final Outcomes outcomes = new Outcomes();
    final long before;
    try (SqlStore store = SqlStore.open(config("live"), event -> "x".repeat(2_000))) {
      for (long id = 1; id <= 200; id++) {
        store.offer(batch(id));
      }
      outcomes.await(store, 200);
      before = outcomes.committed.size();
      final Thread backup = new Thread(() -> StoreBackup.write(config("live"), copy));
      backup.start();
      for (long id = 201; backup.isAlive() || id < 400; id++) {
        store.offer(batch(id));
        outcomes.await(store, (int) id);
      }
      backup.join();
      assertThat(outcomes.failed).isEmpty();
      assertThat(store.counters()).containsEntry("busy_retries", 0L);
    }
    assertThat(Files.exists(folder.resolve("copy.db.part"))).isFalse();

    Files.createDirectories(folder.resolve("restored"));
    Files.copy(copy, folder.resolve("restored/conductor.db"));
    try (SqlStore restored = SqlStore.open(config("restored"), event -> "")) {
      final List<String> kept = Outcomes.texts(restored, "SELECT seq FROM event ORDER BY seq");
      assertThat(kept.size() % EVENTS_A_BATCH).as("no batch is in by half").isZero();
      assertThat((long) kept.size()).isGreaterThanOrEqualTo(before * EVENTS_A_BATCH);
      assertThat(kept).last().isEqualTo(Integer.toString(kept.size()));
      assertThat(Outcomes.texts(restored, "PRAGMA integrity_check")).containsExactly("ok");
    }
  }

  @Test
  void shouldCopyAStoreWithoutAServerAndNeverOverwrite() {
    final Path copy = folder.resolve("copy.db");
    assertThatThrownBy(() -> StoreBackup.write(config("none"), copy))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("there is no store");
    final Outcomes outcomes = new Outcomes();
    try (SqlStore store = SqlStore.open(config("live"), event -> "x")) {
      store.offer(batch(1));
      outcomes.await(store, 1);
    }
    StoreBackup.write(config("live"), copy);
    assertThat(copy).isNotEmptyFile();
    assertThatThrownBy(() -> StoreBackup.write(config("live"), copy))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("is there already");
    assertThatThrownBy(() -> StoreBackup.write(config("live"), folder.resolve("no/such/folder.db")))
        .isInstanceOf(StoreException.class);
  }

  @Test
  void shouldSendPostgresToItsOwnTools() {
    final DataConfig postgres =
        new DataConfig(folder, "jdbc:postgresql://localhost/x", "", Path.of(""), 365);
    assertThatThrownBy(() -> StoreBackup.write(postgres, folder.resolve("copy.db")))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("pg_dump");
  }

  private DataConfig config(final String name) {
    return new DataConfig(folder.resolve(name));
  }

  private static Batch batch(final long id) {
    final List<Change> changes = new ArrayList<>();
    for (int i = 1; i <= EVENTS_A_BATCH; i++) {
      changes.add(
          new Change.EventLogged(EventSamples.logged("CALL1", (id - 1) * EVENTS_A_BATCH + i)));
    }
    return new Batch(id, changes);
  }
}
