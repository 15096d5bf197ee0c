package dev.conductor.system;

import dev.conductor.media.play.Tone;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** WAV files of 16-bit samples for tests: tones together, or nothing. */
public final class WavFile {
  private static final int HEADER = 44;
  private static final int FORMAT_BYTES = 16;
  private static final short PCM = 1;
  private static final short SAMPLE_BYTES = 2;

  private WavFile() {}

  /** So many samples of silence. */
  public static byte[] silence(final int rateHz, final int samples) {
    return tones(rateHz, samples, 1);
  }

  /** So many samples of these tones together, the same on each channel. */
  static byte[] tones(
      final int rateHz, final int samples, final int channels, final Tone... tones) {
    final int frameBytes = channels * SAMPLE_BYTES;
    final int bytes = samples * frameBytes;
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
    return wav.array();
  }

  private static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
