package dev.conductor.demo;

import static dev.conductor.demo.FakeUas.branch;
import static dev.conductor.demo.FakeUas.find;
import static dev.conductor.demo.FakeUas.header;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Whether a simulated phone speaks SIP as RFC 3261 has it, against a far end played by hand. */
class SimPhoneSignallingTest {
  private static final int SILENT_PORT = 9;

  private FakeUas uas;
  private PhonePool pool;
  private SimPhone phone;
  private CompletableFuture<Integer> answered;

  @BeforeEach
  void dialSomebody() throws Exception {
    uas = new FakeUas();
    pool = PhonePool.start(InetAddress.getLoopbackAddress());
    phone = pool.phone("1001");
    answered = phone.dial(uas.address(), "+15550100");
  }

  @AfterEach
  void close() {
    uas.farewell(pool);
    pool.close();
    uas.close();
  }

  @Test
  void shouldOfferItsCodecAndKeyEventsWhenItDials() {
    final String invite = uas.expect("INVITE sip:+15550100@127.0.0.1:");

    assertThat(header(invite, "Via")).startsWith("SIP/2.0/UDP 127.0.0.1:").contains(";rport");
    assertThat(branch(invite)).startsWith("z9hG4bK");
    assertThat(header(invite, "Max-Forwards")).isEqualTo("70");
    assertThat(header(invite, "From")).startsWith("<sip:1001@127.0.0.1>;tag=");
    assertThat(header(invite, "To")).doesNotContain("tag=");
    assertThat(header(invite, "CSeq")).isEqualTo("1 INVITE");
    assertThat(header(invite, "Contact")).startsWith("<sip:1001@127.0.0.1:");
    final String sdp = invite.substring(invite.indexOf("\r\n\r\n") + 4);
    assertThat(header(invite, "Content-Length")).isEqualTo(Integer.toString(sdp.length()));
    assertThat(sdp).contains("RTP/AVP 0 101\r\n", "telephone-event/8000", "a=ptime:20");
    assertThat(phone.state()).isEqualTo(PhoneState.DIALLING);
  }

  @Test
  void shouldRepeatTheInviteUntilItIsAnsweredProvisionally() {
    final String first = uas.expect("INVITE");
    final String second = uas.receive(5_000);
    final String third = uas.receive(5_000);

    assertThat(second).isEqualTo(first);
    assertThat(third).isEqualTo(first);
    uas.answer(third, "180 Ringing", "", "");
    assertThat(uas.receive(2_500)).isNull();
  }

  @Test
  void shouldAcknowledgeAnAnswerToItsContactAlongTheRecordedRoutes() throws Exception {
    final String invite = uas.expect("INVITE");
    uas.answer(invite, "100 Trying", "", "");
    final String routes =
        "Record-Route: <sip:127.0.0.1:"
            + uas.address().getPort()
            + ";lr>, <sip:far.example;lr>\r\nContact: <sip:room@192.0.2.9:7000>\r\n";
    final String accepted = uas.answer(invite, "200 OK", routes, usual());
    final String ack = uas.expect("ACK sip:room@192.0.2.9:7000 SIP/2.0\r\n");

    assertThat(answered.get(2, TimeUnit.SECONDS)).isEqualTo(200);
    assertThat(phone.state()).isEqualTo(PhoneState.UP);
    assertThat(branch(ack)).isNotEqualTo(branch(invite));
    assertThat(header(ack, "CSeq")).isEqualTo("1 ACK");
    assertThat(header(ack, "To")).endsWith(";tag=uas-tag");
    assertThat(ack.indexOf("Route: <sip:far.example;lr>"))
        .isPositive()
        .isLessThan(ack.indexOf("Route: <sip:127.0.0.1:"));

    uas.send(accepted);
    assertThat(uas.expect("ACK")).isEqualTo(ack);
  }

  @Test
  void shouldAcknowledgeARefusalInTheSameTransaction() throws Exception {
    final String invite = uas.expect("INVITE");
    final String refused = uas.answer(invite, "486 Busy Here", "", "");
    final String ack = uas.expect("ACK " + find(invite, "INVITE (\\S+)"));

    assertThat(answered.get(2, TimeUnit.SECONDS)).isEqualTo(486);
    assertThat(phone.lastStatus()).isEqualTo(486);
    assertThat(phone.state()).isEqualTo(PhoneState.OVER);
    assertThat(branch(ack)).isEqualTo(branch(invite));
    assertThat(header(ack, "To")).endsWith(";tag=uas-tag");
    uas.send(refused);
    assertThat(uas.expect("ACK")).isEqualTo(ack);
  }

