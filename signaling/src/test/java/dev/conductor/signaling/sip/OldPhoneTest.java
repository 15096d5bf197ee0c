package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A phone of RFC 2543: no branch in its Via, no tag in its From (RFC 3261, sections 17.2.3, 12).
 */
class OldPhoneTest {
  private static String old(final String request) {
    return request
        .replaceFirst(";branch=[^\r;]*", "")
        .replaceFirst("(\r\nFrom: [^\r]*);tag=\\S*", "$1");
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldTakeItsCallAndItsBye(final String transport) throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.over(transport, focus.service)) {
      phone.wire.send(old(phone.invite("", Phone.sdp("127.0.0.1", 40_000, ""))));
      final String ok = phone.answerTo("INVITE");
      assertThat(Text.status(ok)).as(ok).isEqualTo(200);
      assertThat(Text.header(ok, "From")).doesNotContain("tag=");
      phone.toTag = Text.tag(Text.header(ok, "To"));
      focus.next("invite");
      phone.wire.send(old(phone.request("ACK", "none", phone.sequence, "", "", "")));
      focus.next("confirmed");
      phone.wire.send(old(phone.request("BYE", "none", ++phone.sequence, "", "", "")));
      assertThat(Text.status(phone.answerTo("BYE"))).isEqualTo(200);
      focus.next("ended");
      assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
      await().until(() -> focus.service.dialogsUp() == 0);
    }
  }

  /** What comes again is the same INVITE, by what RFC 2543 knows it by. */
  @Test
  void shouldAnswerItsInviteThatComesAgainFromTheSameCall() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service)) {
      final String invite = old(phone.invite("", Phone.sdp("127.0.0.1", 40_000, "")));
      phone.wire.send(invite);
      final String first = phone.answerTo("INVITE");
      phone.wire.send(invite);
      final String again = phone.answerTo("INVITE");
      assertThat(Text.tag(Text.header(again, "To"))).isEqualTo(Text.tag(Text.header(first, "To")));
      assertThat(focus.service.dialogsUp()).isEqualTo(1);
    }
  }
}
