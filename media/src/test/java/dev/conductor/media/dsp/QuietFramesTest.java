package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** What is told of frames in one go leaves the same behind as what is told one by one. */
class QuietFramesTest {
  private static final int SAMPLES = 160;
  private static final int RATE_HZ = 8_000;
  private static final int ENERGY = 100;

  @RepeatedTest(8)
  void shouldJudgeALineAlikeWhetherItsQuietFramesAreToldOneByOneOrAtOnce(
      final RepetitionInfo repetition) {
    final SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    final VoiceActivity each = new VoiceActivity(ENERGY);
    final VoiceActivity atOnce = new VoiceActivity(ENERGY);
    final Quiet quiet = new Quiet(atOnce);
    int loudness = 10;
    int told = 0;
    for (int frame = 0; frame < 30_000; frame++) {
      if (random.nextInt(200) == 0) {
        loudness = 1 << random.nextInt(13);
      }
      final int spike = random.nextInt(500) == 0 ? 8 * loudness : 0;
      final int sum = SAMPLES * (loudness + spike + random.nextInt(loudness));
      each.onFrame(sum, SAMPLES);
      if (quiet.takes(sum)) {
        told++;
      } else {
        atOnce.onFrame(sum, SAMPLES);
        quiet.begin();
      }
      assertThat(atOnce.isTalking()).as("frame %d", frame).isEqualTo(each.isTalking());
      assertThat(atOnce.isOpen()).as("frame %d", frame).isEqualTo(each.isOpen());
      if (random.nextInt(30) == 0) {
        quiet.end();
        assertThat(atOnce.noiseFloor()).as("frame %d", frame).isEqualTo(each.noiseFloor());
        assertThat(atOnce.levelDb()).as("frame %d", frame).isEqualTo(each.levelDb());
        quiet.begin();
      }
    }
    assertThat(told).isGreaterThan(10_000);
  }

  /** Gathers quiet frames as a line in a run does: some spans, before they are told of. */
  private static final class Quiet {
    private static final int SPANS = 5;

    private final VoiceActivity activity;
    private final List<Integer> spanLeasts = new ArrayList<>();
    private final List<Integer> spanFrames = new ArrayList<>();
    private boolean on;
    private int count;
    private int end;
    private int leastOfSpan;
    private int least;
    private int floor;
    private int last;

    Quiet(final VoiceActivity activity) {
      this.activity = activity;
    }

    void begin() {
      on = activity.isQuiet();
      least = Integer.MAX_VALUE;
      floor = activity.quietFloor();
      beginSpan(activity.quietFramesAtOnce());
    }

    private void beginSpan(final int frames) {
      count = 0;
      end = frames;
      leastOfSpan = Integer.MAX_VALUE;
    }

    boolean takes(final int sum) {
      if (!on) {
        return false;
      }
      final int level = VoiceActivity.level(sum, SAMPLES);
      if (!VoiceActivity.isQuietFrame(level, Math.min(floor, least), ENERGY)) {
        end();
        return false;
      }
      least = Math.min(least, level);
      leastOfSpan = Math.min(leastOfSpan, level);
      last = level;
      count++;
      if (count == end) {
        endSpan();
        beginSpan(VoiceActivity.SPAN_FRAMES);
        if (spanLeasts.size() == SPANS) {
          end();
          begin();
        }
      }
      return true;
    }

    private void endSpan() {
      spanFrames.add(count);
      spanLeasts.add(leastOfSpan);
    }

    void end() {
      if (on && count > 0) {
        endSpan();
      }
      for (int i = 0; i < spanLeasts.size(); i++) {
        activity.onQuietFrames(spanFrames.get(i), spanLeasts.get(i), last);
      }
      spanLeasts.clear();
      spanFrames.clear();
      on = false;
    }
  }

  @RepeatedTest(8)
  void shouldConcealAlikeWhetherFramesWereToldOneByOneOrAtOnce(final RepetitionInfo repetition) {
    final SplittableRandom random = new SplittableRandom(repetition.getCurrentRepetition());
    final Concealment each = new Concealment(RATE_HZ);
    final Concealment atOnce = new Concealment(RATE_HZ);
    final short[] voice = new short[4 * SAMPLES];
    final short[] frame = new short[SAMPLES];
    for (int gap = 0; gap < 200; gap++) {
      int untold = 0;
      int least = Integer.MAX_VALUE;
      final int frames = 1 + random.nextInt(60);
      for (int i = 0; i < frames; i++) {
        for (int j = 0; j < SAMPLES; j++) {
          frame[j] = (short) (1_000 * Math.sin(j * 0.2) + random.nextInt(1 + 40 * (gap % 5)));
        }
        System.arraycopy(voice, SAMPLES, voice, 0, 3 * SAMPLES);
        System.arraycopy(frame, 0, voice, 3 * SAMPLES, SAMPLES);
        each.heard(frame.clone(), 0, SAMPLES);
        untold++;
        least = Math.min(least, Level.sumAbsolute(frame, 0, SAMPLES));
        if (untold == atOnce.framesAtOnce() || i == frames - 1) {
          atOnce.heardFrames(untold, least);
          untold = 0;
          least = Integer.MAX_VALUE;
        }
      }
      final int kept = Math.min(frames, 4) * SAMPLES;
      atOnce.heardLatest(voice, voice.length - kept, kept);
      assertThat(fill(atOnce, 3)).as("gap %d", gap).isEqualTo(fill(each, 3));
      // The join that ends a gap is done one by one, as a run begins only after it.
      for (int i = 0; i < 4; i++) {
        final short[] back = Arrays.copyOf(frame, SAMPLES);
        final short[] backToo = Arrays.copyOf(frame, SAMPLES);
        each.heard(back, 0, SAMPLES);
        atOnce.heard(backToo, 0, SAMPLES);
        System.arraycopy(voice, SAMPLES, voice, 0, 3 * SAMPLES);
        System.arraycopy(back, 0, voice, 3 * SAMPLES, SAMPLES);
        assertThat(backToo).isEqualTo(back);
      }
    }
  }

  private static short[] fill(final Concealment concealment, final int frames) {
    final short[] made = new short[frames * SAMPLES];
    for (int i = 0; i < frames; i++) {
      concealment.fill(made, i * SAMPLES, SAMPLES);
    }
    return made;
  }
}
