package dev.conductor.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** What a jitter buffer keeps when it must throw away, and what it asks for to come out right. */
class HeldTooLongTest {
  private static final long MS = 1_000_000;
  private static final int CLOCK_HZ = 8_000;
  private static final int TICKS_PER_MS = CLOCK_HZ / 1_000;
  private static final int FRAME = 160;
  private static final int PCMU = 0;
  private static final int PCMA = 8;
  private static final int NOTHING = Integer.MIN_VALUE;

  private final MediaCounters counters = new MediaCounters();
  private final SlotJitterBuffer buffer = new SlotJitterBuffer(640, counters);
  private final UnsafeBuffer packet = new UnsafeBuffer(new byte[700]);
  private int left;

  @Test
  void shouldKeepTheLatestAndAsMuchAsItsPacketsAreLateWhenABurstComes() {
    for (int i = 0; i < 50; i++) {
      put(PCMU, i, i * FRAME, FRAME, (i * 20 + i % 3 * 15) * MS);
      tick((i * 20 + 40) * MS);
    }
    for (int i = 50; i < 66; i++) {
      put(PCMU, i, i * FRAME, FRAME, 1_041 * MS);
    }
    final int first = tick(1_060 * MS);
    assertThat(buffer.targetMs()).as("how late packets are").isGreaterThan(60);
    assertThat((66 * FRAME - first) / TICKS_PER_MS).isCloseTo(20 + 60, within(1));
  }

  @Test
  void shouldNotPlayTheRestOfAPacketThatWaitedTooLongWhenItCutsThroughIt() {
    final int samples = 3 * FRAME;
    put(PCMU, 0, 0, samples, 0);
    for (int tick = 0; tick < 3; tick++) {
      tick((tick * 20 + 10) * MS);
    }
    for (int i = 1; i < 5; i++) {
      put(PCMU, i, i * samples, samples, i * 60 * MS);
    }
    // Ticks were late: all but the last packet have waited for more than 120 ms.
    assertThat(tick(330 * MS)).isEqualTo(4 * samples);
  }

  @Test
  void shouldAskForLongerSoundOnlyWhenPacketsComeTooLateAgain() {
    play(0, 20);
    comeTooLate(20);
    assertThat(buffer.surplusTicks()).as("once may be chance").isNotNegative();
    play(22, 40);
    assertThat(buffer.surplusTicks()).isNotNegative();
    comeTooLate(40);
    play(42, 43);
    assertThat(buffer.surplusTicks()).as("twice in half a second").isNegative();
    play(43, 260);
    assertThat(buffer.surplusTicks()).as("after four calm seconds").isNotNegative();
  }

  /** A packet comes 35 ms late, when the next has been played. */
  private void comeTooLate(final int index) {
    tick((index * 20 + 10) * MS);
    play(index + 1, index + 2);
    final long late = counters.get(MediaCounter.JITTER_LATE);
    put(PCMU, index, index * FRAME, FRAME, (index * 20 + 35) * MS);
    assertThat(counters.get(MediaCounter.JITTER_LATE)).isEqualTo(late + 1);
  }

  private void play(final int from, final int to) {
    for (int i = from; i < to; i++) {
      put(PCMU, i, i * FRAME, FRAME, i * 20 * MS);
      assertThat(tick((i * 20 + 10) * MS)).isEqualTo(i * FRAME);
    }
  }

  /** Whoever asks for more than a tick needs could do nothing with the sound of another codec. */
  @Test
  void shouldNotCallAPacketOfAnotherCodecTheNextPlayable() {
    put(PCMU, 0, 0, FRAME, 0);
    put(PCMA, 1, FRAME, FRAME, 0);
    assertThat(tick(10 * MS)).isZero();
    assertThat(buffer.isNextPlayable()).isFalse();
    assertThat(tick(30 * MS)).isEqualTo(FRAME);
    put(PCMA, 2, 2 * FRAME, FRAME, 20 * MS);
    assertThat(buffer.isNextPlayable()).isTrue();
  }

  private void put(
      final int type,
      final int sequence,
      final int timestamp,
      final int samples,
      final long arrivalNs) {
    RtpHeader.putFirst(packet, 0, false, type);
    RtpHeader.putSequence(packet, 0, sequence);
    RtpHeader.putTimestamp(packet, 0, timestamp);
    RtpHeader.putSsrc(packet, 0, 77);
    buffer.put(packet, 0, RtpHeader.FIXED_BYTES, samples, samples, CLOCK_HZ, arrivalNs);
  }

  /** Plays a tick; the timestamp of the first sample that came of a packet in it, or NOTHING. */
  private int tick(final long nowNs) {
    buffer.begin(nowNs);
    int first = NOTHING;
    while (left < FRAME) {
      final boolean plays = buffer.next(FRAME - left) == JitterBuffer.Answer.PLAY;
      if (plays && first == NOTHING) {
        first = buffer.playedTimestamp();
      }
      left += buffer.ticks();
    }
    left -= FRAME;
    buffer.end(left * MS / TICKS_PER_MS);
    return first;
  }
}
