package dev.conductor.bench;

import dev.conductor.media.dsp.RateConverter;
import dev.conductor.media.dsp.RatePlane;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
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
 * One 20 ms frame from one plane's rate to another's.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar RateConverter -prof gc
 * java -jar bench/target/benchmarks.jar RateConverter -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 5)
@Fork(
    value = 3,
    jvmArgsAppend = {"--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"})
public class RateConverterBench {
  /** The rate that comes in. */
  @Param({"NARROW", "WIDE", "FULL"})
  RatePlane from;

  /** The rate that goes out. */
  @Param({"NARROW", "WIDE", "FULL"})
  RatePlane to;

  private RateConverter converter;
  private short[] in;
  private short[] out;

  /** Makes a voice. */
  @Setup(Level.Trial)
  public void setUp() {
    converter = new RateConverter(from, to);
    in = new short[from.frameSamples()];
    out = new short[to.frameSamples()];
    final SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < in.length; i++) {
      in[i] = (short) random.nextInt(-20_000, 20_001);
    }
  }

  /** Samples to samples. */
  @Benchmark
  public short[] convert() {
    converter.process(in, out);
    return out;
  }
}
