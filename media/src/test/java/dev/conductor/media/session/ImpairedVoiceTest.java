package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.jitter.SlotJitterBuffer;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is heard of a line over a bad network, by a hand-moved clock. */
class ImpairedVoiceTest {
  private static final long MS = 1_000_000;
  private static final long TICK_NS = 20 * MS;
  private static final int RATE_HZ = 8_000;
  private static final int FRAME = 160;
  private static final int TONE_HZ = 270;
  private static final int TONE_PEAK = 8_000;

  private final TickContext context =
      new TickContext(new MediaCounters(), 0, DatagramBatch.open(new MediaCounters(), false));
  private final MediaCounters counters = context.counters();
  private final SlotJitterBuffer jitter = new SlotJitterBuffer(640, counters);
  private final VoiceDecoder decoder = new VoiceDecoder(jitter);
  private final PayloadTable payloads =
      new PayloadTable(
          new LineSpec(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000))
              .codecs(
                  new RtpSessionSpec.Payload(0, Codec.PCMU),
                  new RtpSessionSpec.Payload(8, Codec.PCMA))
              .noEvents()
              .spec());
  private final byte[] tone = tone();

  private ImpairmentRelay relay = new ImpairmentRelay(1);
  private Talker talker = new Talker(RATE_HZ, 0, i -> tone[i % RATE_HZ]);
  private long phaseNs = 7 * MS;
  private long ticks;
  private int deepestMs;

  {
    decoder.agree(payloads);
  }

  @ParameterizedTest
  @ValueSource(ints = {10, 20, 30, 40, 50, 60, 80})
  void shouldPassAVoiceWithoutLossUnchanged(final int packetMs) {
    talker.packetMs = new int[] {packetMs};
    final short[] heard = hear(500);
    assertUnchanged(heard, 0, 60);
    assertThat(counters.get(MediaCounter.JITTER_SHRUNK)).isZero();
    assertThat(counters.get(MediaCounter.JITTER_STRETCHED)).isZero();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7, 11, 15, 19})
  void shouldAddOnlyTheWaitForTheNextTickOnACleanLine(final int phaseMs) {
    phaseNs = phaseMs * MS;
    final short[] heard = hear(50);
    // A packet of 20 ms is complete after 20 ms and then waits for the next tick.
    assertUnchanged(heard, 0, phaseMs == 0 ? 1 : 2);
  }

  @ParameterizedTest
  @CsvSource({"500, 2", "-500, 2", "30, 2", "-30, 2"})
  void shouldKeepAToneWholeForHoursWhateverTheDriftOfItsClock(final int ppm, final int hours) {
    talker = new Talker(RATE_HZ, ppm, i -> tone[i % RATE_HZ]);
    hear(100);
    int deepest = 0;
    final short[] second = new short[RATE_HZ];
    for (int i = 0; i < hours * 3_600; i++) {
      final short[] heard = hear(50);
      System.arraycopy(heard, 0, second, 0, RATE_HZ);
      assertWhole(second, "in second " + i);
      deepest = Math.max(deepest, jitter.depthMs());
    }
    assertThat(deepest).isLessThanOrEqualTo(70);
    assertThat(counters.get(MediaCounter.JITTER_CONCEALED)).isZero();
    assertThat(counters.get(MediaCounter.JITTER_OVERFLOW)).isZero();
    assertThat(counters.get(MediaCounter.JITTER_LATE)).isZero();
    assertAllAccountedFor();
  }

  @RepeatedTest(20)
  void shouldConcealFivePercentLossWith40MsOfJitterAndNotGrowTheDelay(final RepetitionInfo info) {
    relay = new ImpairmentRelay(info.getCurrentRepetition());
    relay.lossPercent = 5;
    relay.jitterMs = 40;
    int deep = 0;
    for (int i = 0; i < 120; i++) {
      hear(50);
      deep += jitter.depthMs() > 100 ? 1 : 0;
    }
    assertThat(deepestMs).isLessThanOrEqualTo(120);
    assertThat(deep).as("seconds of 120 with more than 100 ms").isLessThan(6);
    final long made = counters.get(MediaCounter.JITTER_CONCEALED);
    assertThat(made).as("frames of 6000 made up").isBetween(200L, 550L);
    assertAllAccountedFor();
  }

  @Test
  void shouldReturnToTheLeastDelayWithinSecondsAfterAStorm() {
    talker = new Talker(RATE_HZ, 0, i -> i / 4_000 % 2 == 0 ? tone[i % RATE_HZ] : (byte) 0xFF);
    hear(250);
    final int before = deepestOfNextSecondMs();
    relay.jitterMs = 80;
    hear(250);
    assertThat(deepestOfNextSecondMs()).isGreaterThan(before + 40);
    relay.jitterMs = 0;
    final long cutBefore = counters.get(MediaCounter.JITTER_OVERFLOW);
    hear(500);
    assertThat(deepestOfNextSecondMs()).isLessThanOrEqualTo(before + 10);
    assertThat(counters.get(MediaCounter.JITTER_OVERFLOW)).isEqualTo(cutBefore);
    assertThat(counters.get(MediaCounter.JITTER_SHRUNK)).isPositive();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void shouldHoldNotEvenAPartOfAFrameOfASilentLineSomeSecondsAfterAStorm(final long seed) {
    relay = new ImpairmentRelay(seed);
    talker = new Talker(RATE_HZ, 0, i -> (byte) 0xFF);
    hear(250);
    final int before = jitter.depthMs();
    assertThat(decoder.cleanCodec()).isNotNull();
    relay.jitterMs = 80;
    hear(250);
    relay.jitterMs = 0;
    hear(1_000);
    assertThat(jitter.depthMs()).isEqualTo(before);
    assertThat(decoder.cleanCodec()).as("what speaks where nothing is held").isNotNull();
  }

  private int deepestOfNextSecondMs() {
    deepestMs = 0;
    hear(50);
    return deepestMs;
  }

  @RepeatedTest(10)
  void shouldWaitForPacketsThatOvertakeEachOtherAfterTheFirstSecondOfIt(final RepetitionInfo info) {
    relay = new ImpairmentRelay(info.getCurrentRepetition());
    hear(100);
    relay.jitterMs = 60;
    hear(50);
    final long lateBefore = counters.get(MediaCounter.JITTER_LATE);
    hear(1_000);
    assertThat(counters.get(MediaCounter.JITTER_LATE) - lateBefore)
        .as("late ones of a thousand")
        .isLessThan(5);
    assertThat(counters.get(MediaCounter.JITTER_STRETCHED)).isPositive();
  }

  @Test
  void shouldRememberADelayForLongerThatIsNeededAgainAndAgain() {
    relay.reorders = false;
    hear(100);
    for (int i = 0; i < 30; i++) {
      relay.stallMs = 50;
      hear(300);
    }
    assertThat(counters.get(MediaCounter.JITTER_STRETCHED)).isLessThan(5);
    hear(3_000);
    assertThat(deepestOfNextSecondMs()).as("when the stalls are over").isLessThanOrEqualTo(20);
  }

  @Test
  void shouldGoOnWithinAFrameWhereAnotherAgreedCodecSpeaksUnannounced() {
    hear(50);
    talker.payloadType = 8;
    hear(1);
    final short[] heard = hear(50);
    assertThat(counters.get(MediaCounter.JITTER_CONCEALED)).isZero();
    assertThat(counters.get(MediaCounter.JITTER_RESYNCS)).isZero();
    assertThat(counters.get(MediaCounter.JITTER_PLAYED)).isEqualTo(100);
    assertThat(heard).isNotEqualTo(new short[heard.length]);
  }

  @ParameterizedTest
  @ValueSource(ints = {60, 150, 400, 3_000})
  void shouldTakeAPauseWithoutPacketsForNoLossAndComeBackWithoutDelay(final int pauseMs) {
    hear(100);
    talker.pause(pauseMs);
    hear(pauseMs / 20 + 5);
    assertThat(deepestOfNextSecondMs()).isLessThanOrEqualTo(20);
    assertThat(decoder.usesDtx()).isTrue();
    assertThat(counters.get(MediaCounter.JITTER_CONCEALED)).isZero();
    assertThat(counters.get(MediaCounter.JITTER_LATE)).isZero();
    assertThat(counters.get(MediaCounter.JITTER_OVERFLOW)).isZero();
  }

  @ParameterizedTest
  @CsvSource({"900000, 0, 0", "-4000, 0, 0", "5000, 0, 0", "0, 30000, 0", "0, 0, 1", "77, 55, 1"})
  void shouldBeHeardAgainWithin100MsOfAnyJump(
      final int timestampStep, final int sequenceStep, final int ssrcStep) {
    hear(100);
    talker.timestamp += timestampStep;
    talker.sequence += sequenceStep;
    talker.ssrc += ssrcStep;
    hear(6);
    final short[] heard = hear(50);
    assertWhole(heard, "after the jump");
    assertThat(deepestOfNextSecondMs()).isLessThanOrEqualTo(40);
  }

  /** Anything at once: every packet has one outcome, and no sound waits for more than 120 ms. */
  @RepeatedTest(60)
  void shouldAccountForEveryPacketInAnyWeather(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    relay = new ImpairmentRelay(info.getCurrentRepetition());
    relay.lossPercent = random.nextInt(20);
    relay.burstPercent = random.nextInt(80);
    relay.jitterMs = random.nextInt(150);
    relay.duplicatePercent = random.nextInt(20);
    relay.reorders = random.nextBoolean();
    talker = new Talker(RATE_HZ, random.nextInt(-500, 501), i -> tone[i % RATE_HZ]);
    talker.packetMs = new int[] {10, 20, 30, 40, 60, 20, 20, 20};
    for (int i = 0; i < 60; i++) {
      hear(1 + random.nextInt(50));
      switch (random.nextInt(8)) {
        case 0 -> talker.pause(random.nextInt(3_000));
        case 1 -> talker.ssrc++;
        case 2 -> talker.timestamp = random.nextInt();
        case 3 -> talker.sequence = random.nextInt(1 << 16);
        case 4 -> talker.payloadType = 8 - talker.payloadType;
        default -> {
          // The stream goes on.
        }
      }
      assertAllAccountedFor();
    }
    assertThat(deepestMs).isLessThanOrEqualTo(120);
    assertThat(counters.get(MediaCounter.JITTER_PLAYED)).isPositive();
  }

  /** Lets time pass; what was heard. */
  private short[] hear(final int count) {
    final short[] heard = new short[count * FRAME];
    for (int i = 0; i < count; i++) {
      final long nowNs = phaseNs + ticks * TICK_NS;
      context.begin(nowNs, nowNs, ticks++);
      while (talker.dueNs() <= nowNs) {
        final long sentNs = talker.dueNs();
        relay.send(talker.packet(), sentNs);
      }
      for (ImpairmentRelay.Datagram next = relay.poll(nowNs);
          next != null;
          next = relay.poll(nowNs)) {
        put(next.bytes(), nowNs - TICK_NS / 2);
      }
      decoder.decode(context, payloads, false, true);
      deepestMs = Math.max(deepestMs, jitter.depthMs());
      System.arraycopy(decoder.frame(), 0, heard, i * FRAME, FRAME);
    }
    return heard;
  }

  private void put(final byte[] bytes, final long arrivalNs) {
    final UnsafeBuffer packet = new UnsafeBuffer(bytes);
    final int type = RtpHeader.payloadType(packet, 0);
    final int length = bytes.length - RtpHeader.FIXED_BYTES;
    jitter.put(
        packet,
        0,
        RtpHeader.FIXED_BYTES,
        length,
        payloads.format(type).durationTicks(packet, RtpHeader.FIXED_BYTES, length),
        payloads.format(type).clockRateHz(),
        arrivalNs);
  }

  /** Heard as it was spoken, some frames late. */
  private void assertUnchanged(final short[] heard, final int from, final int mostFramesLate) {
    final short[] spoken = new short[RATE_HZ];
    new G711Ulaw().decode(new UnsafeBuffer(tone), 0, RATE_HZ, spoken, 0);
    int begin = from;
    while (heard[begin] == 0 && heard[begin + 1] == 0 && heard[begin + 2] == 0) {
      begin++;
    }
    // The tone itself begins with a zero.
    final int zeros = begin % FRAME == FRAME - 1 ? 1 : 0;
    begin += zeros;
    assertThat((begin + FRAME - 1) / FRAME).isLessThanOrEqualTo(mostFramesLate);
    for (int i = begin; i < heard.length; i++) {
      assertThat(heard[i]).isEqualTo(spoken[(i - begin) % RATE_HZ]);
    }
  }

  /** No hole, no other pitch. */
  private static void assertWhole(final short[] second, final String when) {
    final int block = RATE_HZ / 100;
    for (int at = 0; at < second.length; at += block) {
      double sum = 0;
      for (int i = at; i < at + block; i++) {
        sum += second[i] * second[i];
      }
      final double rms = Math.sqrt(sum / block);
      assertThat(rms).as("level %s at %d", when, at).isGreaterThan(TONE_PEAK / 1.414 * 0.5);
    }
  }

  private void assertAllAccountedFor() {
    final long outcomes =
        List.of(
                MediaCounter.JITTER_PLAYED,
                MediaCounter.JITTER_LATE,
                MediaCounter.JITTER_DUPLICATE,
                MediaCounter.JITTER_OVERFLOW,
                MediaCounter.JITTER_STRAY,
                MediaCounter.JITTER_DISCARDED,
                MediaCounter.RTP_BAD_LENGTH)
            .stream()
            .mapToLong(counters::get)
            .sum();
    assertThat(outcomes + jitter.held()).isEqualTo(relay.delivered);
  }

  private static byte[] tone() {
    final short[] samples = new short[RATE_HZ];
    for (int i = 0; i < RATE_HZ; i++) {
      samples[i] = (short) (TONE_PEAK * Math.sin(2 * Math.PI * TONE_HZ * i / RATE_HZ));
    }
    final byte[] codes = new byte[RATE_HZ];
    new G711Ulaw().encode(samples, 0, RATE_HZ, new UnsafeBuffer(codes), 0);
    return codes;
  }
}
