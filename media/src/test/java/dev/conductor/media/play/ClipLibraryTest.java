package dev.conductor.media.play;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.media.dsp.RatePlane;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClipLibraryTest {
  @TempDir private Path directory;

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
    assertThat(ClipLibrary.of().get("one")).isNull();
  }

  @Test
  void shouldJoinWhatDoesNotClash() {
    final ClipLibrary one = ClipLibrary.of(new Clip("one", 8_000, new short[1]));
    final ClipLibrary two = ClipLibrary.of(new Clip("two", 8_000, new short[2]));
    assertThat(one.plus(two).names()).containsExactly("one", "two");
    assertThat(one.names()).containsExactly("one");
    assertThatThrownBy(() -> one.plus(two).plus(one)).hasMessageContaining("'one'");
  }

  private void write(final String path, final int rateHz, final short[] samples)
      throws IOException {
    final Path file = directory.resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, WavBytes.pcm16(rateHz, 1, samples));
  }
}
