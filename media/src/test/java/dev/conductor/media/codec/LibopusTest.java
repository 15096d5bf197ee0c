package dev.conductor.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.fail;
import static org.junit.jupiter.api.Assumptions.abort;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Opus over the system's libopus. */
class LibopusTest extends OpusContract {
  private static final int FRAMES = 4_000;

  private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  /** Without it the tests are skipped, unless {@code TEST_TOOLS_REQUIRED=true}: then they fail. */
  @BeforeAll
  static void findLibopus() {
    final OpusLibrary found = OpusLibrary.system();
    if (!found.isNative()) {
      final String message = found.reason() + " (Debian: libopus0)";
      if ("true".equals(System.getenv("TEST_TOOLS_REQUIRED"))) {
        fail(message);
      }
      abort(message);
    }
  }

  @Override
  OpusLibrary library() {
    return OpusLibrary.system();
  }

  @Override
  int garbagePackets() {
    return 100_000;
  }

  @Override
  int largestSeam() {
    return 0;
  }

  @Test
  void shouldAllocateLessThanAByteAFrame() {
    final short[] voice = OpusSounds.voice(50 * FRAME);
    final short[] heard = new short[FRAME];
    final OpusEncoder encoder = library.encoder(RATE_HZ, 0, true);
    final OpusEncoder follower = library.encoder(RATE_HZ, 0, true);
    talk(encoder, follower, voice, heard, FRAMES / 2);
    final long before = threads.getCurrentThreadAllocatedBytes();
    talk(encoder, follower, voice, heard, FRAMES);
    final long bytes = threads.getCurrentThreadAllocatedBytes() - before;
    System.out.printf("libopus: %d bytes allocated by %d frames%n", bytes, FRAMES);
    assertThat(bytes).isLessThan(FRAMES);
    assertThat(decoder.errors()).isZero();
    encoder.close();
    follower.close();
  }

  @Test
  void shouldCallMalformedExactlyWhatLibopusRefuses() {
    final long seed = System.nanoTime();
    System.out.println("packets of chance, seed " + seed);
    final SplittableRandom random = new SplittableRandom(seed);
    final short[] out = new short[OpusPacket.MAX_SAMPLES];
    int taken = 0;
    for (int i = 0; i < 30_000; i++) {
      final int length = random.nextInt(1, i % 50 == 0 ? 2_048 : 40);
      for (int j = 0; j < length; j++) {
        packet.putByte(AT + j, (byte) random.nextInt());
      }
      if (i % 2 == 0) {
        packet.putByte(AT + 1, (byte) (random.nextInt(1, 13) | random.nextInt(0, 4) << 6));
        packet.putByte(AT + 2, (byte) random.nextInt(0, 30));
      }
      final int samples = decoder.durationSamples(packet, AT, length);
      final int decoded =
          decoder.decodePacket(packet, AT, length, out, 0, OpusPacket.MAX_SAMPLES, false);
      assertThat(Math.max(AudioDecoder.MALFORMED, decoded))
          .as("packet %d of %d bytes, contents %02x", i, length, packet.getByte(AT))
          .isEqualTo(samples);
      taken += decoded > 0 ? 1 : 0;
    }
    assertThat(taken).isBetween(6_000, 24_000);
  }

  /** All that an agent may do for a frame. */
  private void talk(
      final OpusEncoder encoder,
      final OpusEncoder follower,
      final short[] voice,
      final short[] heard,
      final int frames) {
    for (int i = 0; i < frames; i++) {
      final int length = encoder.encode(voice, i % 50 * FRAME, FRAME, packet, AT);
      if (i % 10 == 8) {
        decoder.conceal(heard, 0, FRAME);
      } else if (i % 10 == 9) {
        decoder.recover(packet, AT, length, heard, 0, FRAME);
      }
      if (!decoder.isSilence(packet, AT, length)) {
        decoder.decode(packet, AT, length, heard, 0);
      }
      if (i % 100 == 0) {
        follower.copyFrom(encoder);
        follower.reset();
        decoder.reset();
      }
    }
  }
}
