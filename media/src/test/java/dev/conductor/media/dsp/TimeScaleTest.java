package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.dsp.Sounds.Sound;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeScaleTest {
  private static final int RATE_HZ = 8_000;
  private static final int COUNT = RATE_HZ * 40 / 1_000;

  private final TimeScale scale = new TimeScale(RATE_HZ);

  @ParameterizedTest
  @CsvSource({
    "8000, 80",
    "8000, 130",
    "8000, 250",
    "8000, 1004",
    "16000, 80",
    "16000, 3100",
    "48000, 440"
  })
  void shouldKeepAToneAtItsPitchWithoutAClick(final int rateHz, final double freqHz) {
    final int count = rateHz * 40 / 1_000;
    final int before = rateHz * 30 / 1_000;
    final int amplitude = 10_000;
    final Sound tone = Sounds.sine(freqHz, amplitude, rateHz);
    for (final boolean longer : new boolean[] {false, true}) {
      final short[] samples = Sounds.take(tone, 0, 2 * before + 2 * count);
      final int now = once(new TimeScale(rateHz), longer, samples, before, count);
      final int change = longer ? now - count : count - now;
      assertThat(change).isBetween(rateHz / 400, rateHz * 15 / 1_000);
      // What follows goes on where the tone now ends.
      final short[] after = Sounds.take(tone, before + count, before);
      final short[] all = Arrays.copyOf(samples, 2 * before + now);
      System.arraycopy(after, 0, all, before + now, before);
      assertThat(Sounds.purity(all, freqHz, rateHz)).isGreaterThan(0.97);
      final double steepest = 2 * amplitude * Math.sin(Math.PI * freqHz / rateHz);
      for (int i = 1; i < all.length; i++) {
        assertThat((double) Math.abs(all[i] - all[i - 1])).isLessThan(1.1 * steepest + 2);
      }
      assertThat(Level.peak(all, 0, all.length)).isLessThanOrEqualTo(amplitude * 11 / 10);
      for (int at = 0; at + count / 4 <= all.length; at += count / 4) {
        final double rms = Sounds.rms(all, at, count / 4);
        assertThat(rms).isBetween(0.75 * amplitude / Math.sqrt(2), 1.25 * amplitude / Math.sqrt(2));
      }
    }
  }

  @Test
  void shouldLeaveNoiseOfAVoiceAlone() {
    final Sound noise = Sounds.noise(10_000, 7);
    final short[] samples = Sounds.take(noise, 0, 2 * COUNT);
    assertThat(scale.shrink(samples, 0, COUNT)).isEqualTo(COUNT);
    assertThat(scale.stretch(samples, 0, COUNT, samples.length)).isEqualTo(COUNT);
    assertThat(samples).isEqualTo(Sounds.take(noise, 0, 2 * COUNT));
  }

  @Test
  void shouldLeaveTheOnsetOfAVoiceAlone() {
    final Sound onset = Sounds.then(Sounds.silence(), COUNT / 2, Sounds.sine(200, 12_000, RATE_HZ));
    final short[] samples = Sounds.take(onset, 0, 2 * COUNT);
    assertThat(scale.shrink(samples, 0, COUNT)).isEqualTo(COUNT);
    assertThat(scale.stretch(samples, 0, COUNT, samples.length)).isEqualTo(COUNT);
    assertThat(samples).isEqualTo(Sounds.take(onset, 0, 2 * COUNT));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 40, 300})
  void shouldAlwaysChangeAPauseAndKeepItsLevel(final int noisePeak) {
    final Sound noise = Sounds.noise(noisePeak, 5);
    learn(noise);
    double before = 0;
    double after = 0;
    for (int i = 0; i < 50; i++) {
      final short[] pause = Sounds.take(noise, 2 * i * COUNT, 2 * COUNT);
      assertThat(scale.isPause(pause, 0, COUNT)).isTrue();
      final double rms = Sounds.rms(pause, 0, COUNT);
      final int less = scale.shrink(pause, 0, COUNT);
      assertThat(COUNT - less).isBetween(20, 120);
      assertThat(Sounds.rms(pause, 0, less)).isBetween(0.8 * rms, 1.2 * rms);
      before += rms;
      after += Sounds.rms(pause, 0, less);
      final int more = scale.stretch(pause, 0, COUNT, pause.length);
      assertThat(more - COUNT).isBetween(20, 120);
      assertThat(Sounds.rms(pause, 0, more)).isBetween(0.8 * rms, 1.2 * rms);
    }
    assertThat(after).isBetween(0.97 * before, 1.03 * before);
  }

  @ParameterizedTest
  @ValueSource(ints = {20, 21, 77, 119, 120, 121, 139, 140, 200, 400})
  void shouldTakeOutOfAPauseWhatMayGoOrLeaveEnoughForAnotherTime(final int most) {
    final Sound noise = Sounds.noise(300, 5);
    learn(noise);
    final short[] pause = Sounds.take(noise, 0, COUNT);
    final double rms = Sounds.rms(pause, 0, COUNT);
    assertThat(scale.isPause(pause, 0, COUNT)).isTrue();
    final int gone = COUNT - scale.shrinkPause(pause, 0, COUNT, most);
    if (most <= 120) {
      assertThat(gone).isEqualTo(most);
    } else {
      assertThat(gone).isBetween(100, 120);
      assertThat(most - gone).isGreaterThanOrEqualTo(20);
    }
    assertThat(Sounds.rms(pause, 0, COUNT - gone)).isBetween(0.8 * rms, 1.2 * rms);
  }

  @Test
  void shouldTellAPauseFromATalkOverTheNoiseOfTheLine() {
    final Sound noise = Sounds.noise(150, 9);
    learn(noise);
    final Sound talk = Sounds.sum(noise, Sounds.sine(180, 900, RATE_HZ));
    for (int i = 0; i < 50; i++) {
      assertThat(scale.isPause(Sounds.take(noise, i * COUNT, COUNT), 0, COUNT)).isTrue();
      assertThat(scale.isPause(Sounds.take(talk, i * COUNT, COUNT), 0, COUNT)).isFalse();
    }
  }

  @Test
  void shouldTakeNoLoudToneForAPauseHoweverLongItLasts() {
    final short[] tone = Sounds.take(Sounds.sine(425, 3_000, RATE_HZ), 0, 10 * RATE_HZ);
    for (int at = 0; at + COUNT <= tone.length; at += COUNT) {
      assertThat(scale.isPause(tone, at, COUNT)).isFalse();
    }
  }

  @Test
  void shouldTouchNothingBesideWhatItWasGiven() {
    final Sound voice = Sounds.sine(160, 8_000, RATE_HZ);
    final short[] samples = Sounds.take(voice, 0, 4 * COUNT);
    final int room = COUNT + 120;
    final int now = scale.stretch(samples, COUNT, COUNT, room);
    assertThat(now).isBetween(COUNT + 20, room);
    assertThat(Arrays.copyOf(samples, COUNT)).isEqualTo(Sounds.take(voice, 0, COUNT));
    assertThat(Arrays.copyOfRange(samples, COUNT + now, samples.length))
        .isEqualTo(Sounds.take(voice, COUNT + now, samples.length - COUNT - now));
  }

  @Test
  void shouldAddNothingWhereThereIsNoRoom() {
    final Sound voice = Sounds.sine(160, 8_000, RATE_HZ);
    final short[] samples = Sounds.take(voice, 0, 2 * COUNT);
    assertThat(scale.stretch(samples, 0, COUNT, COUNT + 19)).isEqualTo(COUNT);
    assertThat(samples).isEqualTo(Sounds.take(voice, 0, 2 * COUNT));
  }

  @Test
  void shouldNeedThirtyMillisecondsAndNoMore() {
    final Sound voice = Sounds.sine(160, 8_000, RATE_HZ);
    final short[] samples = Sounds.take(voice, 0, 2 * COUNT);
    assertThat(scale.shrink(samples, 0, 239)).isEqualTo(239);
    assertThat(scale.stretch(samples, 0, 239, 500)).isEqualTo(239);
    assertThat(samples).isEqualTo(Sounds.take(voice, 0, 2 * COUNT));
    assertThat(scale.shrink(samples, 0, 240)).isBetween(120, 220);
  }

  /** A clock that drifts asks for one change in many seconds; these are far worse. */
  @ParameterizedTest
  @CsvSource({"8000, 60, 0.985", "16000, 60, 0.985", "8000, 1, 0.94", "16000, 1, 0.94"})
  void shouldHardlyBeHeardInSpeech(final int rateHz, final int everyPieces, final double least) {
    double mean = 0;
    for (final String speaker : Speech.SPEAKERS) {
      mean += stoiOfChanged(speaker, rateHz, everyPieces) / Speech.SPEAKERS.size();
    }
    assertThat(mean).isGreaterThan(least);
  }

  private static int once(
      final TimeScale scale,
      final boolean longer,
      final short[] samples,
      final int offset,
      final int count) {
    return longer
        ? scale.stretch(samples, offset, count, samples.length - offset)
        : scale.shrink(samples, offset, count);
  }

  private static double stoiOfChanged(
      final String speaker, final int rateHz, final int everyPieces) {
    final short[] speech = Speech.of(speaker, rateHz);
    final int count = rateHz * 40 / 1_000;
    final TimeScale line = new TimeScale(rateHz);
    final short[] out = new short[speech.length + count];
    final short[] piece = new short[2 * count];
    int written = 0;
    int changes = 0;
    boolean owing = false;
    for (int at = 0; at + count <= speech.length; at += count) {
      System.arraycopy(speech, at, piece, 0, count);
      int now = count;
      // What was taken is given back, so that the measure, which knows no other time, can follow.
      if (owing || at / count % everyPieces == 0) {
        now = once(line, written <= at, piece, 0, count);
      }
      if (now != count) {
        changes++;
        owing = !owing;
      }
      System.arraycopy(piece, 0, out, written, now);
      written += now;
    }
    final double stoi = new Stoi(speech, rateHz).of(Arrays.copyOf(out, speech.length));
    System.out.printf(Locale.ROOT, "STOI of %s after %d changes: %.4f%n", speaker, changes, stoi);
    assertThat(changes).isGreaterThan(speech.length / count / everyPieces / 2);
    return stoi;
  }

  private void learn(final Sound noise) {
    for (int at = 0; at < RATE_HZ; at += COUNT) {
      scale.isPause(Sounds.take(noise, at, COUNT), 0, COUNT);
    }
  }
}
