package dev.conductor.media.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RatePlane;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** Who is summed into what, exactly, at one rate and with every gate open. */
class CallMixerTest {
  private static final RatePlane PLANE = RatePlane.NARROW;
  private static final int FRAME_SAMPLES = PLANE.frameSamples();
  private static final int RAMP_SAMPLES = FRAME_SAMPLES / 4;
  private static final int ROUTINGS_A_SEED = 100;

  private final CallMixer mixer = new CallMixer(gone -> {}, new VoicePool());
  private final int[] heard = new int[FRAME_SAMPLES];

  @RepeatedTest(100)
  void shouldGiveTheExactSumOfThePermittedOthersWhateverTheRouting(final RepetitionInfo info) {
    checkRoutings(new SplittableRandom(info.getCurrentRepetition()), false);
  }

  @RepeatedTest(100)
  void shouldGiveTheExactSumOfThePermittedOthersAtAnyVolumes(final RepetitionInfo info) {
    checkRoutings(new SplittableRandom(-info.getCurrentRepetition()), true);
  }

  /** One mixer through all of them, so that nothing of an earlier plan or tick may remain. */
  private void checkRoutings(final SplittableRandom random, final boolean volumes) {
    for (int routing = 1; routing <= ROUTINGS_A_SEED; routing++) {
      final RoutingOracle oracle = RoutingOracle.random(random, routing, FRAME_SAMPLES, volumes);
      mixer.plan(oracle.plan);
      // In the first tick of a plan old and new rooms cross over within 5 ms.
      feedAll(mixer, oracle, random);
      for (final int listener : oracle.anyOrder(random)) {
        assertHears(oracle, routing, listener, RAMP_SAMPLES);
      }
      feedAll(mixer, oracle, random);
      for (final int listener : oracle.anyOrder(random)) {
        assertHears(oracle, routing, listener, 0);
      }
    }
  }

  private void assertHears(
      final RoutingOracle oracle, final int routing, final int listener, final int from) {
    mixer.hear(listener, heard);
    final int[] expected = oracle.expected(listener);
    if (Arrays.equals(heard, from, FRAME_SAMPLES, expected, from, FRAME_SAMPLES)) {
      return;
    }
    assertThat(Arrays.copyOfRange(heard, from, FRAME_SAMPLES))
        .as("routing %d, listener %d of %s", routing, listener, oracle.plan)
        .isEqualTo(Arrays.copyOfRange(expected, from, FRAME_SAMPLES));
  }

  @RepeatedTest(100)
  void shouldGiveAGroupWhatEachOfItWouldHearAlone(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    int compared = 0;
    for (int routing = 1; routing <= 20; routing++) {
      final RoutingOracle oracle = RoutingOracle.random(random, routing, FRAME_SAMPLES, true);
      mixer.plan(oracle.plan);
      feedAll(mixer, oracle, random);
      feedAll(mixer, oracle, random);
      for (final int listener : oracle.anyOrder(random)) {
        final Group group = mixer.group(listener);
        mixer.hear(listener, heard);
        final boolean hearsHimself = isPartOfWhatHeHears(oracle, listener);
        assertThat(group == null)
            .as("routing %d, %d alone", routing, listener)
            .isEqualTo(hearsHimself);
        final int peak = Arrays.stream(heard).map(Math::abs).max().orElseThrow();
        if (group != null && group.limiterBefore().isIdle() && peak <= Gain.MAX_SAMPLE) {
          final short[] common = mixer.heard(group);
          for (int i = 0; i < FRAME_SAMPLES; i++) {
            assertThat((int) common[i]).isEqualTo(heard[i]);
          }
          compared++;
        }
      }
    }
    assertThat(compared).as("frames below full scale").isPositive();
  }

  private static boolean isPartOfWhatHeHears(final RoutingOracle oracle, final int listener) {
    final MixPlan.Place place = oracle.plan.places().get(listener);
    final List<Integer> feeds = List.of(place.feedsFirst(), place.feedsSecond());
    final List<Integer> hears = List.of(place.hearsFirst(), place.hearsSecond());
    return oracle.fed[listener]
        && feeds.stream().anyMatch(mix -> mix != MixPlan.NO_MIX && hears.contains(mix));
  }

