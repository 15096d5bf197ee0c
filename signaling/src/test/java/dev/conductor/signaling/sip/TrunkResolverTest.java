package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.signaling.trunk.Target;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a trunk is, as a name server of our own says; its hosts are all called localhost. */
class TrunkResolverTest {
  private static final int ROUNDS = 400;

  private DnsServer dns;
  private TrunkResolver resolver;

  @BeforeEach
  void start() throws Exception {
    dns = new DnsServer();
    resolver =
        new TrunkResolver(
            List.of(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 5060)), dns.url());
  }

  @AfterEach
  void stop() throws Exception {
    dns.close();
  }

  private List<Integer> ports(final String proxy, final String transport) {
    return resolver.resolve(List.of(proxy), transport).stream()
        .map(target -> target.remote().getPort())
        .distinct()
        .toList();
  }

  @Test
  void shouldPutSrvTargetsInTheOrderOfTheirPriorities() throws Exception {
    dns.srv("_sip._udp.carrier.test", 30, 0, 5_083, "localhost");
    dns.srv("_sip._udp.carrier.test", 10, 0, 5_081, "localhost");
    dns.srv("_sip._udp.carrier.test", 20, 0, 5_082, "localhost");
    assertThat(ports("carrier.test", "udp")).containsExactly(5_081, 5_082, 5_083);
  }

  @Test
  void shouldBeginAsOftenAsTheWeightSaysWhenPrioritiesAreEqual() throws Exception {
    dns.srv("_sip._udp.carrier.test", 10, 90, 5_081, "localhost");
    dns.srv("_sip._udp.carrier.test", 10, 10, 5_082, "localhost");
    int first = 0;
    for (int i = 0; i < ROUNDS; i++) {
      final List<Integer> ports = ports("carrier.test", "udp");
      assertThat(ports).containsExactlyInAnyOrder(5_081, 5_082);
      first += ports.get(0) == 5_081 ? 1 : 0;
    }
    // 357 of 400 on average, with a deviation of 6: this is ten of them to either side.
    assertThat(first).isBetween(297, 399);
  }

  @ParameterizedTest
  @CsvSource({"udp, 5091", "tcp, 5092", "tls, 5093"})
  void shouldFollowTheNaptrOfItsTransport(final String transport, final int port) throws Exception {
    dns.naptr("carrier.test", 10, 20, "SIP+D2U", "_udp.elsewhere.test");
    dns.naptr("carrier.test", 10, 10, "SIP+D2T", "_tcp.elsewhere.test");
    dns.naptr("carrier.test", 5, 10, "SIPS+D2T", "_tls.elsewhere.test");
    dns.srv("_udp.elsewhere.test", 1, 1, 5_091, "localhost");
    dns.srv("_tcp.elsewhere.test", 1, 1, 5_092, "localhost");
    dns.srv("_tls.elsewhere.test", 1, 1, 5_093, "localhost");
    // What NAPTR leads away from.
    dns.srv("_sip._udp.carrier.test", 1, 1, 5_081, "localhost");
    assertThat(ports("carrier.test", transport)).containsExactly(port);
  }

  @Test
  void shouldTakeTheFirstNaptrByOrderAndPreference() throws Exception {
    dns.naptr("carrier.test", 20, 1, "SIP+D2U", "_c.test");
    dns.naptr("carrier.test", 10, 2, "SIP+D2U", "_b.test");
    dns.naptr("carrier.test", 10, 1, "SIP+D2U", "_a.test");
    dns.srv("_a.test", 1, 1, 5_081, "localhost");
    dns.srv("_b.test", 1, 1, 5_082, "localhost");
    dns.srv("_c.test", 1, 1, 5_083, "localhost");
    assertThat(ports("carrier.test", "udp")).containsExactly(5_081);
  }

  @ParameterizedTest
  @CsvSource({"udp, 5060", "tcp, 5060", "tls, 5061"})
  void shouldTakeTheAddressOfANameWithoutRecords(final String transport, final int port) {
    assertThat(ports("localhost", transport)).containsExactly(port);
    assertThat(ports("localhost:5099", transport)).containsExactly(5_099);
  }

  @Test
  void shouldLeaveOutAHostThatHasNoAddress() throws Exception {
    dns.srv("_sip._udp.localhost", 1, 1, 5_070, "nowhere.invalid");
    dns.srv("_sip._udp.localhost", 2, 1, 5_071, "localhost");
    assertThat(ports("localhost", "udp")).containsExactly(5_071);
  }

  @Test
  void shouldNameTheHostThatWasConfiguredAndNoAddress() throws Exception {
    dns.srv("_sips._tcp.carrier.test", 1, 1, 5_061, "localhost");
    assertThat(resolver.resolve(List.of("carrier.test", "127.0.0.1:5071"), "tls"))
        .extracting(Target::name)
        .containsExactly("carrier.test", "");
  }
}
