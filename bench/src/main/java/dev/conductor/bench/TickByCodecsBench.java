package dev.conductor.bench;

import dev.conductor.media.api.Codec;
import java.util.List;
import org.openjdk.jmh.annotations.Param;

/**
 * What does one tick of a call cost, by the codecs of its callers? A mix with three codecs is
 * summed at three rates. Opus is coded by what {@code OpusLibrary.system()} finds.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar TickByCodecs -prof gc
 * java -jar bench/target/benchmarks.jar TickByCodecs -prof gc -f 1 -wi 1 -i 2 -r 3   (short)
 * </pre>
 */
public class TickByCodecsBench extends TickBench {
  /** Callers, all in the main room. */
  @Param({"100", "1000"})
  int callers;

  /** {@code narrow}: all G.711. {@code mixed}: half G.711, a quarter G.722, a quarter Opus. */
  @Param({"narrow", "mixed"})
  String codecs;

  /** Who is heard: {@code three}, in a mixed call one of each codec, or {@code all}. */
  @Param({"three", "all"})
  String talkers;

  @Override
  BenchCall makeCall() {
    final List<Codec> round =
        "mixed".equals(codecs)
            ? List.of(Codec.PCMU, Codec.G722, Codec.OPUS, Codec.PCMU)
            : List.of(Codec.PCMU);
    return new BenchCall(callers, 0, voices(talkers), round);
  }
}
