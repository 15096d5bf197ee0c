package dev.conductor.media.agent;

import dev.conductor.media.api.Codec;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.G711Alaw;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.codec.G722Encoder;
import dev.conductor.media.codec.L16Codec;
import dev.conductor.media.codec.OpusLibrary;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/** Two seconds of a voice, encoded once for all who speak with it: syllables, then a pause. */
final class CrowdVoice {
  private static final int FRAMES = 100;
  private static final int SPOKEN_FRAMES = 70;
  private static final int LOUD = 4_000;

  private final Codec codec;
  private final byte[][] payloads = new byte[FRAMES][];

  CrowdVoice(final Codec codec) {
    this.codec = codec;
    final AudioEncoder encoder = encoder(codec);
    final int samples = codec.sampleRateHz() / 50;
    final short[] frame = new short[samples];
    final UnsafeBuffer out = new UnsafeBuffer(new byte[2_048]);
    for (int i = 0; i < FRAMES; i++) {
      final boolean loud = i < SPOKEN_FRAMES && i / 6 % 2 == 0;
      for (int at = 0; at < samples; at++) {
        final double seconds = (i * samples + at) / (double) codec.sampleRateHz();
        frame[at] = (short) (loud ? LOUD * Math.sin(2 * Math.PI * 300 * seconds) : at % 3);
      }
      payloads[i] = Arrays.copyOf(out.byteArray(), encoder.encode(frame, 0, samples, out, 0));
    }
    encoder.close();
  }

  private static AudioEncoder encoder(final Codec codec) {
    return switch (codec) {
      case PCMU -> new G711Ulaw();
      case PCMA -> new G711Alaw();
      case G722 -> new G722Encoder();
      case L16, L16_WIDE -> new L16Codec(codec.sampleRateHz());
      case OPUS -> OpusLibrary.system().encoder(codec.sampleRateHz(), 0, false);
    };
  }

  Codec codec() {
    return codec;
  }

  int payloadType() {
    return codec.staticPayloadType() < 0 ? 96 : codec.staticPayloadType();
  }

  byte[] payload(final int frame) {
    return payloads[Math.floorMod(frame, FRAMES)];
  }
}
