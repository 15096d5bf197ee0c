package dev.conductor.media.jitter;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Samples are named by their timestamp: each byte of a payload tells which it is. */
class SlotJitterBufferTest {
  private static final long MS = 1_000_000;
  private static final int CLOCK_HZ = 8_000;
  private static final int FRAME = 160;
  private static final int SSRC = 77;
  private static final int NOTHING = Integer.MIN_VALUE;
  private static final int WAITING = Integer.MIN_VALUE + 1;

  private final MediaCounters counters = new MediaCounters();
  private final SlotJitterBuffer buffer = new SlotJitterBuffer(640, counters);
  private final UnsafeBuffer packet = new UnsafeBuffer(new byte[700]);
  private final byte[] decoded = new byte[640];
  private final int[] fifo = new int[4_000];
  private int fifoCount;

  /** What the latest tick played: timestamps, relative to the base; one an entry of the frame. */
  private final int[] frame = new int[FRAME];

  private int baseTimestamp = 5_000;
  private int baseSequence = 100;
  private int packetsIn;
  private int leftOut;

  @Test
  void shouldPlayAtTheFirstTickThatBegins4MsAfterTheArrival() {
    put(0, 0, FRAME, 17 * MS);
    assertThat(tick(20 * MS)).isEqualTo(WAITING);
    assertThat(tick(21 * MS)).isZero();
  }

