package dev.conductor.bench;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.SrtpProfile;
import dev.conductor.media.rtp.SrtpReceiver;
import dev.conductor.media.rtp.SrtpSender;
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
 * What does it cost to protect one G.711 packet, and to protect it and read it again?
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar Srtp -prof gc
 * java -jar bench/target/benchmarks.jar Srtp -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
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
public class SrtpBench {
  private static final int LENGTH = RtpHeader.FIXED_BYTES + 160;
  private static final int ROOM_BYTES = 256;
  private static final int SSRC = 0x1234_5678;

  /** How packets are protected. */
  @Param SrtpProfile profile;

  private final UnsafeBuffer plain = new UnsafeBuffer(ByteBuffer.allocateDirect(ROOM_BYTES));
  private final UnsafeBuffer wire = new UnsafeBuffer(ByteBuffer.allocateDirect(ROOM_BYTES));
  private SrtpSender sender;
  private SrtpReceiver receiver;
  private int sequence;

  /** Makes the packet and the keys. */
  @Setup(Level.Trial)
  public void setUp() {
    RtpHeader.putFirst(plain, 0, false, 0);
    RtpHeader.putSsrc(plain, 0, SSRC);
    final byte[] master = new byte[profile.masterBytes()];
    sender = new SrtpSender(profile, master);
    receiver = new SrtpReceiver(profile, master);
  }

  /** Protects. */
  @Benchmark
  public int protect() {
    RtpHeader.putSequence(plain, 0, sequence++);
    return sender.protectRtp(plain, LENGTH, wire);
  }

  /** Protects and reads again. */
  @Benchmark
  public int protectAndUnprotect() {
    return receiver.unprotectRtp(wire, protect());
  }

  /** The same of a report. */
  @Benchmark
  public int rtcp() {
    wire.putInt(0, 0);
    wire.putInt(Integer.BYTES, SSRC);
    return receiver.unprotectRtcp(wire, sender.protectRtcp(wire, LENGTH));
  }
}
