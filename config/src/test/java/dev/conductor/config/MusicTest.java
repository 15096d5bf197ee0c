package dev.conductor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.api.Test;

/** The music that is packed with the program. */
class MusicTest {
  private static final int RATE_HZ = 16_000;
  private static final int LARGEST_BYTES = 1_500_000;

  /** -12 dB of full scale. */
  private static final int LOUDEST = 8_230;

  /** -46 dB of full scale: what counts as a pause where lines begin to share. */
  private static final int QUIET = 160;

  private static final int REST_SAMPLES = RATE_HZ * 300 / 1_000;
  private static final int LONGEST_WITHOUT_A_REST_SAMPLES = 8 * RATE_HZ;

  @Test
  void shouldBeCalmAndShort() throws IOException, UnsupportedAudioFileException {
    final short[] samples = samples();
    assertThat(samples.length / RATE_HZ).as("seconds").isBetween(30, 60);
    assertThat(2 * samples.length).as("bytes").isLessThan(LARGEST_BYTES);
    int peak = 0;
    double sum = 0;
    for (final short sample : samples) {
      peak = Math.max(peak, Math.abs(sample));
      sum += (double) sample * sample;
    }
    assertThat(peak).isLessThanOrEqualTo(LOUDEST);
    assertThat(10 * Math.log10(sum / samples.length / 32_768.0 / 32_768.0))
        .as("dBov")
        .isBetween(-32.0, -24.0);
  }

  /** Where it begins again it is in a rest, and it has one every few seconds. */
  @Test
  void shouldRestOftenAndWhereItBeginsAgain() throws IOException, UnsupportedAudioFileException {
    final short[] samples = samples();
    assertThat(samples[0]).isZero();
    int quiet = 0;
    int sinceRest = 0;
    for (final short sample : samples) {
      quiet = Math.abs(sample) <= QUIET ? quiet + 1 : 0;
      sinceRest = quiet >= REST_SAMPLES ? 0 : sinceRest + 1;
      assertThat(sinceRest).isLessThan(LONGEST_WITHOUT_A_REST_SAMPLES);
    }
    assertThat(quiet).as("samples of rest at its end").isGreaterThan(REST_SAMPLES);
  }

  private static short[] samples() throws IOException, UnsupportedAudioFileException {
    try (InputStream wav = MediaConfig.class.getResourceAsStream("music/waiting.wav")) {
      assertThat(wav).isNotNull();
      try (AudioInputStream audio = AudioSystem.getAudioInputStream(new BufferedInputStream(wav))) {
        final AudioFormat format = audio.getFormat();
        assertThat(format.getEncoding()).isEqualTo(AudioFormat.Encoding.PCM_SIGNED);
        assertThat(format.getSampleRate()).isEqualTo(RATE_HZ);
        assertThat(format.getChannels()).isEqualTo(1);
        assertThat(format.getSampleSizeInBits()).isEqualTo(16);
        final byte[] bytes = audio.readAllBytes();
        final short[] samples = new short[bytes.length / 2];
        ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer().get(samples);
        return samples;
      }
    }
  }
}
