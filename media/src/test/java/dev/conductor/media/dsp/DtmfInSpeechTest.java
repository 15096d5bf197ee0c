package dev.conductor.media.dsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** An hour of talk without a key: the project's speech at many pitches, speeds and levels. */
class DtmfInSpeechTest {
  private static final int RATE_HZ = 8_000;
  private static final int FRAMES = 60 * 60 * 50;

  /** In an hour; each is 20 ms that others do not hear. */
  private static final int HIDDEN_FRAMES = 20;

  @Test
  void shouldHearNoKeyInAnHourOfSpeechAndHideNextToNothingOfIt() {
    final long seed = 11_235;
    final SplittableRandom random = new SplittableRandom(seed);
    final List<short[]> speakers = new ArrayList<>();
    for (final String speaker : Speech.SPEAKERS) {
      speakers.add(Speech.of(speaker, RATE_HZ));
    }
    final DtmfDetector detector = new DtmfDetector(RatePlane.NARROW);
    final short[] frame = new short[RatePlane.NARROW.frameSamples()];
    final StringBuilder digits = new StringBuilder();
    int hidden = 0;
    int loud = 0;
    int frames = 0;
    while (frames < FRAMES) {
      final short[] one = speakers.get(random.nextInt(speakers.size()));
      final short[] other = speakers.get(random.nextInt(speakers.size()));
      final double speed = 0.7 + 0.7 * random.nextDouble();
      final double gain = 0.3 + 1.5 * random.nextDouble();
      final double murmur = random.nextInt(3) == 0 ? 0.5 * random.nextDouble() : 0;
      final int shift = random.nextInt(other.length);
      for (double at = 0; at + speed * (frame.length + 1) < one.length; frames++) {
        for (int i = 0; i < frame.length; i++) {
          final double second = between(other, (at * 0.9 + shift) % (other.length - 1));
          frame[i] = Gain.saturate((int) Math.round(gain * (between(one, at) + murmur * second)));
          at += speed;
        }
        detector.onFrame(frame);
        loud += Level.meanAbsolute(frame, 0, frame.length) > 200 ? 1 : 0;
        hidden += detector.isTone() ? 1 : 0;
        if (detector.digit() != DtmfDetector.NO_DIGIT) {
          digits.append(detector.digit());
        }
      }
    }
    assertThat(loud).as("frames of speech").isGreaterThan(FRAMES / 3);
    assertThat(digits).as("keys heard, seed %d", seed).isEmpty();
    assertThat(hidden).as("frames hidden, seed %d", seed).isLessThanOrEqualTo(HIDDEN_FRAMES);
  }

  private static double between(final short[] samples, final double at) {
    final int index = (int) at;
    return samples[index] + (at - index) * (samples[index + 1] - samples[index]);
  }
}
