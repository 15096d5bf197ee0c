package dev.conductor.signaling.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.Test;

class TrunkStateTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final InetSocketAddress FIRST = new InetSocketAddress(HERE, 5_061);
  private static final InetSocketAddress SECOND = new InetSocketAddress(HERE, 5_062);

  private static List<Target> targets(final InetSocketAddress... proxies) {
    return List.of(proxies).stream().map(proxy -> new Target(proxy, HERE, "")).toList();
  }

  @Test
  void shouldTellOnceThatItTurnedWhenTheLastProxyGoesAndTheFirstComesBack() {
    final TrunkState state = new TrunkState(false);
    assertThat(state.turned()).isFalse();
    state.found(targets(FIRST, SECOND));
    assertThat(state.turned()).isTrue();
    assertThat(state.turned()).isFalse();
    state.answered(FIRST, false);
    assertThat(state.turned()).as("the second is up").isFalse();
    state.answered(SECOND, false);
    assertThat(state.turned()).isTrue();
    assertThat(state.isUp()).isFalse();
    state.answered(FIRST, true);
    assertThat(state.turned()).isTrue();
    assertThat(state.isUp()).isTrue();
  }

  @Test
  void shouldTurnWithTheRegistrationWhereItMustRegister() {
    final TrunkState state = new TrunkState(true);
    state.found(targets(FIRST));
    assertThat(state.turned()).isFalse();
    state.registered(true, "200 OK");
    assertThat(state.turned()).isTrue();
    state.registered(false, "403 Forbidden");
    assertThat(state.turned()).isTrue();
    assertThat(state.isUp()).isFalse();
  }

  @Test
  void shouldTellOnceOfATrunkThatNeverCameUp() {
    final TrunkState silent = new TrunkState(true);
    silent.found(targets(FIRST, SECOND));
    assertThat(silent.turned()).as("nobody was asked yet").isFalse();
    assertThat(silent.answered(FIRST, false)).isTrue();
    assertThat(silent.turned()).isTrue();
    assertThat(silent.answered(FIRST, false)).isFalse();
    assertThat(silent.turned()).isFalse();

    final TrunkState refusing = new TrunkState(true);
    refusing.found(targets(FIRST));
    assertThat(refusing.registered(false, "403 Forbidden")).isTrue();
    assertThat(refusing.turned()).isTrue();
    assertThat(refusing.registered(false, "403 Forbidden")).isFalse();
    assertThat(refusing.registered(false, "no answer")).as("another reason").isTrue();
    assertThat(refusing.turned()).isFalse();
    assertThat(refusing.registered(true, "200 OK")).isTrue();
    assertThat(refusing.turned()).isTrue();
  }

  @Test
  void shouldTurnWhenTheOnlyProxyThatAnswersIsNoMoreNamed() {
    final TrunkState state = new TrunkState(false);
    state.found(targets(FIRST, SECOND));
    state.answered(SECOND, false);
    assertThat(state.turned()).isTrue();
    state.found(targets(SECOND));
    assertThat(state.turned()).isTrue();
    assertThat(state.isUp()).isFalse();
  }
}
