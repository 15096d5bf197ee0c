package dev.conductor.media.play;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.dsp.Gain;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PromptPlayerTest {
  private static final int FRAME_SAMPLES = 160;

  /** 8,000 less 12 dB. */
  private static final short DUCKED = 2_010;

  private final PromptPlayer player = new PromptPlayer(FRAME_SAMPLES);

  @Test
  void shouldLeaveTheRoomAloneWhenNothingPlays() {
    final short[] room = room(8_000);
    assertThat(player.mixInto(room)).isFalse();
    assertThat(room).containsOnly(8_000);
    assertThat(player.isPlaying()).isFalse();
    assertThat(player.pollEnded()).isFalse();
  }

  @Test
  void shouldDuckTheRoomByTwelveDecibelsUnderTheClip() {
    player.start(List.of(clip(100, 200)), 1);
    final short[] room = room(8_000);
    assertThat(player.mixInto(room)).isTrue();
    assertThat(room).containsOnly(DUCKED + 100);
  }

  @Test
  void shouldGiveTheRoomBackFromTheLastSampleOn() {
    player.start(List.of(clip(100, 40)), 1);
    final short[] room = room(8_000);
    player.mixInto(room);
    assertThat(Arrays.copyOf(room, 40)).containsOnly(DUCKED + 100);
    assertThat(Arrays.copyOfRange(room, 40, FRAME_SAMPLES)).containsOnly(8_000);
  }

  @Test
  void shouldSaturateTheLoudestSum() {
    player.start(List.of(clip(32_000, FRAME_SAMPLES)), 1);
    final short[] room = room(32_767);
    player.mixInto(room);
    assertThat(room).containsOnly(32_767);
    player.start(List.of(clip(-32_768, FRAME_SAMPLES)), 1);
    final short[] low = room(-32_768);
    player.mixInto(low);
    assertThat(low).containsOnly(-32_767);
  }

  @Test
  void shouldTellTheEndOnceAfterTheLastSample() {
    player.start(List.of(clip(1, FRAME_SAMPLES), clip(2, FRAME_SAMPLES)), 77);
    player.mixInto(room(0));
    assertThat(player.pollEnded()).isFalse();
    assertThat(player.isPlaying()).isTrue();
    player.mixInto(room(0));
    assertThat(player.isPlaying()).isFalse();
    assertThat(player.pollEnded()).isTrue();
    assertThat(player.tag()).isEqualTo(77);
    assertThat(player.pollEnded()).isFalse();
    assertThat(player.mixInto(room(0))).isFalse();
  }

  @RepeatedTest(200)
  void shouldPlayClipsOfAnyLengthsWithoutAGapOrARepeat(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final List<Clip> clips = new ArrayList<>();
    int next = 1;
    for (int i = random.nextInt(6); i > 0; i--) {
      final short[] samples = new short[random.nextInt(3) * random.nextInt(500)];
      for (int s = 0; s < samples.length; s++) {
        samples[s] = (short) next++;
      }
      clips.add(new Clip("clip" + i, samples));
    }
    player.start(clips, 5);
    int expected = 1;
    int frames = 0;
    while (!player.pollEnded()) {
      final short[] heard = room(0);
      player.mixInto(heard);
      for (int s = 0; s < FRAME_SAMPLES; s++) {
        assertThat(heard[s]).isEqualTo((short) (expected < next ? expected++ : 0));
      }
      assertThat(++frames).isLessThan(100);
    }
    assertThat(expected).isEqualTo(next);
    assertThat(frames)
        .isLessThanOrEqualTo(Math.max(1, (next - 1 + FRAME_SAMPLES - 1) / FRAME_SAMPLES));
  }

  @Test
  void shouldFallSilentAtOnceWhenStoppedAndTellNoEnd() {
    player.start(List.of(clip(9, 10_000)), 1);
    player.mixInto(room(0));
    player.stop();
    final short[] room = room(8_000);
    assertThat(player.mixInto(room)).isFalse();
    assertThat(room).containsOnly(8_000);
    assertThat(player.pollEnded()).isFalse();
  }

  @Test
  void shouldTellOnlyTheEndOfThePromptThatReplacedAnother() {
    player.start(List.of(clip(9, 10_000)), 1);
    player.mixInto(room(0));
    player.start(List.of(clip(3, FRAME_SAMPLES)), 2);
    final short[] room = room(0);
    player.mixInto(room);
    assertThat(room).containsOnly(3);
    assertThat(player.pollEnded()).isTrue();
    assertThat(player.tag()).isEqualTo(2);
    assertThat(player.pollEnded()).isFalse();
  }

  @Test
  void shouldEndWithTheNextFrameWhenThereIsNothingToPlay() {
    player.start(List.of(), 4);
    assertThat(player.isPlaying()).isTrue();
    assertThat(player.pollEnded()).isFalse();
    final short[] room = room(8_000);
    assertThat(player.mixInto(room)).isFalse();
    assertThat(room).containsOnly(8_000);
    assertThat(player.pollEnded()).isTrue();
    assertThat(player.tag()).isEqualTo(4);
  }

  @Test
  void shouldKnowItsOwnDucking() {
    assertThat(20 * Math.log10(Gain.apply(8_000, Gain.factorQ15(-4)) / 8_000.0))
        .isBetween(-12.05, -11.95);
  }

  private static Clip clip(final int value, final int samples) {
    final short[] sound = new short[samples];
    Arrays.fill(sound, (short) value);
    return new Clip("clip", sound);
  }

  private static short[] room(final int value) {
    final short[] frame = new short[FRAME_SAMPLES];
    Arrays.fill(frame, (short) value);
    return frame;
  }
}
