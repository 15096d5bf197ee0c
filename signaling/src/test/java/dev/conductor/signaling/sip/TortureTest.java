package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Messages meant to break a server: those of RFC 4475 and RFC 5118, and mutations of ordinary ones.
 */
class TortureTest {
  /** A million by {@code conductor.mutations}; always the same ones. */
  private static final int FUZZ_MESSAGES = Integer.getInteger("conductor.mutations", 100_000);

  /** A branch with something in it: several of the RFC's messages have the same. */
  private static final Pattern BRANCH = Pattern.compile("branch=z9hG4bK[^;\\s]+");

  /** The first Via, up to its parameters. */
  private static final Pattern FIRST_VIA =
      Pattern.compile("(?i)\r\n(via|v)\\s*:[^;\r\n]*(\r\n[ \t][^;\r\n]*)*");

  /** The RFC's own messages, where they are; the same answers are right as to ours. */
  private static Map<String, byte[]> corpus(final String name) throws IOException {
    final Path folder =
        Path.of(System.getProperty("conductor.root", ".."))
            .resolve("../shared/corpora/" + name)
            .normalize();
    assumeTrue(Files.isDirectory(folder), "the messages of " + name + " are not at " + folder);
    final Map<String, byte[]> messages = new TreeMap<>();
    try (Stream<Path> files = Files.list(folder)) {
      for (final Path file : files.toList()) {
        messages.put(file.getFileName().toString().replace(".dat", ""), Files.readAllBytes(file));
      }
    }
    return messages;
  }

