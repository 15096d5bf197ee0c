package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Direction;
import org.junit.jupiter.api.Test;

/** What is due by time is done though something else that is due fails. */
class HousekeepingTest {
  private final HandDrivenFocus focus =
      new HandDrivenFocus(TestConference.open(), TestConference.second());

  @Test
  void shouldDoTheRestThoughOneLineCannotBeEnded() {
    final String broken = focus.enter(TestConference.HOST, "7001");
    final String held = focus.enter(TestConference.PIN_2, "7002");
    hold(broken);
    hold(held);
    focus.bye(focus.enter("2222", "7003")); // a call that stands empty
    assertThat(focus.callUids()).hasSize(2);
    focus.control.breakingAt = "end " + focus.dialogOf(broken) + " ";

    focus.jump(focus.config.media().holdEndMs() + 1_000L);
    focus.pass(2_000);

    assertThat(focus.control.asked).contains("end " + focus.dialogOf(held) + " hold-timeout");
    assertThat(focus.counters.get(FocusCounter.FAULTS)).isPositive();
    assertThat(focus.snapshots.conference("OTHER").orElseThrow().conference().activeCallUid())
        .as("the empty call is closed")
        .isEmpty();
  }

  private void hold(final String callerUid) {
    focus.sip.onOffer(
        new DialogId(focus.dialogOf(callerUid)),
        HandDrivenFocus.description(Direction.SENDONLY, 40_000));
    focus.turn();
  }
}
