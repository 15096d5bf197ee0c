package dev.conductor.media.agent;

import static dev.conductor.media.agent.CodecCall.BREAKOUT;
import static dev.conductor.media.agent.CodecCall.MAIN;
import static dev.conductor.media.agent.CodecCall.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Twenty at full scale in one call, and what a listener makes of it. */
class LoudCallTest {
  private static final int TALKERS = 20;
  private static final double FULL = 32_000;
  private static final long SEED = 41;

  private final CodecCall call = new CodecCall(SEED);

  @AfterEach
  void close() {
    call.close();
  }

  private static int toneHz(final int talker) {
    return 200 + 50 * talker;
  }

  /** Ten talkers in each of two mixes, all of which one listener hears, and no line is left out. */
  private CodecPhone joinAll(final Codec hears) {
    final MixPlan.Place[] places = new MixPlan.Place[TALKERS + 1];
    for (int i = 0; i < TALKERS; i++) {
      call.join(Codec.PCMU).voice = Voice.tone(toneHz(i), FULL);
      places[i] = Stage.place(i + 1, i % 2 == 0 ? MAIN : BREAKOUT, NONE);
    }
    final CodecPhone listener = call.join(hears);
    listener.voice = null;
    places[TALKERS] = new MixPlan.Place(TALKERS + 1, NONE, NONE, MAIN, BREAKOUT, 0, 0, 100, false);
    call.stage.plan(places);
    return listener;
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldLetAListenerHearEachOfTwentyAtFullScaleWithoutWrapOrMuchSaturation(final Codec codec) {
    final CodecPhone listener = joinAll(codec);
    call.settle(600);
    call.ms(1_000);
    final Sound heard = listener.sound();
    // The highest tone alone at full scale steps by 0.9 of it at 8 kHz; a wrap by twice it.
    final double steepest = 2 * Math.sin(Math.PI * toneHz(TALKERS - 1) / heard.rateHz()) * 32_767;
    assertThat(heard.largestStep()).as("wrap").isLessThan((int) (1.3 * steepest));
    int saturated = 0;
    for (final short sample : heard.samples()) {
      saturated += Math.abs(sample) >= Short.MAX_VALUE ? 1 : 0;
    }
    assertThat((double) saturated / heard.samples().length).as("saturated").isLessThan(0.01);
    final double[] levels = new double[TALKERS];
    for (int i = 0; i < TALKERS; i++) {
      levels[i] = heard.amplitude(toneHz(i));
    }
    final double mean = Arrays.stream(levels).average().orElseThrow();
    assertThat(mean).as("a talker's level").isGreaterThan(0.6 * 32_767 / TALKERS);
    for (int i = 0; i < TALKERS; i++) {
      assertThat(Sound.db(levels[i], mean)).as("talker at " + toneHz(i)).isBetween(-5.0, 4.0);
    }
  }

  /** Once the others are silent, what one says is again his very bits within 300 ms. */
  @Test
  void shouldBeBitExactAgainWithin300MsAfterTheyStop() {
    final CodecPhone listener = joinAll(Codec.PCMU);
    call.settle(600);
    final CodecPhone last = call.phones.get(0);
    final SplittableRandom random = new SplittableRandom(SEED);
    for (final CodecPhone phone : call.phones.subList(1, TALKERS)) {
      phone.voice = Voice.SILENCE;
    }
    listener.voice = null;
    last.voice = seconds -> random.nextInt(10, 32_001) * (random.nextBoolean() ? 1 : -1);
    last.keepsSaid = true;
    listener.forget();
    call.ms(1_000);
    final List<byte[]> said = last.said;
    final byte[] late = listener.payloads.get(40);
    int behind = -1;
    for (int i = 0; i < 5; i++) {
      behind = Arrays.equals(said.get(40 - i), late) ? i : behind;
    }
    assertThat(behind).as("what was said is heard, seed %d", SEED).isNotNegative();
    for (int i = 300 / 20 + behind; i < 50; i++) {
      assertThat(listener.payloads.get(i))
          .as("frame %d, seed %d", i, SEED)
          .isEqualTo(said.get(i - behind));
    }
    assertThat(listener.payloads.get(0)).as("loud before").isNotEqualTo(said.get(0));
  }
}
