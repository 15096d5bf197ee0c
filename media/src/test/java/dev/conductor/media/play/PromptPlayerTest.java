package dev.conductor.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.Goertzel;
import dev.conductor.media.dsp.RatePlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PromptPlayerTest {
  private static final RatePlane NARROW = RatePlane.NARROW;
  private static final int FRAME_SAMPLES = NARROW.frameSamples();
  private static final int RAMP_SAMPLES = 40;

  /** 8,000 less 12 dB. */
  private static final int DUCKED = 2_010;

  private final PromptPlayer player = new PromptPlayer();

  @Test
  void shouldLeaveTheRoomAloneWhenNothingPlays() {
    final int[] room = room(8_000);
    assertThat(player.mixInto(room, NARROW)).isFalse();
    assertThat(room).containsOnly(8_000);
    assertThat(player.isPlaying()).isFalse();
    assertThat(player.pollEnded()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldDuckTheRoomByTwelveDecibelsUnderTheClip(final RatePlane plane) {
    player.start(List.of(sine("a", 700, 3_000, 1_000)), 0, 1);
    final short[] heard = play(plane, 50, 1_900, 8_000);
    final int from = plane.frameSamples();
    final int count = 40 * plane.frameSamples();
    assertThat(Goertzel.amplitude(heard, from, count, 700, plane.rateHz()))
        .isCloseTo(3_000, within(30.0));
    assertThat(Goertzel.amplitude(heard, from, count, 1_900, plane.rateHz()))
        .isCloseTo(DUCKED, within(20.0));
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldDuckAndComeBackOverFiveMsWithoutAStep(final RatePlane plane) {
    player.start(List.of(new Clip("quiet", 8_000, new short[5_001])), 0, 1);
    final int ramp = plane.rateHz() / 200;
    final int largest = (8_000 - DUCKED) / ramp + 4;
    final List<Integer> heard = new ArrayList<>();
    for (int frame = 0; frame < 40; frame++) {
      final int[] room = new int[plane.frameSamples()];
      Arrays.fill(room, 8_000);
      player.mixInto(room, plane);
      Arrays.stream(room).forEach(heard::add);
    }
    for (int i = 1; i < heard.size(); i++) {
      assertThat(Math.abs(heard.get(i) - heard.get(i - 1))).as("at %d", i).isLessThan(largest);
    }
    final int end = 5_001 * (plane.rateHz() / 8_000);
    assertThat(heard.get(0)).isGreaterThan(7_000);
    assertThat(heard.subList(ramp, end)).containsOnly(DUCKED);
    assertThat(heard.get(end + 1)).isGreaterThan(DUCKED);
    assertThat(heard.subList(end + ramp, heard.size())).containsOnly(8_000);
    assertThat(player.isPlaying()).isFalse();
  }

  @Test
  void shouldNotLimitWhatItAdds() {
    player.start(List.of(clip(32_000, 2 * FRAME_SAMPLES)), 0, 1);
    player.mixInto(room(0), NARROW);
    final int[] room = room(100_000);
    player.mixInto(room, NARROW);
    assertThat(room).containsOnly(Gain.apply(100_000, Gain.factorQ15(-4)) + 32_000);
  }

  @Test
  void shouldPlayEachPromptWithItsOwnGain() {
    player.start(List.of(clip(1_000, FRAME_SAMPLES)), -2, 1);
    player.queue(List.of(clip(1_000, FRAME_SAMPLES)), 2, 2);
    final int[] first = room(0);
    player.mixInto(first, NARROW);
    final int[] second = room(0);
    player.mixInto(second, NARROW);
    assertThat(first).containsOnly(501);
    assertThat(second).containsOnly(1_995);
  }

  @Test
  void shouldTellTheEndOfEachPromptOnceAfterItsLastSample() {
    player.start(List.of(clip(1, FRAME_SAMPLES), clip(2, FRAME_SAMPLES)), 0, 77);
    player.queue(List.of(clip(3, 10)), 0, 78);
    player.mixInto(room(0), NARROW);
    assertThat(player.pollEnded()).isFalse();
    player.mixInto(room(0), NARROW);
    assertThat(player.pollEnded()).isTrue();
    assertThat(player.tag()).isEqualTo(77);
    assertThat(player.pollEnded()).isFalse();
    final int[] queued = room(0);
    player.mixInto(queued, NARROW);
    assertThat(Arrays.copyOf(queued, 11)).containsExactly(3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 0);
    assertThat(player.pollEnded()).isTrue();
    assertThat(player.tag()).isEqualTo(78);
  }

  @Test
  void shouldStayDuckedFromAPromptToTheNext() {
    player.start(List.of(clip(0, 100)), 0, 1);
    player.queue(List.of(clip(0, 400)), 0, 2);
    player.mixInto(room(8_000), NARROW);
    final int[] between = room(8_000);
    player.mixInto(between, NARROW);
    assertThat(between).containsOnly(DUCKED);
  }

  @RepeatedTest(100)
  void shouldPlayClipsOfAnyLengthsWithoutAGapOrARepeat(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final List<Clip> clips = new ArrayList<>();
    int next = 1;
    for (int i = random.nextInt(6); i > 0; i--) {
      final short[] samples = new short[random.nextInt(3) * random.nextInt(500)];
      for (int s = 0; s < samples.length; s++) {
        samples[s] = (short) next++;
      }
      clips.add(new Clip("clip" + i, 8_000, samples));
    }
    player.start(clips, 0, 5);
    int expected = 1;
    int frames = 0;
    while (!player.pollEnded()) {
      final int[] heard = room(0);
      player.mixInto(heard, NARROW);
      for (int s = 0; s < FRAME_SAMPLES; s++) {
        assertThat(heard[s]).isEqualTo(expected < next ? expected++ : 0);
      }
      assertThat(++frames).isLessThan(100);
    }
    assertThat(expected).isEqualTo(next);
    assertThat(frames).isEqualTo(Math.max(1, (next - 1 + FRAME_SAMPLES - 1) / FRAME_SAMPLES));
  }

  @Test
  void shouldKeepItsPlaceWhenThePlaneChanges() {
    final short[] sound = new short[16_000];
    for (int i = 0; i < sound.length; i++) {
      // 500 Hz in the first half second of each second, 1500 Hz in the other.
      final int freqHz = i / 4_000 % 2 == 0 ? 500 : 1_500;
      sound[i] = (short) Math.round(6_000 * Math.sin(2 * Math.PI * freqHz * i / 8_000));
    }
    player.start(List.of(new Clip("halves", 8_000, sound)), 0, 1);
    final SplittableRandom random = new SplittableRandom(3);
    for (int frame = 0; frame < 100; frame++) {
      final RatePlane plane = RatePlane.values()[random.nextInt(3)];
      final short[] heard = frame(plane, 0, 0, 0);
      final double now = frame / 25 % 2 == 0 ? 500 : 1_500;
      assertThat(Goertzel.amplitude(heard, 0, heard.length, now, plane.rateHz()))
          .as("frame %d at %s", frame, plane)
          .isCloseTo(6_000, within(200.0));
    }
    assertThat(player.pollEnded()).isTrue();
  }

  @Test
  void shouldFallSilentWithinFiveMsWhenStoppedAndTellNoEnd() {
    player.start(List.of(clip(900, 10_000)), 0, 1);
    player.queue(List.of(clip(500, 10_000)), 0, 2);
    player.mixInto(room(8_000), NARROW);
    player.stop();
    final int[] last = room(8_000);
    player.mixInto(last, NARROW);
    assertThat(last[0]).isBetween(DUCKED + 900, DUCKED + 1_100);
    assertThat(Arrays.copyOfRange(last, RAMP_SAMPLES, FRAME_SAMPLES)).containsOnly(8_000);
    for (int frame = 0; frame < 3; frame++) {
      final int[] room = room(8_000);
      player.mixInto(room, NARROW);
      assertThat(room).containsOnly(8_000);
      assertThat(player.pollEnded()).isFalse();
    }
    assertThat(player.isPlaying()).isFalse();
  }

  @Test
  void shouldTellOnlyTheEndOfThePromptThatReplacedOthers() {
    player.start(List.of(clip(9, 10_000)), 0, 1);
    player.queue(List.of(clip(8, 10_000)), 0, 3);
    player.mixInto(room(0), NARROW);
    player.start(List.of(clip(3, FRAME_SAMPLES)), 0, 2);
    final int[] room = room(0);
    player.mixInto(room, NARROW);
    assertThat(room).containsOnly(3);
    assertThat(player.pollEnded()).isTrue();
    assertThat(player.tag()).isEqualTo(2);
    player.mixInto(room(0), NARROW);
    assertThat(player.pollEnded()).isFalse();
    assertThat(player.isPlaying()).isFalse();
  }

  @Test
  void shouldEndWithTheNextFrameWhenThereIsNothingToPlay() {
    player.start(List.of(), 0, 4);
    assertThat(player.isPlaying()).isTrue();
    assertThat(player.pollEnded()).isFalse();
    final int[] room = room(8_000);
    assertThat(player.mixInto(room, NARROW)).isFalse();
    assertThat(room).containsOnly(8_000);
    assertThat(player.pollEnded()).isTrue();
    assertThat(player.tag()).isEqualTo(4);
  }

  /** What is heard over so many frames of a room with a sine in it. */
  private short[] play(
      final RatePlane plane, final int frames, final double roomHz, final int amplitude) {
    final short[] heard = new short[frames * plane.frameSamples()];
    for (int i = 0; i < frames; i++) {
      System.arraycopy(
          frame(plane, i, roomHz, amplitude),
          0,
          heard,
          i * plane.frameSamples(),
          plane.frameSamples());
    }
    return heard;
  }

  private short[] frame(
      final RatePlane plane, final int index, final double roomHz, final int amplitude) {
    final int[] room = new int[plane.frameSamples()];
    for (int i = 0; i < room.length; i++) {
      final int at = index * room.length + i;
      room[i] = (int) Math.round(amplitude * Math.sin(2 * Math.PI * roomHz * at / plane.rateHz()));
    }
    player.mixInto(room, plane);
    final short[] heard = new short[room.length];
    for (int i = 0; i < room.length; i++) {
      heard[i] = Gain.saturate(room[i]);
    }
    return heard;
  }

  private static Clip sine(
      final String name, final double freqHz, final int amplitude, final int ms) {
    final short[] samples = new short[16 * ms];
    Tone.steady(freqHz, amplitude, 16_000).fill(samples);
    return new Clip(name, 16_000, samples);
  }

  private static Clip clip(final int value, final int samples) {
    final short[] sound = new short[samples];
    Arrays.fill(sound, (short) value);
    return new Clip("clip", 8_000, sound);
  }

  private static int[] room(final int value) {
    final int[] frame = new int[FRAME_SAMPLES];
    Arrays.fill(frame, value);
    return frame;
  }
}
