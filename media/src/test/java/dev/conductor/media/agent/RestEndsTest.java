package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.G711Alaw;
import dev.conductor.media.play.Clip;
import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.rtp.RtcpReader;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import dev.conductor.media.status.MediaCounter;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One who is sent what others are sent is sent it on without a break, whatever ends his rest. */
class RestEndsTest {
  private static final int SILENCE = 0xFF;
  private static final int WORD = 0x20;
  private static final int LOUDEST = 0x80;

  private static final long LISTENER = 2;
  private static final int SETTLING_TICKS = 80;

  private final Stage stage = new Stage(1, beep());
  private int sequence;
  private int timestamp;
  private int ssrc;
  private int said;

  @BeforeEach
  void open() {
    stage.openCall(3);
    stage.plan(Stage.place(1, 0, 0), Stage.place(2, 0, 0), Stage.place(3, 0, 0));
    for (int tick = 0; tick < SETTLING_TICKS; tick++) {
      sayAll(SILENCE);
      stage.tick();
    }
    final long rested = stage.count(MediaCounter.JITTER_RESTED);
    stage.phones.values().forEach(Phone::drain);
    sayAll(SILENCE);
    stage.tick();
    assertThat(stage.count(MediaCounter.JITTER_RESTED)).as("all rest").isEqualTo(rested + 3);
    final Phone phone = stage.phones.get(LISTENER);
    assertThat(phone.receive()).isTrue();
    sequence = RtpHeader.sequence(phone.packet(), 0);
    timestamp = RtpHeader.timestamp(phone.packet(), 0);
    ssrc = RtpHeader.ssrc(phone.packet(), 0);
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"loss", "twice", "key", "prompt", "energy", "speaks", "moved"})
  void shouldSendOnWithoutABreak(final String why) {
    for (int round = 0; round < 3; round++) {
      for (int tick = 0; tick < 30; tick++) {
        said = stage.phones.get(1L).say(WORD + tick % 16);
        stage.phones.get(3L).say(SILENCE);
        if (tick == 5) {
          end(why, stage.phones.get(LISTENER));
        } else {
          stage.phones.get(LISTENER).say(SILENCE);
        }
        stage.tick();
        assertGoesOn(why + ", tick " + tick);
      }
    }
  }

  private void end(final String why, final Phone phone) {
    switch (why) {
      case "loss" -> phone.timestamp += Phone.FRAME_SAMPLES;
      case "twice" -> {
        phone.say(SILENCE);
        phone.resendLatest();
      }
      case "key" -> phone.press('5', phone.timestamp, true, 800);
      case "speaks" -> phone.say(WORD);
      case "prompt" -> stage.engine.prompt(LISTENER, List.of("none"), 1);
      case "energy" -> {
        phone.say(SILENCE);
        stage.plan(Stage.place(1, 0, 0), judgedBy(200), Stage.place(3, 0, 0));
      }
      default -> {
        phone.say(SILENCE);
        stage.plan(Stage.place(1, 0, 0), Stage.place(3, 0, 0), Stage.place(2, -1, 0));
      }
    }
  }

  /** Packets came late, all at once, and so more are held from then on: they are heard in turn. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5})
  void shouldHearInTurnWhatIsHeldWhileTheLineRests(final int held) {
    final Phone talker = stage.phones.get(1L);
    standStill(talker, held);
    final int[] words = new int[100];
    final long rested = stage.count(MediaCounter.JITTER_RESTED);
    for (int tick = 0; tick < words.length; tick++) {
      words[tick] = talker.say(tick % 5 == 3 ? SILENCE : WORD + tick % 40);
      othersSaySilence();
      stage.phones.get(LISTENER).drain();
      stage.tick();
      if (tick >= held) {
        stage.assertHears(LISTENER, words[tick - held]);
      }
      if (tick % 30 == 0) {
        // The run ends, and what it held is played from where it is now.
        stage.engine.prompt(1, List.of("none"), 1);
      }
    }
    assertThat(stage.count(MediaCounter.JITTER_RESTED) - rested).isGreaterThan(2 * 100 + 70);
  }

  /** For so many ticks nothing comes of what the talker sends; the next tick brings it all. */
  private void standStill(final Phone talker, final int ticks) {
    for (int tick = 0; tick < ticks; tick++) {
      othersSaySilence();
      stage.tick();
    }
    for (int packet = 0; packet < ticks; packet++) {
      talker.say(SILENCE);
    }
  }

  private void othersSaySilence() {
    stage.phones.get(2L).say(SILENCE);
    stage.phones.get(3L).say(SILENCE);
  }

  /** More came at once than the delay allows: the oldest of it is cut, and the line rests again. */
  @ParameterizedTest
  @ValueSource(ints = {6, 7, 8, 9, 12})
  void shouldRestAgainAfterMoreCameAtOnceThanIsKept(final int late) {
    standStill(stage.phones.get(1L), late);
    restAgain();
    assertThat(stage.count(MediaCounter.JITTER_OVERFLOW)).isPositive();
  }

  /** One packet was of another length, as where a gateway changes phones: whole ones rest again. */
  @ParameterizedTest
  @ValueSource(ints = {40, 80, 120, 200, 240})
  void shouldRestAgainAfterAPacketOfAnotherLength(final int samples) {
    final byte[] odd = new byte[samples];
    Arrays.fill(odd, (byte) SILENCE);
    stage.phones.get(1L).send(odd);
    restAgain();
  }

  /** All lines rest twelve seconds later. */
  private void restAgain() {
    long rested = 0;
    for (int tick = 0; tick < 600; tick++) {
      rested = stage.count(MediaCounter.JITTER_RESTED);
      sayAll(SILENCE);
      stage.tick();
    }
    assertThat(stage.count(MediaCounter.JITTER_RESTED)).isEqualTo(rested + 3);
  }

  /** Packets of the other law are as long, and follow without a gap. */
  @Test
  void shouldHearATalkerWhoTurnsToAnotherCodecAtOnce() {
    final Phone talker = stage.phones.get(1L);
    assertThat(stage.engine.update(1, bothLaws(talker))).isTrue();
    for (int tick = 0; tick < 80; tick++) {
      sayAll(tick % 10 < 5 ? WORD : SILENCE);
      stage.tick();
    }
    stage.phones.values().forEach(Phone::drain);
    final short[] alaw = new short[1];
    new G711Alaw().decode(new UnsafeBuffer(new byte[] {WORD}), 0, 1, alaw, 0);
    for (int tick = 0; tick < 10; tick++) {
      sayInAlaw(talker);
      othersSaySilence();
      stage.tick();
      if (tick > 0) {
        stage.assertHears(LISTENER, alaw[0]);
      }
      stage.phones.get(LISTENER).drain();
    }
  }

  private static void sayInAlaw(final Phone phone) {
    final UnsafeBuffer packet =
        new UnsafeBuffer(new byte[RtpHeader.FIXED_BYTES + Phone.FRAME_SAMPLES]);
    Arrays.fill(packet.byteArray(), (byte) WORD);
    RtpHeader.putFirst(packet, 0, false, Codec.PCMA.staticPayloadType());
    RtpHeader.putSequence(packet, 0, phone.sequence++);
    RtpHeader.putTimestamp(packet, 0, phone.timestamp);
    RtpHeader.putSsrc(packet, 0, phone.ssrc);
    phone.timestamp += Phone.FRAME_SAMPLES;
    phone.sendBytes(packet.byteArray());
  }

  private static RtpSessionSpec bothLaws(final Phone phone) {
    return new LineSpec(phone.address())
        .codecs(
            new RtpSessionSpec.Payload(0, Codec.PCMU), new RtpSessionSpec.Payload(8, Codec.PCMA))
        .spec();
  }

  /** A packet more than ticks came: it is found in the socket within a second and made up for. */
  @Test
  void shouldReadWhatWaitsInTheSocketAndBeInTimeAgain() {
    final Phone talker = stage.phones.get(1L);
    final long received = stage.count(MediaCounter.RTP_RECEIVED);
    talker.say(SILENCE);
    for (int tick = 0; tick < 600; tick++) {
      sayAll(SILENCE);
      stage.tick();
    }
    assertThat(stage.count(MediaCounter.RTP_RECEIVED)).isEqualTo(received + 1 + 3 * 600);
    stage.phones.values().forEach(Phone::drain);
    final short word = talker.say(WORD);
    stage.tick();
    stage.assertHears(LISTENER, word);
    assertThat(stage.count(MediaCounter.JITTER_CONCEALED)).isZero();
  }

  /** Who speaks up while the gain of what all hear is low hears no jump of it. */
  @Test
  void shouldGoOnWithTheGainOfWhatAllWereSent() {
    for (int tick = 0; tick < 30; tick++) {
      stage.phones.get(1L).say(LOUDEST);
      stage.phones.get(LISTENER).say(SILENCE);
      stage.phones.get(3L).say(LOUDEST);
      stage.tick();
    }
    sayAll(SILENCE);
    stage.tick();
    final Phone phone = stage.phones.get(LISTENER);
    phone.drain();
    final short word = stage.phones.get(1L).say(WORD);
    phone.say(WORD);
    stage.phones.get(3L).say(SILENCE);
    stage.tick();
    assertThat(phone.receive()).isTrue();
    final double gain = (double) phone.heard()[Phone.FRAME_SAMPLES - 1] / word;
    assertThat(gain).as("two ticks after the loudest").isBetween(0.6, 0.8);
  }

  @Test
  void shouldNotCallALineSilentThatMissesAPacketAfterALongRest() {
    for (int tick = 0; tick < 1_600; tick++) {
      sayAll(SILENCE);
      stage.tick();
    }
    for (int tick = 0; tick < 10; tick++) {
      stage.phones.get(1L).say(SILENCE);
      stage.phones.get(3L).say(SILENCE);
      stage.tick();
    }
    assertThat(stage.events).noneMatch(event -> event.startsWith("silent"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldHearAPromptAtOnceThatBeginsWhileTheLineRests(final boolean queued) {
    final Phone phone = stage.phones.get(LISTENER);
    for (int round = 0; round < 2; round++) {
      if (queued) {
        stage.engine.queuePrompt(LISTENER, List.of("beep"), 0, round);
      } else {
        stage.engine.prompt(LISTENER, List.of("beep"), round);
      }
      for (int tick = 0; tick < 40; tick++) {
        phone.drain();
        sayAll(SILENCE);
        stage.tick();
        assertThat(phone.receive()).isTrue();
        final boolean beeps = phone.heard()[0] != 0;
        assertThat(beeps).as("tick %d", tick).isEqualTo(tick < 3);
      }
      assertThat(stage.events).contains("prompt " + LISTENER + " " + round);
    }
  }

  private static Clip beep() {
    final short[] samples = new short[3 * Phone.FRAME_SAMPLES];
    Arrays.fill(samples, (short) 8_031);
    return new Clip("beep", 8_000, samples);
  }

  @Test
  void shouldReportWhatWasSentWhileTheLineRested() {
    final Phone phone = stage.phones.get(LISTENER);
    final RtcpReader reader = new RtcpReader();
    // The first may have been sent before the line came to rest.
    long packets = 0;
    for (int tick = 0; tick < 2 * RtcpStage.REPORT_TICKS && packets <= SETTLING_TICKS; tick++) {
      sayAll(SILENCE);
      stage.tick();
      if (phone.receiveRtcp()) {
        assertThat(reader.wrap(phone.packet(), 0, phone.length())).isPositive();
        assertThat(reader.next()).isTrue();
        assertThat(reader.type()).isEqualTo(RtcpPacket.SENDER_REPORT);
        packets = reader.packetCount();
      }
    }
    assertThat(packets).isGreaterThan(SETTLING_TICKS);
    assertThat(reader.octetCount()).isEqualTo(reader.packetCount() * Phone.FRAME_SAMPLES);
  }

  private static MixPlan.Place judgedBy(final int energy) {
    return new MixPlan.Place(LISTENER, 0, MixPlan.NO_MIX, 0, MixPlan.NO_MIX, 0, 0, energy, true);
  }

  private void assertGoesOn(final String what) {
    final Phone phone = stage.phones.get(LISTENER);
    sequence = Sequences.next(sequence);
    timestamp += Phone.FRAME_SAMPLES;
    assertThat(phone.receive()).as(what).isTrue();
    assertThat(RtpHeader.sequence(phone.packet(), 0)).as(what).isEqualTo(sequence);
    assertThat(RtpHeader.timestamp(phone.packet(), 0)).as(what).isEqualTo(timestamp);
    assertThat(RtpHeader.ssrc(phone.packet(), 0)).as(what).isEqualTo(ssrc);
    assertThat(RtpHeader.marker(phone.packet(), 0)).as(what).isFalse();
    assertThat(phone.heard()[Phone.FRAME_SAMPLES - 1]).as(what).isEqualTo((short) said);
    assertThat(phone.receive()).as("a second packet, %s", what).isFalse();
  }

  private void sayAll(final int word) {
    stage.phones.values().forEach(phone -> phone.say(word));
  }
}