  @RepeatedTest(500)
  void shouldNegateWhatIsHeardWhenEveryVoiceIsNegated(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final RoutingOracle oracle = RoutingOracle.random(random, 1, FRAME_SAMPLES, true);
    final CallMixer opposite = new CallMixer(gone -> {}, new VoicePool());
    mixer.plan(oracle.plan);
    opposite.plan(oracle.plan);
    feedAll(mixer, oracle, random);
    feedAll(opposite, oracle.negated(), random);
    final int[] negated = new int[FRAME_SAMPLES];
    for (int listener = 0; listener < oracle.voices.length; listener++) {
      mixer.hear(listener, heard);
      opposite.hear(listener, negated);
      for (int s = 0; s < FRAME_SAMPLES; s++) {
        assertThat(negated[s]).isEqualTo(-heard[s]);
      }
    }
  }

  @Test
  void shouldKeepTheOthersExactWhenAThousandShoutAtOnce() {
    final int count = 1_000;
    mixer.plan(everybodyInOneMix(count, 4, -4));
    for (int tick = 0; tick < 2; tick++) {
      mixer.begin();
      for (int i = 0; i < count; i++) {
        feed(i, i % 2 == 0 ? 32_767 : -32_767);
      }
    }
    // Each hears 500 of the other sign and 499 of his own: one voice of the other sign, at 0 dB,
    // over a noise too quiet to matter here.
    assertThat((double) hear(0)[0]).isBetween(-32_800.0, -32_700.0);
    assertThat((double) hear(1)[0]).isBetween(32_700.0, 32_800.0);
  }

  @Test
  void shouldBeSilentWhenNobodyWasFedInThisTick() {
    settled(everybodyInOneMix(2));
    feed(0, 1_000);
    mixer.begin();
    feed(0, 1_000);
    assertThat(hear(1)).containsOnly(1_000);
    mixer.begin();
    assertThat(hear(1)).containsOnly(0);
  }

  @Test
  void shouldCountAVoiceOnceWhenItIsFedTwiceInATick() {
    settled(everybodyInOneMix(2));
    feed(0, 1_000);
    mixer.begin();
    feed(0, 1_000);
    feed(0, 5_000);
    assertThat(hear(1)).containsOnly(1_000);
    assertThat(hear(0)).containsOnly(0);
  }

  @Test
  void shouldFollowACallerToAnotherPlaceOfTheList() {
    settled(new MixPlan(1, 1, 1, List.of(place(1, 0, 0, 0, 0), place(2, -1, 0, 0, 0))));
    feed(0, 1_000);
    mixer.begin();
    feed(0, 1_000);
    mixer.plan(new MixPlan(1, 2, 1, List.of(place(2, -1, 0, 0, 0), place(1, 0, 0, 0, 0))));
    mixer.begin();
    feed(1, 1_000);
    assertThat(hear(0)).as("the other one, without a gap").containsOnly(1_000);
    assertThat(hear(1)).as("himself").containsOnly(0);
  }

  @Test
  void shouldNeverStepWhenSomebodyIsMutedMovedOrTurnedDown() {
    settled(everybodyInOneMix(2));
    for (int tick = 0; tick < 2; tick++) {
      mixer.begin();
      feed(0, 8_000);
    }
    int last = hear(1)[FRAME_SAMPLES - 1];
    assertThat(last).isEqualTo(8_000);
    final List<MixPlan.Place> changes =
        List.of(
            place(1, 0, 0, -4, 0),
            place(1, -1, 0, -4, 0),
            place(1, 0, 0, 4, 0),
            place(1, 1, 0, 4, 0));
    long version = 2;
    for (final MixPlan.Place change : changes) {
      mixer.plan(new MixPlan(1, version, 2, List.of(change, place(2, -1, 0, 0, 0))));
      version++;
      for (int tick = 0; tick < 2; tick++) {
        mixer.begin();
        feed(0, 8_000);
        for (final int sample : hear(1)) {
          // 32,000 over 5 ms are 800 a sample; twice that where volume and mute move at once.
          assertThat(Math.abs(sample - last)).as("step at %s", change).isLessThanOrEqualTo(1_601);
          last = sample;
        }
      }
    }
    assertThat(last).isZero();
  }

