package dev.conductor.media.agent;

import static dev.conductor.media.agent.CodecCall.MAIN;
import static dev.conductor.media.agent.CodecCall.NONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Those who hear the same are sent the same frame; who leaves them and returns hears no seam. */
class SharedFramesTest {
  private static final int TONE_HZ = 400;
  private static final double PEAK = 8_000;

  private final CodecCall call = new CodecCall(31);

  @AfterEach
  void close() {
    call.close();
  }

  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldSendTwentySilentListenersOneFrameUnderHeadersOfTheirOwn(final Codec codec) {
    final CodecPhone talker = call.join(Codec.L16_WIDE);
    final List<MixPlan.Place> places = new ArrayList<>(List.of(Stage.place(1, MAIN, MAIN)));
    for (int i = 0; i < 20; i++) {
      call.join(codec).voice = i % 2 == 0 ? null : Voice.SILENCE;
      places.add(Stage.place(i + 2, NONE, MAIN));
    }
    call.stage.plan(places.toArray(new MixPlan.Place[0]));
    // Codecs with a state begin to share in a pause.
    talker.voice = null;
    call.settle(1_600);
    talker.voice = Voice.noise(31, PEAK);
    call.settle(200);
    final int[] sequences = new int[21];
    final int[] timestamps = new int[21];
    for (int tick = 0; tick < 50; tick++) {
      talker.speakUntil(call.stage.clock.nanoTime() + Stage.TICK_NS);
      call.stage.tick();
      byte[] first = null;
      final Set<Integer> sources = new HashSet<>();
      for (int i = 1; i <= 20; i++) {
        final Phone line = call.phones.get(i).line;
        assertThat(line.receive()).isTrue();
        final byte[] payload = new byte[line.length() - RtpHeader.FIXED_BYTES];
        line.packet().getBytes(RtpHeader.FIXED_BYTES, payload);
        first = first == null ? payload : first;
        assertThat(payload).as("listener %d, tick %d", i, tick).isEqualTo(first);
        sources.add(RtpHeader.ssrc(line.packet(), 0));
        final int sequence = RtpHeader.sequence(line.packet(), 0);
        final int timestamp = RtpHeader.timestamp(line.packet(), 0);
        if (tick > 0) {
          assertThat(sequence).isEqualTo(Sequences.next(sequences[i]));
          assertThat(timestamp - timestamps[i]).isEqualTo(codec.clockRateHz() / 50);
        }
        sequences[i] = sequence;
        timestamps[i] = timestamp;
        assertThat(line.receive()).as("a second packet").isFalse();
      }
      assertThat(sources).as("SSRCs of their own").hasSize(20);
    }
  }

  /**
   * He says something of another pitch, which only the others hear, and is silent again; to his one
   * decoder the talker's tone goes on as if nothing had been.
   */
  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldHearNoSeamWhenHeSpeaksUpAndFallsSilentAgain(final Codec codec) {
    final CodecPhone talker = call.join(Codec.L16_WIDE);
    final CodecPhone speaker = call.join(codec);
    final CodecPhone stays = call.join(codec);
    final CodecPhone alsoStays = call.join(codec);
    speaker.voice = null;
    stays.voice = null;
    alsoStays.voice = null;
    call.together();
    talker.voice = null;
    call.settle(3_000);
    talker.voice = Voice.tone(TONE_HZ, PEAK);
    call.settle(500);
    call.ms(4_000);
    final double steady = largestResidual(speaker);
    assertThat(speaker.payloads.get(199)).isEqualTo(stays.payloads.get(199));
    call.phones.forEach(CodecPhone::forget);

    for (int round = 0; round < 3; round++) {
      speaker.voice = Voice.tone(1_050, PEAK);
      call.ms(500 + 140 * round);
      final int last = speaker.payloads.size() - 1;
      assertThat(speaker.payloads.get(last)).as("left").isNotEqualTo(stays.payloads.get(last));
      assertThat(alsoStays.payloads.get(last)).isEqualTo(stays.payloads.get(last));
      speaker.voice = null;
      call.ms(2_500);
      assertThat(largestResidual(speaker))
          .as("round %d, beside the tone; %f when steady", round, steady)
          .isLessThan(Math.max(1.5 * steady, PEAK / (codec == Codec.OPUS ? 8 : 12)));
      assertLevelHolds(speaker, round);
      // In a pause of the talker he comes back, and when the tone goes on he is sent what all are.
      talker.voice = null;
      call.ms(500);
      talker.voice = Voice.tone(TONE_HZ, PEAK);
      call.ms(500);
      final int end = speaker.payloads.size() - 1;
      assertThat(speaker.payloads.get(end)).as("back").isEqualTo(stays.payloads.get(end));
      call.phones.forEach(CodecPhone::forget);
      call.ms(1_000);
      assertThat(largestResidual(speaker))
          .as("round %d, sharing again; %f when steady", round, steady)
          .isLessThan(Math.max(1.5 * steady, PEAK / (codec == Codec.OPUS ? 8 : 12)));
      assertLevelHolds(speaker, round);
      call.phones.forEach(CodecPhone::forget);
    }
  }

  private static void assertLevelHolds(final CodecPhone phone, final int round) {
    final Sound sound = phone.sound();
    for (int at = 0; at + 5 <= sound.ms(); at += 5) {
      assertThat(Sound.db(sound.part(at, at + 5).amplitude(TONE_HZ), PEAK))
          .as("level at %d ms in round %d", at, round)
          .isBetween(-2.5, 2.5);
    }
  }

  /** The first who shares, or shares again when nobody did meanwhile, meets no stranger either. */
  @ParameterizedTest
  @EnumSource(Codec.class)
  void shouldHearNoSeamWhereHeIsTheOnlyOneWhoShares(final Codec codec) {
    final CodecPhone talker = call.join(Codec.L16_WIDE);
    final CodecPhone speaker = call.join(codec);
    speaker.voice = null;
    call.together();
    talker.voice = Voice.tone(TONE_HZ, PEAK);
    call.settle(400);
    for (int round = 0; round < 3; round++) {
      call.ms(2_500);
      assertLevelHolds(speaker, round);
      assertThat(speaker.sound().peak()).as("round %d", round).isLessThan((int) (1.35 * PEAK));
      speaker.forget();
      speaker.voice = Voice.tone(1_050, PEAK);
      // What others of other codecs hear changes, and so does what they would share.
      talker.voice = Voice.tone(TONE_HZ, round % 2 == 0 ? PEAK / 2 : PEAK);
      call.ms(500);
      talker.voice = Voice.tone(TONE_HZ, PEAK);
      call.settle(200);
      speaker.voice = null;
    }
  }

  /** The loudest 5 ms beside the tone. */
  private static double largestResidual(final CodecPhone phone) {
    final Sound sound = phone.sound();
    double largest = 0;
    for (int at = 0; at + 5 <= sound.ms(); at += 5) {
      largest = Math.max(largest, sound.part(at, at + 5).besideTone(TONE_HZ));
    }
    return largest;
  }
}
