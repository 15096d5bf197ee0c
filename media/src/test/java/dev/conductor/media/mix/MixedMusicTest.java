package dev.conductor.media.mix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RatePlane;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The music in the mixes of a call: a speaker, a listener, and many who wait. */
class MixedMusicTest {
  private static final int MAIN = 0;
  private static final int NONE = MixPlan.NO_MIX;
  private static final int VOICE = 1_000;
  private static final int MUSIC = 3_000;
  private static final int SPEAKER = 0;
  private static final int LISTENER = 1;
  private static final int FIRST_WAITING = 2;
  private static final int WAITING = 300;

  private final CallMixer mixer = new CallMixer(gone -> {}, new VoicePool());
  private final int[] heard = new int[RatePlane.MAX_FRAME_SAMPLES];
  private final short[] frame = new short[RatePlane.MAX_FRAME_SAMPLES];
  private int framesAsked;
  private boolean sounds = true;
  private long version;

  @BeforeEach
  void play() {
    Arrays.fill(frame, (short) MUSIC);
    mixer.music(
        plane -> {
          framesAsked++;
          return sounds ? frame : null;
        });
  }

  private void plan(final int heardByThoseWhoWait, final int volumeOutSteps) {
    final List<MixPlan.Place> places = new ArrayList<>();
    places.add(new MixPlan.Place(1, MAIN, NONE, MAIN, NONE, 0, 0, 100, true));
    places.add(new MixPlan.Place(2, NONE, NONE, MAIN, NONE, 0, 0, 100, false));
    for (int i = 0; i < WAITING; i++) {
      places.add(
          new MixPlan.Place(
              3 + i, NONE, NONE, heardByThoseWhoWait, NONE, 0, volumeOutSteps, 100, false));
    }
    version++;
    mixer.plan(new MixPlan(1, version, 1, places));
  }

  private void tick() {
    mixer.begin();
    final short[] voice = new short[RatePlane.NARROW.frameSamples()];
    Arrays.fill(voice, (short) VOICE);
    mixer.feed(SPEAKER, voice, RatePlane.NARROW, true, Gain.UNITY_Q15);
  }

