package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.media.codec.AudioEncoder;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.codec.G722Encoder;
import dev.conductor.media.dsp.Limiter;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounters;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * When a line may be sent what others are sent, and that neither joining nor leaving them is heard.
 */
class VoiceEncoderTest {
  private static final Payload NARROW = new Payload(0, Codec.PCMU);
  private static final Payload WIDE = new Payload(9, Codec.G722);

  /** After so many ticks of the same sound both encoders stand alike. */
  private static final int STEADY_TICKS = 50;

  /** And in a pause of so many. */
  private static final int QUIET_TICKS = 10;

  /** A loud frame's gain is released over 200 ms. */
  private static final int RELEASE_TICKS = 10;

  private final TickContext context =
      new TickContext(new MediaCounters(), 0, DatagramBatch.open(new MediaCounters(), false));
  private final Limiter groupLimiter = new Limiter();
  private final SharedPackets group = new SharedPackets(() -> groupLimiter);
  private final SharedPackets otherGroup = new SharedPackets(Limiter::new);
  private final SplittableRandom random = new SplittableRandom(4);
  private long tick = 100;

  @Test
  void shouldShareAtOnceWhereTheCodecHasNoState() {
    final VoiceEncoder encoder = new VoiceEncoder(NARROW);
    assertThat(encoder.mayShare(group, next())).isTrue();
  }

  @Test
  void shouldShareOnlyAfterASecondOfTheSameWhereTheCodecHasAState() {
    final VoiceEncoder encoder = new VoiceEncoder(WIDE);
    assertThatItSharesAfter(encoder, STEADY_TICKS, 0);
  }

  @Test
  void shouldShareOnlyInAPauseWhereTheCodecHasAState() {
    final VoiceEncoder encoder = new VoiceEncoder(WIDE);
    for (int i = 0; i < 3 * STEADY_TICKS; i++) {
      assertThat(encoder.mayShare(group, next())).as("tick %d of a tone", i).isFalse();
      encoder.encode(context, constant(1_000));
    }
    assertThatItSharesAfter(encoder, QUIET_TICKS, 100);
  }

  @Test
  void shouldBeginTheSecondAnewAfterATickThatNobodyElseHeard() {
    final VoiceEncoder encoder = new VoiceEncoder(WIDE);
    for (int i = 0; i < STEADY_TICKS; i++) {
      encoder.mayShare(group, next());
      encoder.encode(context, constant(0));
    }
    assertThat(encoder.mayShare(null, next())).isFalse();
    encoder.encode(context, constant(0));
    assertThatItSharesAfter(encoder, STEADY_TICKS - 1, 0);
  }

  private void assertThatItSharesAfter(
      final VoiceEncoder encoder, final int ticks, final int sample) {
    for (int i = 0; i < ticks; i++) {
      assertThat(encoder.mayShare(group, next())).as("tick %d", i).isFalse();
      encoder.encode(context, constant(sample));
    }
    assertThat(encoder.mayShare(group, next())).isTrue();
  }

  @Test
  void shouldEncodeAloneWhenItLostItsGroupLongBeforeTicksWereSkipped() {
    final VoiceEncoder encoder = new VoiceEncoder(NARROW);
    encoder.mayShare(group, next());
    encoder.share(group, group.of(NARROW), tick);
    // Out of the plan nobody asks whether it may share.
    next();
    encoder.encode(context, constant(0));
    tick += 7;
    encoder.onSkipped(tick + 1);
    next();
    assertThat(encoder.encode(context, constant(0))).isPositive();
  }

  @Test
  void shouldNotShareBeforeItsLimiterStandsWhereTheOthersDoes() {
    final VoiceEncoder encoder = new VoiceEncoder(NARROW);
    assertThat(encoder.mayShare(null, next())).isFalse();
    encoder.encode(context, constant(60_000));
    int ticks = 0;
    while (!encoder.mayShare(group, next())) {
      encoder.encode(context, constant(1_000));
      ticks++;
    }
    // From a gain of about a half.
    assertThat(ticks).isBetween(RELEASE_TICKS / 2 - 1, RELEASE_TICKS / 2 + 1);
  }

