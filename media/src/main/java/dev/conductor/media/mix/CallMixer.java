package dev.conductor.media.mix;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * All mixes of one call. A tick is {@link #begin}, then {@link #feed} for every place whose voice
 * came, then {@link #hear} for every place that is to be sent something; {@link #plan} only between
 * ticks.
 *
 * <p>A mix is summed in 32-bit integers (room for 16,000 voices at full scale and +12 dB). A
 * listener hears {@code volume_out(sum of his mixes - what he himself put into them)}, saturated
 * once, at the end; what is taken out is the very samples that went in, after {@code volume_in}. So
 * the order of feeding changes nothing, and negating every voice negates all that is heard. A place
 * that was not fed is silent.
 *
 * <p>Places are named by their index in {@link MixPlan#places}.
 *
 * @threading the call's home agent.
 * @allocation in {@link #plan} only, and there only what the call grew by.
 * @units frames of 16-bit linear PCM.
 */
public final class CallMixer {
  private static final int NO_MIX = MixPlan.NO_MIX;

  private final int frameSamples;

  /** The tick now; what bears another number below, as 0 at first, is of the past. */
  private int tick = 1;

  private int[][] sums = new int[0][];
  private int[] sumTick = new int[0];
  private short[][] saturated = new short[0][];
  private int[] saturatedTick = new int[0];

  /** What the listener now served hears, before his volume. */
  private final int[] total;

  private int placeCount;
  private Route[] routes = new Route[0];

  /**
   * A mixer without places.
   *
   * @param frameSamples samples of each frame
   */
  public CallMixer(final int frameSamples) {
    this.frameSamples = frameSamples;
    total = new int[frameSamples];
  }

  /** Takes over who feeds and who hears what. Not between {@link #begin} and the last hearing. */
  public void plan(final MixPlan plan) {
    final List<MixPlan.Place> places = plan.places();
    growMixes(plan.mixCount());
    growPlaces(places.size());
    placeCount = places.size();
    for (int i = 0; i < placeCount; i++) {
      routes[i].set(places.get(i), frameSamples);
    }
  }

  /** Begins a tick: every mix is empty, every place silent. */
  public void begin() {
    tick++;
  }

  /**
   * Puts a frame of a place's voice into the mixes it feeds. Once a tick; a second frame is left
   * out.
   *
   * @param placeIndex 0..places - 1
   * @param voice at least a frame of samples; it is copied
   */
  public void feed(final int placeIndex, final short[] voice) {
    final Route route = routes[Objects.checkIndex(placeIndex, placeCount)];
    if (route.feedsFirst == NO_MIX || route.fedTick == tick) {
      return;
    }
    route.fedTick = tick;
    final int[] own = route.voice;
    if (route.gainInQ15 == Gain.UNITY_Q15) {
      for (int i = 0; i < frameSamples; i++) {
        own[i] = voice[i];
      }
    } else {
      for (int i = 0; i < frameSamples; i++) {
        own[i] = Gain.apply(voice[i], route.gainInQ15);
      }
    }
    addTo(route.feedsFirst, own);
    if (route.feedsSecond != NO_MIX) {
      addTo(route.feedsSecond, own);
    }
  }

  /**
   * Gives what a place hears in this tick, after all were fed.
   *
   * @param placeIndex 0..places - 1
   * @param out takes a frame of samples
   */
  public void hear(final int placeIndex, final short[] out) {
    final Route route = routes[Objects.checkIndex(placeIndex, placeCount)];
    if (route.gainOutQ15 == Gain.UNITY_Q15 && !isLive(route.hearsSecond)) {
      hearOneMix(route, route.hearsFirst, out);
      return;
    }
    Arrays.fill(total, 0);
    addLess(route, route.hearsFirst);
    addLess(route, route.hearsSecond);
    for (int i = 0; i < frameSamples; i++) {
      out[i] = Gain.saturate(Gain.apply(total[i], route.gainOutQ15));
    }
  }

  /** What nearly everybody is given: one mix as loud as it is, in one pass or a copy. */
  private void hearOneMix(final Route route, final int mix, final short[] out) {
    if (!isLive(mix)) {
      Arrays.fill(out, 0, frameSamples, (short) 0);
    } else if (isIn(route, mix)) {
      final int[] sum = sums[mix];
      final int[] own = route.voice;
      for (int i = 0; i < frameSamples; i++) {
        out[i] = Gain.saturate(sum[i] - own[i]);
      }
    } else {
      System.arraycopy(saturated(mix), 0, out, 0, frameSamples);
    }
  }

  /** Adds one mix to the total, less the listener's own voice. */
  private void addLess(final Route route, final int mix) {
    if (isLive(mix)) {
      final int[] sum = sums[mix];
      for (int i = 0; i < frameSamples; i++) {
        total[i] += sum[i];
      }
      if (isIn(route, mix)) {
        final int[] own = route.voice;
        for (int i = 0; i < frameSamples; i++) {
          total[i] -= own[i];
        }
      }
    }
  }

  /** The whole mix as those hear it who are not in it; worked out for the first of them. */
  private short[] saturated(final int mix) {
    final short[] frame = saturated[mix];
    if (saturatedTick[mix] != tick) {
      saturatedTick[mix] = tick;
      final int[] sum = sums[mix];
      for (int i = 0; i < frameSamples; i++) {
        frame[i] = Gain.saturate(sum[i]);
      }
    }
    return frame;
  }

  /** Whether anybody fed the mix in this tick. */
  private boolean isLive(final int mix) {
    return mix != NO_MIX && sumTick[mix] == tick;
  }

  /** Whether the place fed the mix in this tick. */
  private boolean isIn(final Route route, final int mix) {
    return route.fedTick == tick && route.feeds(mix);
  }

  private void addTo(final int mix, final int[] voice) {
    final int[] sum = sums[mix];
    if (isLive(mix)) {
      for (int i = 0; i < frameSamples; i++) {
        sum[i] += voice[i];
      }
    } else {
      sumTick[mix] = tick;
      System.arraycopy(voice, 0, sum, 0, frameSamples);
    }
  }

  private void growMixes(final int mixCount) {
    final int known = sums.length;
    if (mixCount > known) {
      sums = Arrays.copyOf(sums, mixCount);
      sumTick = Arrays.copyOf(sumTick, mixCount);
      saturated = Arrays.copyOf(saturated, mixCount);
      saturatedTick = Arrays.copyOf(saturatedTick, mixCount);
      for (int mix = known; mix < mixCount; mix++) {
        sums[mix] = new int[frameSamples];
        saturated[mix] = new short[frameSamples];
      }
    }
  }

  private void growPlaces(final int count) {
    final int known = routes.length;
    if (count > known) {
      routes = Arrays.copyOf(routes, count);
      for (int place = known; place < count; place++) {
        routes[place] = new Route();
      }
    }
  }
}
