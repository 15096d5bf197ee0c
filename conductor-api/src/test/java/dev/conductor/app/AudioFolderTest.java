package dev.conductor.app;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.play.Clip;
import dev.conductor.model.Audio;
import dev.conductor.system.WavFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AudioFolderTest {
  @TempDir private Path data;

  private AudioFolder read() throws IOException {
    return AudioFolder.read(data.resolve("audio"), new AudioFolder.Limits(5, 20_000, 6, 12));
  }

  private void write(final String path, final byte[] bytes) throws IOException {
    final Path file = data.resolve("audio").resolve(path);
    Files.createDirectories(file.getParent());
    Files.write(file, bytes);
  }

  private static byte[] seconds(final int seconds) {
    return WavFile.silence(1_000, 1_000 * seconds);
  }

  @Test
  void shouldGiveEachConferenceItsOwnClipsAfterThoseOfAll() throws IOException {
    write("Bell.wav", seconds(1));
    write("A b\u00fcgel.WAV", seconds(1));
    write("CONF/Gong.wav", seconds(1));
    write("OTHER/Gong.wav", seconds(1));
    write("CONF/deeper/hidden.wav", seconds(1));
    write("CONF/notes.txt", new byte[3]);
    final AudioFolder folder = read();

    final List<Audio> clips = folder.catalog().of("CONF");
    assertThat(clips).extracting(Audio::name).containsExactly("A b\u00fcgel", "Bell", "Gong");
    assertThat(clips)
        .extracting(Audio::value)
        .containsExactly("A b\u00fcgel.WAV", "Bell.wav", "CONF/Gong.wav");
    assertThat(clips).extracting(Audio::uid).allMatch(uid -> uid.matches("[0-9A-F]{16}"));
    assertThat(folder.catalog().of("NEW")).hasSize(2);
    assertThat(folder.catalog().of("OTHER").get(2).uid()).isNotEqualTo(clips.get(2).uid());
    assertThat(folder.clips())
        .extracting(Clip::name)
        .hasSize(4)
        .doesNotHaveDuplicates()
        .contains("audio/" + clips.get(0).uid(), "audio/" + clips.get(2).uid());
    assertThat(folder.counters()).containsEntry("clips.loaded", 4L);
    assertThat(folder.counters()).containsEntry("clips.left.out", 0L);
  }

  @Test
  void shouldKeepAUidWhateverElseComesAndWhateverTheFileHolds() throws IOException {
    write("CONF/Gong.wav", seconds(1));
    final String uid = read().catalog().of("CONF").get(0).uid();
    write("AAA.wav", seconds(1));
    write("CONF/Gong.wav", seconds(2));

    assertThat(read().catalog().of("CONF").get(1).uid()).isEqualTo(uid);
    // The first 16 digits of the SHA-256 of the path, so that a page may keep them for good.
    assertThat(uid).isEqualTo("0023E55EE67BD2F4");
  }

  @Test
  void shouldLeaveOutWhatIsNoClip() throws IOException {
    write("Bell.wav", seconds(1));
    write("broken.wav", "no sound".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    write("empty.wav", new byte[0]);
    write("long.wav", seconds(7));
    write("large.wav", WavFile.silence(8_000, 10_000));
    write("line\nbreak.wav", seconds(1));
    final AudioFolder folder = read();

    assertThat(folder.catalog().of("CONF")).extracting(Audio::name).containsExactly("Bell");
    assertThat(folder.counters()).containsEntry("clips.left.out", 5L);
  }

  @Test
  void shouldTakeNoMoreThanTheLimitInAll() throws IOException {
    write("a.wav", seconds(5));
    write("b.wav", seconds(6));
    write("c.wav", seconds(2));
    write("CONF/d.wav", seconds(1));
    final AudioFolder folder = read();

    assertThat(folder.catalog().of("CONF")).extracting(Audio::name).containsExactly("a", "b", "d");
    assertThat(folder.counters()).containsEntry("clips.left.out", 1L);
  }

  @Test
  void shouldTakeNoMoreClipsThanTheLimit() throws IOException {
    for (int i = 0; i < 8; i++) {
      write(i + ".wav", seconds(1));
    }
    final AudioFolder folder = read();

    assertThat(folder.catalog().of("CONF")).hasSize(5);
    assertThat(folder.counters()).containsEntry("clips.left.out", 3L);
  }

  @Test
  void shouldMakeTheFolderWhereThereIsNone() throws IOException {
    assertThat(read().catalog().of("CONF")).isEmpty();
    assertThat(data.resolve("audio")).isDirectory();
  }
}