  @Test
  void shouldGoOnSharingWhenTheCommonLimiterMoves() {
    final VoiceEncoder encoder = new VoiceEncoder(NARROW);
    assertThat(encoder.mayShare(group, next())).isTrue();
    encoder.share(group, group.of(NARROW), tick);
    groupLimiter.limit(RatePlane.NARROW, constant(60_000), new short[160]);
    assertThat(encoder.mayShare(group, next())).isTrue();
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"PCMU", "G722"})
  void shouldEncodeAloneInTheTickInWhichItChangesItsGroup(final Codec codec) {
    final Payload payload = codec == Codec.PCMU ? NARROW : WIDE;
    final VoiceEncoder encoder = new VoiceEncoder(payload);
    encoder.share(group, group.of(payload), next());
    assertThat(encoder.mayShare(otherGroup, next())).isFalse();
    encoder.encode(context, constant(0));
    assertThat(encoder.mayShare(otherGroup, next())).isEqualTo(codec == Codec.PCMU);
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"PCMU", "G722"})
  void shouldGoOnFromTheOthersLimiterAndEncoderWhenItLeavesThem(final Codec codec) {
    assertThatItGoesOnFromTheOthers(codec, 0);
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"PCMU", "G722"})
  void shouldGoOnFromThemWhenTicksWereSkippedMeanwhile(final Codec codec) {
    assertThatItGoesOnFromTheOthers(codec, 7);
  }

  private void assertThatItGoesOnFromTheOthers(final Codec codec, final int skippedTicks) {
    final Payload payload = codec == Codec.PCMU ? NARROW : WIDE;
    final RatePlane plane = RatePlane.of(codec.sampleRateHz());
    final AudioEncoder oneForAll = codec == Codec.PCMU ? new G711Ulaw() : new G722Encoder();
    final Limiter limiterForAll = new Limiter();
    final VoiceEncoder encoder = new VoiceEncoder(payload);
    final short[] heard = new short[plane.frameSamples()];
    final SharedPacket packet = group.of(payload);
    for (int i = 0; i < 20; i++) {
      final int[] loud = noise(plane, 60_000);
      groupLimiter.limit(plane, loud, heard);
      encoder.mayShare(group, next());
      encoder.share(group, packet, tick);
      packet.make(heard, plane, tick);
      assertThat(bytes(packet.packet().buffer(), packet.payloadBytes()))
          .isEqualTo(encoded(oneForAll, limiterForAll, plane, loud));
    }
    if (skippedTicks > 0) {
      tick += skippedTicks;
      encoder.onSkipped(tick + 1);
    }
    for (int i = 0; i < 20; i++) {
      final int[] alone = noise(plane, 20_000);
      assertThat(encoder.mayShare(null, next())).isFalse();
      final int length = encoder.encode(context, alone.clone());
      assertThat(bytes(context.out().buffer(), length))
          .as("tick %d alone", i)
          .isEqualTo(encoded(oneForAll, limiterForAll, plane, alone));
    }
  }

  private static byte[] encoded(
      final AudioEncoder encoder, final Limiter limiter, final RatePlane plane, final int[] room) {
    final short[] heard = new short[plane.frameSamples()];
    limiter.limit(plane, room, heard);
    final UnsafeBuffer payload = new UnsafeBuffer(new byte[400]);
    final int length = encoder.encode(heard, 0, heard.length, payload, 0);
    return Arrays.copyOf(payload.byteArray(), length);
  }

  private static byte[] bytes(final UnsafeBuffer packet, final int length) {
    final byte[] payload = new byte[length];
    packet.getBytes(RtpHeader.FIXED_BYTES, payload);
    return payload;
  }

  private long next() {
    tick++;
    context.begin(tick * TickContext.TICK_NS, tick * TickContext.TICK_NS, tick);
    return tick;
  }

  private int[] noise(final RatePlane plane, final int amplitude) {
    return random.ints(plane.frameSamples(), -amplitude, amplitude + 1).toArray();
  }

  private static int[] constant(final int sum) {
    final int[] room = new int[RatePlane.MAX_FRAME_SAMPLES];
    Arrays.fill(room, sum);
    return room;
  }
}
