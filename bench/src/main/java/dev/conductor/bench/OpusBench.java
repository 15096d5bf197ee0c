package dev.conductor.bench;

import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.OpusLibrary;
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
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One 20 ms frame of Opus, over either library. Where a line takes both ways each tick, half a core
 * carries 10,000 microseconds of it: so many open lines are 10,000 over the sum of the two.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar Opus -prof gc
 * java -jar bench/target/benchmarks.jar Opus -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
 * </pre>
 *
 * <p>{@code gc.alloc.rate.norm} must be below 1 B/op over libopus; Concentus allocates up to 130 KB
 * a frame.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 3,
    jvmArgsAppend = {
      "--add-exports",
      "java.base/jdk.internal.misc=ALL-UNNAMED",
      "--enable-native-access=ALL-UNNAMED"
    })
public class OpusBench {
  private static final int RATE_HZ = 48_000;
  private static final int FRAME_SAMPLES = 960;

  /** Two seconds, each frame another. */
  private static final int FRAMES = 100;

  private static final int MAX_PACKET_BYTES = 1_275;

  /** Which library. */
  @Param({"libopus", "Concentus"})
  String library;

  private final short[] voice = new short[FRAMES * FRAME_SAMPLES];
  private final UnsafeBuffer packets =
      new UnsafeBuffer(ByteBuffer.allocateDirect(FRAMES * MAX_PACKET_BYTES));
  private final int[] lengths = new int[FRAMES];
  private final UnsafeBuffer sent = new UnsafeBuffer(ByteBuffer.allocateDirect(MAX_PACKET_BYTES));
  private final short[] decoded = new short[FRAME_SAMPLES];
  private AudioEncoder encoder;
  private AudioDecoder decoder;
  private int toEncode;
  private int toDecode;

  /** Makes a voice, a buzz of gliding pitch and some breath, and the packets of it. */
  @Setup(Level.Trial)
  public void setUp() {
    final OpusLibrary opus =
        "libopus".equals(library) ? OpusLibrary.system() : OpusLibrary.concentus();
    if (!opus.name().equals(library)) {
      throw new IllegalStateException(opus.reason());
    }
    final SplittableRandom random = new SplittableRandom(1);
    double phase = 0;
    for (int i = 0; i < voice.length; i++) {
      final double seconds = (double) i / RATE_HZ;
      phase += (130 + 30 * Math.sin(4 * seconds)) / RATE_HZ;
      final double buzz = Math.exp(-8 * (phase - Math.floor(phase))) - 0.125;
      final double syllable = Math.max(0, Math.sin(2 * Math.PI * 4 * seconds));
      voice[i] = (short) (12_000 * buzz * syllable + random.nextInt(-60, 61));
    }
    encoder = opus.encoder(RATE_HZ, 0, true);
    decoder = opus.decoder();
    for (int i = 0; i < FRAMES; i++) {
      lengths[i] =
          encoder.encode(voice, i * FRAME_SAMPLES, FRAME_SAMPLES, packets, i * MAX_PACKET_BYTES);
    }
  }

  /** Gives the library's memory back. */
  @TearDown(Level.Trial)
  public void tearDown() {
    encoder.close();
    decoder.close();
  }

  /** Samples to bytes. */
  @Benchmark
  public int encode() {
    toEncode = (toEncode + 1) % FRAMES;
    return encoder.encode(voice, toEncode * FRAME_SAMPLES, FRAME_SAMPLES, sent, 0);
  }

  /** Bytes to samples. */
  @Benchmark
  public int decode() {
    toDecode = (toDecode + 1) % FRAMES;
    return decoder.decode(packets, toDecode * MAX_PACKET_BYTES, lengths[toDecode], decoded, 0);
  }
}
