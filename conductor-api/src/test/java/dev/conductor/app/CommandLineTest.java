package dev.conductor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.config.ConductorConfig;
import dev.conductor.config.ConfigLoader;
import dev.conductor.store.TestDatabase;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
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
    final String uid = word(made, "UID");
    final Path key = Files.writeString(data.resolve("acme.key"), word(made, "key") + "\n");
    final String[] acme = {"--url", url, "--customer", uid, "--key-file", key.toString()};

    final Ran room = run(words(acme, "conference", "add", "--name", "Town hall"));
    assertThat(room.code()).as(room.toString()).isZero();
    assertThat(run(words(acme, "conference", "list")).out())
        .containsPattern("(?m)^" + word(room, "UID") + "\tIDLE\t-?\tTown hall$");
    final Ran lines = run(words(acme, "conference", "add", "--name", "Two\nlines\tof"));
    assertThat(run(words(acme, "conference", "list")).out())
        .containsPattern("(?m)^" + word(lines, "UID") + "\tIDLE\t-?\tTwo lines of$");
    importAndExport(acme, uid, word(room, "UID"));

    final Ran wrong =
        run(
            "conference",
            "list",
            "--url",
            url,
            "--customer",
            uid,
            "--key-file",
            data + "/operator.key");
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.err()).startsWith("Invalid customer key");
  }

  private static void importAndExport(
      final String[] acme, final String customer, final String conference) throws IOException {
    final Path sheet =
        Files.writeString(
            data.resolve("people.csv"),
            "reference,name,role,PIN\n1,Ann,PRESENTER,774411\n2,Bob,king,\n3,Cid,,\n");
    final Ran first = run(words(acme, "import", "--conference", conference, sheet.toString()));
    assertThat(first.out()).as(first.toString()).isEqualTo("added 2, changed 0, left out 1\n");
    assertThat(first.err()).isEqualTo(sheet + ":3: role: no such role \"king\"\n");
    assertThat(first.code()).isEqualTo(1);

    final Path exported = data.resolve("exported.csv");
    final Ran export =
        run(words(settings(), "export", "--customer", customer, "persons", exported.toString()));
    assertThat(export.code()).as(export.toString()).isZero();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(exported)))
        .isEqualTo("rw-------");
    final String changed = Files.readString(exported).replace(",Cid,", ",Cyd,");
    assertThat(changed).contains(",Ann,PRESENTER,774411,").contains(",Cyd,PARTICIPANT,");
    final Path again = Files.writeString(data.resolve("again.csv"), changed);
    final Ran second = run(words(acme, "import", "--conference", conference, again.toString()));
    assertThat(second.code()).as(second.toString()).isZero();
    assertThat(second.out()).isEqualTo("added 0, changed 2, left out 0\n");

    final Path hall =
        Files.writeString(data.resolve("hall.csv"), "reference,name,estimatedCallers\nh,Hall,x\n");
    final Ran bad = run(words(acme, "import", "--conferences", hall.toString()));
    assertThat(bad.code()).isEqualTo(1);
    assertThat(bad.err()).startsWith(hall + ":2: estimatedCallers: ");
    Files.writeString(hall, "reference,name,estimatedCallers\nh,Hall,9\n");
    assertThat(run(words(acme, "import", "--conferences", hall.toString())).out())
        .isEqualTo("added 1, changed 0, left out 0\n");
    assertThat(run(words(acme, "import", "--conferences", hall.toString())).out())
        .isEqualTo("added 0, changed 1, left out 0\n");
    assertThat(run(words(acme, "import", hall.toString())).code()).as("of what?").isEqualTo(2);

    final Path rooms = data.resolve("rooms.json");
    run(words(settings(), "export", "--customer", customer, "conferences", rooms.toString()));
    assertThat(Files.readString(rooms)).contains("\"Cyd\"").contains("\"Town hall\"");
    assertThat(
            run(words(settings(), "export", "--customer", customer, "persons", rooms.toString()))
                .err())
        .endsWith("is there already\n");
    final Path nobodys = data.resolve("nobodys.csv");
    final Ran unknown =
        run(words(settings(), "export", "--customer", "NOBODY", "persons", nobodys.toString()));
    assertThat(unknown.code()).isEqualTo(1);
    assertThat(unknown.err()).endsWith("--customer: no customer NOBODY\n");
    assertThat(nobodys).doesNotExist();
  }

  @Test
  void shouldBackUpTheStoreOfARunningServer() throws IOException {
    final String made = word(customer("add", "--name", "Kept", "--did", "+15550178"), "UID");
    final Path copy = data.resolve("backup/conductor.db");
    Files.createDirectories(copy.getParent());
    final Ran backup = run(words(settings(), "backup", copy.toString()));
    if (TestDatabase.isPostgres()) {
      assertThat(backup.code()).isEqualTo(1);
      assertThat(backup.err()).contains("pg_dump");
      return;
    }
    assertThat(backup.code()).as(backup.toString()).isZero();
    assertThat(Files.readString(copy, StandardCharsets.ISO_8859_1)).contains(made);
    assertThat(run(words(settings(), "backup", copy.toString())).err())
        .endsWith("is there already\n");
  }

  private static String[] settings() {
    return TestDatabase.settings(data).entrySet().stream()
        .flatMap(one -> Stream.of("--set", one.getKey() + "=" + one.getValue()))
        .toArray(String[]::new);
  }

  private static String[] words(final String[] options, final String... words) {
    final int verbs = words[0].equals("conference") ? 2 : 1;
    return Stream.of(
            Stream.of(words).limit(verbs), Stream.of(options), Stream.of(words).skip(verbs))
        .flatMap(part -> part)
        .toArray(String[]::new);
  }

  private static String word(final Ran ran, final String name) {
    return ran.out()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow();
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

  @Test
  void shouldSayWhoMayDialByTheSettings() {
    assertThat(Greeting.demo(server))
        .contains("(UDP and TCP)")
        .contains(Greeting.dialler("open"))
        .contains("no account needed");
    assertThat(Greeting.dialler("listed"))
        .contains("sip.allowed-networks")
        .doesNotContain("any SIP phone");
    assertThat(Greeting.dialler("accounts"))
        .contains("sip.accounts-file")
        .doesNotContain("no account needed");
  }

  @Test
  void shouldCheckTheFilesThatTheSettingsNameAsTheStartDoes(@TempDir final Path folder)
      throws IOException {
    final Path text = Files.writeString(folder.resolve("text"), "ann:calls:secret\n");
    final Path none = folder.resolve("none");
    final Map<String, Map<String, String>> wrong =
        Map.of(
            "sip.accounts-file=" + text + ": line 1 is not user:realm:digest",
            Map.of("sip.accept", "accounts", "sip.accounts-file", text.toString()),
            "sip.accounts-file=" + none + " cannot be read: there is no such file",
            Map.of("sip.accept", "accounts", "sip.accounts-file", none.toString()),
            "sip.tls-certificate=" + text + " is not a chain of certificates in PEM",
            Map.of("sip.tls-certificate", text.toString(), "sip.tls-key", text.toString()),
            "http.tls-certificate=" + text + " is not a chain of certificates in PEM",
            Map.of("http.tls-certificate", text.toString(), "http.tls-key", text.toString()));
    for (final Map.Entry<String, Map<String, String>> one : wrong.entrySet()) {
      final Map<String, String> flags = new HashMap<>(one.getValue());
      flags.put("data.dir", folder.resolve("store").toString());
      final Ran checked =
          run(
              Stream.concat(
                      Stream.of("config", "check"),
                      flags.entrySet().stream()
                          .flatMap(
                              flag -> Stream.of("--set", flag.getKey() + "=" + flag.getValue())))
                  .toArray(String[]::new));
      assertThat(checked.code()).as(checked.toString()).isEqualTo(1);
      assertThat(checked.err()).isEqualTo(one.getKey() + "\n");
      final ConductorConfig config = ConfigLoader.load(Optional.empty(), Map.of(), flags);
      assertThatThrownBy(() -> ConductorServer.start(config, List.of()))
          .isInstanceOf(StartException.class)
          .hasMessage(one.getKey());
    }
    assertThat(folder.resolve("store")).doesNotExist();
  }

  @Test
  void shouldWarnOfANumberWhosePinsCanBeGuessed() throws IOException {
    final Ran made = customer("add", "--name", "Open", "--did", "+15550179", "--zone", "UTC");
    final Path key = Files.writeString(data.resolve("open.key"), word(made, "key") + "\n");
    final String[] open = {
      "--url", url, "--customer", word(made, "UID"), "--key-file", key.toString()
    };
    final String room = word(run(words(open, "conference", "add", "--name", "Hall")), "UID");
    final Path sheet =
        Files.writeString(
            data.resolve("pins.csv"), "name,PIN\nAnn,201111\nBob,202222\nCid,20333333\n");
    assertThat(run(words(open, "import", "--conference", room, sheet.toString())).code()).isZero();

    final Ran good = check("--set", "entry.pin-failures-per-did=4000");
    assertThat(good.code()).as(good.toString()).isZero();
    assertThat(good.err()).doesNotContain("+15550179");
    final Ran warned = check("--set", "entry.pin-failures-per-did=6000");
    assertThat(warned.code()).as(warned.toString()).isZero();
    assertThat(warned.out()).isEqualTo("The settings are good.\n");
    assertThat(warned.err())
        .contains("warning: +15550179: 3 live PINs and 6000 tries an hour")
        .contains("odds of 0.0121 an hour")
        .contains("entry.pin-digits")
        .contains("entry.pin-failures-per-did");

    cancel(word(made, "UID"), word(made, "key"), room);
    assertThat(check("--set", "entry.pin-failures-per-did=1000000").err())
        .doesNotContain("+15550179");
  }

  private static void cancel(final String customer, final String key, final String conference)
      throws IOException {
    final String form = "customer=" + customer + "&key=" + key + "&conference=" + conference;
    final HttpURLConnection post =
        (HttpURLConnection) URI.create(url + "/_access/cancelConference").toURL().openConnection();
    post.setDoOutput(true);
    post.getOutputStream().write(form.getBytes(StandardCharsets.US_ASCII));
    assertThat(new String(post.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
        .startsWith("{\"code\":0,");
  }

  @Test
  void shouldSayThatThereAreNoPinsToLookAtYet(@TempDir final Path empty) {
    final Ran ran = run("config", "check", "--set", "data.dir=" + empty.resolve("none"));
    assertThat(ran.code()).isZero();
    assertThat(ran.err())
        .startsWith("The PINs were not looked at: there is no store " + empty.resolve("none"));
    assertThat(empty.resolve("none")).doesNotExist();
  }

  private static Ran check(final String... options) {
    return run(
        Stream.of(new String[] {"config", "check"}, settings(), options)
            .flatMap(Stream::of)
            .toArray(String[]::new));
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
