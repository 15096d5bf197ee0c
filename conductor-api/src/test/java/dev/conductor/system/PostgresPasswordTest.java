package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.conductor.config.DataConfig;
import dev.conductor.demo.DemoConference;
import dev.conductor.store.SqlStore;
import dev.conductor.store.StoreException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * A PostgreSQL that asks for a password by SCRAM is told the one in {@code data.password-file}, as
 * that file is by then. Needs PostgreSQL's programs (Debian: postgresql).
 */
@Timeout(300)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PostgresPasswordTest {
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String PASSWORD = "a 'b' %26&c=d";
  private static final String ANOTHER = "another";

  @TempDir static Path folder;
  private static OwnPostgres postgres;

  @BeforeAll
  static void start() throws Exception {
    postgres = OwnPostgres.start(PASSWORD);
  }

  @AfterAll
  static void stop() throws Exception {
    if (postgres != null) {
      postgres.close();
    }
  }

  @Test
  @Order(1)
  void shouldSayWhyItIsNotLetIn() throws Exception {
    final Path file = folder.resolve("none");
    refused(file, "data.password-file=" + file + " cannot be read: no such file");
    refused(
        Files.writeString(folder.resolve("wrong"), "wrong\n"), "password authentication failed");
    refused(Files.writeString(folder.resolve("empty"), "\n"), "empty");
    refused(Path.of(""), "no password was provided");
  }

  private static void refused(final Path passwordFile, final String reason) {
    assertThatThrownBy(
            () ->
                SqlStore.open(
                    new DataConfig(folder, postgres.url(), OwnPostgres.USER, passwordFile, 365),
                    event -> ""))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining(reason)
        .hasMessageNotContaining(PASSWORD);
  }

  @Test
  @Order(2)
  void shouldBeLetInByTheFileAndAgainOnceAnotherPasswordIsInIt() throws Exception {
    final Path file = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
    try (RunningServer server =
        RunningServer.start(
            Map.of(
                "data.url",
                postgres.url(),
                "data.user",
                OwnPostgres.USER,
                "data.password-file",
                file.toString()))) {
      assertThat(value(server, "first")).isEqualTo("TRUE");
      try (Connection owner = connect(PASSWORD);
          Statement change = owner.createStatement()) {
        change.execute("ALTER ROLE " + OwnPostgres.USER + " PASSWORD '" + ANOTHER + "'");
      }
      assertThatThrownBy(() -> connect(PASSWORD)).isInstanceOf(SQLException.class);
      postgres.stopInTheMiddle();
      postgres.startAgain();
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(server.api().get("/readyz").body())
                      .startsWith("store: ")
                      .contains("password authentication failed"));
      Files.writeString(file, ANOTHER + "\n");
      await().atMost(PATIENCE).until(() -> value(server, "second").equals("TRUE"));
      assertThat(server.api().get("/readyz").statusCode()).isEqualTo(200);
    }
  }

  private static Connection connect(final String password) throws SQLException {
    return DriverManager.getConnection(postgres.url(), OwnPostgres.USER, password);
  }

  private static String value(final RunningServer server, final String value) {
    return server
        .api()
        .command(
            "updateCustomValue",
            "objectType",
            "conference",
            "objectUID",
            DemoConference.UID,
            "customKey",
            "k",
            "customValue",
            value);
  }
}
