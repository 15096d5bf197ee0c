package dev.conductor.media.mix;

import dev.conductor.media.dsp.Ramp;
import dev.conductor.media.dsp.RatePlane;
import java.util.Arrays;

/**
 * One mix: who feeds it in this tick, and their sum on each plane on which somebody listens. A sum
 * is made for the first who asks, so a plane without listeners costs nothing; the mix needs no
 * other hand to be summed elsewhere than here.
 *
 * @threading the call's home agent.
 * @allocation a plane's sum when it is first listened to; the list of sources as the mix grows.
 * @units sums of 16-bit linear PCM in 32 bits: room for 4,000 voices at full scale and +24 dB.
 */
final class Mix {
  /** With more than so many who may be heard, lines without sound are left out. */
  static final int OPEN_LINES = 16;

  private static final int FIRST_SOURCES = 4;
  private static final int PLANES = RatePlane.values().length;

  private final int index;
  private final int[][] sums = new int[PLANES][];
  private final int[] sumTick = new int[PLANES];

  private Route[] sources = new Route[FIRST_SOURCES];
  private int sourceCount;
  private int sourcesTick;
  private int feeders;

  Mix(final int index) {
    this.index = index;
  }

  /** A new plan is counted. */
  void clearFeeders() {
    feeders = 0;
  }

  /** The plan lets one more feed this mix. */
  void addFeeder() {
    feeders++;
  }

  /** Whether lines without sound are left out, over a constant noise. */
  boolean isGated() {
    return feeders > OPEN_LINES;
  }

  /** A place feeds the mix in this tick. */
  void addSource(final Route route, final int tick) {
    if (sourcesTick != tick) {
      sourcesTick = tick;
      sourceCount = 0;
    }
    if (sourceCount == sources.length) {
      sources = Arrays.copyOf(sources, 2 * sourceCount);
    }
    sources[sourceCount] = route;
    sourceCount++;
  }

  /** Whether anything sounds in the mix in this tick. */
  boolean isLive(final int tick) {
    return sourcesTick == tick && sourceCount > 0 || isGated();
  }

  /** The sum of this tick on one plane. */
  int[] sum(final RatePlane plane, final int tick, final MixNoise noise) {
    final int at = plane.ordinal();
    if (sumTick[at] != tick) {
      if (sums[at] == null) {
        sums[at] = new int[plane.frameSamples()];
      }
      make(sums[at], plane, tick, noise);
      sumTick[at] = tick;
    }
    return sums[at];
  }

  private void make(final int[] sum, final RatePlane plane, final int tick, final MixNoise noise) {
    if (isGated()) {
      final short[] frame = noise.frame(plane, tick);
      for (int i = 0; i < plane.frameSamples(); i++) {
        sum[i] = frame[i];
      }
    } else {
      Arrays.fill(sum, 0);
    }
    final int count = sourcesTick == tick ? sourceCount : 0;
    for (int i = 0; i < count; i++) {
      final Tap tap = sources[i].feeds.of(index);
      Ramp.add(plane, sources[i].voice(plane, tick), sum, tap.from, tap.to);
    }
  }
}