  @Test
  void shouldCrossFromRoomToRoomWithinAFrame() {
    settled(rooms(1, 0, 1));
    say(1_000, 2_000);
    say(1_000, 2_000);
    assertThat(hear(2)).containsOnly(1_000);
    mixer.plan(rooms(2, 1, 1));
    say(1_000, 2_000);
    final int[] crossing = hear(2).clone();
    assertThat(mixer.group(2)).as("alone while he moves").isNull();
    assertThat(Arrays.copyOfRange(crossing, RAMP_SAMPLES - 1, FRAME_SAMPLES)).containsOnly(2_000);
    assertThat(crossing[0]).isBetween(1_000, 1_050);
    say(1_000, 2_000);
    assertThat(hear(2)).containsOnly(2_000);
    assertThat(mixer.group(2)).isNotNull();
  }

  @Test
  void shouldCrossToTheLatestOfSeveralPlansBetweenTwoTicks() {
    settled(rooms(1, 0, 1));
    say(1_000, 2_000);
    say(1_000, 2_000);
    assertThat(hear(2)).containsOnly(1_000);
    mixer.plan(rooms(2, 1, 1));
    mixer.plan(rooms(3, -1, 1));
    mixer.plan(rooms(4, 0, 1));
    say(1_000, 2_000);
    assertThat(hear(2)).as("as if nothing had been").containsOnly(1_000);
  }

  @Test
  void shouldBeginAnewForOneWhoLeftAndCameBack() {
    settled(everybodyInOneMix(2));
    feed(0, 1_000);
    assertThat(hear(1)[FRAME_SAMPLES - 1]).isEqualTo(1_000);
    settled(everybodyInOneMix(1));
    mixer.plan(everybodyInOneMix(2));
    mixer.begin();
    feed(0, 1_000);
    final int[] back = hear(1);
    assertThat(back[0]).as("the room comes in").isBetween(0, 50);
    assertThat(Arrays.copyOfRange(back, RAMP_SAMPLES, FRAME_SAMPLES)).containsOnly(1_000);
  }

  @Test
  void shouldGiveBackTheVoiceOfOneWhoLeft() {
    final VoicePool pool = new VoicePool();
    final CallMixer lent = new CallMixer(gone -> {}, pool);
    final PlaneVoice voice = pool.take(PLANE, PLANE);
    pool.giveBack(voice);
    lent.plan(everybodyInOneMix(2));
    lent.begin();
    lent.feed(1, constant(1_000), PLANE, true, Gain.UNITY_Q15);
    lent.hear(0, heard);
    final PlaneVoice another = pool.take(PLANE, PLANE);
    assertThat(another).as("while it is in use").isNotSameAs(voice);
    lent.plan(everybodyInOneMix(1));
    assertThat(pool.take(PLANE, PLANE)).as("when he left").isSameAs(voice);
  }

  @Test
  void shouldHearAClosedLineAgainWhenFewAreLeft() {
    settled(everybodyInOneMix(17));
    mixer.feed(0, constant(1_000), PLANE, false, Gain.UNITY_Q15);
    assertThat(mixer.isIdle(0, false)).as("one of many").isTrue();
    settled(everybodyInOneMix(2));
    assertThat(mixer.isIdle(0, false)).as("one of two").isFalse();
    mixer.feed(0, constant(1_000), PLANE, false, Gain.UNITY_Q15);
    assertThat(hear(1)[FRAME_SAMPLES - 1]).isEqualTo(1_000);
  }

  private void say(final int first, final int second) {
    mixer.begin();
    feed(0, first);
    feed(1, second);
  }

  /** The first speaks in mix 0, the second in another, a third listens to one of them. */
  private static MixPlan rooms(final long version, final int heard, final int secondFeeds) {
    return new MixPlan(
        1,
        version,
        2,
        List.of(place(1, 0, 0, 0, 0), place(2, secondFeeds, 1, 0, 0), place(3, -1, heard, 0, 0)));
  }

