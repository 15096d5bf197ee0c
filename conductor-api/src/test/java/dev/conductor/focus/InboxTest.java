package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Invitation;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class InboxTest {
  private final FocusCounters counters = new FocusCounters();

  private static Invitation invitation(final long dialog) {
    return new Invitation(
        new DialogId(dialog),
        "+15550100",
        "",
        "",
        true,
        "",
        "",
        new InetSocketAddress(HandDrivenFocus.HERE, 5_060),
        HandDrivenFocus.HERE,
        HandDrivenFocus.sendRecv());
  }

  @Test
  void shouldRefuseNewDialogsFromThreeQuartersAndTakeEveryEnd() {
    final int dialogs = 100;
    final SipInbox inbox = new SipInbox(dialogs, () -> 0, counters);
    int taken = 0;
    while (inbox.onInvite(invitation(taken))) {
      taken++;
    }
    assertThat(taken).isGreaterThanOrEqualTo(6 * dialogs);
    assertThat(inbox.onOffer(new DialogId(1), null)).isFalse();
    inbox.onDigit(new DialogId(1), '1');
    for (int i = 0; i < dialogs; i++) {
      inbox.onConfirmed(new DialogId(i), null);
      inbox.onEnded(new DialogId(i), DialogEnd.BYE, "");
    }

    assertThat(counters.get(FocusCounter.INVITES_BUSY)).isEqualTo(1);
    assertThat(counters.get(FocusCounter.OFFERS_BUSY)).isEqualTo(1);
    assertThat(counters.get(FocusCounter.DIGITS_BUSY)).isEqualTo(1);
    assertThat(counters.get(FocusCounter.SIGNALS_LOST)).isZero();
  }

  /** The conductor stood still, or was far behind: who waited has given up, or dials again. */
  @Test
  void shouldRefuseWhoWaitedForMoreThanEightSecondsAndAnswerTheOthers() {
    final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
    focus.sip.onInvite(invitation(901));
    focus.pause(1);
    focus.sip.onInvite(invitation(902));
    focus.pause(7_999);
    focus.sip.onInvite(invitation(903));

    focus.jump(1);

    assertThat(focus.control.asked).containsExactly("refuse 901 503");
    assertThat(focus.media.sessions).hasSize(2);
    assertThat(focus.counters.get(FocusCounter.INVITES)).isEqualTo(3);
    assertThat(focus.counters.get(FocusCounter.INVITES_STALE)).isEqualTo(1);
  }

  @Test
  void shouldRefuseCommandsFromThreeQuartersAndAnswerAllItTook() {
    final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
    final String uid = focus.enter(TestConference.HOST, "7009");
    final Command mute =
        new Command.UpdateCaller(
            HandDrivenFocus.API, focus.callUid(), List.of(uid), new CallerChange.Mute(true));
    final int[] answers = new int[1];
    int taken = 0;
    while (focus.agent.offer(mute, answer -> answers[0]++)) {
      taken++;
    }
    assertThat(taken).isEqualTo(3_072);
    assertThat(focus.counters.get(FocusCounter.COMMANDS_BUSY)).isEqualTo(1);

    for (int i = 0; i < 20; i++) {
      focus.turn();
    }

    assertThat(answers[0]).isEqualTo(taken);
    assertThat(focus.agent.offer(mute, answer -> {})).isTrue();
  }
}
