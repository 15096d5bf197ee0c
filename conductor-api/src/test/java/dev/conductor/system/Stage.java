package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.PhoneState;
import dev.conductor.demo.SimPhone;
import dev.conductor.demo.Voices;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * A call with a small cast, each one a phone with a voice of its own: H the host (PRESENTER), A the
 * ASSISTANT, O the OPERATOR, and P, Q, R and S, who are PARTICIPANTs.
 */
final class Stage implements AutoCloseable {
  static final int AMPLITUDE = 1_500;
  static final int WINDOW_MS = 400;

  private static final double PRESENT = Voices.threshold(AMPLITUDE);
  private static final long WINDOW_NS = TimeUnit.MILLISECONDS.toNanos(WINDOW_MS);
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final String CAST = "HAOPQRS";
  private static final List<String> PINS =
      List.of("900001", "900002", "100001", "100002", "100003", "100004", "100005");

  private final Api api;
  private final PhonePool pool;
  private final Map<Character, SimPhone> phones = new LinkedHashMap<>();
  private final Map<Character, String> uids = new LinkedHashMap<>();

  Stage(final RunningServer server) throws Exception {
    api = server.api();
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
    for (int i = 0; i < CAST.length(); i++) {
      final SimPhone phone = pool.phone("20" + i);
      phone.play(Voices.tone(i, CAST.length(), AMPLITUDE));
      phones.put(CAST.charAt(i), phone);
      assertThat(phone.dial(server.sip(), DemoConference.DID).get(10, TimeUnit.SECONDS))
          .isEqualTo(200);
      phone.keys(PINS.get(i) + "#");
    }
    await().atMost(PATIENCE).until(() -> api.activeCallers() == CAST.length());
    phones.forEach(
        (name, phone) -> uids.put(name, api.callerByNumber(phone.user()).path("UID").asText()));
    set("O", "role", "OPERATOR");
    waitForSilence();
  }

  /** Until nobody hears a prompt any more: with everybody mute nobody hears anything. */
  private void waitForSilence() {
    set(CAST, "mute", "true");
    await()
        .atMost(PATIENCE)
        .until(() -> phones.values().stream().allMatch(phone -> phone.levelHeard(1_000) < 10));
    set(CAST, "mute", "false");
  }

  Api api() {
    return api;
  }

  SimPhone phone(final char name) {
    return phones.get(name);
  }

  PhonePool pool() {
    return pool;
  }

  /** Sets a field of these callers. */
  void set(final String names, final String field, final String value) {
    done("updateCaller", "UID", uidsOf(names), "field", field, "value", value);
  }

  /** Sets a field of the call. */
  void call(final String field, final String value) {
    done("updateCall", "field", field, "value", value);
  }

  /** Puts these callers into a breakout of this UID, which is made or filled anew. */
  void breakout(final String uid, final String names) {
    done("createBreakout", "breakoutUID", uid, "callers", uidsOf(names));
  }

  void seal(final String breakoutUid, final boolean isPrivate) {
    done(
        "updateBreakout",
        "UID",
        breakoutUid,
        "field",
        "private",
        "value",
        Boolean.toString(isPrivate));
  }

  void hold(final char name) {
    assertThat(phone(name).hold()).succeedsWithin(PATIENCE).isEqualTo(200);
  }

  void resume(final char name) {
    assertThat(phone(name).resume()).succeedsWithin(PATIENCE).isEqualTo(200);
  }

  /** Everybody in the main room, with a mic, not mute, not deaf, at volume 0, in his first role. */
  void reset() {
    set(CAST, "breakout", "");
    set(CAST, "mike", "true");
    set(CAST, "mute", "false");
    set(CAST, "deaf", "false");
    set(CAST, "volume_in", "0");
    set(CAST, "volume_out", "0");
    set("H", "role", "PRESENTER");
    set("A", "role", "ASSISTANT");
    set("O", "role", "OPERATOR");
    set("PQRS", "role", "PARTICIPANT");
  }

  /**
   * Waits until exactly this is heard, makes sure that for a whole window more nobody hears anybody
   * else, and that all of it is heard anew. (A voice may drop out for a moment on a busy machine;
   * one that must not be heard is never heard.)
   *
   * @param expected e.g. {@code H:APQ P:HA}: for each listener whom he hears; others hear nobody
   */
  void hears(final String expected) {
    final Map<Character, String> wanted = words(expected);
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(40))
        .untilAsserted(() -> assertThat(heard()).isEqualTo(text(wanted)));
    final long seenNs = System.nanoTime();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(() -> System.nanoTime() - seenNs > WINDOW_NS + WINDOW_NS / 4);
    wanted.forEach(
        (listener, sources) ->
            assertThat(heardBy(listener).replaceAll("[" + sources + "-]", ""))
                .as("whom %s hears beside %s", listener, sources)
                .isEmpty());
    await().atMost(PATIENCE).untilAsserted(() -> assertThat(heard()).isEqualTo(text(wanted)));
  }

  /** Who hears whom in the last window. */
  String heard() {
    final Map<Character, String> heard = new LinkedHashMap<>();
    phones.keySet().forEach(listener -> heard.put(listener, heardBy(listener)));
    return text(heard);
  }

  /** The amplitude at which one hears the other's voice, over a whole second. */
  double amplitude(final char listener, final char source) {
    return phone(listener).heard(freqHz(source), 1_000);
  }

  static double freqHz(final char name) {
    return Voices.freqHz(CAST.indexOf(name), CAST.length());
  }

  private String heardBy(final char listener) {
    final SimPhone phone = phone(listener);
    if (System.nanoTime() - phone.lastPacketNs() > WINDOW_NS) {
      return "";
    }
    return CAST.chars()
        .filter(source -> phone.heard(freqHz((char) source), WINDOW_MS) > PRESENT)
        .mapToObj(source -> String.valueOf((char) source))
        .collect(Collectors.joining());
  }

  /** For each of the cast whom he hears, in the order of the cast. */
  private static Map<Character, String> words(final String expected) {
    final Map<Character, String> words = new LinkedHashMap<>();
    CAST.chars().forEach(name -> words.put((char) name, ""));
    for (final String word : expected.trim().split("\\s+")) {
      final String sources = word.substring(2);
      words.put(word.charAt(0), CAST.replaceAll("[^" + sources + "-]", ""));
    }
    return words;
  }

  private static String text(final Map<Character, String> words) {
    return words.entrySet().stream()
        .map(word -> word.getKey() + ":" + word.getValue())
        .collect(Collectors.joining(" "));
  }

  private String uidsOf(final String names) {
    return names.chars().mapToObj(name -> uids.get((char) name)).collect(Collectors.joining(","));
  }

  private void done(final String function, final String... parameters) {
    assertThat(api.command(function, parameters)).isEqualTo("TRUE");
  }

  @Override
  public void close() {
    pool.close();
    await().atMost(PATIENCE).until(() -> isOver());
  }

  private boolean isOver() {
    return phones.values().stream().allMatch(phone -> phone.state() == PhoneState.OVER);
  }
}
