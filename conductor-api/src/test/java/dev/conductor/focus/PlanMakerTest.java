package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Hand;
import dev.conductor.model.Caller.Identity;
import dev.conductor.model.Caller.Presence;
import dev.conductor.model.Caller.Seat;
import dev.conductor.model.Caller.Sound;
import dev.conductor.model.Custom;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class PlanMakerTest {
  private final Map<String, Breakout> breakouts = new TreeMap<>();
  private final MixNumbers numbers = new MixNumbers();
  private boolean greenroom;
  private boolean backgroundMusic;

  /** The rules of who hears whom, one sentence after the other. */
  private boolean mayHear(final Caller listener, final Caller source) {
    if (listener.uid().equals(source.uid())) {
      return false; // never himself
    }
    if (listener.sound().deaf() || listener.sound().hold()) {
      return false; // a deaf caller hears nobody, a held line hears nothing
    }
    if (source.sound().mute() || source.sound().hold()) {
      return false; // not audible
    }
    final Place here = listener.seat().place();
    final Place there = source.seat().place();
    if (here == Place.ENTRYWAY || there == Place.ENTRYWAY) {
      return false; // who waits is unheard and hears no one
    }
    if (there == Place.BREAKOUT) {
      // what is said in a breakout is heard in that breakout alone, mic or not
      return here == Place.BREAKOUT
          && listener.seat().breakoutUid().equals(source.seat().breakoutUid());
    }
    final boolean mic = source.sound().mic() || source.role() == Role.OPERATOR;
    if (here == Place.MAIN) {
      // in the green room hosts are heard mic or not, one whom they let in by his mic
      return mic || greenroom && source.role() != Role.PARTICIPANT;
    }
    // into breakouts come the hosts' mics alone; not into private ones; none from the green room
    return mic
        && source.role() != Role.PARTICIPANT
        && !breakouts.get(listener.seat().breakoutUid()).isPrivate()
        && !greenroom;
  }

  private static Caller caller(final int number, final Role role, final Seat seat, final Sound s) {
    return new Caller(
        new Identity("U" + number, "C", "", "", "", "", "", 0, ""),
        role,
        seat,
        s,
        Hand.DOWN,
        new Caller.Texts("", "", "", "", "", List.of(), Custom.none()),
        Presence.HERE,
        false);
  }

  private Caller randomCaller(final int number, final SplittableRandom random) {
    final Role[] roles = Role.values();
    final Place place = Place.values()[random.nextInt(3)];
    final String group = "B" + random.nextInt(breakouts.size());
    return caller(
        number,
        roles[random.nextInt(roles.length)],
        new Seat(place, place == Place.BREAKOUT ? group : "", Times.NONE),
        new Sound(
            random.nextBoolean(),
            random.nextInt(4) == 0,
            random.nextInt(5) == 0,
            random.nextInt(8) == 0,
            "",
            random.nextInt(-4, 5),
            random.nextInt(-4, 5),
            random.nextInt(1_801)));
  }

  private MixPlan plan(final List<Caller> callers) {
    numbers.number(breakouts.keySet(), 0);
    return PlanMaker.make(
        7, 3, flags(), callers, breakouts, numbers, c -> Long.parseLong(c.uid().substring(1)));
  }

  private Call.Flags flags() {
    return new Call.Flags(true, greenroom, false, backgroundMusic, false, true, false, false);
  }

  private static int times(final MixPlan.Place listener, final MixPlan.Place source) {
    int times = 0;
    for (final int hears : new int[] {listener.hearsFirst(), listener.hearsSecond()}) {
      for (final int feeds : new int[] {source.feedsFirst(), source.feedsSecond()}) {
        times += hears != MixPlan.NO_MIX && hears == feeds ? 1 : 0;
      }
    }
    return times;
  }

  private static boolean hearsMusic(final MixPlan.Place place) {
    return place.hearsFirst() == MixPlan.MUSIC || place.hearsSecond() == MixPlan.MUSIC;
  }

  @RepeatedTest(1_000)
  void shouldLetEverybodyHearWhomTheRulesSayAndOnceOnly(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    greenroom = random.nextInt(3) == 0;
    backgroundMusic = random.nextBoolean();
    for (int i = 0; i < 1 + random.nextInt(4); i++) {
      breakouts.put("B" + i, Breakout.empty("B" + i, "C", "", random.nextBoolean()));
    }
    final List<Caller> callers = new ArrayList<>();
    for (int i = 0; i < random.nextInt(13); i++) {
      callers.add(randomCaller(i, random));
    }

    final MixPlan plan = plan(callers);

    assertThat(plan.places()).hasSameSizeAs(callers);
    for (int i = 0; i < callers.size(); i++) {
      final boolean waits = callers.get(i).seat().place() == Place.ENTRYWAY;
      assertThat(hearsMusic(plan.places().get(i)))
          .as("music to %s", callers.get(i))
          .isEqualTo(waits && backgroundMusic && !callers.get(i).sound().hold());
    }
    for (int s = 0; s < callers.size(); s++) {
      boolean somebodyHears = false;
      for (int l = 0; l < callers.size(); l++) {
        final boolean may = mayHear(callers.get(l), callers.get(s));
        somebodyHears |= may;
        if (l != s) {
          assertThat(times(plan.places().get(l), plan.places().get(s)))
              .as("%s hears %s", callers.get(l), callers.get(s))
              .isEqualTo(may ? 1 : 0);
        }
      }
      assertThat(plan.places().get(s).watched()).isEqualTo(somebodyHears);
    }
  }

  @Test
  void shouldCarryNumbersVolumesAndThreshold() {
    final Caller one =
        caller(
            5,
            Role.PARTICIPANT,
            new Seat(Place.MAIN, "", Times.NONE),
            new Sound(true, false, false, false, "", -2, 3, 250));

    final MixPlan plan = plan(List.of(one));

    assertThat(plan.callId()).isEqualTo(7);
    assertThat(plan.version()).isEqualTo(3);
    final MixPlan.Place place = plan.places().get(0);
    assertThat(place.sessionId()).isEqualTo(5);
    assertThat(place.volumeInSteps()).isEqualTo(-2);
    assertThat(place.volumeOutSteps()).isEqualTo(3);
    assertThat(place.energy()).isEqualTo(250);
    assertThat(place.watched()).isFalse();
  }

  @Test
  void shouldKeepAMixsNumberWhenAnotherBreakoutEmpties() {
    for (int i = 0; i < 3; i++) {
      breakouts.put("B" + i, Breakout.empty("B" + i, "C", "", false));
    }
    final Sound open = new Sound(true, false, false, false, "", 0, 0, 100);
    final Caller leaver = caller(1, Role.PARTICIPANT, new Seat(Place.BREAKOUT, "B0", 0), open);
    final Caller stayer = caller(2, Role.PARTICIPANT, new Seat(Place.BREAKOUT, "B2", 0), open);

    final MixPlan.Place before = plan(List.of(leaver, stayer)).places().get(1);
    final MixPlan.Place after = plan(List.of(stayer)).places().get(0);

    assertThat(after.feedsFirst()).isEqualTo(before.feedsFirst());
    assertThat(after.hearsFirst()).isEqualTo(before.hearsFirst());
  }

  /**
   * Breakouts come and go in any order while plans are made at any pace: a number is kept for life,
   * is nobody else's, and rests before another has it.
   */
  @RepeatedTest(200)
  void shouldKeepABreakoutsMixForItsLifeAndLetItRestAfterwards(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final MixNumbers mixes = new MixNumbers();
    final List<String> there = new ArrayList<>();
    final Map<String, Integer> had = new HashMap<>();
    final Map<Integer, Long> goneSinceNs = new HashMap<>();
    long nowNs = Long.MAX_VALUE - 5_000_000_000L; // the clock wraps
    int made = 0;
    int most = 0;
    for (int plan = 0; plan < 100; plan++) {
      nowNs += random.nextLong(200_000_000);
      final List<String> gone = new ArrayList<>();
      for (final String uid : List.copyOf(there)) {
        if (random.nextInt(4) == 0) {
          there.remove(uid);
          mixes.giveBack(uid);
          gone.add(uid);
        }
      }
      for (int i = random.nextInt(5); i > 0; i--) {
        there.add("B" + made++);
      }
      mixes.number(there, nowNs);
      for (final String uid : there) {
        final Integer before = had.put(uid, mixes.of(uid));
        if (before == null) {
          final Long sinceNs = goneSinceNs.remove(mixes.of(uid));
          assertThat(sinceNs == null || nowNs - sinceNs >= 1_000_000_000L).as(uid).isTrue();
        } else {
          assertThat(mixes.of(uid)).as(uid).isEqualTo(before);
        }
      }
      assertThat(
              Collections.disjoint(gone.stream().map(had::get).toList(), numbersOf(mixes, there)))
          .as("not given away in the plan that gave it back")
          .isTrue();
      for (final String uid : gone) {
        goneSinceNs.put(had.remove(uid), nowNs);
      }
      assertThat(numbersOf(mixes, there)).doesNotHaveDuplicates().allMatch(n -> n < mixes.count());
      most = Math.max(most, there.size());
    }
    assertThat(mixes.count()).as("bounded").isLessThan(most + 100);
  }

  private static List<Integer> numbersOf(final MixNumbers mixes, final List<String> uids) {
    return uids.stream().map(mixes::of).toList();
  }

  @Test
  void shouldStayWithinBoundsWhenAllComeAndGoWithoutRest() {
    final MixNumbers mixes = new MixNumbers();
    List<String> before = List.of();
    for (int round = 0; round < 50; round++) {
      final int number = round;
      final List<String> next = IntStream.range(0, 1_000).mapToObj(i -> number + "-" + i).toList();
      before.forEach(mixes::giveBack);
      mixes.number(next, 0);
      assertThat(numbersOf(mixes, next)).doesNotHaveDuplicates();
      if (round > 0) {
        mixes.number(next, 0);
      }
      before = next;
    }
    assertThat(mixes.count()).isLessThanOrEqualTo(MixNumbers.LIMIT + 1_000);
  }

  @Test
  void shouldGiveARetakenUidAMixOfItsOwn() {
    final MixNumbers mixes = new MixNumbers();
    mixes.number(List.of("A", "B"), 0);
    mixes.giveBack("A");
    mixes.number(List.of("B", "A"), 0);
    assertThat(mixes.of("B")).isEqualTo(1);
    assertThat(mixes.of("A")).isEqualTo(2);
  }
}