  @Test
  void shouldSayByeWhenItHangsUp() throws Exception {
    goUp();
    final CompletableFuture<Void> over = phone.hangUp();
    final String bye = uas.expect("BYE " + uas.contact());

    assertThat(header(bye, "CSeq")).isEqualTo("2 BYE");
    assertThat(header(bye, "To")).endsWith(";tag=uas-tag");
    assertThat(over).isNotDone();
    uas.answer(bye, "200 OK", "", "");
    over.get(2, TimeUnit.SECONDS);
    assertThat(phone.state()).isEqualTo(PhoneState.OVER);
  }

  @Test
  void shouldBeOverWhenTheFarEndSaysBye() {
    final String invite = goUp();
    final String bye = uas.request(invite, "BYE", 1);
    uas.send(bye);
    final String ok = uas.expect("SIP/2.0 200");

    assertThat(header(ok, "CSeq")).isEqualTo("1 BYE");
    await().until(() -> phone.state() == PhoneState.OVER);
    uas.send(bye);
    assertThat(uas.expect("SIP/2.0 200")).isEqualTo(ok);
  }

  @Test
  void shouldCancelOnlyOnceTheFarEndHasAnswered() throws Exception {
    final String invite = uas.expect("INVITE");
    phone.hangUp();
    uas.expectNothingNew(200);
    uas.answer(invite, "180 Ringing", "", "");
    final String cancel = uas.expect("CANCEL " + find(invite, "INVITE (\\S+)"));

    assertThat(branch(cancel)).isEqualTo(branch(invite));
    assertThat(header(cancel, "CSeq")).isEqualTo("1 CANCEL");
    uas.answer(cancel, "200 OK", "", "");
    uas.answer(invite, "487 Request Terminated", "", "");
    assertThat(branch(uas.expect("ACK"))).isEqualTo(branch(invite));
    assertThat(answered.get(2, TimeUnit.SECONDS)).isEqualTo(487);
    assertThat(phone.state()).isEqualTo(PhoneState.OVER);
  }

  @Test
  void shouldHangUpACallThatIsAnsweredWhileItIsCancelled() {
    final String invite = uas.expect("INVITE");
    uas.answer(invite, "180 Ringing", "", "");
    phone.hangUp();
    final String cancel = uas.expect("CANCEL");
    uas.accept(invite, usual());
    uas.answer(cancel, "481 Call/Transaction Does Not Exist", "", "");

    uas.expect("ACK");
    uas.answer(uas.expect("BYE"), "200 OK", "", "");
    await().until(() -> phone.state() == PhoneState.OVER);
  }

  @Test
  void shouldAnswerWhatTheFarEndAsks() {
    final String invite = goUp();

    uas.send(uas.request(invite, "OPTIONS", 10));
    assertThat(header(uas.expect("SIP/2.0 200"), "Allow")).contains("INVITE", "BYE");
    uas.send(uas.request(invite, "PUBLISH", 11));
    uas.expect("SIP/2.0 405");
    uas.send(uas.request(invite, "INFO", 10));
    uas.expect("SIP/2.0 500");
    uas.send(uas.request(invite, "INFO", 12).replaceAll("Call-ID: .*", "Call-ID: other"));
    uas.expect("SIP/2.0 481");
    assertThat(phone.state()).isEqualTo(PhoneState.UP);
  }

  @Test
  void shouldOfferHoldAndResumeAndANewPort() throws Exception {
    final String invite = goUp();

    final String held = reoffer(phone.hold(), 2, "recvonly");
    final String resumed = reoffer(phone.resume(), 3, "sendrecv");
    final String moved = reoffer(phone.movePort(), 4, "sendrecv");

    assertThat(held).contains("a=sendonly");
    assertThat(resumed).contains("a=sendrecv");
    assertThat(port(resumed)).isEqualTo(port(invite));
    assertThat(port(moved)).isNotEqualTo(port(invite)).isEqualTo(phone.rtpPort());
    assertThat(versionOf(invite)).isLessThan(versionOf(held));
    assertThat(versionOf(held)).isLessThan(versionOf(moved));
  }

