package dev.conductor.media.agent;

import static dev.conductor.media.agent.CodecCall.BREAKOUT;
import static dev.conductor.media.agent.CodecCall.MAIN;
import static dev.conductor.media.agent.CodecCall.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Whatever a host changes comes and goes without a click, by sound at the listener. */
class SteadyGainTest {
  /** Of no whole number of cycles in a frame, so that changes meet every phase of it. */
  private static final int TONE_HZ = 97;

  private static final double PEAK = 7_000;
  private static final int RATE_HZ = 8_000;

  /** A step of the tone itself, and what a change within 5 ms from full to nothing adds. */
  private static final double OWN_STEP = 2 * PEAK * Math.sin(Math.PI * TONE_HZ / RATE_HZ);

  private static final double RAMP_STEP = PEAK / 40;

  private final CodecCall call = new CodecCall(61);
  private CodecPhone talker;
  private CodecPhone listener;

  @AfterEach
  void close() {
    call.close();
  }

  private void join() {
    talker = call.join(Codec.L16);
    listener = call.join(Codec.L16);
    call.join(Codec.L16);
    call.together();
    talker.voice = Voice.tone(TONE_HZ, PEAK);
    call.settle(400);
  }

  private static MixPlan.Place at(final long id, final int feeds, final int hears) {
    return Stage.place(id, feeds, hears);
  }

  private static MixPlan.Place loud(
      final long id, final int feeds, final int hears, final int in, final int out) {
    return new MixPlan.Place(id, feeds, NONE, hears, NONE, in, out, 100, true);
  }

  /** Puts plans in force in turn, three ticks and so another phase of the tone between them. */
  private void assertNoStep(final double loudest, final List<MixPlan.Place[]> plans) {
    int moved = 0;
    for (int round = 0; round < 12; round++) {
      for (final MixPlan.Place[] plan : plans) {
        listener.forget();
        call.stage.plan(plan);
        call.ticks(3);
        final Sound heard = listener.sound();
        assertThat(heard.largestStep())
            .as("round %d", round)
            .isLessThanOrEqualTo((int) (loudest * (OWN_STEP + RAMP_STEP)) + 2);
        final double change = heard.part(0, 20).rms() - heard.part(40, 60).rms();
        moved += Math.abs(change) > PEAK / 20 || heard.part(10, 20).peak() == 0 ? 1 : 0;
      }
    }
    assertThat(moved).as("changes that were heard").isPositive();
  }

  @Test
  void shouldMuteAndUnmuteWithoutAStep() {
    join();
    assertNoStep(
        1,
        List.of(
            new MixPlan.Place[] {at(1, NONE, MAIN), at(2, MAIN, MAIN), at(3, MAIN, MAIN)},
            new MixPlan.Place[] {at(1, MAIN, MAIN), at(2, MAIN, MAIN), at(3, MAIN, MAIN)}));
  }

  @Test
  void shouldMoveTheTalkerAndTheListenerWithoutAStep() {
    join();
    assertNoStep(
        1,
        List.of(
            new MixPlan.Place[] {at(1, BREAKOUT, BREAKOUT), at(2, MAIN, MAIN), at(3, MAIN, MAIN)},
            new MixPlan.Place[] {
              at(1, BREAKOUT, BREAKOUT), at(2, BREAKOUT, BREAKOUT), at(3, MAIN, MAIN)
            },
            new MixPlan.Place[] {at(1, MAIN, MAIN), at(2, BREAKOUT, BREAKOUT), at(3, MAIN, MAIN)},
            new MixPlan.Place[] {at(1, MAIN, MAIN), at(2, MAIN, MAIN), at(3, MAIN, MAIN)}));
  }

  @Test
  void shouldDeafenAndLetHearAgainWithoutAStep() {
    join();
    assertNoStep(
        1,
        List.of(
            new MixPlan.Place[] {at(1, MAIN, MAIN), at(2, MAIN, NONE), at(3, MAIN, MAIN)},
            new MixPlan.Place[] {at(1, MAIN, MAIN), at(2, MAIN, MAIN), at(3, MAIN, MAIN)}));
  }

  @Test
  void shouldChangeBothVolumesWithoutAStep() {
    join();
    // Four steps up are 12 dB.
    assertNoStep(
        4,
        List.of(
            new MixPlan.Place[] {
              loud(1, MAIN, MAIN, 4, 0), loud(2, MAIN, MAIN, 0, 0), at(3, MAIN, MAIN)
            },
            new MixPlan.Place[] {
              loud(1, MAIN, MAIN, -4, 0), loud(2, MAIN, MAIN, 0, 0), at(3, MAIN, MAIN)
            },
            new MixPlan.Place[] {
              loud(1, MAIN, MAIN, -4, 0), loud(2, MAIN, MAIN, 0, 4), at(3, MAIN, MAIN)
            },
            new MixPlan.Place[] {
              loud(1, MAIN, MAIN, 0, 0), loud(2, MAIN, MAIN, 0, -4), at(3, MAIN, MAIN)
            }));
  }

  /** The listener's own voice is taken out of what he hears, while his own microphone changes. */
  @Test
  void shouldHearNothingOfHisOwnMicrophoneGoingOnAndOff() {
    join();
    listener.voice = Voice.noise(61, 20_000);
    call.settle(200);
    assertNoStepOfOwn(
        List.of(
            new MixPlan.Place[] {at(1, MAIN, MAIN), at(2, NONE, MAIN), at(3, MAIN, MAIN)},
            new MixPlan.Place[] {at(1, MAIN, MAIN), at(2, MAIN, MAIN), at(3, MAIN, MAIN)},
            new MixPlan.Place[] {
              at(1, MAIN, MAIN), loud(2, MAIN, MAIN, -4, 0), at(3, MAIN, MAIN)
            }));
  }

  private void assertNoStepOfOwn(final List<MixPlan.Place[]> plans) {
    for (int round = 0; round < 12; round++) {
      for (final MixPlan.Place[] plan : plans) {
        call.stage.plan(plan);
        call.ticks(3);
      }
    }
    assertThat(listener.sound().largestStep()).isLessThanOrEqualTo((int) OWN_STEP + 2);
    assertThat(listener.sound().peak()).isGreaterThan((int) (0.98 * PEAK));
  }
}
