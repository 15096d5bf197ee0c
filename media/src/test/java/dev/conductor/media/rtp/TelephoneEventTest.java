package dev.conductor.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TelephoneEventTest {
  @RepeatedTest(200)
  void shouldReadWhatWasWrittenAtEveryOffset(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final UnsafeBuffer buffer = new UnsafeBuffer(new byte[32]);
    random.nextBytes(buffer.byteArray());
    final byte[] before = buffer.byteArray().clone();
    final int offset = 1 + random.nextInt(20);
    final int event = random.nextInt(256);
    final boolean end = random.nextBoolean();
    final int volumeDbm0 = -random.nextInt(64);
    final int durationTicks = random.nextInt(1 << 16);

    TelephoneEvent.put(buffer, offset, event, end, volumeDbm0, durationTicks);

    assertThat(TelephoneEvent.event(buffer, offset)).isEqualTo(event);
    assertThat(TelephoneEvent.end(buffer, offset)).isEqualTo(end);
    assertThat(TelephoneEvent.volumeDbm0(buffer, offset)).isEqualTo(volumeDbm0);
    assertThat(TelephoneEvent.durationTicks(buffer, offset)).isEqualTo(durationTicks);
    for (int i = 0; i < before.length; i++) {
      if (i < offset || i >= offset + TelephoneEvent.BYTES) {
        assertThat(buffer.getByte(i)).isEqualTo(before[i]);
      }
    }
  }

  @Test
  void shouldKnowTheSixteenKeysAndNoOther() {
    final StringBuilder keys = new StringBuilder();
    for (int event = 0; event < 256; event++) {
      final char digit = TelephoneEvent.digit(event);
      if (digit != TelephoneEvent.NO_DIGIT) {
        keys.append(digit);
        assertThat(TelephoneEvent.eventOf(digit)).isEqualTo(event);
      }
    }
    assertThat(keys).hasToString("0123456789*#ABCD");
    assertThat(TelephoneEvent.eventOf('x')).isEqualTo(-1);
  }
}
