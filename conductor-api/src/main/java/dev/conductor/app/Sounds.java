package dev.conductor.app;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.Prompt;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.play.Clip;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.play.Wav;
import dev.conductor.media.play.WavReader;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;

/** All that media may play: prompts, the waiting music, the audio folder. The starting thread. */
final class Sounds {
  private static final int MAX_MUSIC_SECONDS = 600;

  private Sounds() {}

  /**
   * Reads them.
   *
   * @throws IOException if a file packed with the program, or the music, cannot be read
   */
  static ClipLibrary load(final MediaConfig config, final AudioFolder folder) throws IOException {
    final ClipLibrary prompts =
        ClipLibrary.fromResources(
            Prompt.class.getClassLoader(),
            Prompt.folder(config.promptLanguage()),
            Prompt.clipNames());
    return prompts
        .plus(music(config.waitingMusic()))
        .plus(ClipLibrary.of(folder.clips().toArray(new Clip[0])));
  }

  /**
   * Reads the music, and keeps nothing of it.
   *
   * @throws IOException naming the setting, if it cannot be played
   */
  static void checkMusic(final MediaConfig config) throws IOException {
    music(config.waitingMusic());
  }

  private static ClipLibrary music(final Path own) throws IOException {
    if (own.toString().isEmpty()) {
      return ClipLibrary.fromResources(
          MediaConfig.class.getClassLoader(),
          MediaConfig.class.getPackageName().replace('.', '/'),
          List.of(MixPlan.MUSIC_CLIP));
    }
    final Wav wav;
    try (InputStream in = Files.newInputStream(own)) {
      wav = WavReader.read(own.toString(), in);
    } catch (final NoSuchFileException missing) {
      throw new IOException("media.waiting-music=" + own + ": there is no such file", missing);
    } catch (final IOException unreadable) {
      throw new IOException("media.waiting-music=" + own + " cannot be played", unreadable);
    }
    if (wav.samples().length / wav.rateHz() > MAX_MUSIC_SECONDS) {
      throw new IOException(
          "media.waiting-music=" + own + " is longer than " + MAX_MUSIC_SECONDS + " s");
    }
    return ClipLibrary.of(wav.toClip(MixPlan.MUSIC_CLIP));
  }
}
