package dev.conductor.bench;

import dev.conductor.media.jitter.JitterBuffer;
import dev.conductor.media.jitter.SlotJitterBuffer;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounters;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.UnsafeBuffer;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does one packet's way through the jitter buffer cost, from {@code put} to PLAY, in a tick of
 * its line? A thousand lines take turns, as on an agent, so that each finds its memory cold.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar JitterBuffer -prof gc
 * java -jar bench/target/benchmarks.jar JitterBuffer -prof gc -f 1 -wi 1 -i 2 -r 1   (short)
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
public class JitterBufferBench {
  private static final int LINES = 1_000;
  private static final int CLOCK_HZ = 8_000;
  private static final int FRAME_TICKS = 160;
  private static final int MAX_PAYLOAD_BYTES = 640;
  private static final long TICK_NS = 20_000_000;
  private static final int HUNDRED = 100;

  /** Of a hundred packets so many never come. */
  @Param({"0", "5"})
  int lossPercent;

  private final SlotJitterBuffer[] lines = new SlotJitterBuffer[LINES];
  private final UnsafeBuffer packet =
      new UnsafeBuffer(new byte[RtpHeader.FIXED_BYTES + FRAME_TICKS]);
  private SplittableRandom random;
  private long tick;

  /** Makes the lines. */
  @Setup(Level.Trial)
  public void setUp() {
    random = new SplittableRandom(1);
    final MediaCounters counters = new MediaCounters();
    for (int i = 0; i < LINES; i++) {
      lines[i] = new SlotJitterBuffer(MAX_PAYLOAD_BYTES, counters);
    }
    RtpHeader.putFirst(packet, 0, false, 0);
  }

  /** A tick of all lines; the time is that of one. */
  @Benchmark
  @OperationsPerInvocation(LINES)
  public int tick() {
    int played = 0;
    tick++;
    RtpHeader.putSequence(packet, 0, (int) tick);
    RtpHeader.putTimestamp(packet, 0, (int) tick * FRAME_TICKS);
    for (final SlotJitterBuffer line : lines) {
      if (lossPercent == 0 || random.nextInt(HUNDRED) >= lossPercent) {
        line.put(
            packet,
            0,
            RtpHeader.FIXED_BYTES,
            FRAME_TICKS,
            FRAME_TICKS,
            CLOCK_HZ,
            tick * TICK_NS - TICK_NS / 2);
      }
      line.begin(tick * TICK_NS);
      if (line.next(FRAME_TICKS) == JitterBuffer.Answer.PLAY) {
        played += line.payloadLength();
      }
      line.end(0);
    }
    return played;
  }
}
