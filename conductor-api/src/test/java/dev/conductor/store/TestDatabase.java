package dev.conductor.store;

import dev.conductor.config.DataConfig;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Where a test keeps its store: in a file of its folder, or, where the environment has {@value
 * #VARIABLE}, in a schema of its own on that PostgreSQL server, which goes with the JVM at the
 * latest. The same folder is the same store, in any process.
 */
public final class TestDatabase {
  /** JDBC URL of a database in which tests may make schemas. */
  static final String VARIABLE = "TEST_POSTGRES_URL";

  private static final int LONGEST_NAME = 60;
  static final String SERVER = System.getenv().getOrDefault(VARIABLE, "");
  private static final Set<String> SCHEMAS = ConcurrentHashMap.newKeySet();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(() -> SCHEMAS.forEach(TestDatabase::dropSchema)));
  }

  private TestDatabase() {}

  /** Whether it is PostgreSQL. */
  public static boolean isPostgres() {
    return !SERVER.isEmpty();
  }

  /** The settings of the store that belongs to a folder. */
  public static DataConfig config(final Path folder) {
    return isPostgres()
        ? new DataConfig(folder, postgresUrl(folder), "", Path.of(""), 365)
        : new DataConfig(folder);
  }

  /** The same as flags of a server. */
  public static Map<String, String> settings(final Path folder) {
    final Map<String, String> flags = new HashMap<>(Map.of("data.dir", folder.toString()));
    if (isPostgres()) {
      flags.put("data.url", postgresUrl(folder));
    }
    return flags;
  }

  /** Another client's connection to the store that belongs to a folder. */
  public static Connection connect(final Path folder) throws SQLException {
    return DriverManager.getConnection(url(folder));
  }

  /** JDBC URL of the store that belongs to a folder. */
  static String url(final Path folder) {
    return isPostgres()
        ? postgresUrl(folder)
        : "jdbc:sqlite:" + folder.resolve("conductor.db").toAbsolutePath();
  }

  /** Holds the store for this client alone until it rolls back. */
  public static void hold(final Statement client) throws SQLException {
    client.execute(isPostgres() ? "BEGIN" : "BEGIN EXCLUSIVE");
    if (isPostgres()) {
      client.execute("LOCK TABLE store_run, batch, event, call_record");
    }
  }

  /** Forgets the store that belongs to a folder, where that is not done with the folder itself. */
  public static void drop(final Path folder) {
    if (isPostgres() && SCHEMAS.remove(schema(folder))) {
      dropSchema(schema(folder));
    }
  }

  static String postgresUrl(final Path folder) {
    final String schema = schema(folder);
    if (SCHEMAS.add(schema)) {
      execute("CREATE SCHEMA IF NOT EXISTS " + schema);
    }
    return SERVER + (SERVER.contains("?") ? "&" : "?") + "currentSchema=" + schema;
  }

  private static String schema(final Path folder) {
    final String name =
        "t" + folder.toAbsolutePath().toString().toLowerCase(Locale.ROOT).replaceAll("\\W", "_");
    return "t" + name.substring(Math.max(1, name.length() - LONGEST_NAME));
  }

  private static void dropSchema(final String schema) {
    execute("DROP SCHEMA IF EXISTS " + schema + " CASCADE");
  }

  private static void execute(final String statement) {
    try (Connection connection = DriverManager.getConnection(SERVER);
        Statement any = connection.createStatement()) {
      any.execute("SET client_min_messages = warning");
      any.execute(statement);
    } catch (final SQLException failed) {
      throw new IllegalStateException(VARIABLE + "=" + SERVER + ": " + statement, failed);
    }
  }
}
