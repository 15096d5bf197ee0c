package dev.conductor.media.agent;

import static dev.conductor.media.agent.CodecCall.MAIN;
import static dev.conductor.media.agent.CodecCall.NONE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Many open microphones, each with the noise of its line, and a few who talk. */
class OpenLinesTest {
  private static final double NOISE_PEAK = 130;
  private static final double NOISE_RMS = NOISE_PEAK / Math.sqrt(3);
  private static final double PEAK = 6_000;
  private static final long SEED = 51;

  private CodecCall call = new CodecCall(SEED);
  private CodecPhone listener;

  @AfterEach
  void close() {
    call.close();
  }

  /** Microphones with noise on their lines, and a listener without one. */
  private void join(final int microphones, final int energyOfFirst) {
    final MixPlan.Place[] places = new MixPlan.Place[microphones + 1];
    for (int i = 0; i < microphones; i++) {
      call.join(Codec.L16).voice = noise(i);
      places[i] = place(i + 1, MAIN, i == 0 ? energyOfFirst : 100);
    }
    listener = call.join(Codec.L16);
    listener.voice = null;
    places[microphones] = place(microphones + 1, NONE, 100);
    call.stage.plan(places);
    call.settle(4_000);
  }

  private static MixPlan.Place place(final long id, final int feeds, final int energy) {
    return new MixPlan.Place(id, feeds, NONE, MAIN, NONE, 0, 0, energy, feeds == MAIN);
  }

  private static Voice noise(final int line) {
    return Voice.noise(SEED + line, NOISE_PEAK);
  }

  @ParameterizedTest
  @ValueSource(ints = {17, 24})
  void shouldNotAddUpTheNoiseOfManyOpenLinesButKeepASteadyFaintOne(final int microphones) {
    join(microphones, 100);
    call.ms(2_000);
    final Sound heard = listener.sound();
    final double all = NOISE_RMS * Math.sqrt(microphones);
    assertThat(Sound.db(heard.rms(), all)).as("against the sum of all lines").isLessThan(-20);
    for (int at = 0; at < heard.ms(); at += 100) {
      assertThat(heard.part(at, at + 100).rms()).as("noise at %d ms", at).isBetween(12.0, 22.0);
    }
  }

  @Test
  void shouldMixEverybodyAsHeIsWhereThereAreSixteen() {
    join(16, 100);
    call.ms(2_000);
    assertThat(Sound.db(listener.sound().rms(), NOISE_RMS * 4)).isCloseTo(0, within(0.5));
  }

  @Test
  void shouldKeepALineOpenWhoseEnergyIsZero() {
    join(20, 0);
    call.ms(2_000);
    final double both = Math.hypot(NOISE_RMS, 16.5);
    assertThat(Sound.db(listener.sound().rms(), both)).isCloseTo(0, within(0.5));
  }

  /** Both are heard whole from their first sample on, as early as where no line is left out. */
  @ParameterizedTest
  @ValueSource(ints = {17, 24})
  void shouldHearTwoTalkersFromTheirFirstFrameWithoutAddedDelay(final int microphones) {
    join(16, 100);
    final double ungatedNs = beginningNs(1, 600);
    call.close();
    call = new CodecCall(SEED);
    join(microphones, 100);
    // A line that opens comes in within 5 ms.
    assertThat(beginningNs(1, 600)).as("of the first").isCloseTo(ungatedNs, within(5.1e6));
    beginningNs(2, 1_050);
    call.phones.forEach(CodecPhone::forget);
    call.ms(400);
    final Sound heard = listener.sound();
    assertThat(Sound.db(heard.amplitude(600), PEAK)).as("the first").isCloseTo(0, within(0.5));
    assertThat(Sound.db(heard.amplitude(1_050), PEAK)).as("the second").isCloseTo(0, within(0.5));
  }

  /** One begins to talk; how long after he said it his first sample is heard. */
  private double beginningNs(final int microphone, final int freqHz) {
    final CodecPhone talker = call.phones.get(microphone);
    final double beginsAt = talker.ownSeconds() + 0.1;
    final Voice noise = talker.voice;
    final Voice tone =
        seconds ->
            seconds < beginsAt ? 0 : PEAK * Math.cos(2 * Math.PI * freqHz * (seconds - beginsAt));
    talker.voice = noise.with(tone);
    listener.forget();
    call.ms(400);
    final Sound heard = listener.sound();
    final double before = heard.part(0, 60).amplitude(freqHz);
    for (int at = 0; at + 5 <= heard.ms(); at++) {
      final Sound part = heard.part(at, at + 5);
      if (part.amplitude(freqHz) > 0.95 * PEAK) {
        assertThat(before).as("nothing of it before").isLessThan(PEAK / 10);
        return listener.heardNs.get(0) + at * 1e6 - talker.momentNs(beginsAt);
      }
    }
    throw new AssertionError("the talker at " + freqHz + " Hz is not heard");
  }
}
