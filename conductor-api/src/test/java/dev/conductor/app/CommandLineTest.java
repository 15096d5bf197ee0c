package dev.conductor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.ConfigLoader;
import dev.conductor.store.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The program's own commands, beside a running server, as an operator types them. */
class CommandLineTest {
  @TempDir static Path data;

  private static ConductorServer server;
  private static String url;

  @BeforeAll
  static void start() throws Exception {
    final Map<String, String> flags = new HashMap<>();
    flags.put("sip.host", "127.0.0.1");
    flags.put("sip.port", "0");
    flags.put("http.port", "0");
    flags.put("events.port", "0");
    flags.put("media.warm-up-ms", "0");
    flags.putAll(TestDatabase.settings(data));
    server = ConductorServer.start(ConfigLoader.load(Optional.empty(), Map.of(), flags), List.of());
    url = server.httpUrl();
  }

  @AfterAll
  static void stop() {
    server.close();
    TestDatabase.drop(data);
  }

  @Test
  void shouldMakeACustomerWhoseKeyOpensHisConferences() throws IOException {
    final Ran made = customer("add", "--name", "Acme", "--did", "+15550177", "--zone", "UTC");
    assertThat(made.code()).as(made.toString()).isZero();
    assertThat(made.out()).containsPattern("(?m)^UID [0-9A-Z]{16}$");
    assertThat(made.out()).containsPattern("(?m)^key [0-9a-f]{32}$");
  }

  @Test
  void shouldSayWhatIsWrongWithACustomer() {
    final Ran zone = customer("add", "--name", "Acme", "--did", "+15550177", "--zone", "Mars");
    assertThat(zone.code()).isEqualTo(1);
    assertThat(zone.err()).isEqualTo("zone: no such time zone \"Mars\"" + System.lineSeparator());
    final Ran did = customer("add", "--name", "Acme", "--did", "no number");
    assertThat(did.code()).isEqualTo(1);
    assertThat(did.err()).startsWith("did: \"no number\"");
  }

  @Test
  void shouldKeepTheOperatorsKeyToItsOwner() throws IOException {
    final Path key = data.resolve("operator.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
  }

  @Test
  void shouldNotTakeAnotherServersKey(@TempDir final Path other) throws IOException {
    OperatorKey.of(other);
    final Ran refused =
        run(
            "customer",
            "add",
            "--url",
            url,
            "--set",
            "data.dir=" + other,
            "--name",
            "A",
            "--did",
            "1");
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).startsWith("Authorization: not the operator's key");
  }

  @Test
  void shouldEndWithThreeWhereThereIsNoServer() throws IOException {
    final int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    final Ran ran =
        run(
            "customer",
            "add",
            "--url",
            "http://127.0.0.1:" + closed,
            "--set",
            "data.dir=" + data,
            "--name",
            "Acme",
            "--did",
            "1");
    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err()).startsWith("cannot connect to http://127.0.0.1:" + closed);
  }

  @Test
  void shouldEndWithTwoWhereACommandMakesNoSense() {
    assertThat(run("customer").code()).isEqualTo(2);
    assertThat(run("customer", "add").code()).isEqualTo(2);
    assertThat(run("no-such-command").code()).isEqualTo(2);
    assertThat(customer("add", "--name", "A", "--did", "1", "--url", "nowhere at all").code())
        .isEqualTo(2);
  }

  @Test
  void shouldCheckTheSettings() {
    assertThat(run("config", "check").code()).isZero();
    final Ran wrong = run("config", "check", "--set", "sip.port=70000");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).startsWith("sip.port=70000 is not in ");
    assertThat(run("config", "print", "--set", "sip.port=5070").out()).contains("port: 5070");
  }

  private static Ran customer(final String command, final String... options) {
    final List<String> words =
        new ArrayList<>(List.of("customer", command, "--set", "data.dir=" + data));
    if (!List.of(options).contains("--url")) {
      words.addAll(List.of("--url", url));
    }
    words.addAll(List.of(options));
    return run(words.toArray(String[]::new));
  }

  private static Ran run(final String... words) {
    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();
    final int code =
        Main.commandLine()
            .setOut(new PrintWriter(out, true))
            .setErr(new PrintWriter(err, true))
            .execute(words);
    return new Ran(code, out.toString(), err.toString());
  }

  private record Ran(int code, String out, String err) {}
}
