package dev.conductor.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NatRuleTest {
  @ParameterizedTest
  @CsvSource({
    "192.168.1.5, 203.0.113.9, true",
    "172.31.255.255, 203.0.113.9, true",
    "172.32.0.0, 203.0.113.9, false",
    "100.64.0.1, 203.0.113.9, true",
    "169.254.7.7, 203.0.113.9, true",
    "127.0.0.1, 203.0.113.9, true",
    "10.9.0.1, 203.0.113.9, true",
    "198.51.100.1, 203.0.113.9, false",
    "192.168.1.5, 192.168.1.5, false",
    "192.168.1.5, 10.1.1.1, false",
    "fd00::5, 2001:db8::9, true",
    "fe80::5, 2001:db8::9, true",
    "2001:db8::5, 2001:db8::9, false"
  })
  void shouldSayWhichAddressesCannotBeSentTo(
      final String named, final String source, final boolean hidden) throws Exception {
    assertThat(NatRule.hides(InetAddress.getByName(named), InetAddress.getByName(source)))
        .isEqualTo(hidden);
  }
}
