package dev.conductor.bench;

import dev.conductor.media.api.Codec;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/**
 * What does one tick of a call of a thousand cost, by number of those who talk at once? Each talker
 * hears what nobody else does: all but himself.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar TickByTalkers -prof gc
 * java -jar bench/target/benchmarks.jar TickByTalkers -prof gc -f 1 -wi 1 -i 2 -r 3   (short)
 * </pre>
 */
public class TickByTalkersBench extends TickBench {
  private static final int CALLERS = 1_000;

  /** Who talk, every gate open. */
  @Param({"1", "3", "10", "30", "100", "300", "1000"})
  int talkers;

  @Override
  BenchCall makeCall() {
    return new BenchCall(CALLERS, 0, talkers, List.of(Codec.PCMU));
  }
}
