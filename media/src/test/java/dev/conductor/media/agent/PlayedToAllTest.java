package dev.conductor.media.agent;

import static dev.conductor.media.agent.CodecCall.BREAKOUT;
import static dev.conductor.media.agent.CodecCall.MAIN;
import static dev.conductor.media.agent.CodecCall.NONE;
import static dev.conductor.media.agent.Stage.CALL;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.play.Clip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the conductor plays to a call and to one caller, as phones of every codec hear it. */
class PlayedToAllTest {
  private static final double PEAK = 6_000;
  private static final int CLIP_HZ = 16_000;
  private static final int LOW_HZ = 500;
  private static final int HIGH_HZ = 1_300;
  private static final int ROOM_HZ = 900;

  private final CodecCall call =
      new CodecCall(81, clip("low", LOW_HZ, 400), clip("high", HIGH_HZ, 400));

  private static Clip clip(final String name, final int freqHz, final int ms) {
    final short[] samples = new short[ms * CLIP_HZ / 1_000];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = (short) (PEAK * Math.sin(2 * Math.PI * freqHz * i / CLIP_HZ));
    }
    return new Clip(name, CLIP_HZ, samples);
  }

  @AfterEach
  void close() {
    call.close();
  }

  /** Of this codec: one who takes part, one muted, one deaf, one deaf and muted, one elsewhere. */
  private void join(final Codec codec) {
    final int[] feeds = {MAIN, NONE, MAIN, NONE, BREAKOUT};
    final int[] hears = {MAIN, MAIN, NONE, NONE, BREAKOUT};
    final List<MixPlan.Place> places = new ArrayList<>();
    for (int i = 0; i < feeds.length; i++) {
      call.join(codec);
      places.add(Stage.place(i + 1, feeds[i], hears[i]));
    }
    call.stage.plan(places.toArray(new MixPlan.Place[0]));
    call.settle(400);
  }

  private static void assertHears(
      final Sound heard, final int freqHz, final double db, final String what) {
    assertThat(Sound.db(heard.amplitude(freqHz), PEAK)).as(what).isCloseTo(db, within(1.5));
  }

  private static void assertHearsNot(final Sound heard, final int freqHz, final String what) {
    assertThat(Sound.db(heard.amplitude(freqHz), PEAK)).as(what).isLessThan(-40);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldPlayToEverybodyDeafAndMutedTooUntilItIsStopped(final Codec codec) {
    join(codec);
    assertThat(call.stage.engine.play(CALL, "low", -1, true)).isTrue();
    call.settle(100);
    call.ms(1_000);
    for (final CodecPhone phone : call.phones) {
      assertHears(phone.sound(), LOW_HZ, -3, codec + " to place " + call.id(phone));
    }
    assertThat(call.stage.engine.stopPlay(CALL)).isTrue();
    call.settle(100);
    call.ms(400);
    for (final CodecPhone phone : call.phones) {
      assertHearsNot(phone.sound(), LOW_HZ, codec + " to place " + call.id(phone));
    }
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldPlayOnceOverAVoiceThatIsNotLowered(final Codec codec) {
    join(codec);
    call.phones.get(0).voice = Voice.tone(ROOM_HZ, PEAK);
    call.settle(400);
    assertThat(call.stage.engine.play(CALL, "high", 0, false)).isTrue();
    call.ms(400);
    final Sound during = call.phones.get(1).sound().part(100, 400);
    assertHears(during, HIGH_HZ, 0, codec + ", the clip");
    assertHears(during, ROOM_HZ, 0, codec + ", the voice");
    assertHears(call.phones.get(2).sound().part(100, 400), HIGH_HZ, 0, codec + ", to the deaf");
    assertHearsNot(call.phones.get(2).sound().part(100, 400), ROOM_HZ, codec + ", the deaf");
    call.settle(100);
    call.ms(400);
    assertHearsNot(call.phones.get(1).sound(), HIGH_HZ, codec + ", the clip when it ended");
    assertHears(call.phones.get(1).sound(), ROOM_HZ, 0, codec + ", the voice after");
  }

  /** The old dies away over 20 ms under the new: neither a click nor a hole. */
  @Test
  void shouldCrossFromOneClipToTheOther() {
    join(Codec.L16);
    final CodecPhone listener = call.phones.get(3);
    call.stage.engine.play(CALL, "low", 0, true);
    call.settle(400);
    call.ticks(1);
    call.stage.engine.play(CALL, "high", 0, true);
    call.ms(400);
    final Sound heard = listener.sound();
    final Sound crossing = heard.part(20, 40);
    assertThat(crossing.amplitude(LOW_HZ)).as("dying").isBetween(0.35 * PEAK, 0.65 * PEAK);
    assertThat(crossing.amplitude(HIGH_HZ)).as("begun").isGreaterThan(0.8 * PEAK);
    assertHears(heard.part(40, 400), HIGH_HZ, 0, "the new");
    assertHearsNot(heard.part(40, 400), LOW_HZ, "the old");
    final double steps =
        2 * PEAK * (Math.sin(Math.PI * LOW_HZ / 8_000) + Math.sin(Math.PI * HIGH_HZ / 8_000));
    assertThat(heard.largestStep()).as("a click").isLessThan((int) steps);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldPlayQueuedPromptsInTheirOrderToOneCallerOverHisRoomDucked(final Codec codec) {
    join(codec);
    call.phones.get(0).voice = Voice.tone(ROOM_HZ, PEAK);
    call.settle(400);
    call.stage.events.clear();
    assertThat(call.stage.engine.queuePrompt(2, List.of("low"), 0, 11)).isTrue();
    assertThat(call.stage.engine.queuePrompt(2, List.of("high", "low"), -2, 12)).isTrue();
    assertThat(call.stage.engine.queuePrompt(2, List.of("high"), 0, 13)).isTrue();
    call.ms(2_000);
    final Sound heard = call.phones.get(1).sound();
    final int[] order = {LOW_HZ, HIGH_HZ, LOW_HZ, HIGH_HZ};
    final double[] levels = {0, -6, -6, 0};
    for (int i = 0; i < order.length; i++) {
      final Sound part = heard.part(400 * i + 60, 400 * i + 360);
      assertHears(part, order[i], levels[i], codec + ", clip " + i);
      assertHearsNot(part, order[(i + 1) % 2], codec + ", the other at clip " + i);
      assertHears(part, ROOM_HZ, -12, codec + ", the room at clip " + i);
    }
    assertHears(heard.part(1_700, 2_000), ROOM_HZ, 0, codec + ", the room after");
    assertThat(call.stage.events.stream().filter(event -> event.startsWith("prompt")))
        .containsExactly("prompt 2 11", "prompt 2 12", "prompt 2 13");
    final Sound other = call.phones.get(4).sound();
    assertThat(other.amplitude(LOW_HZ)).as("another caller").isLessThan(PEAK / 100);
  }
}
