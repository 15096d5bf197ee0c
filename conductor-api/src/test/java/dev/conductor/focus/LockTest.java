package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.CallChange;
import dev.conductor.model.Caller;
import org.junit.jupiter.api.Test;

/** Who comes into a locked call. */
class LockTest {
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());

  @Test
  void shouldSendNewcomersAwayWhileTheCallIsLockedButNobodyWhoBelongsThere() {
    focus.enter(TestConference.PIN_1, "7001");
    final String bob = focus.enter(TestConference.PIN_2, "7002");
    assertThat(focus.set(CallChange.FlagField.LOCKED, true).isTrue()).isTrue();
    final long third = focus.dial("7003");
    focus.key(third, TestConference.PIN_3);
    assertThat(focus.media.promptsOf(focus.session(third))).containsExactly("locked");
    assertThat(focus.counters.get(FocusCounter.TURNED_AWAY)).isEqualTo(1);

    focus.bye(bob);
    final long elsewhere = focus.dial("7102");
    focus.key(elsewhere, TestConference.PIN_2);
    final long besides = focus.dial("7101");
    focus.key(besides, TestConference.PIN_1);
    assertThat(focus.call().callers().values().stream().filter(Caller::active))
        .extracting(one -> one.identity().ani())
        .containsExactlyInAnyOrder("7001", "7102", "7101");

    focus.set(CallChange.FlagField.LOCKED, false);
    focus.enter(TestConference.PIN_3, "7003");
    assertThat(focus.call().callers()).hasSize(5);
  }

  @Test
  void shouldForgetWhoBelongsToALockedCallWithHisSeat() {
    focus.enter(TestConference.PIN_1, "7001");
    focus.bye(focus.enter(TestConference.PIN_2, "7002"));
    focus.set(CallChange.FlagField.LOCKED, true);
    focus.jump(focus.config.entry().seatKeptMs());
    focus.pass(2_000);
    final long late = focus.dial("7002");
    focus.key(late, TestConference.PIN_2);
    assertThat(focus.media.promptsOf(focus.session(late))).containsExactly("locked");
  }
}