  @Test
  void shouldWaitWhileNothingCame() {
    assertThat(tick(0)).isEqualTo(WAITING);
    assertThat(buffer.held()).isZero();
    assertThat(buffer.isBehind()).isTrue();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 65_530, 32_760})
  void shouldPlayEverythingInOrderAcrossTheSequencesWrap(final int firstSequence) {
    baseSequence = firstSequence;
    for (int i = 0; i < 200; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS);
      assertThat(tick(i * 20 * MS + 10 * MS)).isEqualTo(i * FRAME);
    }
    assertOutcome(MediaCounter.JITTER_PLAYED, 200);
  }

  @ParameterizedTest
  @ValueSource(ints = {-1_000, Integer.MAX_VALUE - 1_000, Integer.MIN_VALUE + 100})
  void shouldPlayEverythingInOrderAcrossTheTimestampsWrap(final int firstTimestamp) {
    baseTimestamp = firstTimestamp;
    for (int i = 0; i < 100; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS);
      assertThat(tick(i * 20 * MS + 10 * MS)).isEqualTo(i * FRAME);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 40, 50, 60})
  void shouldPlayEverySampleOnceWhateverThePacketTime(final int packetMs) {
    final int samples = packetMs * 8;
    int sent = 0;
    final List<Integer> played = new ArrayList<>();
    for (int tick = 0; tick < 300; tick++) {
      final long nowNs = tick * 20 * MS + 15 * MS;
      while ((long) sent * packetMs * MS <= nowNs - 5 * MS) {
        put(sent, sent * samples, samples, (long) sent * packetMs * MS);
        sent++;
      }
      tick(nowNs);
      collect(played);
    }
    assertContinuous(played, 299 * FRAME - 2 * samples);
    assertThat(counters.get(MediaCounter.JITTER_OVERFLOW)).isZero();
    assertThat(counters.get(MediaCounter.JITTER_LATE)).isZero();
  }

  @Test
  void shouldPlayOnWhenThePacketTimeChangesInMidStream() {
    final int[] packetMs = {20, 20, 20, 60, 60, 10, 10, 10, 10, 30, 30, 40, 20, 20, 20};
    final List<Integer> played = new ArrayList<>();
    long dueNs = 0;
    int timestamp = 0;
    int sequence = 0;
    for (int tick = 0; tick < 400; tick++) {
      final long nowNs = tick * 20 * MS + 15 * MS;
      while (dueNs <= nowNs - 5 * MS) {
        final int ms = packetMs[sequence / 5 % packetMs.length];
        // A packet leaves when its last sample was spoken.
        dueNs += ms * MS;
        put(sequence, timestamp, ms * 8, dueNs);
        timestamp += ms * 8;
        sequence++;
      }
      tick(nowNs);
      collect(played);
    }
    assertContinuous(played, 300 * FRAME);
  }

  @Test
  void shouldPutPacketsInOrderThatCameOutOfOrder() {
    put(1, FRAME, FRAME, 0);
    put(0, 0, FRAME, MS);
    put(3, 3 * FRAME, FRAME, MS);
    put(2, 2 * FRAME, FRAME, 2 * MS);
    for (int i = 0; i < 4; i++) {
      assertThat(tick(10 * MS + i * 20 * MS)).isEqualTo(i * FRAME);
    }
  }

  @Test
  void shouldCountADuplicateWhetherHeldOrPlayed() {
    put(0, 0, FRAME, 0);
    put(0, 0, FRAME, MS);
    tick(10 * MS);
    put(0, 0, FRAME, 11 * MS);
    put(1, FRAME, FRAME, 20 * MS);
    tick(30 * MS);
    put(0, 0, FRAME, 31 * MS);
    assertOutcome(MediaCounter.JITTER_DUPLICATE, 3);
    assertOutcome(MediaCounter.JITTER_PLAYED, 2);
  }

  @Test
  void shouldConcealALossAndAddNoDelay() {
    for (int i = 0; i < 50; i++) {
      if (i != 20) {
        put(i, i * FRAME, FRAME, i * 20 * MS);
      }
      final int first = tick(i * 20 * MS + 10 * MS);
      assertThat(first).isEqualTo(i == 20 ? NOTHING : i * FRAME);
    }
  }

  @Test
  void shouldConcealAHoleThatLaterSoundProvesAndCountThePacketLate() {
    put(0, 0, FRAME, 0);
    put(2, 2 * FRAME, FRAME, 0);
    assertThat(tick(10 * MS)).isZero();
    assertThat(tick(30 * MS)).isEqualTo(NOTHING);
    put(1, FRAME, FRAME, 35 * MS);
    assertThat(tick(50 * MS)).isEqualTo(2 * FRAME);
    assertOutcome(MediaCounter.JITTER_LATE, 1);
  }

  @Test
  void shouldPlayWhatIsLateWhenNothingCameBehindItAndKeepTheDelay() {
    for (int i = 0; i < 10; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS);
      assertThat(tick(i * 20 * MS + 10 * MS)).isEqualTo(i * FRAME);
    }
    assertThat(tick(210 * MS)).isEqualTo(NOTHING);
    for (int i = 10; i < 50; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS + 15 * MS);
      assertThat(tick(i * 20 * MS + 30 * MS)).isEqualTo(i * FRAME);
    }
    assertOutcome(MediaCounter.JITTER_LATE, 0);
  }

  @Test
  void shouldAskForADelayBackThatWasNotNeededForSomeSeconds() {
    for (int i = 0; i < 5; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS);
      tick(i * 20 * MS + 10 * MS);
    }
    assertThat(tick(110 * MS)).as("the packet that is late").isEqualTo(NOTHING);
    put(5, 5 * FRAME, FRAME, 111 * MS);
    int lastDelayed = 5;
    for (int i = 6; i < 600; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS);
      if (tick(i * 20 * MS + 10 * MS) < i * FRAME) {
        lastDelayed = i;
      }
    }
    assertThat(lastDelayed * 20).as("ms from the start").isBetween(4_000, 6_500);
    assertThat(leftOut).isEqualTo(FRAME);
    assertOutcome(MediaCounter.JITTER_OVERFLOW, 0);
    assertOutcome(MediaCounter.JITTER_LATE, 0);
  }

  @Test
  void shouldThrowAwayAllButTheLatestWhenABurstHoldsMoreThan120Ms() {
    for (int i = 0; i < 10; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS);
      tick(i * 20 * MS + 10 * MS);
    }
    // Nothing for 400 ms, then all of it at once.
    for (int i = 10; i < 30; i++) {
      tick(i * 20 * MS + 10 * MS);
    }
    for (int i = 10; i < 30; i++) {
      put(i, i * FRAME, FRAME, 609 * MS);
    }
    tick(670 * MS);
    final int held = 30 * FRAME - frame[0];
    assertThat(held).isBetween(FRAME, 120 * 8);
    assertThat(counters.get(MediaCounter.JITTER_OVERFLOW)).isGreaterThanOrEqualTo(13);
    assertAllAccountedFor();
  }

  @Test
  void shouldNeverHoldMoreThanItsSlots() {
    for (int i = 0; i < 40; i++) {
      put(i, i * 80, 80, 0);
    }
    assertThat(buffer.held()).isEqualTo(32);
    assertOutcome(MediaCounter.JITTER_OVERFLOW, 8);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 0, 0", // another SSRC
    "0, 30000, 0", // far in sequence
    "0, 0, 900000", // far in time
    "0, 0, -900000",
    "5, 12345, 77777777"
  })
  void shouldGoOnWhereTheStreamWentWhenTwoPacketsFollow(
      final int ssrcStep, final int sequenceStep, final int timestampStep) {
    int sequence = 0;
    for (; sequence < 10; sequence++) {
      put(sequence, sequence * FRAME, FRAME, sequence * 20 * MS);
      tick(sequence * 20 * MS + 10 * MS);
    }
    for (; sequence < 20; sequence++) {
      putFrom(
          SSRC + ssrcStep,
          sequence + sequenceStep,
          sequence * FRAME + timestampStep,
          FRAME,
          sequence * 20 * MS);
      final int first = tick(sequence * 20 * MS + 10 * MS);
      assertThat(first).isEqualTo(sequence == 10 ? NOTHING : sequence * FRAME + timestampStep);
    }
    assertOutcome(MediaCounter.JITTER_STRAY, 1);
    assertOutcome(MediaCounter.JITTER_RESYNCS, 1);
  }

  @Test
  void shouldPlayOnUndisturbedWhenStraysComeBetween() {
    final SplittableRandom random = new SplittableRandom(4);
    for (int i = 0; i < 100; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS);
      putFrom(random.nextInt(), random.nextInt(1 << 16), random.nextInt(), FRAME, i * 20 * MS);
      assertThat(tick(i * 20 * MS + 10 * MS)).isEqualTo(i * FRAME);
    }
    assertOutcome(MediaCounter.JITTER_STRAY, 100);
  }

  @Test
  void shouldFallSilentAfter200MsAndStartAgainWithTheNextPacket() {
    put(0, 0, FRAME, 0);
    assertThat(tick(10 * MS)).isZero();
    for (int i = 1; i < 10; i++) {
      assertThat(tick(10 * MS + i * 20 * MS)).isEqualTo(NOTHING);
    }
    assertThat(tick(210 * MS)).isEqualTo(WAITING);
    // The talker paused for a minute: sequence goes on, the timestamp has moved with time.
    put(0, 0, FRAME, 50_000 * MS);
    put(1, 60 * 8_000, FRAME, 60_000 * MS);
    assertThat(tick(60_003 * MS)).isEqualTo(WAITING);
    assertThat(tick(60_023 * MS)).isEqualTo(60 * 8_000);
    assertOutcome(MediaCounter.JITTER_DUPLICATE, 1);
  }

  @Test
  void shouldWaitLongerForAStreamWhosePacketsJitter() {
    final SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 200; i++) {
      put(i, i * FRAME, FRAME, i * 20 * MS + random.nextInt(40) * MS);
      tick(i * 20 * MS + 41 * MS);
    }
    for (int i = 0; i < 20; i++) {
      tick(4_100 * MS + i * 20 * MS);
    }
    final long againNs = 10_000 * MS;
    put(200, 100_000, FRAME, againNs);
    assertThat(tick(againNs + 4 * MS)).isEqualTo(WAITING);
    buffer.relearn();
    assertThat(tick(againNs + 5 * MS)).isEqualTo(100_000);
  }

  @Test
  void shouldTakeNoPacketLongerThanASlotAndNoneWithoutSound() {
    put(0, 0, 641, 0);
    put(1, 0, 0, 0);
    assertOutcome(MediaCounter.RTP_BAD_LENGTH, 2);
    assertThat(buffer.held()).isZero();
  }

  @Test
  void shouldDiscardWhatIsHeldWhenReset() {
    put(0, 0, FRAME, 0);
    put(1, FRAME, FRAME, 0);
    buffer.reset();
    assertThat(tick(10 * MS)).isEqualTo(WAITING);
    put(2, 2 * FRAME, FRAME, 20 * MS);
    assertThat(tick(30 * MS)).isEqualTo(2 * FRAME);
    assertOutcome(MediaCounter.JITTER_DISCARDED, 2);
  }

  /** Loss, doubles, any order, jitter beyond the cap: each packet has one outcome, and no delay. */
  @RepeatedTest(100)
  void shouldAccountForEveryPacketAndNeverDelaySoundFor120Ms(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    baseSequence = random.nextInt(1 << 16);
    baseTimestamp = random.nextInt();
    final int packetMs = 10 * (1 + random.nextInt(6));
    final int jitterMs = 1 + random.nextInt(200);
    final int lossPercent = random.nextInt(30);
    final PriorityQueue<long[]> wire = new PriorityQueue<>((a, b) -> Long.compare(a[0], b[0]));
    for (int i = 0; i < 600; i++) {
      if (random.nextInt(100) < lossPercent) {
        continue;
      }
      for (int copies = random.nextInt(10) == 0 ? 2 : 1; copies > 0; copies--) {
        wire.add(new long[] {i * packetMs * MS + random.nextLong(jitterMs * MS), i});
      }
    }
    final long[] arrivedNs = new long[600];
    for (long nowNs = 0; !wire.isEmpty(); nowNs += 20 * MS) {
      while (!wire.isEmpty() && wire.peek()[0] <= nowNs) {
        final long[] next = wire.remove();
        final int index = (int) next[1];
        arrivedNs[index] = arrivedNs[index] == 0 ? next[0] : arrivedNs[index];
        put(index, index * packetMs * 8, packetMs * 8, next[0]);
      }
      final int first = tick(nowNs);
      if (first != NOTHING && first != WAITING && first % (packetMs * 8) == 0) {
        final long waitedNs = nowNs - arrivedNs[first / (packetMs * 8)];
        assertThat(waitedNs).isLessThanOrEqualTo(120 * MS);
      }
      assertAllAccountedFor();
    }
    assertThat(counters.get(MediaCounter.JITTER_PLAYED)).isPositive();
  }

  /** Whoever asks for more than a tick needs is to get sound, and of the codec that speaks. */
  @Test
  void shouldNotTakeAPacketWhoseTimeWasPlayedForTheNextPlayable() {
    put(0, 0, FRAME, 0);
    put(1, FRAME / 2, FRAME / 2, 0);
    assertThat(tick(10 * MS)).isZero();
    assertThat(buffer.isNextPlayable()).isFalse();
    assertOutcome(MediaCounter.JITTER_LATE, 1);
    put(2, FRAME, FRAME, 20 * MS);
    assertThat(buffer.isNextPlayable()).isTrue();
  }

  private void assertAllAccountedFor() {
    long sum = buffer.held();
    for (final MediaCounter outcome :
        List.of(
            MediaCounter.JITTER_PLAYED,
            MediaCounter.JITTER_LATE,
            MediaCounter.JITTER_DUPLICATE,
            MediaCounter.JITTER_OVERFLOW,
            MediaCounter.JITTER_STRAY,
            MediaCounter.JITTER_DISCARDED,
            MediaCounter.RTP_BAD_LENGTH)) {
      sum += counters.get(outcome);
    }
    assertThat(sum).isEqualTo(packetsIn);
  }

  private void assertOutcome(final MediaCounter counter, final long expected) {
    assertThat(counters.get(counter)).as(counter.label()).isEqualTo(expected);
    assertAllAccountedFor();
  }

  private static void assertContinuous(final List<Integer> played, final int least) {
    assertThat(played).hasSizeGreaterThanOrEqualTo(least);
    for (int i = 0; i < played.size(); i++) {
      assertThat(played.get(i)).isEqualTo(i);
    }
  }

  private void collect(final List<Integer> played) {
    for (final int sample : frame) {
      if (sample != NOTHING && sample != WAITING) {
        played.add(sample);
      }
    }
  }

  private void put(
      final int sequence, final int timestamp, final int samples, final long arrivalNs) {
    putFrom(SSRC, sequence, timestamp, samples, arrivalNs);
  }

  private void putFrom(
      final int ssrc,
      final int sequence,
      final int timestamp,
      final int samples,
      final long arrivalNs) {
    final int offset = 3;
    RtpHeader.putFirst(packet, offset, false, 0);
    RtpHeader.putSequence(packet, offset, baseSequence + sequence);
    RtpHeader.putTimestamp(packet, offset, baseTimestamp + timestamp);
    RtpHeader.putSsrc(packet, offset, ssrc);
    for (int i = 0; i < samples; i++) {
      packet.putByte(offset + RtpHeader.FIXED_BYTES + i, (byte) (timestamp + i));
    }
    buffer.put(packet, offset, RtpHeader.FIXED_BYTES, samples, samples, CLOCK_HZ, arrivalNs);
    packetsIn++;
  }

  /** Plays a tick; the first sample's timestamp, or NOTHING or WAITING. */
  private int tick(final long nowNs) {
    buffer.begin(nowNs);
    while (fifoCount < FRAME) {
      final JitterBuffer.Answer answer = buffer.next(FRAME - fifoCount);
      assertThat(buffer.ticks()).isPositive();
      if (answer == JitterBuffer.Answer.PLAY) {
        play();
      } else {
        append(answer == JitterBuffer.Answer.WAIT ? WAITING : NOTHING);
      }
    }
    leaveOutWhatIsUrgent();
    System.arraycopy(fifo, 0, frame, 0, FRAME);
    fifoCount -= FRAME;
    System.arraycopy(fifo, FRAME, fifo, 0, fifoCount);
    buffer.end(fifoCount * MS / 8);
    return frame[0];
  }

  private void append(final int what) {
    for (int i = 0; i < buffer.ticks(); i++) {
      fifo[fifoCount++] = what;
    }
  }

  private void play() {
    buffer.payload().getBytes(buffer.payloadOffset(), decoded, 0, buffer.payloadLength());
    final int timestamp = buffer.playedTimestamp() - baseTimestamp;
    for (int i = 0; i < buffer.ticks(); i++) {
      fifo[fifoCount++] = timestamp + i;
      assertThat(decoded[buffer.fromTicks() + i]).isEqualTo((byte) (timestamp + i));
    }
  }

  private void leaveOutWhatIsUrgent() {
    if (!buffer.isUrgent()) {
      return;
    }
    while (fifoCount < 2 * FRAME && buffer.isNextPlayable()) {
      assertThat(buffer.next(1)).isEqualTo(JitterBuffer.Answer.PLAY);
      play();
    }
    final int out = Math.min(buffer.surplusTicks(), fifoCount - FRAME);
    if (out > 0) {
      leftOut += out;
      fifoCount -= out;
      System.arraycopy(fifo, out, fifo, 0, fifoCount);
      buffer.scaled(true);
    }
  }
}
