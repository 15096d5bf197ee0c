package dev.conductor.system;

import dev.conductor.media.play.Tone;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a phone of others is to say: tones together, longer than any test takes. */
final class VoiceFile {
  private static final int SECONDS = 90;

  private VoiceFile() {}

  /** A WAV file of 16-bit samples, the same on each channel. */
  static void write(final Path file, final int rateHz, final int channels, final Tone... tones)
      throws IOException {
    Files.write(file, WavFile.tones(rateHz, SECONDS * rateHz, channels, tones));
  }
}
