package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole calls over real sockets. */
class CallTest {
  private static final String OFFER = Phone.sdp("127.0.0.1", 40_000, "");
  private static final String MOVED = Phone.sdp("127.0.0.1", 40_100, "");

  private Focus focus;

  @BeforeEach
  void start() throws Exception {
    focus = Focus.start();
  }

  @AfterEach
  void stop() {
    focus.close();
    assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    assertThat(focus.ends.values()).allMatch(count -> count.get() == 1);
    assertThat(focus.service.dialogsUp()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldCarryACallFromInviteToByeWhenThePhoneOffers(final String transport) throws Exception {
    try (Phone phone = Phone.over(transport, focus.service)) {
      final String ok = phone.call();
      final Invitation invitation = focus.nextInvitation();
      assertThat(invitation.dialled()).isEqualTo("15550100");
      assertThat(invitation.ani()).isEqualTo("+15551234567");
      assertThat(invitation.displayName()).isEqualTo("Ann");
      assertThat(invitation.source()).isEqualTo(phone.wire.local());
      assertThat(invitation.localAddress().isLoopbackAddress()).isTrue();
      assertThat(invitation.offer().formats())
          .extracting(PayloadFormat::encodingName)
          .containsExactly("PCMA", "PCMU", "TELEPHONE-EVENT");
      assertThat(Text.body(ok)).contains("m=audio 30000 RTP/AVP 8 0 101").contains("a=sendrecv");
      assertThat(Text.header(ok, "Contact"))
          .contains("127.0.0.1:" + focus.service.port())
          .contains("transport=" + transport);
      assertThat(ok).doesNotContain("Server:").doesNotContain("User-Agent:");
      assertThat(focus.next("confirmed").detail()).isNull();
      assertThat(focus.service.dialogsUp()).isEqualTo(1);

      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.BYE);
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(481);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldOfferInThe200WhenThePhoneDoesNot(final String transport) throws Exception {
    try (Phone phone = Phone.over(transport, focus.service)) {
      phone.sendInvite("");
      final String ok = phone.answerTo("INVITE");
      phone.toTag = Text.tag(Text.header(ok, "To"));
      assertThat(Text.body(ok)).contains("m=audio 30000 RTP/AVP 0 8 101");
      assertThat(focus.nextInvitation().offer()).isNull();
      phone.ack(OFFER);
      final MediaDescription answer = (MediaDescription) focus.next("confirmed").detail();
      assertThat(answer.remoteRtp().getPort()).isEqualTo(40_000);
      assertThat(answer.formats().get(0).encodingName()).isEqualTo("PCMA");
    }
  }

  @Test
  void shouldHangUpWhenTheAnswerToOurOfferIsMissing() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.sendInvite("");
      phone.toTag = Text.tag(Text.header(phone.answerTo("INVITE"), "To"));
      focus.nextInvitation();
      phone.ack("");
      phone.respond(phone.requestOf("BYE"), 200);
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.BAD_ANSWER);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldSendByeWithItsReasonWhenTheFocusHangsUp(final String transport) throws Exception {
    try (Phone phone = Phone.over(transport, focus.service)) {
      phone.call();
      focus.nextInvitation();
      final Focus.Told confirmed = focus.next("confirmed");
      assertThat(focus.service.end(confirmed.dialog(), "media-timeout")).isTrue();
      final String bye = phone.requestOf("BYE");
      assertThat(Text.header(bye, "Reason")).isEqualTo("SIP;text=\"media-timeout\"");
      assertThat(Text.header(bye, "Via")).contains("127.0.0.1:" + focus.service.port());
      phone.respond(bye, 200);
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.ENDED_BY_US);
      assertThat(focus.service.end(confirmed.dialog(), "again")).isTrue();
    }
  }

  @Test
  void shouldHoldTheByeBackWhenTheAckHasNotCome() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.sendInvite(OFFER);
      phone.toTag = Text.tag(Text.header(phone.answerTo("INVITE"), "To"));
      focus.service.end(focus.nextInvitation().dialog(), "");
      assertThat(phone.wire.receive(Wire.PATIENCE_MS)).as("200 again").startsWith("SIP/2.0 200");
      phone.ack("");
      phone.respond(phone.requestOf("BYE"), 200);
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.ENDED_BY_US);
    }
  }

  @Test
  void shouldRefuseTheInviteWhenTheFocusHangsUpBeforeItAnswered() throws Exception {
    focus.accepting = false;
    try (Phone phone = Phone.udp(focus.service)) {
      phone.sendInvite(OFFER);
      focus.service.end(focus.nextInvitation().dialog(), "shutdown");
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(480);
      phone.ackRefusal();
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.ENDED_BY_US);
    }
  }

  @Test
  void shouldEndOnceWhenByeComesBeforeTheAck() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.sendInvite(OFFER);
      phone.toTag = Text.tag(Text.header(phone.answerTo("INVITE"), "To"));
      focus.nextInvitation();
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.BYE);
    }
  }

  @Test
  void shouldRepeatThe200AndGiveUpWhenNoAckComes() throws Exception {
    try (Focus impatient = Focus.start(Focus.config(10, 1_000, 10), 1_500);
        Phone phone = Phone.udp(impatient.service)) {
      phone.sendInvite(OFFER);
      phone.toTag = Text.tag(Text.header(phone.answerTo("INVITE"), "To"));
      impatient.nextInvitation();
      assertThat(Text.status(phone.answerTo("INVITE"))).as("repeated").isEqualTo(200);
      phone.respond(phone.requestOf("BYE"), 200);
      assertThat(impatient.next("ended").detail()).isEqualTo(DialogEnd.NO_ACK);
    }
  }

  @Test
  void shouldTellOfOneInviteWhenItIsRetransmitted() throws Exception {
    focus.accepting = false;
    try (Phone phone = Phone.udp(focus.service)) {
      final String invite = phone.invite("", OFFER);
      phone.wire.send(invite);
      final Invitation invitation = focus.nextInvitation();
      phone.wire.send(invite);
      assertThat(phone.wire.receive(2_000)).startsWith("SIP/2.0 100");
      focus.service.accept(invitation.dialog(), Focus.RTP);
      final String ok = phone.answerTo("INVITE");
      phone.wire.send(invite);
      assertThat(phone.answerTo("INVITE")).isEqualTo(ok);
      phone.toTag = Text.tag(Text.header(ok, "To"));
      phone.ack("");
      focus.next("confirmed");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"udp", "tcp"})
  void shouldAnswer487WhenTheInviteIsCancelled(final String transport) throws Exception {
    focus.accepting = false;
    try (Phone phone = Phone.over(transport, focus.service)) {
      phone.sendInvite(OFFER);
      final Invitation invitation = focus.nextInvitation();
      phone.wire.send(phone.request("CANCEL", phone.inviteBranch, phone.sequence, "", "", ""));
      assertThat(Text.status(phone.answerTo("CANCEL"))).isEqualTo(200);
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(487);
      phone.ackRefusal();
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.CANCELLED);
      assertThat(focus.service.accept(invitation.dialog(), Focus.RTP)).isTrue();
    }
  }

  /** RFC 3262, section 3; SIPp takes a repeated response for the first one. */
  @Test
  void shouldRepeatThe180AndGiveTheInviteUpWhenNoPrackComes() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.wire.send(phone.invite("Require: 100rel\r\n", OFFER));
      focus.nextInvitation();
      final String first = phone.provisional(180);
      final String again = phone.provisional(180);
      assertThat(Text.header(again, "RSeq")).isEqualTo(Text.header(first, "RSeq"));
      assertThat(Text.header(again, "To")).isEqualTo(Text.header(first, "To"));
      focus.aheadNs.addAndGet(32_000_000_000L);
      final String given = phone.answerTo("INVITE");
      assertThat(Text.status(given)).isEqualTo(504);
      assertThat(Text.header(given, "To")).isEqualTo(Text.header(first, "To"));
      phone.ackRefusal();
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.NO_ACK);
    }
  }

  /** RFC 3261, section 9.2: the re-INVITE ends, the call goes on as it was. */
  @Test
  void shouldAnswer487WhenAReinviteIsCancelledAndKeepTheCall() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      phone.forget();
      focus.accepting = false;
      phone.sendInvite(MOVED);
      focus.next("offer");
      phone.wire.send(phone.request("CANCEL", phone.inviteBranch, phone.sequence, "", "", ""));
      assertThat(Text.status(phone.answerTo("CANCEL"))).isEqualTo(200);
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(487);
      phone.ackRefusal();
      focus.accepting = true;
      assertThat(reinvite(phone, MOVED).remoteRtp().getPort()).isEqualTo(40_100);
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
    }
  }

  /** RFC 3262, section 3: RAck names the response by its number, and the request it answers. */
  @ParameterizedTest
  @ValueSource(strings = {"1 1 INVITE", "%d 2 INVITE", "%d 1 UPDATE"})
  void shouldTakeNoPrackThatNamesAnotherResponse(final String wrong) throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.wire.send(phone.invite("Require: 100rel\r\n", OFFER));
      final String ringing = phone.provisional(180);
      phone.toTag = Text.tag(Text.header(ringing, "To"));
      final int number = Integer.parseInt(Text.header(ringing, "RSeq"));
      prack(phone, wrong.startsWith("1 ") ? number + 1 + " 1 INVITE" : wrong.formatted(number));
      assertThat(Text.status(phone.answerTo("PRACK"))).isEqualTo(481);
      prack(phone, number + " 1 INVITE");
      assertThat(Text.status(phone.answerTo("PRACK"))).isEqualTo(200);
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(200);
      focus.nextInvitation();
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
    }
  }

  private static void prack(final Phone phone, final String answered) throws Exception {
    phone.sequence++;
    phone.wire.send(
        phone.request(
            "PRACK", Phone.newBranch(), phone.sequence, "RAck: " + answered + "\r\n", "", ""));
  }

  @Test
  void shouldKeepTheCallWhenCancelComesAfterThe200() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.sendInvite(OFFER);
      final String ok = phone.answerTo("INVITE");
      phone.wire.send(phone.request("CANCEL", phone.inviteBranch, phone.sequence, "", "", ""));
      assertThat(Text.status(phone.answerTo("CANCEL"))).isEqualTo(200);
      phone.toTag = Text.tag(Text.header(ok, "To"));
      phone.ack("");
      focus.nextInvitation();
      focus.next("confirmed");
    }
  }

  @Test
  void shouldAsk503WhenTheFocusHasNoRoom() throws Exception {
    focus.takingWork = false;
    try (Phone phone = Phone.udp(focus.service)) {
      phone.sendInvite(OFFER);
      final String refusal = phone.answerTo("INVITE");
      assertThat(Text.status(refusal)).isEqualTo(503);
      assertThat(Text.header(refusal, "Retry-After")).isEqualTo("5");
      phone.ackRefusal();
      assertThat(focus.service.dialogsUp()).isZero();
      assertThat(focus.told).isEmpty();
    }
  }

  @Test
  void shouldPassTheFocusRefusalOnWhenTheNumberIsUnknown() throws Exception {
    focus.accepting = false;
    try (Phone phone = Phone.udp(focus.service)) {
      phone.sendInvite(OFFER);
      focus.service.refuse(focus.nextInvitation().dialog(), 404, "Not Found");
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(404);
      phone.ackRefusal();
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.ENDED_BY_US);
      assertThat(focus.service.counters()).containsEntry("refusals_404", 1L);
    }
  }

  @Test
  void shouldEndTheDialogWhenAProbeIsAnswered481() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      final Focus.Told confirmed = focus.next("confirmed");
      focus.service.probe(confirmed.dialog());
      phone.respond(phone.requestOf("OPTIONS"), 200);
      focus.service.probe(confirmed.dialog());
      phone.respond(phone.requestOf("OPTIONS"), 481);
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.PEER_GONE);
      assertThat(phone.requestOf("BYE")).contains("peer-gone");
    }
  }

  @Test
  void shouldTellEachKeyWhenItComesByInfo() throws Exception {
    try (Phone phone = Phone.tcp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      phone.ask("INFO", "application/dtmf-relay", "Signal=5\r\nDuration=160\r\n");
      assertThat(focus.next("digit").detail()).isEqualTo('5');
      phone.ask("INFO", "application/dtmf-relay", "Signal= #\r\nDuration= 160\r\n");
      assertThat(focus.next("digit").detail()).isEqualTo('#');
      phone.ask("INFO", "application/dtmf", "*");
      assertThat(focus.next("digit").detail()).isEqualTo('*');
      assertThat(Text.status(phone.ask("INFO", "application/dtmf", "E"))).isEqualTo(400);
      assertThat(Text.status(phone.ask("INFO", "application/dtmf-relay", "Duration=1")))
          .isEqualTo(400);
      final String refusal = phone.ask("INFO", "text/plain", "5");
      assertThat(Text.status(refusal)).isEqualTo(415);
      assertThat(Text.header(refusal, "Accept")).contains("application/dtmf-relay");
      assertThat(focus.told).isEmpty();
    }
  }

  @Test
  void shouldHoldResumeAndMoveWhenReinvited() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      final String first = phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      final MediaDescription held =
          reinvite(phone, Phone.sdp("127.0.0.1", 40_000, "a=sendonly\r\n"));
      assertThat(held.hold()).isTrue();
      assertThat(held.direction()).isEqualTo(Direction.SENDONLY);
      assertThat(reinvite(phone, Phone.sdp("0.0.0.0", 40_000, "")).hold()).isTrue();
      final MediaDescription moved = reinvite(phone, Phone.sdp("127.0.0.9", 41_000, ""));
      assertThat(moved.hold()).isFalse();
      assertThat(moved.remoteRtp().toString()).contains("127.0.0.9:41000");
      assertThat(Text.body(first)).contains(" 1 IN IP4 127.0.0.1");
      assertThat(lastOk).contains(" 4 IN IP4 127.0.0.1");
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
    }
  }

  private String lastOk;

  private MediaDescription reinvite(final Phone phone, final String sdp) throws Exception {
    phone.forget();
    phone.sendInvite(sdp);
    lastOk = phone.answerTo("INVITE");
    assertThat(Text.status(lastOk)).as(lastOk).isEqualTo(200);
    phone.ack("");
    return (MediaDescription) focus.next("offer").detail();
  }

  @Test
  void shouldOfferAnewWhenAReinviteHasNoOffer() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      phone.forget();
      phone.sendInvite("");
      assertThat(Text.body(phone.answerTo("INVITE"))).contains("m=audio 30000 RTP/AVP 0 8 101");
      phone.ack(Phone.sdp("127.0.0.1", 42_000, ""));
      final MediaDescription answer = (MediaDescription) focus.next("confirmed").detail();
      assertThat(answer.remoteRtp().getPort()).isEqualTo(42_000);
    }
  }

  @Test
  void shouldAnswer500WithRetryAfterWhenOneReinviteComesOnTopOfAnother() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      phone.forget();
      focus.accepting = false;
      phone.sendInvite(MOVED);
      final Focus.Told offer = focus.next("offer");
      final int firstSequence = phone.sequence;
      phone.sendInvite(MOVED);
      final String later = phone.answerTo("INVITE");
      assertThat(Text.status(later)).isEqualTo(500);
      assertThat(Integer.parseInt(Text.header(later, "Retry-After"))).isBetween(0, 10);
      phone.ackRefusal();
      phone.sequence = firstSequence;
      focus.service.accept(offer.dialog(), Focus.RTP);
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(200);
      phone.ack("");
      phone.sequence++;
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.BYE);
    }
  }

  @Test
  void shouldStayAsItWasWhenAReinviteFails() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      phone.forget();
      phone.sendInvite(OFFER.replace("8 0 101", "97"));
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(488);
      phone.ackRefusal();
      focus.accepting = false;
      phone.sendInvite(MOVED);
      focus.service.refuse(focus.next("offer").dialog(), 488, "no");
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(488);
      phone.ackRefusal();
      focus.accepting = true;
      assertThat(reinvite(phone, MOVED).remoteRtp().getPort()).isEqualTo(40_100);
    }
  }

  @Test
  void shouldHangUpEveryCallWhenItStops() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      focus.service.stop();
      assertThat(phone.requestOf("BYE")).contains("shutdown");
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.ENDED_BY_US);
      await().until(() -> focus.service.dialogsUp() == 0);
    }
  }

  /** RFC 3261, section 15.1.2: what still waits in the dialog is answered as well. */
  @Test
  void shouldAnswer487ToTheReinviteWhenAByeOvertakesItsAnswer() throws Exception {
    try (Focus focus = Focus.start();
        Phone phone = Phone.udp(focus.service)) {
      phone.call();
      focus.nextInvitation();
      focus.next("confirmed");
      focus.accepting = false;
      phone.sendInvite(Phone.sdp("127.0.0.1", 40_002, ""));
      focus.next("offer");
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(487);
      focus.next("ended");
      assertThat(focus.service.dialogsUp()).isZero();
    }
  }
}
