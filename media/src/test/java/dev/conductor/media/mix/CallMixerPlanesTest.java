package dev.conductor.media.mix;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RateConverter;
import dev.conductor.media.dsp.RatePlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Voices and listeners of different rates, and lines whose gate is closed. */
class CallMixerPlanesTest {
  private static final int LOUD = 8_000;

  /** More than the constant noise of a large mix ever is. */
  private static final int FAINT = 100;

  private final CallMixer mixer = new CallMixer(gone -> {}, new VoicePool());
  private final int[] heard = new int[RatePlane.MAX_FRAME_SAMPLES];
  private final SplittableRandom random = new SplittableRandom(9);

  @ParameterizedTest
  @CsvSource({
    "NARROW, WIDE",
    "NARROW, FULL",
    "WIDE, NARROW",
    "WIDE, FULL",
    "FULL, NARROW",
    "FULL, WIDE"
  })
  void shouldLetNobodyHearHimselfWhateverTheRates(final RatePlane speaks, final RatePlane hears) {
    mixer.plan(inOneMix(2));
    for (int place = 0; place < 2; place++) {
      mixer.listen(place, hears);
    }
    int loudest = 0;
    for (int tick = 0; tick < 20; tick++) {
      mixer.begin();
      mixer.feed(0, noise(speaks), speaks, true, Gain.UNITY_Q15);
      loudest = Math.max(loudest, peak(hears, 1, 0));
      assertThat(peak(hears, 0, 0)).as("himself, tick %d", tick).isZero();
    }
    assertThat(loudest).as("by the other").isGreaterThan(LOUD / 2);
  }

  /** What was said before a pause must not be heard at its end. */
  @ParameterizedTest
  @EnumSource(
      value = RatePlane.class,
      names = {"WIDE", "FULL"})
  void shouldRememberNothingOfAVoiceFromBeforeAPause(final RatePlane hears) {
    mixer.plan(inOneMix(2));
    mixer.listen(1, hears);
    for (int tick = 0; tick < 3; tick++) {
      mixer.begin();
      mixer.feed(0, noise(RatePlane.NARROW), RatePlane.NARROW, true, Gain.UNITY_Q15);
      mixer.hear(1, heard);
    }
    mixer.begin();
    mixer.hear(1, heard);
    final short[] voice = noise(RatePlane.NARROW);
    mixer.begin();
    mixer.feed(0, voice, RatePlane.NARROW, true, Gain.UNITY_Q15);
    mixer.hear(1, heard);
    final short[] fresh = new short[hears.frameSamples()];
    new RateConverter(RatePlane.NARROW, hears).process(voice, fresh);
    for (int i = 0; i < fresh.length; i++) {
      assertThat(heard[i]).as("sample %d", i).isEqualTo(fresh[i]);
    }
  }

  @Test
  void shouldHearAtTheNewRateWhenAListenersCodecChanges() {
    mixer.plan(inOneMix(3));
    mixer.begin();
    mixer.begin();
    assertThat(mixer.group(1).plane()).isEqualTo(RatePlane.NARROW);
    mixer.listen(1, RatePlane.WIDE);
    assertThat(mixer.group(1).plane()).isEqualTo(RatePlane.WIDE);
    assertThat(mixer.group(2).plane()).isEqualTo(RatePlane.NARROW);
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldLeaveOutAClosedLineOfALargeMixWithoutAStep(final RatePlane hears) {
    mixer.plan(inOneMix(17));
    mixer.listen(16, hears);
    final int ramp = hears.frameSamples() / 4;
    feedConstant(true);
    feedConstant(true);
    assertThat(peak(hears, 16, hears.frameSamples() / 2)).isBetween(LOUD - FAINT, LOUD + FAINT);
    feedConstant(false);
    final int atOnce = peak(hears, 16, 0);
    assertThat(atOnce).as("it goes out by a ramp").isGreaterThan(LOUD / 2);
    feedConstant(false);
    assertThat(peak(hears, 16, ramp)).as("and then is gone").isBetween(1, FAINT);
    feedConstant(true);
    feedConstant(true);
    assertThat(peak(hears, 16, hears.frameSamples() / 2)).isBetween(LOUD - FAINT, LOUD + FAINT);
  }

  @Test
  void shouldHearAClosedLineOfASmallMix() {
    mixer.plan(inOneMix(16));
    for (int tick = 0; tick < 3; tick++) {
      feedConstant(false);
    }
    mixer.hear(15, heard);
    assertThat(Arrays.copyOf(heard, RatePlane.NARROW.frameSamples())).containsOnly(LOUD);
  }

  /** Else a listener would hear the call vanish whenever nobody speaks. */
  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldHearAFaintNoiseInALargeMixWhenNoLineIsOpen(final RatePlane hears) {
    mixer.plan(inOneMix(17));
    mixer.listen(16, hears);
    for (int tick = 0; tick < 5; tick++) {
      mixer.begin();
      assertThat(peak(hears, 16, 0)).isBetween(1, FAINT);
    }
  }

  private void feedConstant(final boolean open) {
    mixer.begin();
    final short[] voice = new short[RatePlane.NARROW.frameSamples()];
    Arrays.fill(voice, (short) LOUD);
    mixer.feed(0, voice, RatePlane.NARROW, open, Gain.UNITY_Q15);
  }

  /** The largest absolute sample that a place hears in this tick, from a sample on. */
  private int peak(final RatePlane plane, final int place, final int from) {
    mixer.hear(place, heard);
    int peak = 0;
    for (int i = from; i < plane.frameSamples(); i++) {
      peak = Math.max(peak, Math.abs(heard[i]));
    }
    return peak;
  }

  private short[] noise(final RatePlane plane) {
    final short[] frame = new short[plane.frameSamples()];
    for (int i = 0; i < frame.length; i++) {
      frame[i] = (short) random.nextInt(-LOUD, LOUD + 1);
    }
    return frame;
  }

  private static MixPlan inOneMix(final int count) {
    final List<MixPlan.Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(new MixPlan.Place(i + 1, 0, -1, 0, -1, 0, 0, 100, true));
    }
    return new MixPlan(1, count, 1, places);
  }
}
