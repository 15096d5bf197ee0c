package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Scenarios of SIPp against a server whose focus does what the number dialled says. */
class SippTest {
  /** Played at once, each in a process of its own. */
  private static final int AT_ONCE = 12;

  private static final String OFFER =
      "v=0\no=sipp 7 1 IN IP4 127.0.0.1\ns=-\nc=IN IP4 127.0.0.1\nt=0 0\nm=audio 40000 RTP/AVP 8\n";
  private static final UnaryOperator<String> AS_IT_IS = text -> text;

  private static ScriptedFocus focus;
  private static ScriptedFocus focus6;

  /** A scenario, and how its call is to be played. */
  private record Scene(
      String name,
      String scenario,
      InetSocketAddress server,
      String dialled,
      String transport,
      UnaryOperator<String> words) {}

  @BeforeAll
  static void start() throws Exception {
    Sipp.require();
    focus = new ScriptedFocus(Focus.config(200, 100_000, 200));
    focus6 = new ScriptedFocus(Focus.config("::1", 200, 100_000, 200));
  }

  @AfterAll
  static void stop() {
    for (final ScriptedFocus each : new ScriptedFocus[] {focus, focus6}) {
      if (each != null) {
        final SipService service = each.service;
        await().atMost(Duration.ofSeconds(20)).until(() -> service.dialogsUp() == 0);
        assertThat(service.count(SipCounter.UNEXPECTED)).isZero();
        each.close();
      }
    }
  }

  private static Scene scene(final String scenario, final String dialled) {
    return new Scene(scenario, scenario, focus.server(), dialled, "udp", AS_IT_IS);
  }

  private static List<Scene> scenes() {
    final List<Scene> scenes = new ArrayList<>();
    for (final String scenario :
        List.of(
            "call",
            "late-offer",
            "late-offer-reliable",
            "compact",
            "multipart",
            "multipart-required",
            "prack",
            "prack-cancel",
            "prack-bye",
            "update",
            "update-early",
            "hold",
            "cancel-late",
            "cancel-nothing",
            "bye-early",
            "bye-reinvite",
            "bye-reason")) {
      scenes.add(scene(scenario, scenario));
    }
    scenes.add(scene("cancel", "wait"));
    scenes.add(scene("loop", "wait"));
    scenes.add(scene("hangup", "hang-up"));
    for (final String scenario : List.of("call", "late-offer", "prack", "update", "hold")) {
      scenes.add(
          new Scene(
              scenario + "-tcp", scenario, focus.server(), scenario + "-tcp", "tcp", AS_IT_IS));
    }
    for (final String transport : List.of("udp", "tcp")) {
      final String name = "call-ip6-" + transport;
      scenes.add(new Scene(name, "call", focus6.server(), name, transport, AS_IT_IS));
    }
    return scenes;
  }

  /** What is refused, and how: the words of the scenario {@code refused}. */
  private static Scene refusal(final String name, final int status, final String... words) {
    final Map<String, String> all = new LinkedHashMap<>();
    all.put("METHOD", "INVITE");
    all.put("EXTRA", "Subject: none");
    all.put("BODY", OFFER);
    all.put("TYPE", "application/sdp");
    all.put("URI", "sip:[service]@[remote_ip]:[remote_port]");
    all.put("PATTERN", "SIP/2.0 " + status);
    String dialled = "anybody";
    for (int i = 0; i < words.length; i += 2) {
      if (words[i].equals("DIALLED")) {
        dialled = words[i + 1];
      } else {
        all.put(words[i], words[i + 1]);
      }
    }
    all.put("STATUS", Integer.toString(status));
    final boolean acknowledged = all.get("METHOD").equals("INVITE");
    return new Scene(
        "refused-" + name,
        "refused",
        focus.server(),
        dialled,
        "udp",
        text -> {
          String said = text.replace("@ACK@", acknowledged ? ack(text) : "");
          for (final Map.Entry<String, String> word : all.entrySet()) {
            said = said.replace("@" + word.getKey() + "@", word.getValue());
          }
          return said;
        });
  }

  /** The ACK to a refusal: the INVITE without its body, and the tag that came. */
  private static String ack(final String scenario) {
    final String invite =
        scenario.substring(scenario.indexOf("<send"), scenario.indexOf("</send>") + 7);
    return invite
        .replace(" retrans=\"500\"", "")
        .replace("@METHOD@", "ACK")
        .replace("@EXTRA@\nContent-Type: @TYPE@\n", "")
        .replace("@BODY@\n", "")
        .replace("[remote_port]>\nCall-ID", "[remote_port]>[peer_tag_param]\nCall-ID");
  }

