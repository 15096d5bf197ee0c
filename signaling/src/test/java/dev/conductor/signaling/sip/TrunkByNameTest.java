package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.OutboundLine;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Calls through a trunk that a name server knows, and over TCP. */
class TrunkByNameTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static Focus start(final DnsServer dns, final String transport) throws IOException {
    return start(dns, transport, "carrier.test");
  }

  private static Focus start(final DnsServer dns, final String transport, final String proxy)
      throws IOException {
    final Focus focus =
        Focus.start(
            TestTrunks.config(
                Map.of(),
                "name: carrier, proxies: ['"
                    + proxy
                    + "'], transport: "
                    + transport
                    + ", options-seconds: 0, user: us, routes: ['*']"),
            dns.url());
    await().atMost(PATIENCE).until(() -> focus.service.trunksUp() == 1);
    return focus;
  }

  private static void dial(final Focus focus) {
    final OutboundLine line = focus.service.lineTo("+15557654321").orElseThrow();
    assertThat(focus.service.dial(line, "+15557654321", Focus.RTP)).isTrue();
  }

  private static int port(final Carrier carrier) {
    return Integer.parseInt(carrier.where().split(":")[1]);
  }

  private static void answerAndHangUp(final Focus focus, final Carrier carrier) throws Exception {
    final String invite = carrier.next("INVITE");
    carrier.answer(invite, "c1");
    focus.next("answered");
    carrier.next("ACK");
    carrier.ask(invite, "c1", "BYE", "");
    assertThat(Text.status(carrier.answer())).isEqualTo(200);
    assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.BYE);
  }

  @Test
  void shouldGoOnToTheNextSrvTargetWhenTheFirstIsOutOfOrder() throws Exception {
    try (DnsServer dns = new DnsServer();
        Carrier first = new Carrier();
        Carrier second = new Carrier()) {
      dns.naptr("carrier.test", 1, 1, "SIP+D2U", "_sip._udp.pool.carrier.test");
      dns.srv("_sip._udp.pool.carrier.test", 20, 0, port(second), "localhost");
      dns.srv("_sip._udp.pool.carrier.test", 10, 0, port(first), "localhost");
      try (Focus focus = start(dns, "UDP")) {
        dial(focus);
        final String invite = first.next("INVITE");
        assertThat(invite).startsWith("INVITE sip:+15557654321@carrier.test SIP/2.0");
        first.respond(invite, "503 Service Unavailable");
        answerAndHangUp(focus, second);
        assertThat(focus.service.count(SipCounter.TRUNK_FAILOVERS)).isEqualTo(1);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"UDP", "TCP"})
  void shouldGoOnToTheNextSrvTargetWhenTheFirstIsDead(final String transport) throws Exception {
    final Carrier gone = new Carrier();
    gone.close();
    try (DnsServer dns = new DnsServer();
        Carrier second = transport.equals("UDP") ? new Carrier() : Carrier.overTcp()) {
      final String service = "_sip._" + transport.toLowerCase(Locale.ROOT);
      dns.srv(service + ".carrier.test", 10, 0, port(gone), "localhost");
      dns.srv(service + ".carrier.test", 20, 0, port(second), "localhost");
      try (Focus focus = start(dns, transport)) {
        dial(focus);
        answerAndHangUp(focus, second);
        assertThat(focus.service.count(SipCounter.TRUNK_FAILOVERS)).isEqualTo(1);
      }
    }
  }

  @Test
  void shouldCallOverTcpAndHangUpOverTheSameConnection() throws Exception {
    try (DnsServer dns = new DnsServer();
        Carrier carrier = Carrier.overTcp();
        Focus focus = start(dns, "TCP", carrier.where())) {
      final OutboundLine line = focus.service.lineTo("+15557654321").orElseThrow();
      assertThat(focus.service.dial(line, "+15557654321", Focus.RTP)).isTrue();
      final String invite = carrier.next("INVITE");
      assertThat(Text.header(invite, "Via")).startsWith("SIP/2.0/TCP ");
      assertThat(Text.header(invite, "Contact")).contains("transport=tcp");
      carrier.respond(invite, "180 Ringing");
      assertThat(focus.next("ringing").detail()).isEqualTo(180);
      carrier.answer(invite, "c1");
      focus.next("answered");
      carrier.next("ACK");
      focus.service.end(line.dialog(), "done");
      carrier.respond(carrier.next("BYE"), "200 OK");
      assertThat(focus.next("ended").detail()).isEqualTo(DialogEnd.ENDED_BY_US);
    }
  }
}
