package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.conductor.config.DataConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is so of the embedded store alone. */
@Timeout(60)
class SqliteStoreTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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

  @Test
  void shouldRefuseWhatHasNoRoomAndGoOnWhereItStoppedOnceThereIsSome() {
    final Outcomes outcomes = new Outcomes();
    StoreFaults.fill(store);
    long id = 0;
    while (outcomes.failed.isEmpty()) {
      store.offer(Outcomes.event(++id));
      outcomes.await(store, (int) id);
    }
    assertThat(outcomes.failed.get(id)).contains("FULL");
    assertThat(store.failing()).hasValueSatisfying(why -> assertThat(why).contains("FULL"));

    StoreFaults.enlarge(store);
    await().atMost(PATIENCE).until(() -> store.failing().isEmpty());
    store.offer(Outcomes.event(id)); // not the same batch to a server that counts on
    outcomes.await(store, (int) id + 1);
    final List<String> kept = Outcomes.texts(store, "SELECT seq FROM event ORDER BY seq");
    assertThat(kept).hasSize((int) id).last().isEqualTo(Long.toString(id));
    assertThat(outcomes.committed).hasSize((int) id);
  }

  @Test
  void shouldSayThatItsFileIsForReadingAloneAndRecover() {
    store.close();
    final StoreFaults.ReadOnlyAtTimes database = new StoreFaults.ReadOnlyAtTimes(directory);
    final Outcomes outcomes = new Outcomes();
    store =
        SqlStore.open(
            new DataConfig(directory), database, event -> "body", System::currentTimeMillis);
    store.offer(Outcomes.event(1));
    outcomes.await(store, 1);
    store.call("forbid", () -> database.set(true));

    await().atMost(PATIENCE).until(() -> store.failing().isPresent());
    assertThat(store.failing().orElseThrow()).contains("READONLY");
    store.offer(Outcomes.event(2));
    outcomes.await(store, 2);
    assertThat(outcomes.failed.get(2L)).contains("READONLY");
    assertThat(store.loadAnswers()).as("it can be read").isEmpty();

    store.call("allow", () -> database.set(false));
    await().atMost(PATIENCE).until(() -> store.failing().isEmpty());
    store.offer(Outcomes.event(3));
    outcomes.await(store, 3);
    assertThat(Outcomes.texts(store, "SELECT seq FROM event ORDER BY seq"))
        .containsExactly("1", "3");
  }

  @Test
  void shouldKeepANewStoreToItsOwner(@TempDir final Path elsewhere) throws Exception {
    final Path folder = elsewhere.resolve("data");
    try (SqlStore fresh = SqlStore.open(new DataConfig(folder), event -> "body")) {
      final Outcomes outcomes = new Outcomes();
      fresh.offer(Outcomes.event(1));
      outcomes.await(fresh, 1);
      assertThat(permissions(folder)).isEqualTo("rwx------");
      assertThat(permissions(folder.resolve("conductor.db"))).isEqualTo("rw-------");
      assertThat(permissions(folder.resolve("conductor.db-wal"))).isEqualTo("rw-------");
      assertThat(permissions(folder.resolve("conductor.db-shm"))).isEqualTo("rw-------");
      final Path copy = elsewhere.resolve("backup.db");
      StoreBackup.write(new DataConfig(folder), copy);
      assertThat(permissions(copy)).isEqualTo("rw-------");
    }
  }

  @Test
  void shouldCloseTheFilesOfAnOlderVersionToOthers() throws Exception {
    store.close();
    open(directory, "rwxr-xr-x");
    open(directory.resolve("conductor.db"), "rw-rw-r--");
    open();
    assertThat(permissions(directory.resolve("conductor.db"))).isEqualTo("rw-------");
    assertThat(permissions(directory)).isEqualTo("rwx------");
  }

  @Test
  void shouldLeaveAFolderOpenThatOthersUseAndCloseItsOwnFiles() throws Exception {
    store.close();
    open(directory, "rwxr-xr-x");
    open(directory.resolve("conductor.db"), "rw-rw-r--");
    Files.writeString(directory.resolve("theirs.txt"), "not ours");
    open();
    assertThat(permissions(directory)).isEqualTo("rwxr-xr-x");
    assertThat(permissions(directory.resolve("conductor.db"))).isEqualTo("rw-------");
  }

  private static void open(final Path path, final String permissions) throws IOException {
    Files.setPosixFilePermissions(path, PosixFilePermissions.fromString(permissions));
  }

  private static String permissions(final Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
