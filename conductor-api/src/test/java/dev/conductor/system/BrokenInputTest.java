package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.SimPhone;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Broken input of every kind at the doors of a server where people talk: each gets a clear answer
 * and moves a counter, and nobody who talks notices.
 */
class BrokenInputTest {
  private static final String SPOKEN =
      "H:AOPQRS A:HOPQRS O:HAPQRS P:HAOQRS Q:HAOPRS R:HAOPQS S:HAOPQR";
  private static RunningServer server;
  private static Stage stage;
  private DatagramSocket stranger;

  @BeforeAll
  static void start() throws Exception {
    server = RunningServer.start();
    stage = new Stage(server);
    stage.hears(SPOKEN);
  }

  @AfterAll
  static void stop() {
    stage.close();
    server.close();
  }

  @BeforeEach
  void open() throws IOException {
    stranger = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    stranger.setSoTimeout(5_000);
  }

  @AfterEach
  void everybodyStillHearsEverybody() {
    stranger.close();
    stage.hears(SPOKEN);
    assertThat(stage.pool().phones())
        .allSatisfy(phone -> assertThat(phone.received().gaps()).isZero());
  }

  @Test
  void shouldNotNoticeGarbageAtItsRtpPorts() throws IOException {
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 2_000; i++) {
      final byte[] garbage = new byte[random.nextInt(1, 1_400)];
      random.nextBytes(garbage);
      if (i % 2 == 0) {
        // Half of it looks like RTP.
        garbage[0] = (byte) 0x80;
      }
      final SimPhone phone = stage.phone("HAOPQRS".charAt(i % 7));
      send(garbage, phone.remoteRtp());
    }
  }

  @Test
  void shouldCountGarbageFromACallersOwnAddress() throws IOException {
    final Api api = server.api();
    final double badBefore = api.metric("conductor_rtp_(bad|too|unknown)_.*");
    final String invite =
        sip("INVITE", "1 INVITE", "rude", sdp("m=audio " + stranger.getLocalPort() + " RTP/AVP 0"));
    send(invite);
    final String accepted = finalAnswer();
    assertThat(accepted).startsWith("SIP/2.0 200 ");
    send(inDialog(accepted, "ACK", 1));
    final InetSocketAddress rtp =
        new InetSocketAddress(
            InetAddress.getLoopbackAddress(), Integer.parseInt(found(accepted, "m=audio (\\d+)")));
    final SplittableRandom random = new SplittableRandom(2);
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> {
              for (int i = 0; i < 20; i++) {
                final byte[] garbage = new byte[random.nextInt(1, 400)];
                random.nextBytes(garbage);
                send(garbage, rtp);
              }
              return api.metric("conductor_rtp_(bad|too|unknown)_.*") > badBefore + 500;
            });

    send(inDialog(accepted, "BYE", 2));
    String last = answer();
    while (!last.startsWith("SIP/2.0 200") || !last.contains(" BYE\r\n")) {
      last = answer();
    }
  }

  @Test
  void shouldAnswerTruncatedAndOversizedSip() throws IOException {
    final Api api = server.api();
    final double before = api.metric("conductor_sip_parse_failures_total");
    final String options = sip("OPTIONS", "1 OPTIONS", "big", "");
    send(options.substring(0, options.indexOf("CSeq")));
    send(options.replace("\r\n\r\n", "\r\nSubject: " + "x".repeat(40_000) + "\r\n\r\n"));
    send(new byte[] {0, 1, 2, 3});
    send("INVITE");
    send(sip("INVITE", "one INVITE", "", ""));
    send(sip("OPTIONS", "1 OPTIONS", "good", ""));

    final List<String> answers = new ArrayList<>();
    String last = answer();
    while (!last.startsWith("SIP/2.0 200 ")) {
      answers.add(last);
      last = answer();
    }
    assertThat(answers)
        .anyMatch(answer -> answer.startsWith("SIP/2.0 513 "))
        .anyMatch(answer -> answer.startsWith("SIP/2.0 400 ") && answer.contains(" INVITE"));
    assertThat(api.metric("conductor_sip_parse_failures_total")).isGreaterThanOrEqualTo(before + 2);
  }

  /**
   * The cases of RFC 4475 and RFC 5118, in messages of our own; what each is answered, signaling's
   * tests say.
   */
  @Test
  void shouldNotNoticeMessagesMeantToBreakAServer() throws IOException {
    final Path folder =
        Path.of(System.getProperty("conductor.root"), "signaling/src/test/resources/torture");
    int sent = 0;
    for (final String file : List.of("rfc4475.txt", "rfc5118.txt")) {
      for (final String message : Files.readString(folder.resolve(file)).split("(?m)^>>>.*\n")) {
        if (!message.startsWith("#") && !message.isEmpty()) {
          send(unescaped(message));
          sent++;
        }
      }
    }
    assertThat(sent).isEqualTo(49 + 12);
    // What it answers goes where each message says, some of it here; this one is for us.
    send(sip("OPTIONS", "1 OPTIONS", "torture", ""));
    String last = answer();
    while (!last.contains("OPTIONStorture")) {
      last = answer();
    }
  }

  /** Lines with CR and LF; {@code \\xNN} is one byte. */
  private static byte[] unescaped(final String text) {
    return Pattern.compile("\\\\x([0-9a-f]{2})")
        .matcher(text.replace("\n", "\r\n"))
        .replaceAll(
            found ->
                Matcher.quoteReplacement(
                    String.valueOf((char) Integer.parseInt(found.group(1), 16))))
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  @Test
  void shouldRefuseSessionsItCannotHave() throws IOException {
    final double before = server.api().metric("conductor_sip_bad_descriptions_total");
    send(sip("INVITE", "1 INVITE", "a", sdp("m=video 4000 RTP/AVP 31")));
    assertThat(finalAnswer()).startsWith("SIP/2.0 488 ");
    send(sip("INVITE", "1 INVITE", "b", sdp("m=audio 4000 RTP/AVP 97\r\na=rtpmap:97 speex/8000")));
    assertThat(finalAnswer()).startsWith("SIP/2.0 488 ");
    send(sip("INVITE", "1 INVITE", "c", "v=0\r\nnonsense"));
    assertThat(finalAnswer()).matches("(?s)SIP/2.0 (400|488) .*");
    assertThat(server.api().metric("conductor_sip_bad_descriptions_total")).isGreaterThan(before);
  }

  @Test
  void shouldAnswerWrongTokensAndUnknownConferencesAlike() {
    final Api api = server.api();
    final double before = api.metric("conductor_http_refused_token_total");
    final HttpResponse<String> wrong =
        api.post("getCall", Map.of("conferenceUID", "DEMO", "securityToken", "wrong"));
    final HttpResponse<String> unknown =
        api.post("getCall", Map.of("conferenceUID", "NOWHERE", "securityToken", "demo"));

    assertThat(wrong.statusCode()).isEqualTo(403);
    assertThat(unknown.statusCode()).isEqualTo(403);
    assertThat(unknown.body()).isEqualTo(wrong.body());
    assertThat(api.command("updateCaller", "securityToken", "wrong"))
        .startsWith("FALSE,securityToken: ");
    assertThat(api.metric("conductor_http_refused_token_total")).isEqualTo(before + 3);
  }

  @Test
  void shouldNameTheParameterThatIsWrong() {
    final Api api = server.api();
    final double before = refused(api);

    assertThat(api.command("updateCaller", "UID", "NOBODY", "field", "mute", "value", "true"))
        .startsWith("FALSE,UID: ")
        .contains("NOBODY");
    assertThat(api.command("updateCaller", "field", "mute", "value", "true"))
        .startsWith("FALSE,UID: ");
    assertThat(api.command("updateCaller", "UID", "NOBODY", "field", "loudness", "value", "1"))
        .startsWith("FALSE,field: ");
    assertThat(
            api.command(
                "updateCaller", "UID", "NOBODY", "field", "notes", "value", "x".repeat(100_000)))
        .startsWith("FALSE,value: ");
    assertThat(api.command("createBreakout", "count", "2", "callers1", "A"))
        .startsWith("FALSE,callers2: ");
    assertThat(refused(api)).isEqualTo(before + 5);
  }

  private static double refused(final Api api) {
    return api.metric("conductor_http_commands_false_total")
        + api.metric("conductor_http_refused_parameter_total");
  }

  private void send(final String message) throws IOException {
    send(message.getBytes(StandardCharsets.UTF_8));
  }

  private void send(final byte[] bytes) throws IOException {
    send(bytes, server.sip());
  }

  private void send(final byte[] bytes, final InetSocketAddress to) throws IOException {
    stranger.send(new DatagramPacket(bytes, bytes.length, to));
  }

  /** The next SIP message; the sound that comes to the same socket is passed over. */
  private String answer() throws IOException {
    final DatagramPacket packet = new DatagramPacket(new byte[65_535], 65_535);
    String text = "";
    while (!text.startsWith("SIP/2.0 ")) {
      try {
        stranger.receive(packet);
      } catch (final SocketTimeoutException silent) {
        throw new AssertionError("no answer came", silent);
      }
      text = new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
      packet.setLength(65_535);
    }
    return text;
  }

  /** The next answer that is not provisional. */
  private String finalAnswer() throws IOException {
    String answer = answer();
    while (answer.startsWith("SIP/2.0 1")) {
      answer = answer();
    }
    return answer;
  }

  /** A request in the dialog that this answer made. */
  private String inDialog(final String accepted, final String method, final int sequence) {
    return sip(method, sequence + " " + method, "rude", "")
        .replaceFirst("sip:demo@127.0.0.1", found(accepted, "Contact: .*?(sip:[^>\r]*)"))
        .replaceFirst("To: .*", found(accepted, "(To: [^\r]*)"));
  }

  private static String found(final String text, final String pattern) {
    final Matcher matcher = Pattern.compile(pattern).matcher(text);
    assertThat(matcher.find()).as("%s in %s", pattern, text).isTrue();
    return matcher.group(1);
  }

  private String sip(
      final String method, final String sequence, final String id, final String body) {
    return method
        + " sip:demo@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/UDP 127.0.0.1:"
        + stranger.getLocalPort()
        + ";branch=z9hG4bKbroken"
        + method
        + id
        + "\r\nMax-Forwards: 70\r\nFrom: <sip:stranger@127.0.0.1>;tag=s"
        + id
        + "\r\nTo: <sip:demo@127.0.0.1>\r\nCall-ID: broken"
        + id
        + stranger.getLocalPort()
        + "\r\nCSeq: "
        + sequence
        + "\r\nContact: <sip:stranger@127.0.0.1:"
        + stranger.getLocalPort()
        + ">\r\n"
        + (body.isEmpty() ? "" : "Content-Type: application/sdp\r\n")
        + "Content-Length: "
        + body.length()
        + "\r\n\r\n"
        + body;
  }

  private static String sdp(final String media) {
    return "v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nc=IN IP4 127.0.0.1\r\nt=0 0\r\n"
        + media
        + "\r\n";
  }
}
