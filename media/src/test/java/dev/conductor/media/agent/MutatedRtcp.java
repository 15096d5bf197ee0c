package dev.conductor.media.agent;

import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.rtp.RtcpWriter;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;

/** Reports of a far end, compound as they should be, and what can be made wrong with each. */
final class MutatedRtcp {
  private static final int WORD_BYTES = 4;
  private static final int HEAD_BYTES = 60;

  /** An application's packet, feedback on transport, an extended report and one nobody named. */
  private static final int[] OTHER_TYPES = {204, 205, 207, 220};

  private final SplittableRandom random;
  private final RtcpWriter writer = new RtcpWriter();
  private final UnsafeBuffer written = new UnsafeBuffer(new byte[1_000]);
  private final int ssrc;

  /** The SSRC of the stream that is reported about. */
  int theirSsrc;

  MutatedRtcp(final SplittableRandom random) {
    this.random = random;
    ssrc = random.nextInt();
  }

  /** A compound report with something done to it, or with nothing. */
  byte[] next() {
    final byte[] report = random.nextInt(8) == 0 ? behind(report(), report()) : report();
    switch (random.nextInt(8)) {
      case 0 -> {
        final byte type = report[1];
        random.nextBytes(report);
        report[1] = type;
      }
      case 1 -> {
        return Arrays.copyOf(report, random.nextInt(report.length + 40));
      }
      case 2 -> report[0] = (byte) (report[0] & 0xE0 | random.nextInt(32));
      case 3 -> report[3] += (byte) random.nextInt(-3, 4);
      case 4 -> {
        report[0] |= (byte) (random.nextBoolean() ? 0x20 : 0);
        report[report.length - 1] = (byte) (WORD_BYTES * random.nextInt(8));
      }
      case 5, 6 -> {
        final int within = Math.min(report.length, HEAD_BYTES);
        for (int flips = 1 + random.nextInt(4); flips > 0; flips--) {
          report[random.nextInt(within)] ^= (byte) (1 << random.nextInt(8));
        }
      }
      default -> {
        // As it is.
      }
    }
    return report;
  }

  private byte[] report() {
    writer.wrap(written, 0);
    if (random.nextBoolean()) {
      writer.senderReport(reporter(), random.nextLong(), random.nextInt(), 1, 2);
    } else {
      writer.receiverReport(reporter());
    }
    for (int blocks = random.nextInt(4); blocks > 0; blocks--) {
      writer.block(
          random.nextBoolean() ? theirSsrc : random.nextInt(),
          random.nextInt(256),
          random.nextInt(1 << 23),
          random.nextInt(),
          random.nextInt(),
          random.nextInt(),
          random.nextInt());
    }
    writer.cname(ssrc, new byte[random.nextInt(30)]);
    if (random.nextInt(4) == 0) {
      writer.bye(random.nextInt(3) == 0 ? theirSsrc : ssrc);
    }
    final byte[] report = Arrays.copyOf(written.byteArray(), writer.lengthBytes());
    return random.nextInt(4) == 0 ? behind(report, other()) : report;
  }

  private int reporter() {
    return random.nextInt(10) == 0 ? theirSsrc : ssrc;
  }

  /** A packet of a type that is passed over. */
  private byte[] other() {
    final int words = random.nextInt(6);
    final byte[] packet = new byte[RtcpPacket.HEADER_BYTES + words * WORD_BYTES];
    random.nextBytes(packet);
    packet[0] = (byte) (0x80 | random.nextInt(32));
    packet[1] = (byte) OTHER_TYPES[random.nextInt(OTHER_TYPES.length)];
    packet[2] = 0;
    packet[3] = (byte) words;
    return packet;
  }

  private static byte[] behind(final byte[] first, final byte[] second) {
    final byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }
}