  @Test
  void shouldGoOnAsBeforeWhenAnOfferIsRefused() throws Exception {
    goUp();
    final CompletableFuture<Integer> held = phone.hold();
    uas.answer(uas.expect("INVITE"), "491 Request Pending", "", "");
    uas.expect("ACK");

    assertThat(held.get(2, TimeUnit.SECONDS)).isEqualTo(491);
    assertThat(phone.state()).isEqualTo(PhoneState.UP);
    final CompletableFuture<Integer> again = phone.movePort();
    assertThat(reoffer(again, 3, "sendrecv")).contains("a=sendrecv");
  }

  @Test
  void shouldHangUpWhenTheFarEndKnowsNothingOfTheCallAnyMore() {
    goUp();
    phone.hold();
    uas.answer(uas.expect("INVITE"), "481 Call/Transaction Does Not Exist", "", "");
    uas.expect("ACK");
    uas.answer(uas.expect("BYE"), "481 Call/Transaction Does Not Exist", "", "");
    await().until(() -> phone.state() == PhoneState.OVER);
  }

  @Test
  void shouldSendKeysOneByOneWhenTheyGoByInfo() throws Exception {
    final SimPhone other =
        pool.phone("1002", PhoneOptions.USUAL.withKeysBy(PhoneOptions.KeysBy.INFO));
    uas.answer(uas.expect("INVITE"), "486 Busy Here", "", "");
    uas.expect("ACK");
    other.dial(uas.address(), "+15550100");
    final String invite = uas.expect("INVITE");
    assertThat(invite).contains("RTP/AVP 0\r\n").doesNotContain("telephone-event");
    uas.accept(invite, usual());
    uas.expect("ACK");
    await().until(() -> other.state() == PhoneState.UP);

    final CompletableFuture<Void> done = other.keys("1#");
    final String one = uas.expect("INFO");
    assertThat(one).contains("Content-Type: application/dtmf-relay", "Signal=1\r\n");
    uas.expectNothingNew(200);
    uas.answer(one, "200 OK", "", "");
    final String hash = uas.expect("INFO");
    assertThat(hash).contains("Signal=#\r\n");
    assertThat(done).isNotDone();
    uas.answer(hash, "200 OK", "", "");
    done.get(2, TimeUnit.SECONDS);
  }

  @Test
  void shouldDialAgainWhenTheCallIsOver() throws Exception {
    final String first = uas.expect("INVITE");
    uas.answer(first, "503 Service Unavailable", "", "");
    uas.expect("ACK");
    answered.get(2, TimeUnit.SECONDS);

    phone.dial(uas.address(), "demo");
    final String second = uas.expect("INVITE sip:demo@");
    assertThat(header(second, "Call-ID")).isNotEqualTo(header(first, "Call-ID"));
    uas.accept(second, usual());
    uas.expect("ACK");
    await().until(() -> phone.state() == PhoneState.UP);
    assertThat(phone.dial(uas.address(), "demo"))
        .failsWithin(2, TimeUnit.SECONDS)
        .withThrowableOfType(java.util.concurrent.ExecutionException.class)
        .withMessageContaining("1001 is in a call");
  }

  private String goUp() {
    final String invite = uas.expect("INVITE");
    uas.accept(invite, usual());
    uas.expect("ACK");
    await().until(() -> phone.state() == PhoneState.UP);
    return invite;
  }

  private String reoffer(
      final CompletableFuture<Integer> done, final int sequence, final String direction)
      throws Exception {
    final String invite = uas.expect("INVITE " + uas.contact());
    assertThat(header(invite, "CSeq")).isEqualTo(sequence + " INVITE");
    uas.accept(invite, FakeUas.sdp(SILENT_PORT, "0 101", direction));
    assertThat(header(uas.expect("ACK"), "CSeq")).isEqualTo(sequence + " ACK");
    assertThat(done.get(2, TimeUnit.SECONDS)).isEqualTo(200);
    return invite;
  }

  private static String usual() {
    return FakeUas.sdp(SILENT_PORT, "0 101", "sendrecv");
  }

  private static int port(final String message) {
    return Integer.parseInt(find(message, "m=audio (\\d+)"));
  }

  private static int versionOf(final String message) {
    return Integer.parseInt(find(message, "o=\\S+ \\d+ (\\d+)"));
  }
}
