package dev.conductor.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.media.dsp.RatePlane;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipLibraryTest {
  @TempDir private Path directory;

  @Test
  void shouldNameClipsByTheirPathInTheDirectory() throws IOException {
    write("greeting.wav", 16_000, new short[1_600]);
    write("music/waiting.wav", 8_000, new short[] {1, 2, 3});
    Files.writeString(directory.resolve("prompts.tsv"), "no sound");
    final ClipLibrary library = ClipLibrary.fromDirectory(directory);
    assertThat(library.names()).containsExactly("greeting", "music/waiting");
    assertThat(library.get("greeting").samples(RatePlane.NARROW)).hasSize(800);
    assertThat(library.get("music/waiting").samples(RatePlane.NARROW)).containsExactly(1, 2, 3);
    assertThat(library.get("prompts.tsv")).isNull();
    assertThat(library.get("nothing")).isNull();
  }

  @Test
  void shouldNameTheFileThatCannotBeTaken() throws IOException {
    write("good.wav", 8_000, new short[4]);
    Files.writeString(directory.resolve("bad.wav"), "no sound");
    assertThatThrownBy(() -> ClipLibrary.fromDirectory(directory))
        .isInstanceOf(WavException.class)
        .hasMessageContaining("bad.wav");
  }

  @Test
  void shouldFailWhenTheDirectoryIsNotThere() {
    assertThatThrownBy(() -> ClipLibrary.fromDirectory(directory.resolve("none")))
        .isInstanceOf(NoSuchFileException.class);
  }

  @Test
  void shouldLoadTheNamedClipsFromTheClassPath() throws IOException {
    write("prompts/en/greeting.wav", 8_000, new short[] {7});
    write("prompts/en/other.wav", 8_000, new short[] {8});
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()})) {
      final ClipLibrary library =
          ClipLibrary.fromResources(loader, "prompts/en", List.of("greeting"));
      assertThat(library.names()).containsExactly("greeting");
      assertThat(library.get("greeting").samples(RatePlane.NARROW)).containsExactly(7);
      assertThatThrownBy(
              () -> ClipLibrary.fromResources(loader, "prompts/en", List.of("greeting", "gone")))
          .isInstanceOf(FileNotFoundException.class)
          .hasMessageContaining("prompts/en/gone.wav");
    }
  }

  @Test
  void shouldRefuseTwoClipsOfOneName() {
    final Clip clip = new Clip("one", 8_000, new short[1]);
    assertThatThrownBy(() -> ClipLibrary.of(clip, new Clip("one", 8_000, new short[2])))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'one'");
    assertThat(ClipLibrary.of(clip).get("one")).isSameAs(clip);
    assertThat(ClipLibrary.of().names()).isEmpty();
  }

  private void write(final String path, final int rateHz, final short[] samples)
      throws IOException {
    final Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, WavBytes.pcm16(rateHz, 1, samples));
  }
}
