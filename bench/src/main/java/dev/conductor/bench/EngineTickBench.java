package dev.conductor.bench;

import java.io.IOException;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one whole tick of a media agent cost, sockets included? Every phone's packet waits in
 * its socket; the tick reads them all, decodes, mixes, encodes and sends everybody one.
 *
 * <p>What the phones do, sending before each tick and reading after it, is not in the figure. What
 * the kernel does for a packet to them is: on the loopback address a send carries it all the way
 * into the other socket. A tick that did not reach every phone fails the run. A thousand callers
 * need 3,100 open files ({@code ulimit -n}).
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar EngineTick -prof gc
 * java -jar bench/target/benchmarks.jar EngineTick -prof gc -f 1 -wi 1 -i 2 -r 3   (short)
 * </pre>
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 3)
@Measurement(iterations = 3, time = 10)
@Fork(
    value = 3,
    jvmArgsAppend = {
      "--add-exports",
      "java.base/jdk.internal.misc=ALL-UNNAMED",
      "--add-exports",
      "java.base/sun.nio.ch=ALL-UNNAMED"
    })
public class EngineTickBench {
  /** Callers of the one call; three talk. */
  @Param({"100", "1000"})
  int callers;

  private LoopbackCall call;

  /** Lets all callers in. */
  @Setup(Level.Trial)
  public void setUp() throws IOException {
    call = new LoopbackCall(callers);
  }

  /** Lets every phone send. */
  @Setup(Level.Invocation)
  public void send() throws IOException {
    call.advance();
    call.send();
  }

  /** The tick. */
  @Benchmark
  public int tick() {
    return call.tick();
  }

  /** Lets every phone read. */
  @TearDown(Level.Invocation)
  public void receive() throws IOException {
    final int packets = call.receive();
    if (packets != callers) {
      throw new IllegalStateException(packets + " packets came to " + callers + " phones");
    }
  }

  /** Ends the call. */
  @TearDown(Level.Trial)
  public void tearDown() {
    call.close();
  }
}
