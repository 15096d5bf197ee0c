package dev.conductor.media.agent;

import static dev.conductor.media.agent.CodecCall.MAIN;
import static dev.conductor.media.agent.CodecCall.NONE;
import static dev.conductor.media.agent.Stage.CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.play.Clip;
import dev.conductor.media.status.MediaCounter;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who wait hear music, on the wire, by every codec; the others do not. */
class WaitingMusicTest {
  private static final int MUSIC = MixPlan.MUSIC;
  private static final double PEAK = 5_000;
  private static final int RATE_HZ = 16_000;
  private static final int MUSIC_HZ = 600;
  private static final int VOICE_HZ = 900;
  private static final int PROMPT_HZ = 1_500;

  /** A note of 1.5 s and a rest of half a second. */
  private static final int NOTE_MS = 1_500;

  private static final int LOOP_MS = 2_000;

  private final CodecCall call =
      new CodecCall(
          91,
          clip(MixPlan.MUSIC_CLIP, MUSIC_HZ, NOTE_MS, LOOP_MS),
          clip("prompt", PROMPT_HZ, 800, 800));

  private static Clip clip(
      final String name, final int freqHz, final int soundingMs, final int lengthMs) {
    final short[] samples = new short[lengthMs * RATE_HZ / 1_000];
    for (int i = 0; i < soundingMs * RATE_HZ / 1_000; i++) {
      samples[i] = (short) (PEAK * Math.sin(2 * Math.PI * freqHz * i / RATE_HZ));
    }
    return new Clip(name, RATE_HZ, samples);
  }

  @AfterEach
  void close() {
    call.close();
  }

  /** One who speaks, one who listens, the others wait and hear this. */
  private void plan(final int heardByThoseWhoWait) {
    final List<MixPlan.Place> places = new ArrayList<>();
    for (int i = 0; i < call.phones.size(); i++) {
      places.add(Stage.place(i + 1, i == 0 ? MAIN : NONE, i <= 1 ? MAIN : heardByThoseWhoWait));
    }
    call.stage.plan(places.toArray(new MixPlan.Place[0]));
  }

  private void join(final int waiting, final Codec codec) {
    call.join(codec).voice = Voice.tone(VOICE_HZ, PEAK);
    call.join(codec);
    for (int i = 0; i < waiting; i++) {
      call.join(codec);
    }
  }

