package dev.conductor.bench;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.mix.CallMixer;
import dev.conductor.media.mix.Group;
import java.util.ArrayList;
import java.util.List;
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
 * One 20 ms tick of one mix: every talker's voice goes in, every caller gets his own frame. Codecs
 * and sockets are not in it.
 *
 * <pre>
 * java -jar bench/target/benchmarks.jar MixTick -prof gc
 * java -jar bench/target/benchmarks.jar MixTick -prof gc -f 1 -wi 1 -i 2 -r 5   (short)
 * </pre>
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
    jvmArgsAppend = {"--add-exports", "java.base/jdk.internal.misc=ALL-UNNAMED"})
public class MixTickBench {
  private static final int FRAME_SAMPLES = RatePlane.NARROW.frameSamples();
  private static final int THREE = 3;

  /** Callers in the mix; all of them hear it. */
  @Param({"3", "30", "300", "1000"})
  int callers;

  /** Who feeds it: {@code three} of them or {@code all}. */
  @Param({"three", "all"})
  String talkers;

  private final int[] heard = new int[FRAME_SAMPLES];
  private CallMixer mixer;
  private short[][] voices;

  /** Puts all callers into one mix and gives each talker a voice of his own. */
  @Setup(Level.Trial)
  public void setUp() {
    final SplittableRandom random = new SplittableRandom(1);
    voices = new short["all".equals(talkers) ? callers : THREE][FRAME_SAMPLES];
    for (final short[] voice : voices) {
      for (int i = 0; i < FRAME_SAMPLES; i++) {
        voice[i] = (short) random.nextInt(-8_000, 8_001);
      }
    }
    final List<MixPlan.Place> places = new ArrayList<>();
    for (int i = 0; i < callers; i++) {
      final int none = MixPlan.NO_MIX;
      places.add(new MixPlan.Place(i + 1, 0, none, 0, none, 0, 0, 100, true));
    }
    mixer = new CallMixer(gone -> {});
    mixer.plan(new MixPlan(1, 1, 1, places));
  }

  /** The tick; the last frame heard keeps the work from being optimised away. */
  @Benchmark
  public int[] tick() {
    mixer.begin();
    for (int i = 0; i < voices.length; i++) {
      mixer.feed(i, voices[i], RatePlane.NARROW, true, Gain.UNITY_Q15);
    }
    for (int i = 0; i < callers; i++) {
      final Group group = mixer.group(i);
      if (group == null) {
        mixer.hear(i, heard);
      } else {
        mixer.heard(group);
      }
    }
    return heard;
  }
}
