package dev.conductor.system;

import dev.conductor.media.dsp.Goertzel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * What stands in a WAV file of 16-bit samples while it is still being written: its lengths are not
 * filled in yet, so its samples go to the end of the file. Of two channels the first is taken.
 *
 * @param rateHz samples a second
 * @param samples of one channel
 */
record Recording(int rateHz, short[] samples) {
  /** What there is before the first sample. */
  static final Recording NOTHING = new Recording(8_000, new short[0]);

  private static final int CHUNKS = 12;
  private static final int CHUNK_HEADER = 8;
  private static final int PLAIN_HEADER = 44;
  private static final int SAMPLE_BYTES = 2;

  /** Reads what is there. */
  static Recording read(final Path path) {
    final ByteBuffer file = bytes(path);
    int channels = 0;
    int rateHz = 0;
    int at = CHUNKS;
    while (at + CHUNK_HEADER <= file.limit()) {
      final String name = new String(file.array(), at, 4, StandardCharsets.US_ASCII);
      final int body = at + CHUNK_HEADER;
      if (name.equals("data")) {
        return new Recording(rateHz, samples(file, body, channels));
      }
      if (name.equals("fmt ")) {
        channels = file.getShort(body + 2);
        rateHz = file.getInt(body + 4);
      }
      at = body + file.getInt(at + 4);
    }
    return NOTHING;
  }

  /** Reads one of one channel that has a header only when it is done, an empty space till then. */
  static Recording readWithoutHeader(final Path path, final int rateHz) {
    return new Recording(rateHz, samples(bytes(path), PLAIN_HEADER, 1));
  }

  private static ByteBuffer bytes(final Path path) {
    try {
      return ByteBuffer.wrap(Files.readAllBytes(path)).order(ByteOrder.LITTLE_ENDIAN);
    } catch (final IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static short[] samples(final ByteBuffer file, final int from, final int channels) {
    final int frameBytes = SAMPLE_BYTES * channels;
    final short[] samples = new short[Math.max(0, file.limit() - from) / frameBytes];
    for (int i = 0; i < samples.length; i++) {
      samples[i] = file.getShort(from + i * frameBytes);
    }
    return samples;
  }

  /** How long it is. */
  int lengthMs() {
    return (int) (samples.length * 1_000L / rateHz);
  }

  /** The amplitude of a steady sine, about half of it for a keyed one, over a Hann window. */
  double amplitude(final double freqHz, final int fromMs, final int windowMs) {
    final int from = (int) ((long) fromMs * rateHz / 1_000);
    final short[] window = Arrays.copyOfRange(samples, from, from + windowMs * rateHz / 1_000);
    for (int i = 0; i < window.length; i++) {
      final double weight = 1.0 - Math.cos(2.0 * Math.PI * (i + 0.5) / window.length);
      window[i] = (short) Math.round(window[i] * weight / 2.0);
    }
    return 2.0 * Goertzel.amplitude(window, 0, window.length, freqHz, rateHz);
  }

  /** The same over the last second; 0 before there is one. */
  double latest(final double freqHz) {
    return lengthMs() < 1_000 ? 0 : amplitude(freqHz, lengthMs() - 1_000, 1_000);
  }
}
