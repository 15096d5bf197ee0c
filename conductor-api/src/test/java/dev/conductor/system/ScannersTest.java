package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.demo.DemoConference;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The scanners everybody has (sipvicious), from an address that the server does not know. */
class ScannersTest {
  private static final String USER = "1003";
  private static final String PASSWORD = "4711";
  private static final long WAIT_MS = 60_000;

  @TempDir private Path folder;

  private RunningServer start(final String accept) throws Exception {
    final String account = USER + ":calls:";
    final byte[] digest =
        MessageDigest.getInstance("MD5")
            .digest((account + PASSWORD).getBytes(StandardCharsets.UTF_8));
    final Path accounts =
        Files.writeString(
            folder.resolve("accounts"), account + HexFormat.of().formatHex(digest) + "\n");
    return RunningServer.start(
        Map.of(
            "sip.accept",
            accept,
            "sip.allowed-networks",
            "192.0.2.0/24",
            "sip.accounts-file",
            accounts.toString()));
  }

  private String run(final String tool, final RunningServer server, final String... options)
      throws Exception {
    final List<String> command = new ArrayList<>();
    command.add(ForeignTool.find(tool, "sipvicious").toString());
    command.addAll(List.of("-x", "127.0.0.1", "-t", "0.02"));
    command.addAll(List.of("-p", Integer.toString(server.sip().getPort())));
    command.addAll(List.of(options));
    command.add("127.0.0.1");
    try (ForeignTool scan = ForeignTool.start(Files.createTempDirectory(folder, tool), command)) {
      assertThat(scan.exitCode(WAIT_MS)).as(scan.output()).isNotEqualTo(-1);
      return scan.output();
    }
  }

  /** As a scanner names it; what else it hears of on its own port is other tests' phones. */
  private static String address(final RunningServer server) {
    return "127.0.0.1:" + server.sip().getPort() + " ";
  }

  /** An account, the number of a conference, and two that mean nothing. */
  private String extensions() throws IOException {
    return Files.write(
            folder.resolve("extensions"), List.of("1001", USER, DemoConference.DID, "15559999"))
        .toString();
  }

  /** How many of these a scanner takes for real: all of them or none, if they look alike. */
  private static long known(final String report) {
    return List.of("| 1001 ", "| " + USER + " ", "| " + DemoConference.DID + " ", "| 15559999 ")
        .stream()
        .filter(report::contains)
        .count();
  }

  @Test
  void shouldBeInvisibleWhenOnlyTheListedMayCall() throws Exception {
    try (RunningServer server = start("listed")) {
      for (final String method : List.of("OPTIONS", "REGISTER", "INVITE")) {
        assertThat(run("svmap", server, "-m", method)).as(method).doesNotContain(address(server));
      }
      final String war =
          run("svwar", server, "-d", extensions(), "-m", "INVITE", "--force", "--maximumtime", "2");
      assertThat(war).contains("found nothing");
      assertThat(server.api().metric("conductor_sip_unlisted_drops_total"))
          .isGreaterThanOrEqualTo(3);
      assertThat(server.api().metric("conductor_sip_transactions")).isZero();
    }
  }

  @Test
  void shouldTellNoExtensionFromAnotherAndNoSoftwareWhenPhonesLogIn() throws Exception {
    try (RunningServer server = start("accounts")) {
      assertThat(run("svmap", server)).doesNotContain(address(server));
      final String seen = run("svmap", server, "-m", "REGISTER");
      assertThat(seen).doesNotContainIgnoringCase("conductor").doesNotContainIgnoringCase("jain");
      for (final String method : List.of("REGISTER", "INVITE")) {
        final String war = run("svwar", server, "-d", extensions(), "-m", method, "--force");
        assertThat(known(war)).as(method).isIn(0L, 4L);
      }
    }
  }

  /** Whoever may be called by anybody cannot hide which numbers are his: that much is learned. */
  @Test
  void shouldTellNoMoreThanWhichNumbersCanBeCalledWhereAnybodyMayCall() throws Exception {
    try (RunningServer server = start("open")) {
      for (final String method : List.of("OPTIONS", "REGISTER")) {
        final String seen = run("svmap", server, "-m", method);
        assertThat(seen).doesNotContainIgnoringCase("conductor").doesNotContainIgnoringCase("jain");
        final String war = run("svwar", server, "-d", extensions(), "-m", method, "--force");
        assertThat(known(war)).as(method + ": " + war).isIn(0L, 4L);
      }
      final String calls = run("svwar", server, "-d", extensions(), "-m", "INVITE", "--force");
      assertThat(calls).contains("| " + DemoConference.DID + " ");
      assertThat(known(calls)).as(calls).isEqualTo(1);
    }
  }

  @Test
  void shouldStopAnsweringACrackerBeforeHeComesToThePassword() throws Exception {
    try (SecurityLines log = new SecurityLines();
        RunningServer server = start("accounts")) {
      final Path words = folder.resolve("words");
      Files.write(words, IntStream.range(0, 40).mapToObj(word -> "word" + word).toList());
      Files.write(words, List.of(PASSWORD), StandardOpenOption.APPEND);
      final String late =
          run("svcrack", server, "-u", USER, "-d", words.toString(), "--maximumtime", "2");
      assertThat(late).doesNotContain(PASSWORD);
      assertThat(server.api().metric("conductor_sip_login_failures_total")).isBetween(5.0, 12.0);
      assertThat(server.api().metric("conductor_sip_login_drops_total")).isPositive();
      assertThat(log.shutOut()).hasSizeGreaterThanOrEqualTo(5).containsOnly("127.0.0.1");
    }
    try (RunningServer server = start("accounts")) {
      final Path words = Files.write(folder.resolve("few"), List.of("a", "b", PASSWORD));
      assertThat(run("svcrack", server, "-u", USER, "-d", words.toString()))
          .as("the password is right, and another's digest is ours")
          .contains(PASSWORD);
    }
  }
}
