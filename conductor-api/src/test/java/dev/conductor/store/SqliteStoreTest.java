package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.config.DataConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is so of the embedded store alone. */
@Timeout(60)
class SqliteStoreTest {
  @TempDir Path directory;
  private SqlStore store;

  @BeforeEach
  void open() {
    store = SqlStore.open(new DataConfig(directory), event -> "body");
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void shouldSyncEachCommitToTheDisk() {
    assertThat(Outcomes.texts(store, "PRAGMA journal_mode")).containsExactly("wal");
    assertThat(Outcomes.texts(store, "PRAGMA synchronous")).containsExactly("2");
  }

  @Test
  void shouldRefuseASecondServerNamingTheLockFile() {
    assertThatThrownBy(() -> SqlStore.open(new DataConfig(directory), event -> "body"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(directory.resolve("conductor.lock").toString())
        .hasMessageContaining("another server");
    store.close();
    open();
    assertThat(store.hasRoom()).isTrue();
  }

  @Test
  void shouldRefuseAFileThatIsNoDatabaseAndFreeTheFolder() throws Exception {
    store.close();
    final Path file = directory.resolve("conductor.db");
    Files.deleteIfExists(directory.resolve("conductor.db-wal"));
    final byte[] good = Files.readAllBytes(file);
    Files.writeString(file, "this is a shopping list, not a database ".repeat(200));
    assertThatThrownBy(() -> SqlStore.open(new DataConfig(directory), event -> "body"))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(file.toString());
    Files.write(file, good);
    open();
    assertThat(store.failing()).isEmpty();
    assertThat(Outcomes.texts(store, "PRAGMA integrity_check")).containsExactly("ok");
  }
}
