package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a read brings on, by timestamps. */
class SoundProgressTest {
  private static final int RATE_HZ = 8_000;
  private static final int TICKS = 160;

  private final SoundProgress progress = new SoundProgress();

  private long passedBy(final int... timestamps) {
    progress.begin();
    for (final int timestamp : timestamps) {
      progress.onSound(timestamp, TICKS, RATE_HZ);
    }
    return progress.passedMs();
  }

  @Test
  void shouldPassWhatCameAndWhatIsMissingBetween() {
    assertThat(passedBy(1_000)).isEqualTo(20);
    assertThat(passedBy(1_160, 1_320)).isEqualTo(40);
    assertThat(passedBy(1_800, 1_960)).as("two lost").isEqualTo(80);
  }

  @Test
  void shouldPassNothingByWhatCameBeforeOrInTheWrongOrder() {
    passedBy(1_000, 1_160);
    assertThat(passedBy(1_160, 1_000)).isZero();
    assertThat(passedBy(1_480, 1_320, 1_640)).isEqualTo(60);
  }

  @ParameterizedTest
  @ValueSource(ints = {Integer.MAX_VALUE - 80, -80, -1, 0})
  void shouldPassAsMuchWhereTimestampsWrap(final int first) {
    assertThat(passedBy(first, first + TICKS, first + 2 * TICKS)).isEqualTo(60);
  }

  @Test
  void shouldGoOnWithAStreamThatBeginsFarBack() {
    passedBy(1_000_000);
    assertThat(passedBy(5_000, 5_160)).isEqualTo(40);
    assertThat(passedBy(5_320)).isEqualTo(20);
  }

  @Test
  void shouldGoOnFromWhereARunEnded() {
    passedBy(1_000);
    progress.goesOnFrom(8_000);
    assertThat(passedBy(8_000)).isEqualTo(20);
    progress.goesOnFrom(16_000);
    assertThat(passedBy(16_160)).isEqualTo(40);
  }

  @Test
  void shouldCountByTheClockOfTheTimestamps() {
    progress.begin();
    progress.onSound(100, 960, 48_000);
    progress.onSound(100 + 2_880, 2_880, 48_000);
    assertThat(progress.passedMs()).isEqualTo(120);
    assertThat(progress.packetMs()).isEqualTo(60);
  }
}
