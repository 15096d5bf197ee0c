package dev.conductor.bench;

import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What the benches of a call's tick have in common. Sockets, jitter buffers and decoders are not in
 * it; {@link EngineTickBench} has them.
 *
 * <p>{@code gc.alloc.rate.norm} must be below 1 B/op: a tick allocates nothing. What is left is the
 * harness, about 6 KB an iteration, so short iterations of long ticks show more.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 3, time = 10)
@Fork(
    value = 3,
    jvmArgsAppend = {
      "--add-exports",
      "java.base/jdk.internal.misc=ALL-UNNAMED",
      "--enable-native-access=ALL-UNNAMED"
    })
public abstract class TickBench {
  private BenchCall call;

  /** Makes the call whose tick it is. */
  abstract BenchCall makeCall();

  /** How many voices a word stands for: {@code three} or {@code all}. */
  static int voices(final String talkers) {
    return switch (talkers) {
      case "three" -> 3;
      case "all" -> BenchCall.ALL;
      default -> throw new IllegalArgumentException("talkers: " + talkers);
    };
  }

  /** Lets the call begin. */
  @Setup(Level.Trial)
  public void setUp() {
    call = makeCall();
  }

  /** Ends the call. */
  @TearDown(Level.Trial)
  public void tearDown() {
    call.close();
  }

  /** 20 ms of the call. */
  @Benchmark
  public int tick() {
    return call.tick();
  }
}