  /** The loudest tenth of a second in a whole turn of the loop. */
  private static double loudest(final CodecPhone phone, final int freqHz) {
    final Sound sound = phone.sound();
    double loudest = 0;
    for (int at = 0; at + 100 <= sound.ms(); at += 100) {
      loudest = Math.max(loudest, sound.part(at, at + 100).amplitude(freqHz));
    }
    return loudest;
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldBeHeardByThoseWhoWaitAlone(final Codec codec) {
    join(2, codec);
    plan(MUSIC);
    call.settle(500);
    call.ms(LOOP_MS);
    for (int i = 2; i < 4; i++) {
      assertThat(Sound.db(loudest(call.phones.get(i), MUSIC_HZ), PEAK)).isCloseTo(0, within(1.5));
      assertThat(Sound.db(loudest(call.phones.get(i), VOICE_HZ), PEAK)).isLessThan(-35);
    }
    for (int i = 0; i < 2; i++) {
      assertThat(Sound.db(loudest(call.phones.get(i), MUSIC_HZ), PEAK)).isLessThan(-35);
    }
    assertThat(Sound.db(loudest(call.phones.get(1), VOICE_HZ), PEAK)).isCloseTo(0, within(1.5));

    plan(NONE);
    call.settle(500);
    call.ms(LOOP_MS);
    assertThat(loudest(call.phones.get(2), MUSIC_HZ)).as("music off").isLessThan(PEAK / 100);
  }

  /** Within two rests after one came, or heard a prompt of his own, all are sent the same bytes. */
  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldBeOneFrameForAllWhoWaitSoonAfterEachCame(final Codec codec) {
    join(4, codec);
    plan(MUSIC);
    call.settle(700);
    call.join(codec);
    plan(MUSIC);
    call.stage.engine.prompt(4, List.of("prompt"), 1);
    call.ms(400);
    final int last = call.phones.get(3).payloads.size() - 1;
    assertThat(call.phones.get(3).payloads.get(last))
        .as("over a prompt of his own")
        .isNotEqualTo(call.phones.get(2).payloads.get(last));
    assertThat(call.phones.get(3).sound().part(200, 400).amplitude(PROMPT_HZ))
        .isGreaterThan(0.8 * PEAK);
    call.settle(2 * LOOP_MS);
    call.ms(LOOP_MS);
    for (int i = 3; i < call.phones.size(); i++) {
      for (int packet = 0; packet < LOOP_MS / 20; packet++) {
        assertThat(call.phones.get(i).payloads.get(packet))
            .as("packet %d of waiting %d", packet, i)
            .isEqualTo(call.phones.get(2).payloads.get(packet));
      }
    }
  }

  @Test
  void shouldBeDuckedByAPrompt() {
    join(1, Codec.L16_WIDE);
    plan(MUSIC);
    do {
      call.settle(20);
      call.ms(100);
    } while (call.phones.get(2).sound().amplitude(MUSIC_HZ) > PEAK / 100);
    while (call.phones.get(2).sound().amplitude(MUSIC_HZ) < 0.9 * PEAK) {
      call.settle(20);
      call.ms(100);
    }
    call.phones.forEach(CodecPhone::forget);
    call.stage.engine.prompt(3, List.of("prompt"), 1);
    call.ms(400);
    final Sound heard = call.phones.get(2).sound().part(100, 400);
    assertThat(Sound.db(heard.amplitude(MUSIC_HZ), PEAK)).isCloseTo(-12, within(0.5));
    assertThat(Sound.db(heard.amplitude(PROMPT_HZ), PEAK)).isCloseTo(0, within(0.5));
  }

  /** A tone to all is heard over it, by those who wait as by the others. */
  @Test
  void shouldGoOnUnderATonePlayedToAll() {
    join(1, Codec.L16_WIDE);
    plan(MUSIC);
    call.settle(500);
    call.stage.engine.play(CALL, "prompt", 0, true);
    call.ms(LOOP_MS);
    assertThat(Sound.db(loudest(call.phones.get(2), PROMPT_HZ), PEAK)).isCloseTo(0, within(0.5));
    assertThat(Sound.db(loudest(call.phones.get(2), MUSIC_HZ), PEAK)).isCloseTo(0, within(0.5));
    assertThat(Sound.db(loudest(call.phones.get(1), PROMPT_HZ), PEAK)).isCloseTo(0, within(0.5));
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"L16", "L16_WIDE"})
  void shouldComeAndGoWithoutAClick(final Codec codec) {
    join(1, codec);
    final CodecPhone waiting = call.phones.get(2);
    plan(NONE);
    call.settle(500);
    for (int i = 0; i < 20; i++) {
      plan(i % 2 == 0 ? MUSIC : NONE);
      call.ms(140);
    }
    final int rateHz = codec.sampleRateHz();
    final double ramp = PEAK / (rateHz / 200.0);
    final double note = 2 * PEAK * Math.sin(Math.PI * MUSIC_HZ / rateHz);
    assertThat(waiting.sound().peak()).isGreaterThan((int) (0.9 * PEAK));
    assertThat(waiting.sound().largestStep()).isLessThan((int) (note + ramp + 2));
  }

  @Test
  void shouldAllocateLessThanAByteAPacket() {
    final int waiting = 100;
    final int ticks = 500;
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    try (Stage stage = new Stage(1, clip(MixPlan.MUSIC_CLIP, MUSIC_HZ, NOTE_MS, LOOP_MS))) {
      stage.openCall(waiting);
      final MixPlan.Place[] places = new MixPlan.Place[waiting];
      for (int i = 0; i < waiting; i++) {
        places[i] = Stage.place(i + 1, NONE, MUSIC);
      }
      stage.plan(places);
      run(stage, threads, ticks);
      final long sentBefore = stage.count(MediaCounter.RTP_SENT);
      final long allocatedBytes = run(stage, threads, ticks);
      final long sent = stage.count(MediaCounter.RTP_SENT) - sentBefore;
      assertThat(sent).isEqualTo((long) waiting * ticks);
      assertThat(allocatedBytes).isLessThan(sent);
    }
  }

  private static long run(final Stage stage, final ThreadMXBean threads, final int ticks) {
    long allocatedBytes = 0;
    for (int tick = 0; tick < ticks; tick++) {
      for (final Phone phone : stage.phones.values()) {
        phone.say(0xFF);
        phone.drain();
      }
      stage.clock.advance(Stage.TICK_NS);
      final long before = threads.getCurrentThreadAllocatedBytes();
      stage.engine.step();
      allocatedBytes += threads.getCurrentThreadAllocatedBytes() - before;
      stage.engine.poll(stage, Integer.MAX_VALUE);
    }
    return allocatedBytes;
  }
}
