package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NtpTimeTest {
  private static final long SECOND_NS = 1_000_000_000L;

  @Test
  void shouldCountSecondsFrom1900AndABinaryFraction() {
    assertThat(NtpTime.of(0)).isEqualTo(2_208_988_800L << 32);
    assertThat(NtpTime.of(SECOND_NS / 2)).isEqualTo((2_208_988_800L << 32) + (1L << 31));
    assertThat(NtpTime.of(-SECOND_NS / 4)).isEqualTo((2_208_988_800L << 32) - (1L << 30));
  }

  /** The example of RFC 3550, section 6.4.1. */
  @Test
  void shouldGiveTheRoundTripOfTheExample() {
    final int received = NtpTime.middle(0xb44d_b705_2000_0000L);
    assertThat(received).isEqualTo(0xb705_2000);
    final int arrived = 0xb710_8000;
    final int held = 0x0005_4000;
    assertThat(NtpTime.distanceNs(arrived, received + held)).isEqualTo(6_125_000_000L);
    assertThat(NtpTime.shortOf(5_250_000_000L)).isEqualTo(held);
  }

  @Test
  void shouldMeasureOverTheWrapOfTheMiddle() {
    assertThat(NtpTime.distanceNs(0x0000_8000, 0xFFFF_8000)).isEqualTo(SECOND_NS);
    assertThat(NtpTime.distanceNs(0xFFFF_8000, 0x0000_8000)).isEqualTo(-SECOND_NS);
  }

  @Test
  void shouldTakeTheLongestSpanForOneThatIsTooLongAndNoneForANegativeOne() {
    assertThat(NtpTime.shortOf(65_535 * SECOND_NS)).isEqualTo(0xFFFF_0000);
    assertThat(NtpTime.shortOf(65_536 * SECOND_NS)).isEqualTo(-1);
    assertThat(NtpTime.shortOf(Long.MAX_VALUE)).isEqualTo(-1);
    assertThat(NtpTime.shortOf(-1)).isZero();
  }
}
