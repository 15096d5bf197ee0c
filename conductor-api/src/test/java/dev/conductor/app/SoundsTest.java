package dev.conductor.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.config.ConfigLoader;
import dev.conductor.config.MediaConfig;
import dev.conductor.config.Prompt;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.system.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SoundsTest {
  @TempDir private Path folder;

  private static MediaConfig music(final Path file) {
    final Map<String, String> flags = Map.of("media.waiting-music", file.toString());
    return ConfigLoader.load(Optional.empty(), Map.of(), flags).media();
  }

  private ClipLibrary load(final Path music) throws IOException {
    return Sounds.load(
        music(music), AudioFolder.read(folder.resolve("audio"), AudioFolder.Limits.USUAL));
  }

  @Test
  void shouldHoldPromptsTheMusicOfOursAndTheClipsOfTheFolder() throws IOException {
    Files.createDirectories(folder.resolve("audio"));
    // Named as a prompt is, and as the music.
    Files.write(folder.resolve("audio/greeting.wav"), WavFile.silence(8_000, 800));
    Files.createDirectories(folder.resolve("audio/music"));
    Files.write(folder.resolve("audio/music/waiting.wav"), WavFile.silence(8_000, 800));
    final ClipLibrary all = load(Path.of(""));

    assertThat(all.names()).containsAll(Prompt.clipNames()).contains(MixPlan.MUSIC_CLIP);
    assertThat(all.names()).hasSize(Prompt.values().length + 3);
    assertThat(all.get("greeting").durationMs()).isGreaterThan(100);
    assertThat(all.get(MixPlan.MUSIC_CLIP).durationMs()).isBetween(30_000L, 60_000L);
  }

  @Test
  void shouldTakeAnotherMusic() throws IOException {
    final Path own = folder.resolve("own.wav");
    Files.write(own, WavFile.silence(8_000, 16_000));
    assertThat(load(own).get(MixPlan.MUSIC_CLIP).durationMs()).isEqualTo(2_000);
  }

  @Test
  void shouldNameTheSettingWhenTheMusicCannotBePlayed() throws IOException {
    final Path none = folder.resolve("none.wav");
    assertThatThrownBy(() -> load(none))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("media.waiting-music=" + none + ": there is no such file");
    final Path tooLong = folder.resolve("long.wav");
    Files.write(tooLong, WavFile.silence(1_000, 601_000));
    assertThatThrownBy(() -> load(tooLong))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("media.waiting-music=" + tooLong)
        .hasMessageContaining("600 s");
  }
}
