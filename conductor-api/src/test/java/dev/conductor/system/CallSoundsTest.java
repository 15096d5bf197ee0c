package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.conductor.config.MediaConfig;
import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhoneCodec;
import dev.conductor.demo.PhoneOptions;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.play.Tone;
import dev.conductor.model.Booking;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What phones hear beyond voices: music while they wait, and the conference's clips played over the
 * API. The green room is on: participants wait, the host is in the main room.
 */
class CallSoundsTest {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final int CLIP_RATE_HZ = 8_000;
  private static final int CLIP_SAMPLES = 60 * CLIP_RATE_HZ;
  private static final int AMPLITUDE = 4_000;
  private static final int LOW_HZ = 1_950;
  private static final int HIGH_HZ = 2_350;
  private static final int VOICE_HZ = 1_550;
  private static final int WINDOW_MS = 400;

  /** Of a clip or a voice that is there; the music has none of it. */
  private static final double PRESENT = AMPLITUDE / 3.0;

  private static final double ABSENT = AMPLITUDE / 40.0;

  private RunningServer server;
  private PhonePool pool;

  private void start(final boolean backgroundMusic) throws Exception {
    server =
        RunningServer.start(
            Map.of(),
            List.of(greenroom(backgroundMusic)),
            Map.of(
                "low.wav", clip(LOW_HZ), "DEMO/high.wav", clip(HIGH_HZ), "bad.wav", new byte[44]));
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void close() {
    pool.close();
    server.close();
  }

  private static byte[] clip(final int freqHz) {
    return WavFile.tones(CLIP_RATE_HZ, CLIP_SAMPLES, 1, Tone.steady(freqHz, AMPLITUDE));
  }

  private static ConferenceSeed greenroom(final boolean backgroundMusic) {
    final ConferenceSeed demo = DemoConference.seed();
    final Conference usual = demo.conference();
    final Conference green =
        new Conference(
            usual.uid(),
            usual.customerUid(),
            usual.name(),
            usual.did(),
            usual.aliases(),
            usual.securityToken(),
            usual.zoneId(),
            usual.status(),
            new Conference.Defaults(
                usual.defaults().settings(), true, backgroundMusic, false, false),
            usual.texts(),
            usual.tags(),
            usual.audio(),
            usual.activeCallUid(),
            Booking.NONE);
    return new ConferenceSeed(green, demo.customer(), demo.persons());
  }

  private SimPhone enter(final String number, final String pin) throws Exception {
    return enter(pool.phone(number), pin);
  }

  private SimPhone enter(final SimPhone phone, final String pin) throws Exception {
    assertThat(phone.dial(server.sip(), DemoConference.DID).get(10, TimeUnit.SECONDS))
        .isEqualTo(200);
    phone.keys(pin + "#");
    await()
        .atMost(PATIENCE)
        .until(() -> !server.api().callerByNumber(phone.user()).isMissingNode());
    return phone;
  }

  private String uid(final SimPhone phone) {
    return server.api().callerByNumber(phone.user()).path("UID").asText();
  }

  private void set(final SimPhone phone, final String field, final String value) {
    assertThat(
            server.api().command("updateCaller", "UID", uid(phone), "field", field, "value", value))
        .isEqualTo("TRUE");
  }

  /** How alike the last second heard and the music are, at the best place in it: 0..1. */
  private static double likeness(final short[] heard, final short[] music) {
    double best = 0;
    // The music goes on by frames, and so does what a phone hears.
    for (int lag = 0; lag < music.length; lag += RatePlane.NARROW.frameSamples()) {
      double product = 0;
      double ofHeard = 1;
      double ofMusic = 1;
      for (int i = 0; i < heard.length; i++) {
        final int there = music[(lag + i) % music.length];
        product += (double) heard[i] * there;
        ofHeard += (double) heard[i] * heard[i];
        ofMusic += (double) there * there;
      }
      // Nearly the same loudness is wanted too: what is much softer is not the music.
      final double louder = Math.max(ofHeard, ofMusic);
      best = Math.max(best, product / louder);
    }
    return best;
  }

  private static short[] music() throws Exception {
    return ClipLibrary.fromResources(
            MediaConfig.class.getClassLoader(),
            MediaConfig.class.getPackageName().replace('.', '/'),
            List.of(MixPlan.MUSIC_CLIP))
        .get(MixPlan.MUSIC_CLIP)
        .samples(RatePlane.NARROW);
  }

  private static void hearsMusic(final SimPhone phone, final short[] music) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(phone.levelHeard(1_000)).isGreaterThan(150);
              assertThat(likeness(phone.lastHeard(1_000), music)).isGreaterThan(0.9);
            });
  }

  private static void hearsNothing(final SimPhone phone) {
    await().atMost(PATIENCE).until(() -> phone.levelHeard(2_000) < 10);
  }

  @Test
  void shouldPlayMusicToThoseWhoWaitAndNotToTheHost() throws Exception {
    final short[] music = music();
    start(true);
    final SimPhone host = enter("201", DemoConference.HOST_PIN);
    final SimPhone plain = enter("202", "100001");
    final SimPhone other =
        enter(pool.phone("203", PhoneOptions.USUAL.withCodec(PhoneCodec.PCMA)), "100002");
    assertThat(server.api().callerByNumber("202").path("place").asText()).isEqualTo("ENTRYWAY");

    hearsMusic(plain, music);
    hearsMusic(other, music);
    hearsNothing(host);

    // Let in, he hears the host and the music is over.
    host.play(Tone.keyed(VOICE_HZ, AMPLITUDE, 4));
    set(plain, "role", "ASSISTANT");
    await().atMost(PATIENCE).until(() -> plain.heard(VOICE_HZ, WINDOW_MS) > PRESENT);
    await().atMost(PATIENCE).until(() -> likeness(plain.lastHeard(1_000), music) < 0.2);
    assertThat(other.heard(VOICE_HZ, WINDOW_MS)).isLessThan(ABSENT);
    hearsMusic(other, music);

    // Switched off in mid-call there is silence.
    assertThat(server.api().command("updateCall", "field", "backgroundMusic", "value", "false"))
        .isEqualTo("TRUE");
    hearsNothing(other);
  }

  @Test
  void shouldBeSilentForThoseWhoWaitWhereBackgroundMusicIsOff() throws Exception {
    start(false);
    final SimPhone waiting = enter("202", "100001");
    // The prompt that tells him to wait is over when nothing has been heard for two seconds.
    await().atMost(PATIENCE).until(() -> waiting.levelHeard(1_000) > 100);
    hearsNothing(waiting);
  }

  @Test
  void shouldPlayAClipToEveryoneButThoseOnHold() throws Exception {
    start(true);
    final Api api = server.api();
    final SimPhone host = enter("201", DemoConference.HOST_PIN);
    final SimPhone sealed = enter("202", DemoConference.ASSISTANT_PIN);
    final SimPhone deaf = enter("203", "100001");
    final SimPhone held = enter("204", "100002");
    final SimPhone waiting = enter("205", "100003");
    set(deaf, "role", "ASSISTANT");
    set(deaf, "deaf", "true");
    set(held, "role", "ASSISTANT");
    assertThat(
            api.command(
                "createBreakout",
                "breakoutUID",
                "SEALED",
                "callers",
                uid(sealed),
                "private",
                "true"))
        .isEqualTo("TRUE");
    assertThat(held.hold()).succeedsWithin(PATIENCE).isEqualTo(200);
    await()
        .atMost(PATIENCE)
        .until(() -> System.nanoTime() - held.lastPacketNs() > TimeUnit.MILLISECONDS.toNanos(400));
    final long heldPackets = held.received().packets();
    final List<SimPhone> hearers = List.of(host, sealed, deaf, waiting);
    final long seq = api.read("getCall").path("seq").asLong();

    assertThat(api.command("playTone", "tone", audioUid("low"))).isEqualTo("TRUE");
    hear(hearers, LOW_HZ, HIGH_HZ);
    assertThat(held.received().packets()).isEqualTo(heldPackets);

    assertThat(api.command("playTone", "tone", audioUid("high"))).isEqualTo("TRUE");
    hear(hearers, HIGH_HZ, LOW_HZ);
    assertThat(held.received().packets()).isEqualTo(heldPackets);
    assertThat(held.resume()).succeedsWithin(PATIENCE).isEqualTo(200);
    hear(List.of(host, sealed, deaf, waiting, held), HIGH_HZ, LOW_HZ);

    assertThat(api.command("playTone", "tone", "NOSUCH"))
        .isEqualTo("FALSE,tone: no audio NOSUCH in this conference");
    assertThat(api.command("playTone")).isEqualTo("FALSE,tone: missing");
    hear(hearers, HIGH_HZ, LOW_HZ);
    assertThat(api.command("playTone", "tone", "")).isEqualTo("TRUE");
    for (final SimPhone phone : hearers) {
      await().atMost(PATIENCE).until(() -> phone.heard(HIGH_HZ, WINDOW_MS) < ABSENT);
    }
    // Being put on hold and back are the only events meanwhile.
    assertThat(api.read("getCall").path("seq").asLong()).isBetween(seq, seq + 1);
  }

  private static void hear(final List<SimPhone> phones, final int freqHz, final int notHz) {
    for (final SimPhone phone : phones) {
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () -> {
                assertThat(phone.heard(freqHz, WINDOW_MS)).as(phone.user()).isGreaterThan(PRESENT);
                assertThat(phone.heard(notHz, WINDOW_MS)).as(phone.user()).isLessThan(ABSENT);
              });
    }
  }

  private String audioUid(final String name) {
    for (final JsonNode audio : server.api().read("getConference").path("audio")) {
      if (audio.path("Name").asText().equals(name)) {
        return audio.path("UID").asText();
      }
    }
    throw new AssertionError("no clip " + name);
  }

  @Test
  void shouldShowTheClipsOfTheFolder() throws Exception {
    start(true);
    final JsonNode audio = server.api().read("getConferenceData").path("audio");
    assertThat(audio.findValuesAsText("Name")).containsExactly("low", "chime", "gong", "high");
    assertThat(audio.findValuesAsText("Value"))
        .containsExactly("low.wav", "DEMO/chime.wav", "DEMO/gong.wav", "DEMO/high.wav");
    assertThat(audio.findValuesAsText("UID")).allMatch(uid -> uid.matches("[0-9A-Z]{16}"));
    assertThat(server.api().metric("conductor_audio_clips_left_out_total")).isEqualTo(1);
    assertThat(server.api().metric("conductor_audio_clips_loaded_total")).isEqualTo(4);
  }
}
