package dev.conductor.media.play;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Makes WAV files for tests, right ones and wrong ones. */
final class WavBytes {
  private WavBytes() {}

  /** A right file: 16 bits, one value after the other whatever the channels. */
  static byte[] pcm16(final int rateHz, final int channels, final short... values) {
    final ByteBuffer data = little(values.length * 2);
    for (final short value : values) {
      data.putShort(value);
    }
    return riff(format(1, channels, rateHz, 16), chunk("data", data.array()));
  }

  static byte[] pcm8(final int rateHz, final int channels, final int... values) {
    final byte[] data = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      data[i] = (byte) values[i];
    }
    return riff(format(1, channels, rateHz, 8), chunk("data", data));
  }

  static byte[] format(final int format, final int channels, final int rateHz, final int bits) {
    return chunk("fmt ", formatBody(format, channels, rateHz, bits, channels * bits / 8).array());
  }

  static ByteBuffer formatBody(
      final int format, final int channels, final int rateHz, final int bits, final int block) {
    return little(16)
        .putShort((short) format)
        .putShort((short) channels)
        .putInt(rateHz)
        .putInt(rateHz * block)
        .putShort((short) block)
        .putShort((short) bits);
  }

  /** A chunk, made even by a zero that its length does not count. */
  static byte[] chunk(final String id, final byte[] body) {
    return little(8 + body.length + (body.length & 1))
        .put(id.getBytes(StandardCharsets.ISO_8859_1))
        .putInt(body.length)
        .put(body)
        .array();
  }

  static byte[] riff(final byte[]... chunks) {
    int length = 4;
    for (final byte[] chunk : chunks) {
      length += chunk.length;
    }
    final ByteBuffer file =
        little(8 + length)
            .put("RIFF".getBytes(StandardCharsets.ISO_8859_1))
            .putInt(length)
            .put("WAVE".getBytes(StandardCharsets.ISO_8859_1));
    for (final byte[] chunk : chunks) {
      file.put(chunk);
    }
    return file.array();
  }

  private static ByteBuffer little(final int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
