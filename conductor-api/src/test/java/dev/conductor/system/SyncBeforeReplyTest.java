package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conductor.demo.DemoConference;
import dev.conductor.store.TestDatabase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * strace (Debian: strace) watches a server's calls of the system: the disk has what a command
 * changed before the answer leaves. Skipped where processes may not be traced.
 */
@Timeout(120)
class SyncBeforeReplyTest {
  private static final int COMMANDS = 10;
  private static final Pattern SYNCED =
      Pattern.compile(".*(fdatasync|fsync)(\\(.*conductor\\.db-wal.*| resumed>.*)= 0");
  private static final Pattern REPLY = Pattern.compile(".*(write|writev|sendto)\\(.*TRUE\".*");

  @TempDir Path folder;

  @Test
  void shouldSyncTheDiskBetweenACommandAndItsTrue() throws Exception {
    assumeTrue(!TestDatabase.isPostgres(), "PostgreSQL syncs in a process of its own");
    final Path strace = ForeignTool.find("strace", "strace");
    assumeTrue(mayTrace(strace), "processes may not be traced here");
    final Path log = folder.resolve("strace.log");
    final List<String> traced =
        List.of(
            strace.toString(),
            "-f",
            "--seccomp-bpf",
            "-y",
            "-s",
            "4096",
            "-e",
            "trace=fdatasync,fsync,pwrite64,read,write,writev,sendto",
            "-o",
            log.toString());
    try (KilledServer server =
        KilledServer.begin(traced, Files.createDirectory(folder.resolve("data")), true)
            .awaitReady()) {
      for (int i = 0; i < COMMANDS; i++) {
        assertThat(
                server
                    .api()
                    .command(
                        "updateCustomValue",
                        "objectType",
                        "conference",
                        "objectUID",
                        DemoConference.UID,
                        "customKey",
                        "traced",
                        "customValue",
                        value(i)))
            .isEqualTo("TRUE");
      }
      server.end();
    }
    final List<String> calls = Files.readAllLines(log);
    for (int i = 0; i < COMMANDS; i++) {
      final String sought = value(i);
      final int asked = next(calls, 0, Pattern.compile(".*read.*" + sought + ".*"));
      final int written = next(calls, asked, Pattern.compile(".*pwrite64.*" + sought + ".*"));
      final int synced = next(calls, written, SYNCED);
      final int replied = next(calls, asked, REPLY);
      assertThat(written).as("%s goes to the log file", sought).isBetween(asked, replied);
      assertThat(synced).as("and to the disk before TRUE").isBetween(written, replied);
    }
  }

  private static String value(final int i) {
    return "sync-before-reply-" + i + "-";
  }

  private static int next(final List<String> calls, final int from, final Pattern sought) {
    for (int i = from; i < calls.size(); i++) {
      if (sought.matcher(calls.get(i)).matches()) {
        return i;
      }
    }
    throw new AssertionError("no " + sought + " after line " + from + " of " + calls.size());
  }

  private static boolean mayTrace(final Path strace) throws IOException, InterruptedException {
    return new ProcessBuilder(strace.toString(), "-f", "--seccomp-bpf", "-o", "/dev/null", "true")
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start()
            .waitFor()
        == 0;
  }
}
