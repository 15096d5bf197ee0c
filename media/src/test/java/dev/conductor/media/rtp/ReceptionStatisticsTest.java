package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReceptionStatisticsTest {
  private static final int RATE_HZ = 8_000;
  private static final int SSRC = 77;
  private static final long MS = 1_000_000;

  private final ReceptionStatistics statistics = new ReceptionStatistics();
  private long nowNs = 5_000 * MS;

  /** A packet in time. */
  private boolean packet(final int ssrc, final int sequence) {
    nowNs += 20 * MS;
    return statistics.onPacket(
        ssrc, sequence & 0xFFFF, (int) (nowNs / MS * 8), RATE_HZ, 160, nowNs);
  }

  @Test
  void shouldCountNothingLostOfAWholeStreamOverTwoWraps() {
    for (int i = 0; i < 140_000; i++) {
      assertThat(packet(SSRC, 65_530 + i)).isTrue();
    }
    assertThat(statistics.received()).isEqualTo(140_000);
    assertThat(statistics.expected()).isEqualTo(140_000);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.takeFractionLost()).isZero();
    assertThat(statistics.highestSequence()).isEqualTo(65_530 + 139_999);
    assertThat(statistics.octets()).isEqualTo(140_000 * 160);
    assertThat(statistics.jitterTicks()).isZero();
  }

  @Test
  void shouldTellTheFractionLostSinceTheReportBefore() {
    // 64 expected, every fourth lost; the last one came.
    for (int i = 0; i < 64; i++) {
      if (i % 4 != 2) {
        packet(SSRC, 65_500 + i);
      }
    }
    assertThat(statistics.expected()).isEqualTo(64);
    assertThat(statistics.cumulativeLost()).isEqualTo(16);
    assertThat(statistics.takeFractionLost()).isEqualTo(64);
    assertThat(statistics.isHeardSinceReport()).isFalse();
    for (int i = 64; i < 74; i++) {
      packet(SSRC, 65_500 + i);
    }
    assertThat(statistics.isHeardSinceReport()).isTrue();
    assertThat(statistics.takeFractionLost()).isZero();
    assertThat(statistics.cumulativeLost()).isEqualTo(16);
    packet(SSRC, 65_500 + 83);
    // Ten expected, one came: 9 / 10 of 256.
    assertThat(statistics.takeFractionLost()).isEqualTo(230);
    assertThat(statistics.cumulativeLost()).isEqualTo(25);
  }

  @Test
  void shouldCountARepeatedPacketAgainstTheLostOnesButTellNoNegativeFraction() {
    for (int i = 0; i < 10; i++) {
      packet(SSRC, i);
      packet(SSRC, i);
    }
    assertThat(statistics.cumulativeLost()).isEqualTo(-10);
    assertThat(statistics.takeFractionLost()).isZero();
  }

  @Test
  void shouldTakeBackALossWhenThePacketComesLate() {
    packet(SSRC, 10);
    packet(SSRC, 12);
    assertThat(statistics.cumulativeLost()).isEqualTo(1);
    packet(SSRC, 11);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.highestSequence()).isEqualTo(12);
  }

  @Test
  void shouldFitTheLossInto24BitsEitherWay() {
    packet(SSRC, 0);
    for (int i = 1; i <= 3_000; i++) {
      // 2998 lost each time.
      packet(SSRC, i * 2_999);
    }
    assertThat(statistics.lost()).isGreaterThan(0x7F_FFFF);
    assertThat(statistics.cumulativeLost()).isEqualTo(0x7F_FFFF);
    assertThat(statistics.takeFractionLost()).isEqualTo(255);
    for (int i = 0; i < 0x112_0000; i++) {
      statistics.onPacket(SSRC, 3_000 * 2_999 & 0xFFFF, 0, RATE_HZ, 0, nowNs);
    }
    assertThat(statistics.lost()).isLessThan(-0x80_0000);
    assertThat(statistics.cumulativeLost()).isEqualTo(-0x80_0000);
  }

  @Test
  void shouldBeginAnewWithAnotherSourceButNotWithASingleStrayPacket() {
    packet(SSRC, 100);
    packet(SSRC, 103);
    assertThat(packet(99, 5_000)).isFalse();
    assertThat(packet(SSRC, 104)).isTrue();
    assertThat(statistics.ssrc()).isEqualTo(SSRC);
    assertThat(packet(99, 7_000)).isFalse();
    assertThat(packet(99, 7_001)).isTrue();
    assertThat(statistics.ssrc()).isEqualTo(99);
    assertThat(statistics.expected()).isEqualTo(1);
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(statistics.highestSequence()).isEqualTo(7_001);
    assertThat(statistics.totalLost()).as("of the line").isEqualTo(2);
    assertThat(statistics.packets()).as("of the line").isEqualTo(4);
  }

  @Test
  void shouldBeginAnewAfterAJumpOnceTwoPacketsFollowEachOther() {
    packet(SSRC, 100);
    assertThat(packet(SSRC, 40_000)).isFalse();
    assertThat(packet(SSRC, 101)).isTrue();
    assertThat(statistics.cumulativeLost()).isZero();
    assertThat(packet(SSRC, 50_000)).isFalse();
    assertThat(packet(SSRC, 50_001)).isTrue();
    assertThat(statistics.highestSequence()).isEqualTo(50_001);
    assertThat(statistics.cumulativeLost()).isZero();
  }

  /** Packets by turns 5 ms early and late: |D| is 10 ms, and the estimate settles there. */
  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 48_000})
  void shouldMeasureTheJitterInTicksOfTheClock(final int rateHz) {
    for (int i = 0; i < 500; i++) {
      final long arrivalNs = (20L * i + (i % 2 == 0 ? -5 : 5)) * MS;
      statistics.onPacket(SSRC, i, i * (rateHz / 50) - 1_000, rateHz, 160, arrivalNs);
    }
    assertThat(statistics.jitterTicks()).isCloseTo(rateHz / 100, Offset.offset(1));
    assertThat(statistics.jitterMs()).isCloseTo(10, Offset.offset(0.2));
  }

  /** Appendix A.8 by hand, in whole numbers as it stands there. */
  @Test
  void shouldSmoothTheJitterByASixteenth() {
    final long[] arrivalsMs = {0, 20, 48, 60, 80, 130};
    final int[] expectedTicks = {0, 0, 4, 7, 7, 21};
    for (int i = 0; i < arrivalsMs.length; i++) {
      statistics.onPacket(SSRC, i, i * 160, RATE_HZ, 160, arrivalsMs[i] * MS);
      assertThat(statistics.jitterTicks()).as("after packet " + i).isEqualTo(expectedTicks[i]);
    }
  }

  @Test
  void shouldCarryTheJitterOverWhenTheClockChanges() {
    for (int i = 0; i < 200; i++) {
      statistics.onPacket(SSRC, i, i * 160, 8_000, 160, (20L * i + (i % 2) * 4) * MS);
    }
    final int before = statistics.jitterTicks();
    assertThat(before).isCloseTo(32, Offset.offset(1));
    statistics.onPacket(SSRC, 200, 123_456_789, 48_000, 160, 4_000 * MS);
    assertThat(statistics.jitterTicks()).isCloseTo(6 * before, Offset.offset(6));
    assertThat(statistics.jitterMs()).isCloseTo(4, Offset.offset(0.2));
  }

  @Test
  void shouldNotTakeKeysOrJumpsOfTheClockForJitter() {
    for (int i = 0; i < 100; i++) {
      final boolean key = i % 2 == 1;
      statistics.onPacket(
          SSRC,
          i,
          key ? 1_000 : i * 160,
          key ? ReceptionStatistics.UNTIMED : RATE_HZ,
          160,
          20L * i * MS);
    }
    assertThat(statistics.jitterTicks()).isZero();
    statistics.onPacket(SSRC, 100, 900_000_000, RATE_HZ, 160, 2_000 * MS);
    assertThat(statistics.jitterTicks()).isZero();
    assertThat(statistics.received()).isEqualTo(101);
  }

  @Test
  void shouldAgreeWithAPlainCountOfAnyStreamWithLossAndReordering() {
    final long seed = 11;
    final SplittableRandom random = new SplittableRandom(seed);
    long came = 0;
    long reportedLost = 0;
    for (int i = 0; i < 100_000; i++) {
      // Now and then two change places; one of fifty is lost, never one of the borders.
      final int sequence = i % 10 == 4 ? i + 1 : i % 10 == 5 ? i - 1 : i;
      if (i % 10 == 0 || random.nextInt(50) > 0) {
        packet(SSRC, 60_000 + sequence);
        came++;
      }
      if (i % 1_000 == 0 && i > 0) {
        final long lostBefore = reportedLost;
        reportedLost = i + 1 - came;
        assertThat(statistics.cumulativeLost()).as("seed %d", seed).isEqualTo((int) reportedLost);
        final long expectedSince = i == 1_000 ? 1_001 : 1_000;
        assertThat(statistics.takeFractionLost())
            .isEqualTo((int) ((reportedLost - lostBefore) * 256 / expectedSince));
      }
    }
  }

  @Test
  void shouldAllocateNothing() {
    final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < 20_000; i++) {
      packet(SSRC, i);
    }
    final long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 20_000; i < 120_000; i++) {
      packet(i < 70_000 ? SSRC : 5, i);
    }
    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(10_000);
  }
}
