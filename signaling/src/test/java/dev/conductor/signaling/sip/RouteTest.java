package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.signaling.api.DialogId;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where our answers and requests go when a proxy or a NAT stands before the phone. */
class RouteTest {
  private static final String OFFER = Phone.sdp("192.168.1.5", 40_000, "");

  private Focus focus;

  @BeforeEach
  void start() throws Exception {
    focus = Focus.start();
  }

  @AfterEach
  void stop() {
    focus.close();
    assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
    assertThat(focus.service.dialogsUp()).isZero();
  }

  /** A call from there; the name of our dialog. */
  private DialogId call(final Phone phone, final String extra) throws Exception {
    phone.wire.send(phone.invite(extra, OFFER));
    final String ok = phone.answerTo("INVITE");
    assertThat(Text.status(ok)).as(ok).isEqualTo(200);
    phone.toTag = Text.tag(Text.header(ok, "To"));
    phone.ack("");
    focus.nextInvitation();
    return focus.next("confirmed").dialog();
  }

  @ParameterizedTest
  @CsvSource({"192.168.1.5:5060, true", "192.168.1.5:5060, false", "192.168.1.5, false"})
  void shouldReachAPhoneBehindANatThatNamesItsPrivateAddress(
      final String named, final boolean asksForPort) throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.shown = named;
      phone.asksForPort = asksForPort;
      final DialogId dialog = call(phone, "");

      focus.service.probe(dialog);
      final String options = phone.requestOf("OPTIONS");
      assertThat(options).startsWith("OPTIONS sip:ann@" + named);
      phone.respond(options, 200);

      focus.service.end(dialog, "test");
      final String bye = phone.requestOf("BYE");
      assertThat(bye).startsWith("BYE sip:ann@" + named);
      phone.respond(bye, 200);
      focus.next("ended");
    }
  }

  @Test
  void shouldAnswerTheByeOfAPhoneBehindANat() throws Exception {
    try (Phone phone = Phone.udp(focus.service)) {
      phone.shown = "10.0.0.7:5062";
      phone.asksForPort = false;
      call(phone, "");
      assertThat(Text.status(phone.ask("BYE", "", ""))).isEqualTo(200);
      focus.next("ended");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {";lr", ";lr=on"})
  void shouldSendByTheRouteToWhomTheContactNames(final String loose) throws Exception {
    try (Phone phone = Phone.udp(focus.service);
        Wire near = Wire.udp(focus.service.localAddresses().get(0))) {
      final String proxy = "sip:127.0.0.1:" + near.local().getPort() + loose;
      final String far = "sip:far.proxy.test;lr";
      final DialogId dialog =
          call(phone, "Record-Route: <" + proxy + ">\r\nRecord-Route: <" + far + ">\r\n");

      focus.service.end(dialog, "test");
      final String bye = near.receive(Wire.PATIENCE_MS);
      assertThat(bye).startsWith("BYE sip:ann@" + phone.where());
      assertThat(routes(bye)).containsExactly(proxy, far);
      answer(near, bye);
      focus.next("ended");
    }
  }

  @Test
  void shouldGiveAStrictRouterTheRequestUri() throws Exception {
    try (Phone phone = Phone.udp(focus.service);
        Wire near = Wire.udp(focus.service.localAddresses().get(0))) {
      final String proxy = "sip:127.0.0.1:" + near.local().getPort();
      final String far = "sip:far.proxy.test;lr";
      final DialogId dialog =
          call(phone, "Record-Route: <" + proxy + ">\r\nRecord-Route: <" + far + ">\r\n");

      focus.service.end(dialog, "test");
      final String bye = near.receive(Wire.PATIENCE_MS);
      assertThat(bye).startsWith("BYE " + proxy + " SIP/2.0\r\n");
      assertThat(routes(bye)).containsExactly(far, "sip:ann@" + phone.where() + ";transport=udp");
      answer(near, bye);
      focus.next("ended");
    }
  }

  private static List<String> routes(final String request) {
    return request
        .lines()
        .filter(line -> line.startsWith("Route:"))
        .flatMap(line -> Arrays.stream(line.substring(6).split(",")))
        .map(route -> route.strip().replaceAll("[<>]", ""))
        .toList();
  }

  private static void answer(final Wire wire, final String request) throws Exception {
    final StringBuilder ok = new StringBuilder("SIP/2.0 200 OK\r\n");
    for (final String name : List.of("Via", "From", "To", "Call-ID", "CSeq")) {
      ok.append(name).append(": ").append(Text.header(request, name)).append("\r\n");
    }
    wire.send(ok + "Content-Length: 0\r\n\r\n");
  }
}
