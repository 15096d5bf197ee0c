package dev.conductor.media.agent;

import static dev.conductor.media.agent.CodecCall.MAIN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.conductor.media.api.Codec;
import dev.conductor.media.status.MediaCounter;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Phones of every codec hear each other in one call, by sound over real sockets. */
class CodecsInOneCallTest {
  private static final double PEAK = 6_000;
  private static final double LEVEL_DB = 1.5;

  /** A silent A-law line says 8, and G.722 hums a little; -51 dB of the tones. */
  private static final int IDLE_PEAK = 17;

  private final CodecCall call = new CodecCall(11);

  @AfterEach
  void close() {
    call.close();
  }

  /** One phone of each codec. */
  private void joinAll() {
    for (final Codec codec : Codec.values()) {
      call.join(codec);
    }
    call.together();
    call.settle(400);
  }

  @ParameterizedTest
  @ValueSource(ints = {300, 1_000, 2_000, 3_000})
  void shouldLetEveryCodecHearEveryOtherAtItsPitchAndLevelAndNeverItself(final int freqHz) {
    joinAll();
    for (final CodecPhone talker : call.phones) {
      talker.voice = Voice.tone(freqHz, PEAK);
      call.settle(400);
      call.ms(400);
      for (final CodecPhone listener : call.phones) {
        final Sound heard = listener.sound();
        final String who = talker.speaks() + " at " + freqHz + " heard by " + listener.speaks();
        if (listener == talker) {
          assertThat(heard.peak()).as(who).isLessThanOrEqualTo(IDLE_PEAK);
        } else {
          assertThat(Sound.db(heard.amplitude(freqHz), PEAK))
              .as(who)
              .isCloseTo(0, within(LEVEL_DB));
          assertThat(Sound.db(heard.besideTone(freqHz), PEAK)).as(who + ", noise").isLessThan(-20);
        }
      }
      talker.voice = Voice.SILENCE;
      call.settle(200);
    }
  }

  /** All at once: each hears the five others, and of his own tone nothing. */
  @Test
  void shouldLetEverybodyHearAllOthersAtOnceAndNeverHimself() {
    joinAll();
    final int[] tones = {400, 700, 1_100, 1_600, 2_200, 2_900};
    for (int i = 0; i < tones.length; i++) {
      call.phones.get(i).voice = Voice.tone(tones[i], PEAK / 2);
    }
    call.settle(500);
    call.ms(1_000);
    for (int listener = 0; listener < tones.length; listener++) {
      final Sound heard = call.phones.get(listener).sound();
      final Codec codec = call.phones.get(listener).speaks();
      for (int talker = 0; talker < tones.length; talker++) {
        final double db = Sound.db(heard.amplitude(tones[talker]), PEAK / 2);
        final String who = tones[talker] + " Hz heard by " + codec;
        if (talker == listener) {
          assertThat(db).as("his own " + who).isLessThan(codec == Codec.OPUS ? -30 : -45);
        } else {
          assertThat(db).as(who).isCloseTo(0, within(codec == Codec.OPUS ? 3 : LEVEL_DB));
        }
      }
    }
  }

  /** What a narrow line cannot carry is left out of it; it must not come back at another pitch. */
  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"G722", "L16_WIDE", "OPUS"})
  void shouldCarryAWideToneToWideListenersAndNoAliasOfItToNarrowOnes(final Codec codec) {
    joinAll();
    final int freqHz = 5_500;
    final CodecPhone talker = call.phones.get(codec.ordinal());
    talker.voice = Voice.tone(freqHz, PEAK);
    call.settle(400);
    call.ms(400);
    for (final CodecPhone listener : call.phones) {
      final Sound heard = listener.sound();
      final String who = talker.speaks() + " heard by " + listener.speaks();
      if (listener == talker) {
        assertThat(heard.peak()).as(who).isLessThanOrEqualTo(IDLE_PEAK);
      } else if (heard.rateHz() > 8_000) {
        assertThat(Sound.db(heard.amplitude(freqHz), PEAK)).as(who).isCloseTo(0, within(LEVEL_DB));
      } else {
        for (int aliasHz = 300; aliasHz <= 3_400; aliasHz += 5) {
          assertThat(Sound.db(heard.amplitude(aliasHz), PEAK))
              .as(who + " at " + aliasHz)
              .isLessThan(-50);
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Codec.class,
      names = {"PCMU", "PCMA", "L16", "L16_WIDE"})
  void shouldPassALoneTalkersPayloadOnBitByBitToAListenerOfHisCodec(final Codec codec) {
    final CodecPhone talker = call.join(codec);
    final CodecPhone listener = call.join(codec);
    final CodecPhone silent = call.join(Codec.PCMU);
    final CodecPhone muted = call.join(Codec.G722);
    call.stage.plan(
        Stage.place(1, MAIN, MAIN),
        Stage.place(2, MAIN, MAIN),
        Stage.place(3, MAIN, MAIN),
        Stage.place(4, CodecCall.NONE, MAIN));
    muted.voice = Voice.noise(5, 20_000);
    silent.voice = Voice.SILENCE;
    final long seed = 77;
    final SplittableRandom random = new SplittableRandom(seed);
    // Not around zero, for which mu-law has two words that sound the same.
    talker.voice = seconds -> random.nextInt(10, 32_001) * (random.nextBoolean() ? 1 : -1);
    call.settle(200);
    talker.keepsSaid = true;
    call.ticks(1_200);
    final List<byte[]> said = talker.said;
    final List<byte[]> heard = listener.payloads;
    final int behind = behindOf(said, heard);
    int same = 0;
    for (int i = behind; i < heard.size(); i++) {
      assertThat(heard.get(i)).as("frame %d, seed %d", i, seed).isEqualTo(said.get(i - behind));
      same++;
    }
    assertThat(same).isGreaterThanOrEqualTo(1_000);
    assertThat(call.stage.count(MediaCounter.JITTER_CONCEALED)).isZero();
  }

  private static int behindOf(final List<byte[]> said, final List<byte[]> heard) {
    for (int behind = 0; behind < 5; behind++) {
      if (Arrays.equals(heard.get(100), said.get(100 - behind))) {
        return behind;
      }
    }
    throw new AssertionError("what was said was not heard");
  }
}