  private static void assertServes(final Focus focus) throws Exception {
    for (final String transport : List.of("udp", "tcp")) {
      try (Phone phone = Phone.over(transport, focus.service)) {
        assertThat(Text.status(phone.ask("OPTIONS", "", ""))).as(transport).isEqualTo(200);
        phone.call();
        assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
      }
    }
    assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"rfc4475, 127.0.0.1, 49", "rfc5118, ::1, 12"})
  void shouldAnswerEachOfOurMessagesAsTheRfcWantsIt(
      final String rfc, final String host, final int count) throws Exception {
    final Map<String, TortureMessages> messages = TortureMessages.read(rfc + ".txt");
    assertThat(messages).hasSize(count);
    final Map<String, byte[]> bytes = new TreeMap<>();
    messages.forEach((name, message) -> bytes.put(name, message.bytes()));
    assertAnswers(messages, bytes, host);
  }

  @ParameterizedTest
  @CsvSource({"rfc4475, 127.0.0.1", "rfc5118, ::1"})
  void shouldAnswerEachMessageOfTheRfcAsItWantsIt(final String rfc, final String host)
      throws Exception {
    final Map<String, TortureMessages> expected = TortureMessages.read(rfc + ".txt");
    final Map<String, byte[]> bytes = corpus(rfc);
    assertThat(bytes.keySet()).isEqualTo(expected.keySet());
    assertAnswers(expected, bytes, host);
  }

  private static void assertAnswers(
      final Map<String, TortureMessages> expected,
      final Map<String, byte[]> messages,
      final String host)
      throws Exception {
    try (ScriptedFocus focus = new ScriptedFocus(Focus.config(host, 1_000, 100_000, 1_000))) {
      focus.refuseAll = 486;
      final Map<String, String> wrong = new TreeMap<>();
      for (final Map.Entry<String, byte[]> message : messages.entrySet()) {
        final TortureMessages rule = expected.get(message.getKey());
        final List<Integer> answers = answers(focus, message.getValue(), rule);
        final boolean right =
            answers.isEmpty()
                ? rule.silent() || rule.right().isEmpty()
                : rule.right().containsAll(answers);
        if (!right) {
          wrong.put(message.getKey(), answers + " instead of " + rule.right());
        }
        stream(focus, message.getValue());
      }
      assertThat(wrong).isEmpty();
      focus.refuseAll = 0;
      for (final String transport : List.of("udp", "tcp")) {
        try (Phone phone = Phone.over(transport, focus.service)) {
          phone.sendInvite(Phone.sdp(host, 40_000, ""));
          assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(200);
        }
      }
      assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    }
  }

  /**
   * The final answers to a message, however often each came, until a question after it is answered.
   */
  private static List<Integer> answers(
      final ScriptedFocus focus, final byte[] message, final TortureMessages rule)
      throws IOException {
    final List<Integer> answers = new ArrayList<>();
    try (Phone phone = Phone.udp(focus.service)) {
      phone.wire.send(answerableHere(message));
      final String branch = Phone.newBranch();
      phone.wire.send(phone.request("OPTIONS", branch, 1, "", "", ""));
      String answer = phone.wire.receive(Wire.PATIENCE_MS);
      while (answer != null && !answer.contains(branch)) {
        if (Text.status(answer) >= 200) {
          answers.add(Text.status(answer));
        }
        answer = phone.wire.receive(Wire.PATIENCE_MS);
      }
      assertThat(answer).as("the server answers").isNotNull();
      while (answers.isEmpty() && !rule.silent() && !rule.right().isEmpty()) {
        answer = phone.wire.receive(Wire.PATIENCE_MS);
        if (answer == null) {
          break;
        }
        if (Text.status(answer) >= 200) {
          answers.add(Text.status(answer));
        }
      }
    }
    return answers;
  }

  /**
   * The message, its first Via of UDP, with rport and a branch of its own, so that we hear the
   * answer.
   */
  private static byte[] answerableHere(final byte[] message) {
    final String text = new String(message, StandardCharsets.ISO_8859_1);
    if (text.startsWith("SIP/2.0 ")) {
      return message;
    }
    final Matcher via = FIRST_VIA.matcher(text);
    return via.find()
        ? (text.substring(0, via.start())
                + via.group().replaceFirst("/(TCP|TLS)", "/UDP")
                + ";rport"
                + BRANCH.matcher(text.substring(via.end())).replaceFirst("$0" + Phone.newBranch()))
            .getBytes(StandardCharsets.ISO_8859_1)
        : message;
  }

  /** Sends it over TCP as it is, and as one of that transport. */
  private static void stream(final ScriptedFocus focus, final byte[] message) throws IOException {
    try (Phone stream = Phone.tcp(focus.service)) {
      stream.wire.send(message);
      stream.wire.send(
          new String(message, StandardCharsets.ISO_8859_1)
              .replace("/UDP", "/TCP")
              .getBytes(StandardCharsets.ISO_8859_1));
    } catch (final SocketException closed) {
      // It closes what it cannot read on from.
    }
  }

  /** Each in an INVITE of its own that is otherwise as it should be, so that all are read. */
  @Test
  void shouldServeOnAndKeepNothingWhenMutatedDescriptionsPour() throws Exception {
    final SplittableRandom random = new SplittableRandom(4566);
    final byte[] offer =
        Phone.sdp("127.0.0.1", 40_000, "a=ptime:20\r\na=rtcp-mux\r\na=sendrecv\r\n")
            .getBytes(StandardCharsets.UTF_8);
    try (Focus focus = Focus.start(Focus.config(1_000, 1_000_000, 1_000), 32_000);
        Phone phone = Phone.udp(focus.service)) {
      final int threads = focus.service.stack().threads().alive().size();
      focus.takingWork = false;
      for (int i = 0; i < FUZZ_MESSAGES / 20; i++) {
        final byte[] description = mutate(offer, random);
        phone.callId = "sdp-" + i + "@phone.test";
        phone.wire.send(invite(phone, description));
        final String answer = phone.answerTo("INVITE");
        assertThat(Text.status(answer)).as("%s: %s", i, answer).isIn(488, 503);
        phone.ackRefusal();
        phone.forget();
      }
      assertThat(focus.service.dialogsUp()).isZero();
      await().atMost(Duration.ofSeconds(90)).until(() -> focus.service.transactions() == 0);
      assertThat(focus.service.stack().threads().alive()).hasSizeLessThanOrEqualTo(threads + 2);
      focus.takingWork = true;
      assertServes(focus);
    }
  }

  private static byte[] invite(final Phone phone, final byte[] description) {
    final byte[] head =
        phone
            .invite("", "x")
            .replaceFirst("Content-Length: 1\r\n\r\nx", "")
            .getBytes(StandardCharsets.UTF_8);
    final byte[] length =
        ("Content-Length: " + description.length + "\r\n\r\n").getBytes(StandardCharsets.UTF_8);
    return splice(
        splice(head, head.length, 0, length), head.length + length.length, 0, description);
  }

  @Test
  void shouldServeOnWhenMutatedMessagesPour() throws Exception {
    final SplittableRandom random = new SplittableRandom(4475);
    try (Focus focus = Focus.start(Focus.config(100_000, 1_000_000, 1_000), 32_000);
        Phone phone = Phone.udp(focus.service)) {
      final int threads = focus.service.stack().threads().alive().size();
      focus.accepting = false;
      final List<byte[]> seeds = seeds(phone);
      Phone stream = Phone.tcp(focus.service);
      for (int i = 0; i < FUZZ_MESSAGES; i++) {
        final byte[] message = mutate(seeds.get(random.nextInt(seeds.size())), random);
        if (i % 20 != 0) {
          phone.wire.send(message);
        } else {
          try {
            stream.wire.send(message);
          } catch (final IOException e) {
            stream.close();
            stream = Phone.tcp(focus.service);
          }
        }
        if (i % 200 == 0) {
          drain(phone);
        }
      }
      stream.close();
      drain(phone);
      focus.told.stream()
          .filter(told -> told.what().equals("invite"))
          .forEach(told -> focus.service.refuse(told.dialog(), 486, "Busy Here"));
      await()
          .atMost(Duration.ofSeconds(90))
          .untilAsserted(
              () -> {
                assertThat(focus.service.dialogsUp()).as("dialogs").isZero();
                assertThat(focus.service.transactions()).as("transactions").isZero();
              });
      // Threads that write to connections rest for five seconds before they go.
      await()
          .atMost(Duration.ofSeconds(30))
          .until(() -> focus.service.stack().threads().alive().size() <= threads + 2);
      focus.accepting = true;
      assertServes(focus);
      assertThat(focus.service.count(SipCounter.PARSE_FAILURES)).isPositive();
    }
  }

  /** Reads what the server says until it has said all, so that nothing is lost on the way. */
  private static void drain(final Phone phone) throws IOException {
    final String branch = Phone.newBranch();
    final String probe = phone.request("OPTIONS", branch, 1, "", "", "");
    phone.wire.send(probe);
    String answer = phone.wire.receive(Wire.PATIENCE_MS);
    while (answer != null && !answer.contains(branch)) {
      answer = phone.wire.receive(Wire.PATIENCE_MS);
    }
    assertThat(answer).as("the server answers").isNotNull();
  }

  private static List<byte[]> seeds(final Phone phone) {
    final List<byte[]> seeds = new ArrayList<>();
    final String offer = Phone.sdp("127.0.0.1", 40_000, "a=sendrecv\r\n");
    for (final String method :
        List.of("INVITE", "ACK", "BYE", "CANCEL", "OPTIONS", "INFO", "REGISTER", "MESSAGE")) {
      seeds.add(
          phone
              .request(
                  method,
                  "z9hG4bKfuzz",
                  7,
                  "Route: <sip:a@127.0.0.1;lr>\r\nSupported: timer\r\nSubject: \"x\\\"y\" (z)\r\n",
                  "application/sdp",
                  offer)
              .getBytes(StandardCharsets.UTF_8));
    }
    return seeds;
  }

  private static byte[] mutate(final byte[] seed, final SplittableRandom random) {
    byte[] message = seed.clone();
    final int mutations = 1 + random.nextInt(4);
    for (int i = 0; i < mutations; i++) {
      message = mutateOnce(message, random);
    }
    return message;
  }

  private static byte[] mutateOnce(final byte[] message, final SplittableRandom random) {
    if (message.length < 8) {
      return message;
    }
    final int at = random.nextInt(message.length);
    final int length = 1 + random.nextInt(Math.min(24, message.length - at));
    return switch (random.nextInt(6)) {
      case 0 -> {
        message[at] = (byte) random.nextInt(256);
        yield message;
      }
      case 1 -> splice(message, at, length, new byte[0]);
      case 2 -> splice(message, at, 0, Arrays.copyOfRange(message, at, at + length));
      case 3 -> Arrays.copyOf(message, at);
      case 4 ->
          splice(
              message,
              at,
              0,
              new byte[] {
                "()\\\"<>;:,@\r\n \t\0%".getBytes(StandardCharsets.US_ASCII)[random.nextInt(16)]
              });
      default -> splice(message, at, 1, "99999999999".getBytes(StandardCharsets.US_ASCII));
    };
  }

  private static byte[] splice(
      final byte[] message, final int at, final int removed, final byte[] added) {
    final byte[] out = new byte[message.length - removed + added.length];
    System.arraycopy(message, 0, out, 0, at);
    System.arraycopy(added, 0, out, at, added.length);
    System.arraycopy(message, at + removed, out, at + added.length, message.length - at - removed);
    return out;
  }
}
