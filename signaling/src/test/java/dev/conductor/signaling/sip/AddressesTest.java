package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.conductor.config.SipConfig;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AddressesTest {
  private static SipConfig config(
      final String host, final int port, final String advertised, final List<String> networks) {
    final SipConfig base = Focus.config(10, 1_000, 10);
    return new SipConfig(
        host,
        port,
        advertised,
        networks,
        base.codecs(),
        base.maxDialogs(),
        base.maxMessageBytes(),
        base.maxTcpConnections(),
        base.maxTcpConnectionsPerAddress(),
        base.tcpIdleMs(),
        base.requestsPerSecond(),
        base.requestBurst(),
        base.retryAfterSeconds(),
        base.sessionExpiresSeconds(),
        base.minSeSeconds(),
        base.security(),
        base.numbers(),
        base.trunks(),
        base.guard());
  }

  @Test
  void shouldListenOnEachAddressAndNeverNameTheWildcardWhenTheHostIsTheWildcard() throws Exception {
    try (Focus focus = Focus.start(config("0.0.0.0", 0, "", List.of()), 32_000)) {
      assertThat(focus.service.localAddresses())
          .extracting(InetSocketAddress::getAddress)
          .contains(InetAddress.getByName("127.0.0.1"))
          .noneMatch(InetAddress::isAnyLocalAddress);
      for (final InetSocketAddress server : focus.service.localAddresses()) {
        assertThat(server.getPort()).isEqualTo(focus.service.port()).isPositive();
        try (Phone phone = new Phone(Wire.udp(server), server)) {
          final String ok = phone.call();
          assertThat(ok).doesNotContain("0.0.0.0");
          assertThat(Text.header(ok, "Contact")).contains(server.getAddress().getHostAddress());
          assertThat(focus.nextInvitation().localAddress()).isEqualTo(server.getAddress());
          focus.next("confirmed");
          phone.ask("BYE", "", "");
          focus.next("ended");
        }
      }
    }
  }

  @Test
  void shouldCarryACallWhenItListensOnIpv6() throws Exception {
    final InetAddress loopback = InetAddress.getByName("::1");
    boolean usable = true;
    try (ServerSocket probe = new ServerSocket(0, 1, loopback)) {
      usable = probe.isBound();
    } catch (final IOException e) {
      usable = false;
    }
    assumeTrue(usable, "this machine has no IPv6 loopback");
    try (Focus focus = Focus.start(config("::1", 0, "", List.of()), 32_000)) {
      final InetSocketAddress server = focus.service.localAddresses().get(0);
      try (Phone phone = new Phone(Wire.udp(server), server)) {
        phone.sendInvite("");
        final String ok = phone.answerTo("INVITE");
        assertThat(Text.status(ok)).as(ok).isEqualTo(200);
        assertThat(Text.header(ok, "Contact")).contains("[0:0:0:0:0:0:0:1]:" + server.getPort());
        phone.toTag = Text.tag(Text.header(ok, "To"));
        phone.ack(Phone.sdp("127.0.0.1", 40_000, "").replace("c=IN IP4 127.0.0.1", "c=IN IP6 ::1"));
        focus.nextInvitation();
        focus.service.end(focus.next("confirmed").dialog(), "test");
        phone.respond(phone.requestOf("BYE"), 200);
        focus.next("ended");
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "10.1.2.3,10.9.9.9,true",
    "10.128.0.1,10.9.9.9,false",
    "192.0.2.7,10.9.9.9,false",
    "127.0.0.1,127.0.0.1,true",
    "192.168.7.1,10.9.9.9,true"
  })
  void shouldShowTheAdvertisedAddressToPeersOutsideTheLocalNetworks(
      final String peer, final String local, final boolean near) throws Exception {
    final Addresses addresses =
        new Addresses(config("0.0.0.0", 0, "203.0.113.5", List.of("10.0.0.0/9", "192.168.7.1/32")));
    final InetAddress seen =
        addresses.asSeenBy(InetAddress.getByName(peer), InetAddress.getByName(local));
    assertThat(seen.getHostAddress()).isEqualTo(near ? local : "203.0.113.5");
  }

  @Test
  void shouldNotStartAndLeaveNothingWhenThePortIsTaken() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
      assertThatThrownBy(
              () -> Focus.start(config("127.0.0.1", taken.getLocalPort(), "", List.of()), 32_000))
          .isInstanceOf(IOException.class)
          .hasMessage("cannot listen on sip.host=127.0.0.1, sip.port=" + taken.getLocalPort());
    }
  }
}
