package dev.conductor.system;

import dev.conductor.media.play.Tone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes what a phone of others is to say: tones together, longer than any test takes. */
final class VoiceFile {
  private static final int SECONDS = 90;
  private static final int HEADER = 44;
  private static final int FORMAT_BYTES = 16;
  private static final short PCM = 1;
  private static final short SAMPLE_BYTES = 2;

  private VoiceFile() {}

  /** A WAV file of 16-bit samples, the same on each channel. */
  static void write(final Path file, final int rateHz, final int channels, final Tone... tones)
      throws IOException {
    final int frameBytes = channels * SAMPLE_BYTES;
    final int bytes = SECONDS * rateHz * frameBytes;
    final ByteBuffer wav = ByteBuffer.allocate(HEADER + bytes).order(ByteOrder.LITTLE_ENDIAN);
    wav.put(ascii("RIFF")).putInt(HEADER - 8 + bytes).put(ascii("WAVE"));
    wav.put(ascii("fmt ")).putInt(FORMAT_BYTES).putShort(PCM).putShort((short) channels);
    wav.putInt(rateHz).putInt(rateHz * frameBytes).putShort((short) frameBytes);
    wav.putShort((short) (8 * SAMPLE_BYTES)).put(ascii("data")).putInt(bytes);
    final short[] sample = new short[1];
    while (wav.hasRemaining()) {
      int sum = 0;
      for (final Tone tone : tones) {
        tone.fill(sample);
        sum += sample[0];
      }
      for (int channel = 0; channel < channels; channel++) {
        wav.putShort((short) sum);
      }
    }
    Files.write(file, wav.array());
  }

  private static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
