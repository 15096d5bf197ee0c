package dev.conductor.bench;

import dev.conductor.media.api.Codec;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/**
 * What does one tick of a call cost, by number of callers? All hear one room through G.711.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar TickByCallers -prof gc
 * java -jar bench/target/benchmarks.jar TickByCallers -prof gc -f 1 -wi 1 -i 2 -r 3   (short)
 * </pre>
 */
public class TickByCallersBench extends TickBench {
  /** Callers, all in the main room. */
  @Param({"10", "100", "1000", "3000"})
  int callers;

  /** Who is heard: {@code three} of them or {@code all}, every gate open. */
  @Param({"three", "all"})
  String talkers;

  @Override
  BenchCall makeCall() {
    return new BenchCall(callers, 0, voices(talkers), List.of(Codec.PCMU));
  }
}