  private static List<Scene> refusals() {
    return List.of(
        refusal("number", 404, "DIALLED", "refuse-404"),
        refusal("busy", 486, "DIALLED", "refuse-486", "PATTERN", "Retry-After: 5"),
        refusal("declined", 603, "DIALLED", "refuse-603"),
        refusal("full", 503, "DIALLED", "full", "PATTERN", "Retry-After: 5"),
        refusal("refer", 405, "METHOD", "REFER", "PATTERN", "Allow: .*INVITE"),
        refusal("method", 501, "METHOD", "NONSENSE", "PATTERN", "Allow: .*INVITE"),
        refusal("accept", 406, "EXTRA", "Accept: text/plain"),
        refusal("type", 415, "TYPE", "text/plain", "PATTERN", "Accept: application/sdp"),
        refusal("encoding", 415, "EXTRA", "Content-Encoding: gzip", "PATTERN", "Accept-Encoding:"),
        refusal("scheme", 416, "URI", "http://[remote_ip]/"),
        refusal("secure", 416, "URI", "sips:[service]@[remote_ip]:[remote_port]"),
        refusal("extension", 420, "EXTRA", "Require: foo", "PATTERN", "Unsupported: foo"),
        refusal(
            "interval",
            422,
            "EXTRA",
            "Supported: timer\nSession-Expires: 30",
            "PATTERN",
            "Min-SE: 90"),
        refusal("codec", 488, "BODY", OFFER.replace("AVP 8", "AVP 97"), "PATTERN", "Warning: 305"),
        refusal("size", 513, "EXTRA", ("Subject: " + "x".repeat(6_000) + "\n").repeat(3).strip()));
  }

  @TestFactory
  Stream<DynamicTest> shouldPlayEachSceneAsWritten() throws Exception {
    final List<Scene> scenes = new ArrayList<>(scenes());
    scenes.addAll(refusals());
    final Map<String, String> failures = play(scenes);
    return scenes.stream()
        .map(
            scene ->
                DynamicTest.dynamicTest(
                    scene.name(), () -> assertThat(failures.get(scene.name())).isNull()));
  }

  /** Plays all, some at a time; what went wrong, by name. */
  private static Map<String, String> play(final List<Scene> scenes) throws Exception {
    final Map<String, String> failures = new LinkedHashMap<>();
    for (int i = 0; i < scenes.size(); i += AT_ONCE) {
      final Map<String, Sipp> running = new LinkedHashMap<>();
      for (final Scene scene : scenes.subList(i, Math.min(scenes.size(), i + AT_ONCE))) {
        running.put(
            scene.name(),
            Sipp.start(
                scene.scenario(),
                scene.server(),
                scene.dialled(),
                scene.transport(),
                scene.words()));
      }
      for (final Map.Entry<String, Sipp> one : running.entrySet()) {
        try (Sipp sipp = one.getValue()) {
          sipp.assertPassed();
        } catch (final AssertionError e) {
          failures.put(one.getKey(), e.getMessage());
        }
      }
    }
    return failures;
  }

  private static void play(final Scene scene) throws Exception {
    try (Sipp sipp =
        Sipp.start(
            scene.scenario(), scene.server(), scene.dialled(), scene.transport(), scene.words())) {
      sipp.assertPassed();
    }
  }

  @Test
  void shouldTellTheFocusTheFarEndsReason() throws Exception {
    play(scene("bye-reason", "why"));
    await().until(() -> focus.ends.containsKey("why"));
    assertThat(focus.ends.get("why")).isEqualTo("BYE Q.850 16 Normal call clearing");
  }

  @Test
  void shouldAskTheFocusOnlyAboutWhatChanges() throws Exception {
    play(scene("hold", "held"));
    assertThat(focus.offers.get("held")).isEqualTo(2);
  }

  @Test
  void shouldAnswerInTheCallersFamily() throws Exception {
    assertThat(focus6.server().getAddress()).isEqualTo(InetAddress.getByName("::1"));
    play(new Scene("hold", "hold", focus6.server(), "hold-ip6", "udp", AS_IT_IS));
    assertThat(focus6.offers.get("hold-ip6")).isEqualTo(2);
  }
}
