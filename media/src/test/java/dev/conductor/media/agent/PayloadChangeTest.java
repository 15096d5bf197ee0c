package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.status.MediaCounter;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A line changes its codec while somebody speaks: by itself, or by a new offer and answer. */
class PayloadChangeTest {
  private static final int TONE_HZ = 400;
  private static final double PEAK = 8_000;
  private static final int LATEST_MS = 100;

  private final CodecCall call = new CodecCall(21);

  @AfterEach
  void close() {
    call.close();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldHearATalkerOnWithin100MsOfEachUnannouncedChange(final Codec hears) {
    final Codec[] agreed = {Codec.PCMU, Codec.G722, Codec.OPUS, Codec.PCMA, Codec.L16_WIDE};
    final CodecPhone talker = call.join(agreed);
    final CodecPhone listener = call.join(hears);
    call.together();
    talker.voice = Voice.tone(TONE_HZ, PEAK);
    call.settle(600);
    for (int round = 0; round < 3; round++) {
      for (final Codec next :
          List.of(Codec.G722, Codec.OPUS, Codec.PCMU, Codec.PCMA, Codec.L16_WIDE, Codec.PCMU)) {
        talker.speak(next);
        call.ms(600);
        assertGoesOn(listener, "in round " + round + " to " + next);
      }
    }
    assertThat(call.stage.count(MediaCounter.RTP_UNKNOWN_PAYLOAD)).isZero();
  }

  /** The tone is whole but for 100 ms after the change, and nothing is ever louder than it. */
  private static void assertGoesOn(final CodecPhone listener, final String what) {
    final Sound sound = listener.sound();
    listener.forget();
    assertThat(sound.peak()).as("the loudest %s", what).isLessThan((int) (PEAK * 1.6));
    final Sound after = sound.part(LATEST_MS + 40, sound.ms());
    assertThat(Sound.db(after.amplitude(TONE_HZ), PEAK)).as("tone %s", what).isBetween(-1.5, 1.5);
    assertThat(Sound.db(after.besideTone(TONE_HZ), PEAK)).as("noise %s", what).isLessThan(-20);
    int missing = 0;
    for (int at = 0; at < LATEST_MS + 40; at += 20) {
      missing += sound.part(at, at + 20).amplitude(TONE_HZ) < PEAK / 2 ? 1 : 0;
    }
    assertThat(missing * 20).as("ms without the tone %s", what).isLessThanOrEqualTo(LATEST_MS);
  }

  /** A new offer and answer changes what both sides send; both go on, time and again. */
  @Test
  void shouldHearBothSidesOnWithin100MsOfEachNewOfferAndAnswer() {
    final Codec[] agreed = {Codec.PCMU, Codec.G722, Codec.OPUS, Codec.L16, Codec.PCMA};
    final CodecPhone changing = call.join(agreed);
    final CodecPhone other = call.join(Codec.L16_WIDE);
    call.together();
    changing.voice = Voice.tone(TONE_HZ, PEAK);
    other.voice = Voice.tone(TONE_HZ, PEAK);
    call.settle(600);
    for (int round = 0; round < 3; round++) {
      for (final Codec next :
          List.of(Codec.G722, Codec.PCMU, Codec.OPUS, Codec.PCMA, Codec.L16, Codec.OPUS)) {
        assertThat(call.stage.engine.update(call.id(changing), changing.spec(next))).isTrue();
        // The far end learns of it a little later than we.
        call.ticks(2);
        changing.speak(next);
        call.ms(560);
        final String what = "in round " + round + " to " + next;
        assertGoesOn(other, what);
        assertHearsOn(changing, next, what);
      }
    }
  }

  private static void assertHearsOn(
      final CodecPhone changing, final Codec next, final String what) {
    assertThat(changing.frames).as("a packet a tick %s", what).hasSize(30);
    final int from = changing.codecs.indexOf(next);
    assertThat(from).as("frames in the old codec %s", what).isBetween(0, 2);
    assertThat(changing.codecs.subList(from, 30)).as(what).containsOnly(next);
    final Sound sound = Sound.of(changing.frames.subList(from, 30));
    changing.forget();
    assertThat(sound.peak()).as("the loudest heard %s", what).isLessThan((int) (PEAK * 1.6));
    final Sound after = sound.part(LATEST_MS, LATEST_MS + 400);
    assertThat(Sound.db(after.amplitude(TONE_HZ), PEAK)).as("heard %s", what).isBetween(-1.5, 1.5);
    assertThat(Sound.db(after.besideTone(TONE_HZ), PEAK)).as("noise %s", what).isLessThan(-20);
  }

  /** Others who hear by the codec that one leaves or comes to are none the wiser. */
  @Test
  void shouldLeaveOtherListenersBitsAloneWhenOneOfThemChangesHisCodec() {
    final CodecPhone talker = call.join(Codec.L16);
    final CodecPhone steady = call.join(Codec.G722);
    final CodecPhone alike = call.join(Codec.G722);
    final CodecPhone changing = call.join(Codec.G722, Codec.OPUS, Codec.PCMU);
    for (final CodecPhone phone : List.of(steady, alike, changing)) {
      phone.voice = null;
    }
    call.together();
    // They begin to share in a pause.
    talker.voice = null;
    call.settle(1_600);
    talker.voice = Voice.noise(21, PEAK);
    call.settle(200);
    for (final Codec next : List.of(Codec.OPUS, Codec.G722, Codec.PCMU, Codec.G722)) {
      call.stage.engine.update(call.id(changing), changing.spec(next));
      call.ms(1_500);
      assertThat(steady.payloads).as("two who share, " + next).hasSize(75);
      for (int i = 0; i < 75; i++) {
        assertThat(alike.payloads.get(i)).isEqualTo(steady.payloads.get(i));
      }
      assertThat(changing.codecs.get(74)).isEqualTo(next);
      call.phones.forEach(CodecPhone::forget);
    }
  }
}
