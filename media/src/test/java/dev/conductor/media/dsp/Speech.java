package dev.conductor.media.dsp;

import dev.conductor.media.play.Wav;
import dev.conductor.media.play.WavReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** The project's own speech: some ten seconds each of women and men. */
final class Speech {
  static final List<String> SPEAKERS = List.of("woman-us", "man-us", "woman-gb", "man-gb");

  private Speech() {}

  /** What a speaker says, at the given rate. */
  static short[] of(final String speaker, final int rateHz) {
    final String file = "/speech/" + speaker + ".wav";
    try (InputStream in = Speech.class.getResourceAsStream(file)) {
      final Wav wav = WavReader.read(file, in);
      return Resampler.resample(wav.samples(), wav.rateHz(), rateHz);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
