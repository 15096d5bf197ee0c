package dev.conductor.media.play;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Reads WAV files: RIFF with linear PCM of 8, 16 or 24 bits, one or two channels, 1 to 192 kHz,
 * plain or in the extensible form. Two channels are folded into their mean. Whatever says more than
 * the file holds, contradicts itself or holds no sample is refused.
 *
 * @threading any but media agents: it does I/O.
 * @allocation the file and the samples.
 */
public final class WavReader {
  /** A clip is a prompt, not a concert: ten minutes of 48 kHz stereo. */
  static final int MAX_BYTES = 128 << 20;

  private static final int CHUNK_HEADER_BYTES = 8;
  private static final int PCM = 1;
  private static final int EXTENSIBLE = 0xFFFE;
  private static final int SUB_FORMAT_OFFSET = 24;
  private static final int FORMAT_BYTES = 16;
  private static final int EXTENSIBLE_FORMAT_BYTES = 40;

  private final String name;
  private final ByteBuffer file;
  private int channels;
  private int rateHz;
  private int bits;

  private WavReader(final String name, final byte[] bytes) {
    this.name = name;
    file = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  /**
   * Reads one file to its end.
   *
   * @param name of the file, for messages
   * @param in is not closed
   * @throws WavException if it is no WAV file that we take
   * @throws IOException if it cannot be read
   */
  public static Wav read(final String name, final InputStream in) throws IOException {
    final byte[] bytes = in.readNBytes(MAX_BYTES + 1);
    if (bytes.length > MAX_BYTES) {
      throw new WavException(name, "longer than " + MAX_BYTES + " bytes");
    }
    return new WavReader(name, bytes).parse();
  }

  private Wav parse() throws WavException {
    if (file.remaining() < 12 || !"RIFF".equals(word(0)) || !"WAVE".equals(word(8))) {
      throw fault("is no WAV file: it does not begin with RIFF and WAVE");
    }
    final long riffEnd = CHUNK_HEADER_BYTES + unsigned(file.getInt(4));
    if (riffEnd > file.limit()) {
      throw fault("is cut off: RIFF says " + riffEnd + " bytes, there are " + file.limit());
    }
    int at = 12;
    while (at + CHUNK_HEADER_BYTES <= riffEnd) {
      final String id = word(at);
      final long length = unsigned(file.getInt(at + 4));
      at += CHUNK_HEADER_BYTES;
      if (at + length > riffEnd) {
        throw fault(
            "is cut off: chunk '"
                + id
                + "' says "
                + length
                + " bytes, "
                + (riffEnd - at)
                + " left");
      }
      if ("fmt ".equals(id)) {
        readFormat(at, (int) length);
      } else if ("data".equals(id)) {
        return new Wav(rateHz, readSamples(at, (int) length));
      }
      // Chunks begin at even places.
      at += (int) (length + (length & 1));
    }
    throw fault("has no 'data' chunk");
  }

  private void readFormat(final int at, final int length) throws WavException {
    if (length < FORMAT_BYTES) {
      throw fault("chunk 'fmt ' has " + length + " bytes, not " + FORMAT_BYTES);
    }
    int format = file.getShort(at) & 0xFFFF;
    if (format == EXTENSIBLE && length >= EXTENSIBLE_FORMAT_BYTES) {
      format = file.getShort(at + SUB_FORMAT_OFFSET) & 0xFFFF;
    }
    if (format != PCM) {
      throw fault("format " + format + " is not linear PCM (1)");
    }
    channels = file.getShort(at + 2) & 0xFFFF;
    if (channels < 1 || channels > 2) {
      throw fault(channels + " channels, not 1 or 2");
    }
    rateHz = file.getInt(at + 4);
    if (rateHz < 1_000 || rateHz > 192_000) {
      throw fault("rate " + unsigned(rateHz) + " Hz is not in 1000..192000");
    }
    bits = file.getShort(at + 14) & 0xFFFF;
    if (bits != 8 && bits != 16 && bits != 24) {
      throw fault(bits + " bits a sample, not 8, 16 or 24");
    }
    final int blockBytes = file.getShort(at + 12) & 0xFFFF;
    if (blockBytes != channels * bits / 8) {
      throw fault(
          "block of " + blockBytes + " bytes for " + channels + " channels of " + bits + " bits");
    }
  }

  private short[] readSamples(final int at, final int length) throws WavException {
    if (channels == 0) {
      throw fault("has no 'fmt ' chunk before its 'data'");
    }
    final int sampleBytes = bits / 8;
    final int blockBytes = channels * sampleBytes;
    if (length % blockBytes != 0) {
      throw fault("chunk 'data' of " + length + " bytes ends within a sample");
    }
    if (length == 0) {
      throw fault("has no samples: chunk 'data' is empty");
    }
    final short[] samples = new short[length / blockBytes];
    for (int i = 0; i < samples.length; i++) {
      final int block = at + i * blockBytes;
      int sum = sample(block);
      if (channels == 2) {
        sum = (sum + sample(block + sampleBytes)) / 2;
      }
      samples[i] = (short) sum;
    }
    return samples;
  }

  /** Samples of 8 bits are unsigned, the others signed; of 24 bits the upper 16 are kept. */
  private int sample(final int at) {
    return switch (bits) {
      case 8 -> ((file.get(at) & 0xFF) - 128) << 8;
      case 16 -> file.getShort(at);
      default -> file.getShort(at + 1);
    };
  }

  private String word(final int at) {
    return new String(file.array(), at, 4, StandardCharsets.ISO_8859_1);
  }

  private static long unsigned(final int value) {
    return value & 0xFFFF_FFFFL;
  }

  private WavException fault(final String what) {
    return new WavException(name, what);
  }
}
