package dev.conductor.bench;

import dev.conductor.media.dsp.Concealment;
import dev.conductor.media.dsp.TimeScale;
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
 * What loss and drift cost, 20 ms at a time: frames that came, a gap of one frame with its pitch
 * search and its join, a frame in the midst of a long gap, and a period taken out of 40 ms.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar Concealment -prof gc
 * java -jar bench/target/benchmarks.jar Concealment -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 5)
@Fork(3)
public class ConcealmentBench {
  private static final int PITCH_HZ = 130;

  /** Samples a second. */
  @Param({"8000", "16000", "48000"})
  int rateHz;

  private Concealment intact;
  private Concealment lossy;
  private Concealment dead;
  private TimeScale scale;
  private short[] voice;
  private short[] frame;
  private short[] two;

  /** Makes a voice of many harmonics with some noise, and lets each hear it. */
  @Setup(Level.Trial)
  public void setUp() {
    final SplittableRandom random = new SplittableRandom(1);
    voice = new short[rateHz];
    for (int i = 0; i < voice.length; i++) {
      double sum = random.nextDouble(-0.1, 0.1);
      for (int harmonic = 1; harmonic < 12; harmonic++) {
        sum += Math.sin(2 * Math.PI * PITCH_HZ * harmonic * i / rateHz) / harmonic;
      }
      voice[i] = (short) (6_000 * sum);
    }
    frame = new short[rateHz / 50];
    two = new short[2 * frame.length];
    intact = new Concealment(rateHz);
    lossy = new Concealment(rateHz);
    dead = new Concealment(rateHz);
    intact.heard(voice, 0, voice.length);
    lossy.heard(voice, 0, voice.length);
    dead.heard(voice, 0, voice.length);
    scale = new TimeScale(rateHz);
  }

  /** A frame of a voice without gaps. */
  @Benchmark
  public short heard() {
    intact.heard(frame, 0, frame.length);
    return frame[0];
  }

  /** A frame lost and the next, which is joined to it. */
  @Benchmark
  public short lostAndJoined() {
    lossy.fill(frame, 0, frame.length);
    System.arraycopy(voice, 0, two, 0, two.length);
    lossy.heard(two, 0, two.length);
    return two[0];
  }

  /** A frame of noise, the voice long gone. */
  @Benchmark
  public short gone() {
    dead.fill(frame, 0, frame.length);
    return frame[0];
  }

  /** One period out of two frames. */
  @Benchmark
  public int shrunk() {
    System.arraycopy(voice, 0, two, 0, two.length);
    return scale.shrink(two, 0, two.length);
  }
}
