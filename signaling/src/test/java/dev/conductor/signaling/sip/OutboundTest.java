package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.OutboundLine;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls of ours through trunks that are written by hand. */
class OutboundTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String CHALLENGE =
      "Proxy-Authenticate: Digest realm=\"carrier\",nonce=\"n1\",algorithm=MD5,qop=\"auth\"\r\n";

  private Carrier first;
  private Carrier second;
  private Focus focus;

  @BeforeEach
  void start() throws Exception {
    first = new Carrier();
    second = new Carrier();
    focus =
        Focus.start(
            TestTrunks.config(Map.of(), trunk("first", first, 1), trunk("second", second, 2)),
            32_000);
    await().atMost(PATIENCE).until(() -> focus.service.trunksUp() == 2);
  }

  private static String trunk(final String name, final Carrier at, final int priority) {
    return "name: "
        + name
        + ", proxies: '"
        + at.where()
        + "', domain: carrier.test, options-seconds: 0, user: us, password: sesame,"
        + " realm: carrier, routes: ['+1 strip=1 priority="
        + priority
        + "']";
  }

  @AfterEach
  void stop() {
    focus.close();
    first.close();
    second.close();
    assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    assertThat(focus.service.dialogsUp()).isZero();
  }

  private DialogId dial() {
    final OutboundLine line = focus.service.lineTo("+15557654321").orElseThrow();
    assertThat(line.trunk()).isEqualTo("first");
    assertThat(focus.service.dial(line, "+15557654321", Focus.RTP)).isTrue();
    return line.dialog();
  }

  @Test
  void shouldCallRingAndHangUp() throws Exception {
    final DialogId dialog = dial();
    final String invite = first.next("INVITE");
    assertThat(invite).startsWith("INVITE sip:15557654321@carrier.test SIP/2.0");
    assertThat(Text.header(invite, "From")).startsWith("<sip:us@carrier.test>");
    assertThat(Text.body(invite)).contains("m=audio 30000 RTP/AVP 0 8 101");
    assertThat(invite).doesNotContain("User-Agent").doesNotContain("sesame");
    first.respond(invite, "100 Trying", "", "", "");
    first.respond(invite, "180 Ringing");
    assertThat(focus.next("ringing").detail()).isEqualTo(180);
    first.answer(invite, "c1");
    final MediaDescription answer = (MediaDescription) focus.next("answered").detail();
    assertThat(answer.remoteRtp().getPort()).isEqualTo(40_000);
    first.next("ACK");
    // A 200 that comes again has its ACK again.
    first.answer(invite, "c1");
    first.next("ACK");
    focus.service.end(dialog, "dropped");
    final String bye = first.next("BYE");
    // The challenge of a BYE is nobody's to answer.
    first.respond(bye, "407 Proxy Authentication Required", "c1", CHALLENGE, "");
    assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.ENDED_BY_US);
    assertThat(first.comes("BYE", 1_000)).isFalse();
  }

  @Test
  void shouldTakeReinviteAndByeOfWhomWeCalled() throws Exception {
    dial();
    final String invite = first.next("INVITE");
    first.answer(invite, "c1");
    focus.next("answered");
    first.next("ACK");
    first.ask(invite, "c1", "INVITE", Phone.sdp("127.0.0.1", 40_002, "a=sendonly\r\n"));
    assertThat(((MediaDescription) focus.next("offer").detail()).hold()).isTrue();
    final String ok = first.answer();
    assertThat(Text.status(ok)).isEqualTo(200);
    assertThat(Text.body(ok)).contains("a=recvonly").containsPattern("o=- \\d+ 2 ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"carrier", "elsewhere"})
  void shouldAnswerAChallengeOfTheTrunksRealmAlone(final String realm) throws Exception {
    dial();
    final String invite = first.next("INVITE");
    first.respond(
        invite,
        "407 Proxy Authentication Required",
        "c1",
        CHALLENGE.replace("\"carrier\"", "\"" + realm + "\""),
        "");
    first.next("ACK");
    if (realm.equals("elsewhere")) {
      assertThat(focus.next("failed").detail()).isEqualTo(407);
      assertThat(first.comes("INVITE", 500)).isFalse();
      return;
    }
    final String again = first.next("INVITE");
    assertThat(Text.header(again, "CSeq")).isEqualTo("2 INVITE");
    assertThat(Text.header(again, "Call-ID")).isEqualTo(Text.header(invite, "Call-ID"));
    assertThat(Text.header(again, "Proxy-Authorization"))
        .contains("username=\"us\"")
        .contains("uri=\"sip:15557654321@carrier.test\"")
        .contains("qop=auth");
    // A second challenge says that the password is wrong.
    first.respond(again, "407 Proxy Authentication Required", "c1", CHALLENGE, "");
    assertThat(focus.next("failed").detail()).isEqualTo(407);
  }

  @ParameterizedTest
  @ValueSource(strings = {"486 Busy Here", "404 Not Found", "603 Decline", "302 Moved Temporarily"})
  void shouldTellARefusalAndTryNobodyElse(final String status) throws Exception {
    dial();
    first.respond(first.next("INVITE"), status);
    first.next("ACK");
    assertThat(focus.next("failed").detail()).isEqualTo(Integer.parseInt(status.substring(0, 3)));
    assertThat(second.comes("INVITE", 200)).isFalse();
  }

  @Test
  void shouldGoOnToTheSecondTrunkWhenTheFirstIsOutOfOrder() throws Exception {
    dial();
    first.respond(first.next("INVITE"), "503 Service Unavailable");
    final String invite = second.next("INVITE");
    second.answer(invite, "c2");
    focus.next("answered");
    second.next("ACK");
    second.ask(invite, "c2", "BYE", "");
    assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.BYE);
    assertThat(focus.service.count(SipCounter.TRUNK_FAILOVERS)).isEqualTo(1);
  }

  @Test
  void shouldGoOnToTheSecondTrunkWhenTheFirstIsSilent() throws Exception {
    dial();
    final String ignored = first.next("INVITE");
    final String invite = second.next("INVITE");
    second.respond(invite, "486 Busy Here");
    assertThat(focus.next("failed").detail()).isEqualTo(486);
    // The first wakes up: it must not ring on.
    first.respond(ignored, "180 Ringing");
    first.next("CANCEL");
  }

  @Test
  void shouldCancelAfterTheFirstAnswerAndNotBefore() throws Exception {
    final DialogId dialog = dial();
    final String invite = first.next("INVITE");
    focus.service.end(dialog, "gave up");
    assertThat(first.comes("CANCEL", 300)).isFalse();
    first.respond(invite, "180 Ringing");
    first.respond(first.next("CANCEL"), "200 OK");
    first.respond(invite, "487 Request Terminated");
    first.next("ACK");
    assertThat(focus.next("failed").detail()).isEqualTo(487);
  }

  @Test
  void shouldHangUpOnAnAnswerThatCrossedTheCancel() throws Exception {
    final DialogId dialog = dial();
    final String invite = first.next("INVITE");
    first.respond(invite, "180 Ringing");
    focus.next("ringing");
    focus.service.end(dialog, "gave up");
    first.next("CANCEL");
    first.answer(invite, "c1");
    first.next("ACK");
    first.respond(first.next("BYE"), "200 OK");
    assertThat(focus.next("failed").detail()).isEqualTo(487);
  }

  @Test
  void shouldHangUpOnASecondPlaceThatAnswers() throws Exception {
    final DialogId dialog = dial();
    final String invite = first.next("INVITE");
    first.respond(invite, "180 Ringing", "c1", "", "");
    first.respond(invite, "180 Ringing", "c2", "", "");
    first.answer(invite, "c2");
    focus.next("ringing");
    focus.next("answered");
    assertThat(Text.tag(Text.header(first.next("ACK"), "To"))).isEqualTo("c2");
    first.answer(invite, "c3");
    assertThat(Text.tag(Text.header(first.next("ACK"), "To"))).isEqualTo("c3");
    final String bye = first.next("BYE");
    assertThat(Text.tag(Text.header(bye, "To"))).isEqualTo("c3");
    first.respond(bye, "200 OK");
    focus.service.end(dialog, "");
    assertThat(Text.tag(Text.header(first.next("BYE"), "To"))).isEqualTo("c2");
  }

  @Test
  void shouldHangUpWhenTheAnswerCannotBeUsed() throws Exception {
    dial();
    first.respond(first.next("INVITE"), "200 OK");
    first.next("ACK");
    first.next("BYE");
    assertThat(focus.next("failed").detail()).isEqualTo(488);
  }
}
