package dev.conductor.bench;

import dev.conductor.media.api.Codec;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/**
 * What does one tick of a call of a thousand cost, by number of breakouts of equal size? Each hears
 * itself and the host.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar TickByBreakouts -prof gc
 * java -jar bench/target/benchmarks.jar TickByBreakouts -prof gc -f 1 -wi 1 -i 2 -r 3   (short)
 * </pre>
 */
public class TickByBreakoutsBench extends TickBench {
  private static final int CALLERS = 1_000;

  /** Breakouts; with 0 all are in the main room. */
  @Param({"0", "10", "100"})
  int breakouts;

  /** Who is heard in each: {@code three}, the host among them, or {@code all} its callers. */
  @Param({"three", "all"})
  String talkers;

  @Override
  BenchCall makeCall() {
    return new BenchCall(CALLERS, breakouts, voices(talkers), List.of(Codec.PCMU));
  }
}
