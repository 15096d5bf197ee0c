package dev.conductor.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.dsp.Goertzel;
import dev.conductor.media.dsp.Level;
import dev.conductor.media.dsp.RatePlane;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CallPlayerTest {
  private static final RatePlane NARROW = RatePlane.NARROW;

  private final CallPlayer player = new CallPlayer();

  @Test
  void shouldBeSilentWhenNothingPlays() {
    player.tick();
    assertThat(player.isSounding()).isFalse();
    assertThat(player.isPlaying()).isFalse();
    assertThat(player.frame(NARROW)).containsOnly(0);
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldSoundOnceAtEachPlaneAndThenBeSilent(final RatePlane plane) {
    player.start(sine(1_000, 5_000, 210), 0, false);
    assertThat(player.isPlaying()).isTrue();
    final short[] heard = play(plane, 20);
    final int sounding = 200 * plane.rateHz() / 1_000;
    assertThat(Goertzel.amplitude(heard, 0, sounding, 1_000, plane.rateHz()))
        .isCloseTo(5_000, within(50.0));
    final int after = 215 * plane.rateHz() / 1_000;
    assertThat(Level.peak(heard, after, heard.length - after)).isZero();
    assertThat(player.isPlaying()).isFalse();
    assertThat(player.isSounding()).isFalse();
  }

  @Test
  void shouldGiveTheSameFrameToAllWhoAskInATick() {
    player.start(sine(1_000, 5_000, 100), 0, false);
    player.tick();
    final short[] first = player.frame(NARROW).clone();
    assertThat(player.frame(NARROW)).isEqualTo(first).isSameAs(player.frame(NARROW));
    player.tick();
    player.tick();
    final short[] third = player.frame(RatePlane.WIDE).clone();
    assertThat(Goertzel.amplitude(third, 0, third.length, 1_000, 16_000))
        .as("a plane first asked for later is at the same place")
        .isCloseTo(5_000, within(50.0));
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldLoopWithoutASeam(final RatePlane plane) {
    // 137 whole periods of 1 kHz: no whole number of frames.
    final short[] samples = new short[137 * plane.rateHz() / 1_000];
    Tone.steady(1_000, 5_000, plane.rateHz()).fill(samples);
    player.start(new Clip("loop", plane.rateHz(), samples), 0, true);
    final short[] heard = play(plane, 200);
    final double amplitude = Goertzel.amplitude(heard, 0, heard.length, 1_000, plane.rateHz());
    assertThat(amplitude).isCloseTo(5_000, within(10.0));
    assertThat(rms(heard)).isCloseTo(amplitude / Math.sqrt(2), within(5.0));
    assertThat(player.isPlaying()).isTrue();
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldLetTheOldDieAwayIn20MsUnderTheNew(final RatePlane plane) {
    player.start(sine(700, 8_000, 2_000), 0, true);
    play(plane, 10);
    player.start(new Clip("quiet", 8_000, new short[8_000]), 0, false);
    final short[] heard = play(plane, 3);
    final int frame = plane.frameSamples();
    final double steepest = 8_000 * 2 * Math.PI * 700 / plane.rateHz() + 8_000.0 / frame + 2;
    for (int i = 1; i < heard.length; i++) {
      assertThat((double) Math.abs(heard[i] - heard[i - 1])).as("at %d", i).isLessThan(steepest);
    }
    assertThat(Level.peak(heard, 0, frame / 4)).isGreaterThan(6_000);
    assertThat(Level.peak(heard, 3 * frame / 4, frame / 4)).isBetween(1, 2_100);
    assertThat(Level.peak(heard, frame, 2 * frame)).isZero();
  }

  @Test
  void shouldBeginTheNewAtOnceWhenItReplacesAnother() {
    player.start(sine(700, 6_000, 2_000), 0, false);
    play(NARROW, 10);
    player.start(sine(1_900, 6_000, 2_000), 0, false);
    final short[] heard = play(NARROW, 11);
    assertThat(Goertzel.amplitude(heard, 0, 160, 1_900, 8_000)).isGreaterThan(5_500);
    assertThat(Goertzel.amplitude(heard, 160, 1_600, 700, 8_000)).isLessThan(30);
    assertThat(Goertzel.amplitude(heard, 160, 1_600, 1_900, 8_000)).isCloseTo(6_000, within(60.0));
  }

  @Test
  void shouldFadeOutWhenStopped() {
    player.start(sine(700, 6_000, 2_000), 0, true);
    play(NARROW, 10);
    player.stop();
    final short[] heard = play(NARROW, 2);
    assertThat(Level.peak(heard, 0, 40)).isGreaterThan(4_000);
    assertThat(Level.peak(heard, 160, 160)).isZero();
    assertThat(player.isSounding()).isFalse();
  }

  @Test
  void shouldApplyTheGainInStepsOf3Db() {
    player.start(sine(1_000, 8_000, 1_000), -3, false);
    final short[] heard = play(NARROW, 40);
    assertThat(20 * Math.log10(Goertzel.amplitude(heard, 0, heard.length, 1_000, 8_000) / 8_000))
        .isCloseTo(-9, within(0.1));
  }

  @Test
  void shouldTakeAClipWithoutSamplesAsSilence() {
    player.start(new Clip("nothing", 8_000, new short[0]), 0, true);
    player.tick();
    assertThat(player.frame(NARROW)).containsOnly(0);
    assertThat(player.isPlaying()).isFalse();
  }

  private short[] play(final RatePlane plane, final int frames) {
    final short[] heard = new short[frames * plane.frameSamples()];
    for (int i = 0; i < frames; i++) {
      player.tick();
      final int at = i * plane.frameSamples();
      System.arraycopy(player.frame(plane), 0, heard, at, plane.frameSamples());
    }
    return heard;
  }

  private static double rms(final short[] samples) {
    long sum = 0;
    for (final short sample : samples) {
      sum += (long) sample * sample;
    }
    return Math.sqrt((double) sum / samples.length);
  }

  private static Clip sine(final double freqHz, final int amplitude, final int ms) {
    final short[] samples = new short[8 * ms];
    Tone.steady(freqHz, amplitude).fill(samples);
    return new Clip("sine", 8_000, samples);
  }
}
