package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A PostgreSQL server of a test's own on loopback, in a folder that goes with it: one that may be
 * stopped at any moment. Where its programs are missing the test is skipped or fails as {@link
 * ForeignTool} says. Root runs it as the user {@code postgres}, since PostgreSQL refuses root.
 */
final class OwnPostgres implements AutoCloseable {
  /** Who owns it. */
  static final String USER = "conductor";

  private static final Path VERSIONS = Path.of("/usr/lib/postgresql");
  private static final String SUPERUSER = "postgres";
  private static final boolean IS_ROOT = "root".equals(System.getProperty("user.name"));
  private static final long PATIENCE_SECONDS = 120;

  private final Path programs;
  private final Path folder;
  private final int port;

  private OwnPostgres(final Path programs, final Path folder, final int port) {
    this.programs = programs;
    this.folder = folder;
    this.port = port;
  }

  /** One that believes everybody. */
  static OwnPostgres start() throws Exception {
    return start("");
  }

  /** One that asks for this password by SCRAM; an empty one: none is asked for. */
  static OwnPostgres start(final String password) throws Exception {
    final Path programs = programs();
    final Path folder = Files.createTempDirectory("conductor-postgres");
    final Path passwordFile = Files.writeString(folder.resolve("password"), password + "\n");
    if (IS_ROOT) {
      for (final Path owned : List.of(folder, passwordFile)) {
        Files.setOwner(
            owned,
            folder
                .getFileSystem()
                .getUserPrincipalLookupService()
                .lookupPrincipalByName(SUPERUSER));
      }
    }
    Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx------"));
    final OwnPostgres server = new OwnPostgres(programs, folder, FreePorts.udpPair());
    final List<String> command =
        new ArrayList<>(
            List.of("initdb", "-D", server.data(), "-U", USER, "--encoding=UTF8", "--no-sync"));
    command.addAll(
        password.isEmpty()
            ? List.of("--auth=trust", "--locale=C.UTF-8")
            : List.of("--auth=scram-sha-256", "--locale=C.UTF-8", "--pwfile=" + passwordFile));
    server.run(command);
    server.startAgain();
    return server;
  }

  private static Path programs() throws IOException {
    if (Files.isDirectory(VERSIONS)) {
      try (Stream<Path> versions = Files.list(VERSIONS)) {
        final List<Path> found =
            versions
                .map(version -> version.resolve("bin"))
                .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                .sorted(Comparator.comparing(bin -> bin.getParent().getFileName().toString()))
                .toList();
        if (!found.isEmpty()) {
          return found.get(found.size() - 1);
        }
      }
    }
    return ForeignTool.missing("PostgreSQL", "postgresql");
  }

  /** JDBC URL of its database, without user and password. */
  String url() {
    return "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
  }

  /** Starts it, on the same port and data; returns when it answers. */
  void startAgain() throws IOException, InterruptedException {
    run(
        List.of(
            "pg_ctl",
            "-D",
            data(),
            "-l",
            folder.resolve("log").toString(),
            "-w",
            "-t",
            Long.toString(PATIENCE_SECONDS),
            "-o",
            "-h 127.0.0.1 -p " + port + " -c unix_socket_directories=",
            "start"));
  }

  /** Ends it as a crash does: no connection is waited for, nothing is written in order. */
  void stopInTheMiddle() throws IOException, InterruptedException {
    run(List.of("pg_ctl", "-D", data(), "-m", "immediate", "-w", "stop"));
  }

  private String data() {
    return folder.resolve("data").toString();
  }

  private void run(final List<String> command) throws IOException, InterruptedException {
    final List<String> line = new ArrayList<>();
    if (IS_ROOT) {
      line.addAll(
          List.of(
              "setpriv", "--reuid=" + SUPERUSER, "--regid=" + SUPERUSER, "--init-groups", "--"));
    }
    line.add(programs.resolve(command.get(0)).toString());
    line.addAll(command.subList(1, command.size()));
    final File said = folder.resolve("said").toFile();
    final Process process =
        new ProcessBuilder(line)
            .directory(new File("/"))
            .redirectErrorStream(true)
            .redirectOutput(said)
            .start();
    assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("%s", command).isTrue();
    assertThat(process.exitValue())
        .as("%s said: %s", command, Files.readString(said.toPath()))
        .isZero();
  }

  @Override
  public void close() throws IOException {
    if (Files.exists(folder.resolve("data/postmaster.pid"))) {
      try {
        stopInTheMiddle();
      } catch (final InterruptedException interrupted) {
        Thread.currentThread().interrupt();
      }
    }
    try (Stream<Path> files = Files.walk(folder)) {
      files.sorted(Comparator.reverseOrder()).forEach(OwnPostgres::delete);
    }
  }

  private static void delete(final Path path) {
    try {
      Files.delete(path);
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}