  @Test
  void shouldGiveUpAGroupThatNobodyIsOfAnyMore() {
    final List<Group> gone = new ArrayList<>();
    final CallMixer closing = new CallMixer(gone::add, new VoicePool());
    closing.plan(everybodyInOneMix(2));
    closing.begin();
    closing.begin();
    final Group group = closing.group(1);
    closing.heard(group);
    closing.plan(everybodyInOneMix(3));
    assertThat(gone).isEmpty();
    for (int tick = 0; tick < 60; tick++) {
      closing.begin();
    }
    closing.plan(everybodyInOneMix(4));
    assertThat(gone).containsExactly(group);
  }

  @Test
  void shouldLetEverybodyHearACommonSound() {
    final short[] tone = constant(500);
    settled(everybodyInOneMix(3, 0, 0));
    feed(0, 1_000);
    mixer.common(plane -> plane == PLANE ? tone : null);
    mixer.begin();
    feed(0, 1_000);
    assertThat(hear(0)).containsOnly(500);
    assertThat(hear(1)).containsOnly(1_500);
    assertThat(mixer.heard(mixer.group(2))).containsOnly(1_500);
  }

  @Test
  void shouldRefuseAPlaceThatThePlanDoesNotHave() {
    mixer.plan(everybodyInOneMix(3));
    mixer.plan(everybodyInOneMix(2));
    mixer.begin();
    assertThatThrownBy(() -> feed(2, 1)).isInstanceOf(IndexOutOfBoundsException.class);
    assertThatThrownBy(() -> mixer.hear(-1, heard)).isInstanceOf(IndexOutOfBoundsException.class);
  }

  @Test
  void shouldAllocateNothingInATick() {
    final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    final int count = 50;
    mixer.plan(everybodyInOneMix(count, 1, -1));
    final short[] voice = constant(500);
    runTicks(20, count, voice);
    final long before = threads.getCurrentThreadAllocatedBytes();
    runTicks(1_000, count, voice);
    final long allocated = threads.getCurrentThreadAllocatedBytes() - before;
    // The measuring itself may cost a few bytes; one object a tick would be 16,000.
    assertThat(allocated).isLessThan(4_000);
  }

  private void runTicks(final int ticks, final int count, final short[] voice) {
    for (int t = 0; t < ticks; t++) {
      mixer.begin();
      for (int i = 0; i < count / 2; i++) {
        mixer.feed(i, voice, PLANE, true, Gain.UNITY_Q15);
      }
      for (int i = 0; i < count; i++) {
        final Group group = mixer.group(i);
        if (group == null) {
          mixer.hear(i, heard);
        } else {
          mixer.heard(group);
        }
      }
    }
  }

  private static void feedAll(
      final CallMixer mixer, final RoutingOracle oracle, final SplittableRandom random) {
    mixer.begin();
    for (final int place : oracle.anyOrder(random)) {
      if (oracle.fed[place]) {
        mixer.feed(place, oracle.voices[place], PLANE, true, Gain.UNITY_Q15);
      }
    }
  }

  /** A plan whose beginning is over, and a tick begun. */
  private void settled(final MixPlan plan) {
    mixer.plan(plan);
    mixer.begin();
    mixer.begin();
  }

  private void feed(final int place, final int sample) {
    mixer.feed(place, constant(sample), PLANE, true, Gain.UNITY_Q15);
  }

  private int[] hear(final int place) {
    mixer.hear(place, heard);
    return heard;
  }

  private static MixPlan everybodyInOneMix(final int count) {
    return everybodyInOneMix(count, 0, 0);
  }

  private static MixPlan everybodyInOneMix(
      final int count, final int volumeIn, final int volumeOut) {
    final List<MixPlan.Place> places = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      places.add(place(i + 1, 0, 0, volumeIn, volumeOut));
    }
    return new MixPlan(1, count, 1, places);
  }

  private static MixPlan.Place place(
      final long id, final int feeds, final int hears, final int volumeIn, final int volumeOut) {
    return new MixPlan.Place(id, feeds, -1, hears, -1, volumeIn, volumeOut, 100, true);
  }

  private static short[] constant(final int value) {
    final short[] frame = new short[FRAME_SAMPLES];
    Arrays.fill(frame, (short) value);
    return frame;
  }
}
