package dev.conductor.signaling.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class RequestGuardTest {
  private static final long SECOND_NS = 1_000_000_000L;

  private static InetAddress address(final String text) throws UnknownHostException {
    return InetAddress.getByName(text);
  }

  @Test
  void shouldAdmitTheBurstAndThenTheRateWhenOneSourceAsksOnAndOn() throws Exception {
    final RequestGuard guard = new RequestGuard(10, 5, 100);
    final long startNs = Long.MAX_VALUE - SECOND_NS;
    int admitted = 0;
    for (int i = 0; i <= 3_000; i++) {
      admitted += guard.admit(address("192.0.2.1"), startNs + i * 1_000_000L) ? 1 : 0;
    }
    assertThat(admitted).as("five, then ten a second for three seconds").isBetween(34, 35);
  }

  @Test
  void shouldLetOthersInWhenOneSourceFloods() throws Exception {
    final RequestGuard guard = new RequestGuard(1, 1, 100);
    assertThat(guard.admit(address("192.0.2.1"), 0)).isTrue();
    assertThat(guard.admit(address("192.0.2.1"), 0)).isFalse();
    assertThat(guard.admit(address("192.0.2.2"), 0)).isTrue();
  }

  @Test
  void shouldCountANetworkAsOneSourceWhenItIsIpv6() throws Exception {
    final RequestGuard guard = new RequestGuard(1, 1, 100);
    assertThat(guard.admit(address("2001:db8::1"), 0)).isTrue();
    assertThat(guard.admit(address("2001:db8::2"), 0)).isFalse();
    assertThat(guard.admit(address("2001:db8:0:1::2"), 0)).isTrue();
  }

  @Test
  void shouldForgetTheOldestWhenItsTableIsFull() throws Exception {
    final RequestGuard guard = new RequestGuard(1, 1, 3);
    for (int i = 1; i <= 50; i++) {
      assertThat(guard.admit(address("192.0.2." + i), 0)).isTrue();
      assertThat(guard.sources()).isLessThanOrEqualTo(3);
    }
    assertThat(guard.admit(address("192.0.2.50"), 0)).isFalse();
  }
}
