package dev.conductor.bench;

import dev.conductor.media.rtp.RtpHeader;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to check one RTP packet and to read all that the receiver asks of its header?
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar RtpParse -prof gc
 * java -jar bench/target/benchmarks.jar RtpParse -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
 * </pre>
 *
 * <p>{@code gc.alloc.rate.norm} must be below 1 B/op.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"})
public class RtpParseBench {
  private static final int PAYLOAD_BYTES = 160;
  private static final int EXTENSION_BYTES = 8;
  private static final int EXTENSION_BIT = 0x10;
  private static final int FIRST_SSRC = 0x1234_5678;

  /** What the header has: nothing more, or an extension of one word (as for RFC 6464). */
  @Param({"plain", "extension"})
  String header;

  private final UnsafeBuffer packet =
      new UnsafeBuffer(
          ByteBuffer.allocateDirect(RtpHeader.FIXED_BYTES + EXTENSION_BYTES + PAYLOAD_BYTES));
  private int length;
  private int sequence;

  /** Makes the packet. */
  @Setup(Level.Trial)
  public void setUp() {
    RtpHeader.putFirst(packet, 0, false, 0);
    RtpHeader.putSsrc(packet, 0, FIRST_SSRC);
    length = RtpHeader.FIXED_BYTES + PAYLOAD_BYTES;
    if ("extension".equals(header)) {
      packet.putByte(0, (byte) (packet.getByte(0) | EXTENSION_BIT));
      packet.putInt(RtpHeader.FIXED_BYTES, Integer.reverseBytes(0xBEDE_0001));
      length += EXTENSION_BYTES;
    }
  }

  /** Checks and reads. */
  @Benchmark
  public int parse() {
    RtpHeader.putSequence(packet, 0, sequence++);
    final int payloadOffset = RtpHeader.payloadOffset(packet, 0, length);
    final int payloadLength = RtpHeader.payloadLength(packet, 0, length, payloadOffset);
    return payloadLength
        + RtpHeader.ssrc(packet, 0)
        + RtpHeader.sequence(packet, 0)
        + RtpHeader.timestamp(packet, 0)
        + RtpHeader.payloadType(packet, 0)
        + (RtpHeader.marker(packet, 0) ? 1 : 0);
  }
}
