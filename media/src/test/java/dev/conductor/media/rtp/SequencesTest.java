package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SequencesTest {
  @ParameterizedTest
  @CsvSource({
    "1, 0, 1",
    "0, 1, -1",
    "0, 65535, 1",
    "65535, 0, -1",
    "5, 65530, 11",
    "65530, 5, -11",
    "32767, 0, 32767",
    "32768, 0, -32768",
    "7, 7, 0"
  })
  void shouldMeasureTheShorterWayRoundOfTheWrap(final int a, final int b, final int expected) {
    assertThat(Sequences.distance(a, b)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"0, 1", "65534, 65535", "65535, 0"})
  void shouldFollowAcrossTheWrap(final int sequence, final int next) {
    assertThat(Sequences.next(sequence)).isEqualTo(next);
  }

  @ParameterizedTest
  @CsvSource({
    "-2147483648, 2147483647, 1",
    "2147483647, -2147483648, -1",
    "80, -80, 160",
    "0, 0, 0"
  })
  void shouldMeasureTimestampsAcrossTheirWrap(final int a, final int b, final int expected) {
    assertThat(Sequences.timestampDistance(a, b)).isEqualTo(expected);
  }
}
