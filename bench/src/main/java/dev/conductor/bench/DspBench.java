package dev.conductor.bench;

import dev.conductor.media.dsp.AutoLevel;
import dev.conductor.media.dsp.DtmfDetector;
import dev.conductor.media.dsp.Limiter;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.dsp.TimeScale;
import dev.conductor.media.dsp.VoiceActivity;
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
 * What does it cost to judge and to shape one 20 ms frame of a voice? The resampler and the
 * concealment have benches of their own.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar Dsp -prof gc
 * java -jar bench/target/benchmarks.jar Dsp -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
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
public class DspBench {
  private static final int ENERGY = 100;

  /** So many equal voices are too loud for a frame. */
  private static final int TOO_MANY = 8;

  /** The voice's rate. */
  @Param({"NARROW", "WIDE", "FULL"})
  RatePlane plane;

  private final Limiter idle = new Limiter();
  private final Limiter working = new Limiter();
  private final VoiceActivity activity = new VoiceActivity(ENERGY);
  private final AutoLevel level = new AutoLevel();
  private VoiceFrames voice;
  private DtmfDetector digits;
  private TimeScale scale;
  private int[] sum;
  private short[] out;
  private short[] three;
  private int number;

  /** Makes the voice. */
  @Setup(Level.Trial)
  public void setUp() {
    voice = new VoiceFrames(plane);
    digits = new DtmfDetector(plane);
    scale = new TimeScale(plane.rateHz());
    sum = new int[plane.frameSamples()];
    out = new short[plane.frameSamples()];
    three = new short[3 * plane.frameSamples()];
  }

  private short[] next() {
    return voice.frame(number++ & Integer.MAX_VALUE);
  }

  private void sumOf(final int voices) {
    final short[] frame = next();
    for (int i = 0; i < sum.length; i++) {
      sum[i] = voices * frame[i];
    }
  }

  /** The limiter on a voice that fits; its sum is made in it. */
  @Benchmark
  public short[] limiterIdle() {
    sumOf(1);
    idle.limit(plane, sum, out);
    return out;
  }

  /** The limiter on voices that together are too loud; their sum is made in it. */
  @Benchmark
  public short[] limiterWorking() {
    sumOf(TOO_MANY);
    working.limit(plane, sum, out);
    return out;
  }

  /** Whether he talks, how loud, and the gain that brings him to the common level. */
  @Benchmark
  public int voiceActivity() {
    activity.onFrame(next(), plane.frameSamples());
    level.onFrame(activity.levelDb(), activity.isTalking());
    return level.gainQ15();
  }

  /** Keys looked for in the voice. */
  @Benchmark
  public char dtmfDetector() {
    digits.onFrame(next());
    return digits.digit();
  }

  /** One period put into 40 ms, with the search for where. */
  @Benchmark
  public int timeScaleStretched() {
    System.arraycopy(next(), 0, three, 0, out.length);
    System.arraycopy(next(), 0, three, out.length, out.length);
    return scale.stretch(three, 0, 2 * out.length, three.length);
  }
}
