package dev.conductor.demo;

import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.play.Tone;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The demo's two clips, made of tones and written as WAV when the demo starts. Any thread. */
public final class DemoAudio {
  private static final int HEADER_BYTES = 44;
  private static final int AMPLITUDE = 6_000;
  private static final int RATE_HZ = RatePlane.NARROW.rateHz();
  private static final int NOTE_SAMPLES = RATE_HZ / 5;

  private DemoAudio() {}

  /**
   * Writes the clips under {@code <folder>/DEMO/}, over older ones of the same name.
   *
   * @param folder the audio folder of the server
   */
  public static void write(final Path folder) throws IOException {
    write(folder, "chime", 523.25, 659.26, 783.99);
    write(folder, "gong", 196.0, 146.83);
  }

  private static void write(final Path folder, final String name, final double... notesHz)
      throws IOException {
    final Path file = folder.resolve(DemoConference.UID).resolve(name + ".wav");
    Files.createDirectories(file.getParent());
    Files.write(file, wav(melody(notesHz)));
  }

  /** One note after the other, each dying away. */
  private static short[] melody(final double... notesHz) {
    final short[] samples = new short[notesHz.length * NOTE_SAMPLES];
    final short[] note = new short[NOTE_SAMPLES];
    for (int n = 0; n < notesHz.length; n++) {
      Tone.steady(notesHz[n], AMPLITUDE).fill(note);
      for (int i = 0; i < NOTE_SAMPLES; i++) {
        final double fade = 1.0 - (double) i / NOTE_SAMPLES;
        samples[n * NOTE_SAMPLES + i] = (short) Math.round(note[i] * fade * fade);
      }
    }
    return samples;
  }

  private static byte[] wav(final short[] samples) {
    final int dataBytes = 2 * samples.length;
    final ByteBuffer file =
        ByteBuffer.allocate(HEADER_BYTES + dataBytes).order(ByteOrder.LITTLE_ENDIAN);
    file.put(ascii("RIFF")).putInt(HEADER_BYTES - 8 + dataBytes).put(ascii("WAVE"));
    file.put(ascii("fmt ")).putInt(16).putShort((short) 1).putShort((short) 1);
    file.putInt(RATE_HZ).putInt(2 * RATE_HZ).putShort((short) 2).putShort((short) 16);
    file.put(ascii("data")).putInt(dataBytes);
    for (final short sample : samples) {
      file.putShort(sample);
    }
    return file.array();
  }

  private static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
