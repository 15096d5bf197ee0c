package dev.conductor.bench;

import dev.conductor.media.codec.G722Decoder;
import dev.conductor.media.codec.G722Encoder;
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
 * One 20 ms frame of G.722, from and to a direct buffer as the sockets use.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar G722 -prof gc
 * java -jar bench/target/benchmarks.jar G722 -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
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
public class G722Bench {
  private static final int FRAMES = 50;
  private static final int FRAME_SAMPLES = 320;
  private static final int FRAME_BYTES = 160;

  /** An RTP header goes before the payload. */
  private static final int PAYLOAD_OFFSET = 12;

  private final UnsafeBuffer packet =
      new UnsafeBuffer(ByteBuffer.allocateDirect(PAYLOAD_OFFSET + FRAME_BYTES));
  private final UnsafeBuffer stream =
      new UnsafeBuffer(ByteBuffer.allocateDirect(FRAMES * FRAME_BYTES));
  private final short[] voice = new short[FRAMES * FRAME_SAMPLES];
  private final short[] decoded = new short[FRAME_SAMPLES];
  private final G722Encoder encoder = new G722Encoder();
  private final G722Decoder decoder = new G722Decoder();
  private int encodedFrame;
  private int decodedFrame;

  /** Makes a second of voice, louder and softer by turns, and the packets of it. */
  @Setup(Level.Trial)
  public void setUp() {
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < voice.length; i++) {
      final double tone = Math.sin(i * 0.09) + 0.5 * Math.sin(i * 0.31);
      final double loudness = 5_000 * (1 + Math.sin(i * 0.001));
      voice[i] = (short) (loudness * tone + random.nextInt(-800, 801));
    }
    new G722Encoder().encode(voice, 0, voice.length, stream, 0);
  }

  /** Samples to bytes. */
  @Benchmark
  public int encode() {
    encodedFrame = (encodedFrame + 1) % FRAMES;
    return encoder.encode(
        voice, encodedFrame * FRAME_SAMPLES, FRAME_SAMPLES, packet, PAYLOAD_OFFSET);
  }

  /** Bytes to samples. */
  @Benchmark
  public int decode() {
    decodedFrame = (decodedFrame + 1) % FRAMES;
    return decoder.decode(stream, decodedFrame * FRAME_BYTES, FRAME_BYTES, decoded, 0);
  }
}