  private int[] hear(final int place, final RatePlane plane) {
    mixer.listen(place, plane);
    mixer.hear(place, heard);
    return Arrays.copyOf(heard, plane.frameSamples());
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldBeHeardByThoseWhoWaitAndByNobodyElse(final RatePlane plane) {
    plan(MixPlan.MUSIC, 0);
    tick();
    tick();
    assertThat(hear(FIRST_WAITING, plane)).containsOnly(MUSIC);
    assertThat(hear(FIRST_WAITING + WAITING - 1, plane)).containsOnly(MUSIC);
    assertThat(hear(LISTENER, RatePlane.NARROW)).containsOnly(VOICE);
    assertThat(hear(SPEAKER, RatePlane.NARROW)).containsOnly(0);
  }

  /** Three hundred who wait at each rate ask for two frames, are two groups, and no more. */
  @Test
  void shouldBeOneSoundForAllWhoHearItAtOneRate() {
    plan(MixPlan.MUSIC, 0);
    for (int i = 0; i < WAITING; i++) {
      mixer.listen(FIRST_WAITING + i, i % 2 == 0 ? RatePlane.NARROW : RatePlane.FULL);
    }
    tick();
    tick();
    framesAsked = 0;
    final Group narrow = mixer.group(FIRST_WAITING);
    final Group full = mixer.group(FIRST_WAITING + 1);
    assertThat(narrow).isNotNull().isNotSameAs(full);
    for (int i = 0; i < WAITING; i++) {
      final Group group = mixer.group(FIRST_WAITING + i);
      assertThat(group).isSameAs(i % 2 == 0 ? narrow : full);
      assertThat(mixer.heard(group)).containsOnly(MUSIC);
    }
    assertThat(framesAsked).isEqualTo(2);
    assertThat(mixer.group(LISTENER)).isNotNull().isNotSameAs(narrow).isNotSameAs(full);
  }

  @ParameterizedTest
  @EnumSource(RatePlane.class)
  void shouldComeInAndGoOutWithoutAStep(final RatePlane plane) {
    plan(NONE, 0);
    tick();
    tick();
    hear(FIRST_WAITING, plane);
    plan(MixPlan.MUSIC, 0);
    tick();
    assertThat(mixer.group(FIRST_WAITING)).as("those in a change share nothing").isNull();
    assertRamp(hear(FIRST_WAITING, plane), 0, MUSIC);
    tick();
    assertThat(hear(FIRST_WAITING, plane)).containsOnly(MUSIC);

    plan(NONE, 0);
    tick();
    assertRamp(hear(FIRST_WAITING, plane), MUSIC, 0);
    tick();
    assertThat(hear(FIRST_WAITING, plane)).containsOnly(0);
  }

  /** Let in, he hears the room in place of the music. */
  @Test
  void shouldGiveWayToTheRoomWithoutAStep() {
    plan(MixPlan.MUSIC, 0);
    tick();
    tick();
    plan(MAIN, 0);
    tick();
    assertRamp(hear(FIRST_WAITING, RatePlane.NARROW), MUSIC, VOICE);
    tick();
    assertThat(hear(FIRST_WAITING, RatePlane.NARROW)).containsOnly(VOICE);
  }

  /** From one level to another in 5 ms. */
  private static void assertRamp(final int[] sound, final int from, final int to) {
    // Each of two samples is rounded.
    final int steepest = MUSIC / (sound.length / 4) + 2;
    int before = from;
    for (int i = 0; i < sound.length; i++) {
      assertThat(Math.abs(sound[i] - before)).as("step at %d", i).isLessThanOrEqualTo(steepest);
      before = sound[i];
    }
    assertThat(sound[sound.length / 4]).isEqualTo(to);
    assertThat(sound[sound.length - 1]).isEqualTo(to);
  }

  @Test
  void shouldFollowTheVolumeOfWhoHearsIt() {
    plan(MixPlan.MUSIC, -2);
    tick();
    tick();
    assertThat(hear(FIRST_WAITING, RatePlane.NARROW)[80])
        .isEqualTo(Gain.apply(MUSIC, Gain.factorQ15(-2)));
    assertThat(mixer.heard(mixer.group(FIRST_WAITING))[80])
        .isEqualTo((short) Gain.apply(MUSIC, Gain.factorQ15(-2)));
  }

  @Test
  void shouldBeSilentWhereThereIsNoMusic() {
    sounds = false;
    plan(MixPlan.MUSIC, 0);
    tick();
    tick();
    assertThat(hear(FIRST_WAITING, RatePlane.NARROW)).containsOnly(0);
    assertThat(mixer.heard(mixer.group(FIRST_WAITING))).containsOnly(0);
  }

  @Test
  void shouldBeFedByNobody() {
    assertThatThrownBy(
            () -> new MixPlan(1, 1, 1, List.of(place(MixPlan.MUSIC, NONE), place(MAIN, NONE))))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(new MixPlan(1, 1, 1, List.of(place(NONE, MixPlan.MUSIC))).places()).hasSize(1);
  }

  private static MixPlan.Place place(final int feeds, final int hears) {
    return new MixPlan.Place(1, feeds, NONE, hears, NONE, 0, 0, 100, false);
  }

  @Test
  void shouldAllocateNothingATick() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    plan(MixPlan.MUSIC, 0);
    tick();
    final int ticks = 300;
    long allocated = 0;
    for (int tick = 0; tick < 2 * ticks; tick++) {
      allocated = tick == ticks ? 0 : allocated;
      final long before = threads.getCurrentThreadAllocatedBytes();
      mixer.begin();
      for (int i = 0; i < WAITING; i++) {
        mixer.heard(mixer.group(FIRST_WAITING + i));
        mixer.hear(FIRST_WAITING + i, heard);
      }
      allocated += threads.getCurrentThreadAllocatedBytes() - before;
    }
    assertThat(allocated).as("bytes in %d ticks", ticks).isZero();
  }
}
