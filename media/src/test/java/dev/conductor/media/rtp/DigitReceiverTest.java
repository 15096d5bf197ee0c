package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DigitReceiverTest {
  private static final long MS = 1_000_000;
  private static final int SSRC = 0x1234_5678;

  private final DigitReceiver receiver = new DigitReceiver();
  private final UnsafeBuffer packet = new UnsafeBuffer(new byte[64]);
  private long nowNs = 5_000 * MS;

  @Test
  void shouldTellADigitAtItsFirstPacketAndOnlyThen() {
    assertThat(report(SSRC, 100, 5, false, 160)).isEqualTo('5');
    for (int i = 2; i < 10; i++) {
      assertThat(report(SSRC, 100, 5, false, 160 * i)).isEqualTo(TelephoneEvent.NO_DIGIT);
    }
    for (int i = 0; i < 3; i++) {
      assertThat(report(SSRC, 100, 5, true, 1_600)).isEqualTo(TelephoneEvent.NO_DIGIT);
    }
  }

  @Test
  void shouldTellADigitWhenOnlyAnEndPacketCame() {
    assertThat(report(SSRC, 100, 11, true, 800)).isEqualTo('#');
    assertThat(report(SSRC, 100, 11, true, 800)).isEqualTo(TelephoneEvent.NO_DIGIT);
    assertThat(receiver.isPressed(nowNs)).isFalse();
  }

  @Test
  void shouldTellTheSameKeyAgainWhenItsTimestampIsNew() {
    assertThat(report(SSRC, 100, 1, true, 800)).isEqualTo('1');
    assertThat(report(SSRC, 1_700, 1, false, 160)).isEqualTo('1');
    assertThat(report(SSRC, 3_300, 1, false, 160)).isEqualTo('1');
  }

  @Test
  void shouldTellTheSameTimestampAgainWhenTheSsrcIsNew() {
    assertThat(report(SSRC, 100, 1, false, 160)).isEqualTo('1');
    assertThat(report(SSRC + 1, 100, 1, false, 160)).isEqualTo('1');
  }

  @Test
  void shouldNotTellAKeyAgainWhenItsPacketsComeAfterTheNextKeys() {
    assertThat(report(SSRC, 100, 1, false, 160)).isEqualTo('1');
    assertThat(report(SSRC, 2_000, 2, false, 160)).isEqualTo('2');
    assertThat(report(SSRC, 100, 1, true, 800)).isEqualTo(TelephoneEvent.NO_DIGIT);
    assertThat(report(SSRC, 2_000, 2, true, 800)).isEqualTo(TelephoneEvent.NO_DIGIT);
  }

  @Test
  void shouldTellKeysAcrossTheTimestampsWrap() {
    assertThat(report(SSRC, -80, 3, true, 800)).isEqualTo('3');
    assertThat(report(SSRC, 720, 3, true, 800)).isEqualTo('3');
    assertThat(report(SSRC, -80, 3, true, 800)).isEqualTo(TelephoneEvent.NO_DIGIT);
  }

  @Test
  void shouldTellALongPressOnceThroughAllItsSegments() {
    int timestamp = 1_000;
    assertThat(report(SSRC, timestamp, 9, false, 160)).isEqualTo('9');
    for (int segment = 0; segment < 3; segment++) {
      assertThat(report(SSRC, timestamp, 9, false, 65_535)).isEqualTo(TelephoneEvent.NO_DIGIT);
      timestamp += 65_535;
      assertThat(report(SSRC, timestamp, 9, false, 160)).isEqualTo(TelephoneEvent.NO_DIGIT);
    }
    assertThat(receiver.isPressed(nowNs)).isTrue();
  }

  @Test
  void shouldEndAPressWhenNothingIsHeardOfItFor60Ms() {
    report(SSRC, 100, 4, false, 160);
    assertThat(receiver.isPressed(nowNs + 60 * MS - 1)).isTrue();
    assertThat(receiver.isPressed(nowNs + 60 * MS)).isFalse();
    nowNs += 50 * MS;
    report(SSRC, 100, 4, false, 560);
    assertThat(receiver.isPressed(nowNs + 59 * MS)).isTrue();
    report(SSRC, 100, 4, true, 800);
    assertThat(receiver.isPressed(nowNs)).isFalse();
    report(SSRC, 100, 4, false, 720);
    assertThat(receiver.isPressed(nowNs)).as("a late update does not press again").isFalse();
  }

  @Test
  void shouldTellNoDigitWhenTheEventIsNoKey() {
    assertThat(report(SSRC, 100, 16, false, 160)).isEqualTo(TelephoneEvent.NO_DIGIT);
    assertThat(report(SSRC, 900, 255, true, 160)).isEqualTo(TelephoneEvent.NO_DIGIT);
  }

  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 48_000})
  void shouldLoseAndDoubleNoKeyWhenFivePercentOfThePacketsAreLost(final int clockRateHz) {
    for (int seed = 0; seed < 100; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final Keys keys = new Keys(random, clockRateHz);
      for (int i = 0; i < 40; i++) {
        keys.press(random.nextInt(80, 400), () -> random.nextInt(100) < 5);
      }
      keys.press(random.nextInt(3_000, 20_000), () -> random.nextInt(100) < 5);
      assertThat(keys.told).as("seed %d", seed).hasToString(keys.pressed.toString());
    }
  }

  /**
   * A burst is taken to leave one packet of each key: of a key all of whose packets are lost nobody
   * can know. A key of 150 ms has six.
   */
  @ParameterizedTest
  @ValueSource(ints = {8_000, 16_000, 48_000})
  void shouldLoseAndDoubleNoKeyInBurstsOfLoss(final int clockRateHz) {
    for (int seed = 0; seed < 100; seed++) {
      final SplittableRandom random = new SplittableRandom(seed);
      final Keys keys = new Keys(random, clockRateHz);
      final int[] burst = {0, 0};
      final BooleanSupplier lost =
          () -> {
            if (burst[0] == 0 && burst[1] == 0) {
              burst[0] = random.nextInt(3, 6);
              burst[1] = random.nextInt(3, 12);
            }
            return burst[0] > 0 ? burst[0]-- > 0 : burst[1]-- < 0;
          };
      for (int i = 0; i < 40; i++) {
        keys.press(random.nextInt(150, 400), lost);
      }
      keys.press(random.nextInt(3_000, 20_000), lost);
      assertThat(keys.told).as("seed %d", seed).hasToString(keys.pressed.toString());
    }
  }

  /** A phone at a clock rate: an update each 50 ms, three end packets, segments of 65,535 ticks. */
  private final class Keys {
    private static final int LONGEST_TICKS = 65_535;

    private final SplittableRandom random;
    private final int ticksPerMs;
    private final StringBuilder pressed = new StringBuilder();
    private final StringBuilder told = new StringBuilder();
    private int timestamp;

    Keys(final SplittableRandom random, final int clockRateHz) {
      this.random = random;
      ticksPerMs = clockRateHz / 1_000;
      timestamp = random.nextInt();
    }

    void press(final int ms, final BooleanSupplier lost) {
      final int event = random.nextInt(16);
      pressed.append(TelephoneEvent.digit(event));
      int begin = timestamp;
      for (int at = 0; at < ms; at += 50) {
        int ticks = timestamp + at * ticksPerMs - begin;
        if (ticks > LONGEST_TICKS) {
          send(begin, event, false, LONGEST_TICKS, lost);
          begin += LONGEST_TICKS;
          ticks -= LONGEST_TICKS;
        }
        send(begin, event, false, ticks, lost);
        nowNs += 50 * MS;
      }
      for (int i = 0; i < 3; i++) {
        send(begin, event, true, timestamp + ms * ticksPerMs - begin, lost);
      }
      final int pauseMs = random.nextInt(40, 500);
      timestamp += (ms + pauseMs) * ticksPerMs;
      nowNs += pauseMs * MS;
    }

    private void send(
        final int begin,
        final int event,
        final boolean end,
        final int ticks,
        final BooleanSupplier lost) {
      if (!lost.getAsBoolean()) {
        final char digit = report(SSRC, begin, event, end, ticks);
        if (digit != TelephoneEvent.NO_DIGIT) {
          told.append(digit);
        }
      }
    }
  }

  @RepeatedTest(200)
  void shouldTellEachKeyOnceWhenPacketsAreLostDoubledAndOutOfOrder(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final StringBuilder pressed = new StringBuilder();
    final StringBuilder told = new StringBuilder();
    int timestamp = random.nextInt();
    for (int key = 0; key < 40; key++) {
      final int event = random.nextInt(16);
      pressed.append(TelephoneEvent.digit(event));
      for (final int[] each : reports(random)) {
        final char digit = report(SSRC, timestamp, event, each[0] == 1, each[1]);
        if (digit != TelephoneEvent.NO_DIGIT) {
          told.append(digit);
        }
      }
      timestamp += 1_600 + random.nextInt(4_000);
      nowNs += 100 * MS;
    }
    assertThat(told).hasToString(pressed.toString());
  }

  /** The reports of one press: some lost (never all), some doubled, in any order. */
  private static List<int[]> reports(final SplittableRandom random) {
    final List<int[]> sent = new ArrayList<>();
    final int updates = random.nextInt(8);
    for (int i = 1; i <= updates; i++) {
      sent.add(new int[] {0, 160 * i});
    }
    for (int i = 0; i < 3; i++) {
      sent.add(new int[] {1, 160 * (updates + 1)});
    }
    final List<int[]> came = new ArrayList<>();
    for (final int[] each : sent) {
      for (int copies = random.nextInt(3); copies > 0; copies--) {
        came.add(each);
      }
    }
    if (came.isEmpty()) {
      came.add(sent.get(random.nextInt(sent.size())));
    }
    Collections.shuffle(came, new Random(random.nextLong()));
    return came;
  }

  private char report(
      final int ssrc,
      final int timestamp,
      final int event,
      final boolean end,
      final int durationTicks) {
    final int offset = 7;
    RtpHeader.putFirst(packet, offset, false, 101);
    RtpHeader.putTimestamp(packet, offset, timestamp);
    RtpHeader.putSsrc(packet, offset, ssrc);
    TelephoneEvent.put(packet, offset + RtpHeader.FIXED_BYTES, event, end, -10, durationTicks);
    return receiver.onPacket(packet, offset, RtpHeader.FIXED_BYTES, nowNs);
  }
}
