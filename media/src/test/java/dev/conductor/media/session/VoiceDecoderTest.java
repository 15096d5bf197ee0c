package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.jitter.SlotJitterBuffer;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.Test;

/** Which sound comes of which packets, with a codec that writes down what it was asked. */
class VoiceDecoderTest {
  private static final long MS = 1_000_000;
  private static final int OPUS = 111;
  private static final int FULL_FRAME = 960;
  private static final int FADE = 240;

  /** 20 ms a packet; each sample is the first byte times 100. A payload of one byte is silence. */
  private static final class NotedDecoder implements AudioDecoder {
    final List<String> asked = new ArrayList<>();
    int closed;

    @Override
    public int rateHz() {
      return 48_000;
    }

    @Override
    public int durationSamples(final DirectBuffer in, final int offset, final int length) {
      return length > 2 ? MALFORMED : FULL_FRAME;
    }

    @Override
    public int decode(
        final DirectBuffer in,
        final int offset,
        final int length,
        final short[] out,
        final int outOffset) {
      asked.add("decode " + in.getByte(offset));
      Arrays.fill(out, outOffset, outOffset + FULL_FRAME, (short) (in.getByte(offset) * 100));
      return FULL_FRAME;
    }

    @Override
    public boolean isSilence(final DirectBuffer in, final int offset, final int length) {
      return length == 1;
    }

    @Override
    public boolean concealsItself() {
      return true;
    }

    @Override
    public int conceal(final short[] out, final int outOffset, final int samples) {
      asked.add("conceal " + samples);
      Arrays.fill(out, outOffset, outOffset + samples, (short) -1);
      return samples;
    }

    @Override
    public int recover(
        final DirectBuffer in,
        final int offset,
        final int length,
        final short[] out,
        final int outOffset,
        final int samples) {
      asked.add("recover " + samples + " from " + in.getByte(offset));
      Arrays.fill(out, outOffset, outOffset + samples, (short) -2);
      return samples;
    }

    @Override
    public void reset() {
      asked.add("reset");
    }

    @Override
    public void close() {
      closed++;
    }
  }

  private final NotedDecoder opus = new NotedDecoder();
  private final TickContext context =
      new TickContext(new MediaCounters(), 0, DatagramBatch.open(new MediaCounters(), false));
  private final SlotJitterBuffer jitter = new SlotJitterBuffer(640, context.counters());
  private final VoiceDecoder decoder = new VoiceDecoder(jitter);
  private final PayloadTable payloads =
      new PayloadTable(
          new LineSpec(new InetSocketAddress(InetAddress.getLoopbackAddress(), 4_000))
              .codecs(
                  new RtpSessionSpec.Payload(0, Codec.PCMU),
                  new RtpSessionSpec.Payload(OPUS, Codec.OPUS))
              .noEvents()
              .spec(),
          payload -> payload.codec() == Codec.OPUS ? opus : new G711Ulaw());
  private long ticks;
  private int timestamp = 1_000;

  {
    jitter.roomFor(payloads.maxPayloadBytes());
    decoder.agree(payloads);
    // From now on the buffer knows when ticks begin.
    tick();
  }

  @Test
  void shouldFillAHoleFromTheCopyInThePacketBehindIt() {
    say(0, 10, 0);
    tick();
    say(2, 12, 0);
    tick();
    assertFrame(-2);
    tick();
    assertFrame(1_200);
    assertThat(opus.asked).containsExactly("decode 10", "recover 960 from 12", "decode 12");
    assertThat(count(MediaCounter.JITTER_RECOVERED)).isEqualTo(1);
  }

  @Test
  void shouldLetTheCodecMakeUpWhatNoPacketTells() {
    say(0, 10, 0);
    tick();
    tick();
    assertFrame(-1);
    assertThat(decoder.isHeard()).isFalse();
    // What was made up already pays for the first that is missing; the second has a copy.
    say(3, 13, 0);
    tick();
    assertFrame(-2);
    tick();
    assertFrame(1_300);
    assertThat(opus.asked)
        .containsExactly("decode 10", "conceal 960", "recover 960 from 13", "decode 13");
  }

  @Test
  void shouldRestWhileNobodyListensAndBeFadedInPrimedWhenSomebodyDoes() {
    for (int i = 0; i < 5; i++) {
      say(i, 20 + i, 0);
      tick(false, false);
      assertThat(decoder.hasVoice()).isFalse();
    }
    assertThat(opus.asked).isEmpty();
    assertThat(count(MediaCounter.JITTER_PLAYED)).isEqualTo(5);
    say(5, 25, 0);
    tick();
    assertThat(opus.asked).containsExactly("reset", "decode 24", "decode 25");
    assertThat(decoder.hasVoice()).isTrue();
    final short[] frame = decoder.frame();
    assertThat(frame[0]).isZero();
    for (int i = 1; i < FADE; i++) {
      assertThat(frame[i]).isBetween(frame[i - 1], (short) 2_500);
    }
    assertThat(frame[FADE / 2]).isBetween((short) 1_200, (short) 1_300);
    assertThat(frame[FADE]).isEqualTo((short) 2_500);
    say(6, 26, 0);
    tick();
    assertFrame(2_600);
  }

