package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.api.Codec;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Synthetic calls before the first caller. */
class WarmupTest {
  /** Below the ports the system gives out by itself: nobody else's phone may have one. */
  private static final int FIRST_PORT = 6_000 + (int) (ProcessHandle.current().pid() % 15) * 100;

  private static final int LAST_PORT = FIRST_PORT + 99;
  private static final long LOOK_NS = TimeUnit.MILLISECONDS.toNanos(1);

  /** A clock that each look moves on by a millisecond. */
  private long nowNs;

  private long look() {
    nowNs += LOOK_NS;
    return nowNs;
  }

  private Warmup warmup(final int lastPort, final int warmUpMs) {
    return new Warmup(
        new RtpConfig(FIRST_PORT, lastPort, 60_000),
        new MediaConfig(2, 30_000, 300_000, 7_200_000, "en", false, Path.of(""), warmUpMs, true),
        this::look);
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldSendPacketsOfEveryCodecThroughLinesThatEchoThem(final Codec codec) {
    final long packets = warmup(LAST_PORT, 150).run(List.of(codec));

    // Twenty lines for nearly as many ticks as the time allows, less what is lost or held back.
    assertThat(packets).isBetween(20L * 100, 20L * 150);
  }

  @Test
  void shouldEndWithTheTimeOfEachCodec() {
    warmup(LAST_PORT, 50).run(List.of(Codec.PCMU, Codec.G722));

    assertThat(nowNs).isBetween(2 * 50 * LOOK_NS, 2 * 60 * LOOK_NS);
  }

  @Test
  void shouldEndWhenItIsEnoughThoughThereIsTime() {
    final Warmup still =
        new Warmup(
            new RtpConfig(FIRST_PORT, LAST_PORT, 0),
            new MediaConfig(1, 30_000, 300_000, 7_200_000, "en", false, Path.of(""), 10_000, true),
            () -> 0);

    assertThat(still.run(List.of(Codec.PCMA))).isBetween(20L * 3_000, 20L * 4_200);
  }

  @Test
  void shouldLeaveEveryPortFree() throws IOException {
    assertThat(warmup(LAST_PORT, 100).run(List.of(Codec.PCMU))).isPositive();

    for (int port = FIRST_PORT; port <= LAST_PORT; port++) {
      try (DatagramChannel channel = DatagramChannel.open()) {
        channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      }
    }
  }

  @Test
  void shouldDoWithFewPorts() {
    final long packets = warmup(FIRST_PORT + 7, 100).run(List.of(Codec.PCMU));

    assertThat(packets).isBetween(2L * 70, 2L * 100);
    assertThat(warmup(FIRST_PORT + 1, 100).run(List.of(Codec.PCMU))).isZero();
  }

  @Test
  void shouldDoNothingWhenNoTimeIsGiven() {
    assertThat(warmup(LAST_PORT, 0).run(List.of(Codec.values()))).isZero();
  }
}
