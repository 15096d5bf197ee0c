package dev.conductor.media.mix;

import dev.conductor.media.api.MixPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** A random routing and what each listener must hear in it, worked out listener by listener. */
final class RoutingOracle {
  private static final long[] FACTORS_Q15 =
      IntStream.rangeClosed(-4, 4)
          .mapToLong(steps -> Math.round(32_768 * Math.pow(10, steps * 3 / 20.0)))
          .toArray();

  final MixPlan plan;
  final short[][] voices;
  final boolean[] fed;
  private final int frameSamples;

  private RoutingOracle(
      final MixPlan plan, final short[][] voices, final boolean[] fed, final int frameSamples) {
    this.plan = plan;
    this.voices = voices;
    this.fed = fed;
    this.frameSamples = frameSamples;
  }

  static RoutingOracle random(
      final SplittableRandom random,
      final long version,
      final int frameSamples,
      final boolean volumes) {
    final int mixes = 1 + random.nextInt(6);
    final int count = 1 + random.nextInt(16);
    final int[][] feeds = new int[count][];
    for (int i = 0; i < count; i++) {
      // A third are muted.
      feeds[i] = random.nextInt(3) == 0 ? new int[] {-1, -1} : anyTwo(random, mixes);
    }
    final List<MixPlan.Place> places = new ArrayList<>();
    final short[][] voices = new short[count][frameSamples];
    final boolean[] fed = new boolean[count];
    for (int i = 0; i < count; i++) {
      final int[] hears = anyTwo(random, mixes);
      if (sharesAnother(feeds, i, hears)) {
        hears[random.nextInt(2)] = -1;
      }
      final int in = volumes ? random.nextInt(-4, 5) : 0;
      final int out = volumes ? random.nextInt(-4, 5) : 0;
      places.add(
          new MixPlan.Place(
              i + 1, feeds[i][0], feeds[i][1], hears[0], hears[1], in, out, 100, true));
      fed[i] = random.nextInt(5) > 0;
      final int loudness = 1 + random.nextInt(32_767);
      for (int s = 0; s < frameSamples; s++) {
        voices[i][s] = (short) random.nextInt(-loudness, loudness + 1);
      }
    }
    return new RoutingOracle(new MixPlan(1, version, mixes, places), voices, fed, frameSamples);
  }

  /** The same routing with every voice upside down. */
  RoutingOracle negated() {
    final short[][] opposite = new short[voices.length][frameSamples];
    for (int i = 0; i < voices.length; i++) {
      for (int s = 0; s < frameSamples; s++) {
        opposite[i][s] = (short) -voices[i][s];
      }
    }
    return new RoutingOracle(plan, opposite, fed, frameSamples);
  }

  List<Integer> anyOrder(final SplittableRandom random) {
    final List<Integer> order = new ArrayList<>();
    for (int i = 0; i < voices.length; i++) {
      order.add(i);
    }
    for (int i = order.size() - 1; i > 0; i--) {
      Collections.swap(order, i, random.nextInt(i + 1));
    }
    return order;
  }

  /** The sum of the permitted others, each at his volume, at the listener's volume; not limited. */
  int[] expected(final int listener) {
    final int[] out = new int[frameSamples];
    for (int s = 0; s < frameSamples; s++) {
      long sum = 0;
      for (int other = 0; other < voices.length; other++) {
        if (other != listener && fed[other] && hears(listener, other)) {
          sum += scaled(voices[other][s], plan.places().get(other).volumeInSteps());
        }
      }
      out[s] = (int) scaled(sum, plan.places().get(listener).volumeOutSteps());
    }
    return out;
  }

  private boolean hears(final int listener, final int other) {
    final MixPlan.Place ear = plan.places().get(listener);
    final MixPlan.Place mouth = plan.places().get(other);
    for (final int mix : new int[] {ear.hearsFirst(), ear.hearsSecond()}) {
      if (mix != -1 && (mix == mouth.feedsFirst() || mix == mouth.feedsSecond())) {
        return true;
      }
    }
    return false;
  }

  private static long scaled(final long sample, final int steps) {
    final long factor = FACTORS_Q15[steps + 4];
    final long magnitude = (Math.abs(sample) * factor + 16_384) / 32_768;
    return sample < 0 ? -magnitude : magnitude;
  }

  private static int[] anyTwo(final SplittableRandom random, final int mixes) {
    return new int[] {random.nextInt(-1, mixes), random.nextInt(-1, mixes)};
  }

  private static boolean sharesAnother(final int[][] feeds, final int self, final int[] hears) {
    for (int i = 0; i < feeds.length; i++) {
      if (i != self
          && hears[0] != hears[1]
          && contains(feeds[i], hears[0])
          && contains(feeds[i], hears[1])) {
        return true;
      }
    }
    return false;
  }

  private static boolean contains(final int[] mixes, final int mix) {
    return mix != -1 && (mixes[0] == mix || mixes[1] == mix);
  }
}
