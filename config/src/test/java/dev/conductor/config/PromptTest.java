package dev.conductor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import javax.sound.sampled.UnsupportedAudioFileException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.FieldSource;

class PromptTest {
  static final List<String> LANGUAGES = Prompt.LANGUAGES;

  @ParameterizedTest
  @EnumSource
  void shouldBeSixteenKilohertzMonoAtOneLevelInEachLanguage(final Prompt prompt)
      throws IOException, UnsupportedAudioFileException {
    for (final String language : Prompt.LANGUAGES) {
      try (InputStream wav = open(language, prompt);
          AudioInputStream audio = AudioSystem.getAudioInputStream(wav)) {
        final AudioFormat format = audio.getFormat();
        assertThat(format.getEncoding()).isEqualTo(AudioFormat.Encoding.PCM_SIGNED);
        assertThat(format.getSampleRate()).isEqualTo(16_000);
        assertThat(format.getChannels()).isEqualTo(1);
        assertThat(format.getSampleSizeInBits()).isEqualTo(16);
        assertThat(format.isBigEndian()).isFalse();
        final ShortBuffer samples =
            ByteBuffer.wrap(audio.readAllBytes()).order(ByteOrder.LITTLE_ENDIAN).asShortBuffer();
        assertThat(samples.remaining() / 16_000.0).as("seconds").isBetween(0.5, 6.0);
        assertThat(levelDbov(samples)).as("level").isBetween(-22.0, -19.0);
      }
    }
  }

  @ParameterizedTest
  @FieldSource("LANGUAGES")
  void shouldHaveATextForEachAndNoOther(final String language) throws IOException {
    final Map<String, String> texts = new LinkedHashMap<>();
    for (final String line : Files.readAllLines(folder(language).resolve("prompts.tsv"))) {
      final String[] columns = line.split("\t");
      assertThat(columns).as(line).hasSize(2).doesNotContain("");
      texts.put(columns[0], columns[1]);
    }
    assertThat(texts).containsOnlyKeys(Prompt.clipNames());
    try (Stream<Path> files = Files.list(folder(language))) {
      assertThat(files.map(file -> file.getFileName().toString()).filter(n -> n.endsWith(".wav")))
          .containsExactlyInAnyOrderElementsOf(
              texts.keySet().stream().map(n -> n + ".wav").toList());
    }
  }

  private static InputStream open(final String language, final Prompt prompt) {
    final String resource = Prompt.folder(language) + "/" + prompt.clipName() + ".wav";
    final InputStream wav = Prompt.class.getClassLoader().getResourceAsStream(resource);
    assertThat(wav).as(resource).isNotNull();
    return new BufferedInputStream(wav);
  }

  private static Path folder(final String language) {
    return Path.of(System.getProperty("conductor.root"), "config", "prompts", language);
  }

  private static double levelDbov(final ShortBuffer samples) {
    double sum = 0;
    for (int i = 0; i < samples.limit(); i++) {
      sum += (double) samples.get(i) * samples.get(i);
    }
    return 10 * Math.log10(sum / samples.limit() / (32_768.0 * 32_768.0));
  }
}
