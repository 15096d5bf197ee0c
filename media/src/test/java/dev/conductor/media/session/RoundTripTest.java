package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RoundTripTest {
  private static final long MS = 1_000_000;

  private final RoundTrip roundTrip = new RoundTrip();

  @Test
  void shouldNarrowDownARoundTripWhoseEchoesAreReadLate() {
    final SplittableRandom random = new SplittableRandom(2);
    for (int i = 0; i < 30; i++) {
      final long waitedNs = random.nextLong(500 * MS);
      roundTrip.onEcho(80 * MS + waitedNs, 500 * MS);
    }
    assertThat(roundTrip.roundTripNs()).isBetween(60 * MS, 100 * MS);
  }

  @Test
  void shouldFollowAWayThatGetsLongerOrShorter() {
    roundTrip.onEcho(50 * MS, 10 * MS);
    assertThat(roundTrip.roundTripNs()).isEqualTo(45 * MS);
    roundTrip.onEcho(300 * MS, 10 * MS);
    assertThat(roundTrip.roundTripNs()).isEqualTo(295 * MS);
    roundTrip.onEcho(20 * MS, 10 * MS);
    assertThat(roundTrip.roundTripNs()).isEqualTo(15 * MS);
  }

  @Test
  void shouldKnowNothingBeforeTheFirstEchoAndNeverGoBelowNothing() {
    assertThat(roundTrip.isKnown()).isFalse();
    roundTrip.onEcho(10 * MS, 500 * MS);
    assertThat(roundTrip.isKnown()).isTrue();
    assertThat(roundTrip.roundTripNs()).isEqualTo(5 * MS);
    roundTrip.forget();
    assertThat(roundTrip.isKnown()).isFalse();
  }
}
