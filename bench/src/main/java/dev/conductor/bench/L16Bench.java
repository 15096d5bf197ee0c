package dev.conductor.bench;

import dev.conductor.media.codec.L16Codec;
import java.nio.ByteBuffer;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One 20 ms frame of L16 at 16 kHz, from and to a direct buffer as the sockets use.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar L16 -prof gc
 * java -jar bench/target/benchmarks.jar L16 -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"})
public class L16Bench {
  private static final int RATE_HZ = 16_000;
  private static final int FRAME_SAMPLES = 320;
  private static final int FRAME_BYTES = 640;

  /** An RTP header goes before the payload. */
  private static final int PAYLOAD_OFFSET = 12;

  private final UnsafeBuffer packet =
      new UnsafeBuffer(ByteBuffer.allocateDirect(PAYLOAD_OFFSET + FRAME_BYTES));
  private final short[] voice = new short[FRAME_SAMPLES];
  private final short[] decoded = new short[FRAME_SAMPLES];
  private final L16Codec codec = new L16Codec(RATE_HZ);

  /** Makes a voice and a packet of it. */
  @Setup(Level.Trial)
  public void setUp() {
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < FRAME_SAMPLES; i++) {
      voice[i] = (short) random.nextInt(-20_000, 20_001);
    }
    encode();
  }

  /** Samples to bytes. */
  @Benchmark
  public int encode() {
    return codec.encode(voice, 0, FRAME_SAMPLES, packet, PAYLOAD_OFFSET);
  }

  /** Bytes to samples. */
  @Benchmark
  public int decode() {
    return codec.decode(packet, PAYLOAD_OFFSET, FRAME_BYTES, decoded, 0);
  }
}
