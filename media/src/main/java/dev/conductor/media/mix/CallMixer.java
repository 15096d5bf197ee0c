package dev.conductor.media.mix;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.Ramp;
import dev.conductor.media.dsp.RatePlane;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * All mixes of one call. A tick is {@link #begin}, then {@link #feed} for every place whose voice
 * came, then for every place that is to be sent something either {@link #heard} of its {@link
 * #group} or {@link #hear}; {@link #plan} only between ticks.
 *
 * <p>A mix is summed in 32-bit integers, on each rate plane on which somebody listens and on no
 * other; a source is resampled once for each. A listener hears {@code volume_out(sum of his mixes -
 * what he himself put into them)}; what is taken out is the very samples that went in. So the order
 * of feeding changes nothing, and at one rate negating every voice negates all that is heard. A
 * place that was not fed is silent. What changes from plan to plan, or by a gate, comes in and goes
 * out within the first 5 ms of a frame.
 *
 * <p>Where more than 16 may be heard in one mix, lines whose gate is closed are left out, over a
 * constant noise.
 *
 * <p>Places are named by their index in {@link MixPlan#places}. A mix keeps its index from plan to
 * plan.
 *
 * @threading the call's home agent.
 * @allocation in {@link #plan}, and there only what the call grew by; when somebody is first heard
 *     on a plane, or first hears alike with others.
 * @units frames of 16-bit linear PCM, {@link RatePlane#frameSamples} each.
 */
public final class CallMixer {
  private static final int NO_MIX = MixPlan.NO_MIX;

  /** A group that nobody was of for so long is given up at the next plan. */
  private static final int IDLE_GROUP_TICKS = 50;

  private final Consumer<Group> onGivenUp;
  private final MixNoise noise = new MixNoise();
  private final VoicePool voices;
  private final Long2ObjectHashMap<Route> routesBySession = new Long2ObjectHashMap<>();
  private final Long2ObjectHashMap<Group> groups = new Long2ObjectHashMap<>();
  private final List<Route> moving = new ArrayList<>();
  private final int[] room = new int[RatePlane.MAX_FRAME_SAMPLES];

  /** A sum that is only read once: one mix less a voice, or the music. */
  private final int[] part = new int[RatePlane.MAX_FRAME_SAMPLES];

  private CommonSound common = CommonSound.NONE;
  private CommonSound music = CommonSound.NONE;
  private Mix[] mixes = new Mix[0];
  private Route[] routes = new Route[0];
  private int placeCount;

  /** The places that go on feeding nothing until their gate opens, or a plan comes. */
  private boolean[] idle = new boolean[0];

  /**
   * What {@link #group} answers again until a place is fed, or a plan comes; null: is to be seen.
   */
  private Group[] steadyGroups = new Group[0];

  /** How many plans there were. */
  private int plans;

  /** Whether a plan came since the last tick. */
  private boolean planned;

  /** The tick now; what bears another number, as 0 at first, is of the past. */
  private int tick = 1;

  /**
   * A mixer without places.
   *
   * @param onGivenUp told each group that is no more
   * @param voices lends what this and other mixers of the agent need
   */
  public CallMixer(final Consumer<Group> onGivenUp, final VoicePool voices) {
    this.onGivenUp = onGivenUp;
    this.voices = voices;
  }

  /** Lets everybody hear this besides the voices, from the next tick on. */
  public void common(final CommonSound sound) {
    common = sound;
  }

  /** What is heard for {@link MixPlan#MUSIC}, from the next tick on. */
  public void music(final CommonSound sound) {
    music = sound;
  }

  /** Takes over who feeds and who hears what. Not between {@link #begin} and the last hearing. */
  public void plan(final MixPlan plan) {
    settleLastTick();
    planned = true;
    final List<MixPlan.Place> places = plan.places();
    growMixes(plan.mixCount());
    for (final Mix mix : mixes) {
      mix.clearFeeders();
    }
    growPlaces(places.size());
    placeCount = places.size();
    Arrays.fill(idle, false);
    Arrays.fill(steadyGroups, null);
    plans++;
    for (int i = 0; i < placeCount; i++) {
      routes[i] = take(places.get(i));
    }
    forgetOthers();
    giveUpGroups();
  }

  private Route take(final MixPlan.Place place) {
    Route route = routesBySession.get(place.sessionId());
    if (route == null) {
      route = new Route(place.sessionId(), voices);
      routesBySession.put(place.sessionId(), route);
    }
    if (route.plans == plans) {
      // Named twice: the first place counts, as it does for whoever sits in it.
      route = new Route(place.sessionId(), voices);
    }
    route.plan(place, plans);
    if (place.feedsFirst() != NO_MIX) {
      mixes[place.feedsFirst()].addFeeder();
    }
    if (place.feedsSecond() != NO_MIX && place.feedsSecond() != place.feedsFirst()) {
      mixes[place.feedsSecond()].addFeeder();
    }
    move(route);
    return route;
  }

  private void forgetOthers() {
    if (routesBySession.size() > placeCount) {
      final var all = routesBySession.values().iterator();
      while (all.hasNext()) {
        final Route route = all.next();
        if (route.plans != plans) {
          all.remove();
          route.fallSilent();
        }
      }
    }
    Arrays.fill(routes, placeCount, routes.length, null);
  }

  private void giveUpGroups() {
    final var all = groups.values().iterator();
    while (all.hasNext()) {
      final Group group = all.next();
      if (tick - group.usedTick > IDLE_GROUP_TICKS) {
        all.remove();
        onGivenUp.accept(group);
      }
    }
  }

  /** Gives up every group: the call is over. */
  public void close() {
    groups.values().forEach(onGivenUp);
    groups.clear();
    routesBySession.values().forEach(Route::fallSilent);
    routesBySession.clear();
  }

  /** Says at which rate a place hears. */
  public void listen(final int placeIndex, final RatePlane plane) {
    final Group steady = steadyGroups[placeIndex];
    if (steady != null && steady.plane() == plane) {
      return;
    }
    steadyGroups[placeIndex] = null;
    final Route route = route(placeIndex);
    if (route.hearsAt != plane) {
      route.hearsAt = plane;
      route.group = null;
    }
  }

  /** Begins a tick: every mix is empty, every place silent. */
  public void begin() {
    settleLastTick();
    planned = false;
    tick++;
  }

  /** What came in or went out in the last tick is there or gone; what a plan began since is not. */
  private void settleLastTick() {
    if (planned) {
      return;
    }
    for (int i = 0; i < moving.size(); i++) {
      moving.get(i).settle();
    }
    moving.clear();
  }

  private void move(final Route route) {
    if (!route.moving) {
      route.moving = true;
      moving.add(route);
    }
  }

  /** Whether {@link #feed} would change nothing: so most lines of a large call need not be fed. */
  public boolean isIdle(final int placeIndex, final boolean open) {
    return !open && idle[placeIndex];
  }

  /**
   * Puts a frame of a place's voice into the mixes it feeds. Once a tick; a second frame is left
   * out.
   *
   * @param placeIndex 0..places - 1
   * @param voice not to be changed before the tick's last hearing
   * @param plane the voice's rate
   * @param open whether its gate is open
   * @param levelQ15 a gain besides {@code volume_in}
   */
  public void feed(
      final int placeIndex,
      final short[] voice,
      final RatePlane plane,
      final boolean open,
      final int levelQ15) {
    final Route route = route(placeIndex);
    if (route.fedTick == tick) {
      return;
    }
    boolean heard = false;
    for (final Tap tap : route.feeds.taps) {
      if (tap.mix != NO_MIX) {
        final Mix mix = mixes[tap.mix];
        tap.to = tap.planned && (open || !mix.isGated());
        if (tap.isOn()) {
          mix.addSource(route, tick);
          heard = true;
        }
        if (tap.from != tap.to) {
          move(route);
        }
      }
    }
    idle[placeIndex] = !heard && !open;
    if (heard) {
      steadyGroups[placeIndex] = null;
      route.fedTick = tick;
      route.voiceIn = voice;
      route.voicePlane = plane;
      turnGain(route, levelQ15);
    }
  }

  private void turnGain(final Route route, final int levelQ15) {
    final int wantedQ15 = Gain.factorQ15(route.place.volumeInSteps());
    route.gainInToQ15 = levelQ15 == Gain.UNITY_Q15 ? wantedQ15 : Gain.apply(wantedQ15, levelQ15);
    if (route.gainInFromQ15 != route.gainInToQ15) {
      move(route);
    }
  }

  /** As {@link #group}, of a place of which nothing has changed since that was asked; else null. */
  public Group steadyGroup(final int placeIndex) {
    final Group steady = steadyGroups[placeIndex];
    if (steady != null) {
      steady.usedTick = tick;
    }
    return steady;
  }

  /**
   * Those with whom a place hears the same in this tick; to be asked after all were fed.
   *
   * @return null when the place hears what nobody else does: itself left out, or a change of rooms
   */
  public Group group(final int placeIndex) {
    final Group steady = steadyGroup(placeIndex);
    if (steady != null) {
      return steady;
    }
    final Route route = route(placeIndex);
    if (route.moving && !(route.hears.isSteady() && route.gainOutFromQ15 == route.gainOutToQ15)
        || route.hearsHimself(tick)) {
      return null;
    }
    if (route.group == null) {
      route.group = groupOf(route);
    }
    route.group.usedTick = tick;
    if (!route.moving && route.fedTick != tick) {
      steadyGroups[placeIndex] = route.group;
    }
    return route.group;
  }

  private Group groupOf(final Route route) {
    final MixPlan.Place place = route.place;
    final boolean repeats = place.hearsFirst() == place.hearsSecond();
    final int second = repeats ? NO_MIX : place.hearsSecond();
    final long key =
        ((long) place.hearsFirst() - MixPlan.MUSIC) << 36
            | ((long) second - MixPlan.MUSIC) << 8
            | (place.volumeOutSteps() + Gain.MAX_STEPS) << 2
            | route.hearsAt.ordinal();
    Group group = groups.get(key);
    if (group == null) {
      group = new Group(this, place.hearsFirst(), second, route.gainOutToQ15, route.hearsAt);
      groups.put(key, group);
    }
    return group;
  }

  /** What a group hears in this tick, limited; the group's own, until the next tick. */
  public short[] heard(final Group group) {
    if (group.isDue(tick)) {
      final RatePlane plane = group.plane();
      Arrays.fill(room, 0, plane.frameSamples(), 0);
      addWhole(group.first, plane);
      addWhole(group.second, plane);
      addCommon(room, plane);
      Ramp.scale(plane, room, group.gainOutQ15, group.gainOutQ15);
      group.make(room, tick);
    }
    return group.heard();
  }

  private void addWhole(final int mix, final RatePlane plane) {
    final int[] sum = sum(mix, plane);
    if (sum != null) {
      Ramp.add(plane, sum, room, true, true);
    }
  }

  /**
   * Gives what a place hears in this tick, after all were fed.
   *
   * @param placeIndex 0..places - 1
   * @param out takes a frame of sums at the rate the place hears at, not limited
   */
  public void hear(final int placeIndex, final int[] out) {
    final Route route = route(placeIndex);
    final RatePlane plane = route.hearsAt;
    Arrays.fill(out, 0, plane.frameSamples(), 0);
    for (final Tap ear : route.hears.taps) {
      if (ear.isOn()) {
        addLess(route, ear, plane, out);
      }
    }
    addCommon(out, plane);
    Ramp.scale(plane, out, route.gainOutFromQ15, route.gainOutToQ15);
  }

  /** Adds one mix, less the listener's own voice. */
  private void addLess(final Route route, final Tap ear, final RatePlane plane, final int[] out) {
    final int[] sum = sum(ear.mix, plane);
    if (sum == null) {
      return;
    }
    final Tap own = route.fedTick == tick ? route.feeds.of(ear.mix) : null;
    if (own == null || !own.isOn()) {
      Ramp.add(plane, sum, out, ear.from, ear.to);
      return;
    }
    System.arraycopy(sum, 0, part, 0, plane.frameSamples());
    Ramp.subtract(plane, route.voice(plane, tick), part, own.from, own.to);
    Ramp.add(plane, part, out, ear.from, ear.to);
  }

  private void addCommon(final int[] out, final RatePlane plane) {
    final short[] frame = common.frame(plane);
    if (frame != null) {
      for (int i = 0; i < plane.frameSamples(); i++) {
        out[i] += frame[i];
      }
    }
  }

  /**
   * The sum of a mix in this tick, null where nothing sounds; what another machine or agent would
   * have to add is added the same way.
   */
  private int[] sum(final int mix, final RatePlane plane) {
    if (mix == MixPlan.MUSIC) {
      return musicSum(plane);
    }
    return mix != NO_MIX && mixes[mix].isLive(tick) ? mixes[mix].sum(plane, tick, noise) : null;
  }

  /** Nobody feeds the music, so nobody is taken out of it meanwhile. */
  private int[] musicSum(final RatePlane plane) {
    final short[] frame = music.frame(plane);
    if (frame == null) {
      return null;
    }
    for (int i = 0; i < plane.frameSamples(); i++) {
      part[i] = frame[i];
    }
    return part;
  }

  /** The tick's number, for what is made once in it. */
  int tick() {
    return tick;
  }

  private Route route(final int placeIndex) {
    return routes[Objects.checkIndex(placeIndex, placeCount)];
  }

  private void growMixes(final int mixCount) {
    final int known = mixes.length;
    if (mixCount > known) {
      mixes = Arrays.copyOf(mixes, mixCount);
      for (int mix = known; mix < mixCount; mix++) {
        mixes[mix] = new Mix(mix);
      }
    }
  }

  private void growPlaces(final int count) {
    if (count > routes.length) {
      routes = Arrays.copyOf(routes, count + count / 2 + 4);
      idle = new boolean[routes.length];
      steadyGroups = new Group[routes.length];
    }
  }
}