  @Test
  void shouldNotDecodePacketsThatSaySilence() {
    say(0, 10, 0);
    tick();
    assertThat(decoder.usesDtx()).isFalse();
    say(1, 11);
    tick();
    assertThat(decoder.hasVoice()).isFalse();
    assertThat(decoder.usesDtx()).isTrue();
    // Nothing follows, and nothing is made up.
    tick();
    assertThat(decoder.hasVoice()).isFalse();
    assertThat(opus.asked).containsExactly("decode 10");
    say(3, 13, 0);
    tick();
    assertThat(opus.asked).containsExactly("decode 10", "reset", "decode 11", "decode 13");
  }

  @Test
  void shouldChangeItsRateWithThePayloadTypeAndFadeTheNewOneIn() {
    for (int i = 0; i < 5; i++) {
      narrow(i);
      tick();
      assertThat(decoder.plane()).isEqualTo(RatePlane.NARROW);
    }
    say(5, 30, 0);
    tick();
    assertThat(decoder.plane()).isEqualTo(RatePlane.FULL);
    assertThat(decoder.frame()[0]).isZero();
    assertThat(decoder.frame()[FADE]).isEqualTo((short) 3_000);
    narrow(6);
    tick();
    assertThat(decoder.plane()).isEqualTo(RatePlane.NARROW);
    assertThat(decoder.frame()[159]).isEqualTo(code20());
    assertThat(count(MediaCounter.JITTER_PLAYED)).isEqualTo(7);
    assertThat(count(MediaCounter.JITTER_CONCEALED)).isZero();
  }

  /** Of what it knew before the other spoke nothing may sound in what comes now. */
  @Test
  void shouldForgetWhatACodecKnewWhenAnotherSpokeMeanwhile() {
    say(0, 10, 0);
    tick();
    narrow(1);
    tick();
    say(2, 12, 0);
    tick();
    assertThat(opus.asked).containsExactly("decode 10", "reset", "decode 12");
  }

  @Test
  void shouldLeaveOutTheToneOfAKey() {
    narrow(0);
    tick(true, true);
    assertThat(decoder.isHeard()).isFalse();
    assertThat(decoder.hasVoice()).isFalse();
    narrow(1);
    tick();
    assertThat(decoder.isHeard()).isTrue();
    assertThat(decoder.frame()[159]).isEqualTo(code20());
  }

  @Test
  void shouldCountAPayloadThatCannotBeOfItsCodec() {
    say(0, 10, 0, 0);
    tick();
    assertThat(count(MediaCounter.RTP_BAD_LENGTH)).isEqualTo(1);
    assertThat(opus.asked).isEmpty();
  }

  @Test
  void shouldGiveBackItsDecodersOnce() {
    payloads.close();
    assertThat(opus.closed).isEqualTo(1);
  }

  private long count(final MediaCounter counter) {
    return context.counters().get(counter);
  }

  private static short code20() {
    final short[] one = new short[1];
    new G711Ulaw().decode(new UnsafeBuffer(new byte[] {0x20}), 0, 1, one, 0);
    return one[0];
  }

  private void assertFrame(final int sample) {
    for (int i = 0; i < FULL_FRAME; i++) {
      assertThat(decoder.frame()[i]).isEqualTo((short) sample);
    }
  }

  private void say(final int index, final int... payload) {
    final byte[] bytes = new byte[payload.length];
    for (int i = 0; i < payload.length; i++) {
      bytes[i] = (byte) payload[i];
    }
    put(OPUS, index, timestamp + index * FULL_FRAME, bytes);
  }

  private void narrow(final int index) {
    final byte[] bytes = new byte[160];
    Arrays.fill(bytes, (byte) 0x20);
    put(0, index, timestamp + index * bytes.length, bytes);
  }

  private void put(final int type, final int sequence, final int at, final byte[] payload) {
    final UnsafeBuffer packet = new UnsafeBuffer(new byte[RtpHeader.FIXED_BYTES + payload.length]);
    RtpHeader.putFirst(packet, 0, false, type);
    RtpHeader.putSequence(packet, 0, sequence);
    RtpHeader.putTimestamp(packet, 0, at);
    RtpHeader.putSsrc(packet, 0, 5);
    packet.putBytes(RtpHeader.FIXED_BYTES, payload);
    jitter.put(
        packet,
        0,
        RtpHeader.FIXED_BYTES,
        payload.length,
        payloads.format(type).durationTicks(packet, RtpHeader.FIXED_BYTES, payload.length),
        payloads.format(type).clockRateHz(),
        ticks * 20 * MS - 10 * MS);
  }

  private void tick() {
    tick(false, true);
  }

  private void tick(final boolean pressed, final boolean needed) {
    context.begin(ticks * 20 * MS, ticks * 20 * MS, ticks++);
    decoder.decode(context, payloads, pressed, needed);
  }
}
