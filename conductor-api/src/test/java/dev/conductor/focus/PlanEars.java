package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.mix.CallMixer;
import dev.conductor.media.mix.VoicePool;
import dev.conductor.model.Caller;
import dev.conductor.reference.ModelConference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * Reads out of the plan in force who hears whom, and listens to the sums that the real mixer makes
 * of it.
 */
final class PlanEars {
  private static final RatePlane PLANE = RatePlane.NARROW;

  /** Each voice is a bit of its own, so that a sum tells its parts. */
  private static final int VOICES = 15;

  private final HandDrivenFocus focus;
  private final boolean listens;
  private final Map<Long, CallMixer> mixers = new HashMap<>();
  private final int[] heard = new int[PLANE.frameSamples()];

  PlanEars(final HandDrivenFocus focus, final boolean listens) {
    this.focus = focus;
    this.listens = listens;
  }

  /** The place of a session in the plan in force; null for none. */
  MixPlan.Place place(final long session) {
    final Long callId = focus.media.callOf.get(session);
    final MixPlan plan = callId == null ? null : focus.media.plans.get(callId);
    if (plan != null) {
      for (final MixPlan.Place place : plan.places()) {
        if (place.sessionId() == session) {
          return place;
        }
      }
    }
    return null;
  }

  /** Compares the plan, and where wanted the sums, with the model. */
  void compare(
      final ModelConference model,
      final Collection<Caller> all,
      final ToLongFunction<String> session) {
    final List<Caller> active = all.stream().filter(Caller::active).toList();
    if (active.isEmpty()) {
      return;
    }
    final long first = session.applyAsLong(active.get(0).uid());
    final MixPlan plan = focus.media.plans.get(focus.media.callOf.get(first));
    final Map<Long, MixPlan.Place> places = new HashMap<>();
    plan.places().forEach(place -> places.put(place.sessionId(), place));
    assertThat(plan.places()).as("places").hasSameSizeAs(active).hasSameSizeAs(places.keySet());
    for (final Caller caller : active) {
      final MixPlan.Place place = places.get(session.applyAsLong(caller.uid()));
      assertThat(place).as("place of %s", caller.uid()).isNotNull();
      assertThat(place.volumeInSteps()).isEqualTo(caller.sound().volumeIn());
      assertThat(place.volumeOutSteps()).isEqualTo(caller.sound().volumeOut());
      assertThat(place.energy()).isEqualTo(caller.sound().energy());
      assertThat(place.watched())
          .as("%s is watched", caller.uid())
          .isEqualTo(model.isWatched(caller.uid()));
      final Set<String> sources = new HashSet<>();
      for (final Caller other : active) {
        final MixPlan.Place from = places.get(session.applyAsLong(other.uid()));
        final int times = times(from, place);
        assertThat(times).as("%s hears %s", caller.uid(), other.uid()).isLessThan(2);
        if (times == 1 && other != caller) {
          sources.add(other.uid());
        }
      }
      assertThat(sources)
          .as("whom %s hears by the plan", caller.uid())
          .isEqualTo(model.whoHears(caller.uid()));
    }
    if (listens && active.size() <= VOICES) {
      listen(model, active, plan, session);
    }
  }

  private static int times(final MixPlan.Place from, final MixPlan.Place to) {
    return feeds(from, to.hearsFirst()) + feeds(from, to.hearsSecond());
  }

  private static int feeds(final MixPlan.Place from, final int mix) {
    if (mix == MixPlan.NO_MIX) {
      return 0;
    }
    return (from.feedsFirst() == mix ? 1 : 0) + (from.feedsSecond() == mix ? 1 : 0);
  }

  private void listen(
      final ModelConference model,
      final List<Caller> active,
      final MixPlan plan,
      final ToLongFunction<String> session) {
    final CallMixer mixer =
        mixers.computeIfAbsent(plan.callId(), id -> new CallMixer(gone -> {}, new VoicePool()));
    mixer.plan(atUnity(plan));
    for (int i = 0; i < plan.places().size(); i++) {
      mixer.listen(i, PLANE);
    }
    // In the first tick of a plan old and new rooms cross over.
    feed(mixer, plan);
    feed(mixer, plan);
    final Map<Long, String> uids = new HashMap<>();
    active.forEach(caller -> uids.put(session.applyAsLong(caller.uid()), caller.uid()));
    for (int i = 0; i < plan.places().size(); i++) {
      final String listener = uids.get(plan.places().get(i).sessionId());
      final Set<String> audible = model.whoHears(listener);
      int sum = 0;
      for (int source = 0; source < plan.places().size(); source++) {
        if (audible.contains(uids.get(plan.places().get(source).sessionId()))) {
          sum += 1 << source;
        }
      }
      mixer.hear(i, heard);
      final int expected = sum;
      assertThat(Arrays.stream(heard).allMatch(sample -> sample == expected))
          .as("%s hears the sum %s, not %s", listener, bits(heard[0]), bits(expected))
          .isTrue();
    }
  }

  private static String bits(final int sum) {
    return Integer.toBinaryString(sum);
  }

  private static void feed(final CallMixer mixer, final MixPlan plan) {
    mixer.begin();
    for (int i = 0; i < plan.places().size(); i++) {
      final short[] voice = new short[PLANE.frameSamples()];
      Arrays.fill(voice, (short) (1 << i));
      mixer.feed(i, voice, PLANE, true, Gain.UNITY_Q15);
    }
  }

  /** The same plan with all volumes at 0, so that the sums stay exact. */
  private static MixPlan atUnity(final MixPlan plan) {
    final List<MixPlan.Place> places = new ArrayList<>();
    for (final MixPlan.Place place : plan.places()) {
      places.add(
          new MixPlan.Place(
              place.sessionId(),
              place.feedsFirst(),
              place.feedsSecond(),
              place.hearsFirst(),
              place.hearsSecond(),
              0,
              0,
              place.energy(),
              place.watched()));
    }
    return new MixPlan(plan.callId(), plan.version(), plan.mixCount(), places);
  }
}
