package dev.conductor.media.agent;

import static dev.conductor.media.agent.Stage.place;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** One line's behaviour towards the network, and that its troubles stay its own. */
class SessionOnTheWireTest {
  private static final int MAIN = 0;
  private static final int NONE = MixPlan.NO_MIX;

  private final Stage stage = new Stage(1);

  @AfterEach
  void close() {
    stage.close();
  }

  @RepeatedTest(5)
  void shouldBeginItsStreamAtRandomWithALowSequenceAndAMarker() {
    stage.phones.put(1L, new Phone());
    stage.engine.open(1, Stage.spec(stage.phones.get(1L).address()));
    stage.ticks(2);
    final Phone phone = stage.phones.get(1L);
    assertThat(phone.receive()).isTrue();
    assertThat(RtpHeader.sequence(phone.packet(), 0)).isLessThan(1 << 15);
    assertThat(RtpHeader.marker(phone.packet(), 0)).isTrue();
    assertThat(RtpHeader.payloadType(phone.packet(), 0)).isZero();
    assertThat(phone.length()).isEqualTo(172);
    final int ssrc = RtpHeader.ssrc(phone.packet(), 0);
    final Phone other = stage.open(2);
    stage.tick();
    assertThat(other.receive()).isTrue();
    assertThat(RtpHeader.ssrc(other.packet(), 0)).isNotEqualTo(ssrc);
  }

  @ParameterizedTest
  @CsvSource({"false, true", "true, true", "false, false"})
  void shouldSendNothingOnHoldAndGoOnWithAMarkerAfterwards(
      final boolean sends, final boolean hold) {
    final Phone phone = stage.open(1);
    stage.engine.update(1, Stage.spec(phone.address(), sends, true, hold));
    stage.tick();
    phone.drain();
    stage.ticks(20);
    assertThat(phone.receive()).isFalse();
    stage.engine.update(1, Stage.spec(phone.address()));
    stage.tick();
    assertThat(phone.receive()).isTrue();
    assertThat(RtpHeader.marker(phone.packet(), 0)).isTrue();
    stage.tick();
    assertThat(phone.receive()).isTrue();
    assertThat(RtpHeader.marker(phone.packet(), 0)).isFalse();
  }

  @Test
  void shouldNotLetOthersHearALineOnHold() {
    stage.openCall(2);
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN));
    final Phone phone = stage.phones.get(1L);
    stage.engine.update(1, Stage.spec(phone.address(), false, false, true));
    stage.tick();
    stage.phones.get(2L).drain();
    for (int i = 0; i < 5; i++) {
      phone.say(0x20);
      stage.tick();
      stage.assertHears(2, 0);
    }
    assertThat(stage.count(MediaCounter.RTP_NOT_WANTED)).isEqualTo(5);
  }

  @Test
  void shouldSendNothingOnHoldToOneWhoHeardWhatOthersHear() {
    stage.openCall(3);
    stage.plan(place(1, MAIN, MAIN), place(2, NONE, MAIN), place(3, NONE, MAIN));
    final Phone held = stage.phones.get(2L);
    for (int i = 0; i < 5; i++) {
      stage.phones.get(1L).say(0x20);
      stage.tick();
    }
    stage.engine.update(2, Stage.spec(held.address(), false, false, true));
    stage.tick();
    stage.phones.values().forEach(Phone::drain);
    for (int i = 0; i < 5; i++) {
      final int voice = stage.phones.get(1L).say(0x20);
      stage.tick();
      assertThat(held.receive()).isFalse();
      stage.assertHears(3, voice);
    }
  }

  @Test
  void shouldSendToTheNewAddressAfterAnUpdate() {
    final Phone phone = stage.open(1);
    phone.say(0x20);
    stage.tick();
    try (Phone other = new Phone()) {
      stage.engine.update(1, Stage.spec(other.address()));
      stage.tick();
      phone.drain();
      assertThat(other.receive()).isTrue();
      stage.tick();
      assertThat(phone.receive()).isFalse();
      assertThat(other.receive()).isTrue();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldSendNothingAtAllBeforeTheLineIsConfirmedOrSpeaks(final boolean mux) {
    final Phone phone = new Phone();
    stage.phones.put(1L, phone);
    stage.engine.open(1, spec(phone.address(), mux).unconfirmed());
    stage.ticks(2);
    phone.dial(stage.opened.get(1L));
    final long refused = stage.count(MediaCounter.RTCP_SENDS_REFUSED);
    stage.ticks(1_600);
    assertThat(phone.receive()).isFalse();
    assertThat(stage.count(MediaCounter.RTP_SENT)).isZero();
    assertThat(stage.count(MediaCounter.RTCP_SENT)).isZero();
    assertThat(stage.count(MediaCounter.RTCP_SENDS_REFUSED)).isEqualTo(refused);

    if (mux) {
      stage.engine.update(1, spec(phone.address(), true));
    } else {
      phone.say(0x20);
    }
    stage.tick();
    assertThat(phone.receive()).isTrue();
  }

  @Test
  void shouldSayNoGoodbyeToALineThatNeverWasConfirmed() {
    final Phone phone = new Phone();
    stage.phones.put(1L, phone);
    stage.engine.open(1, spec(phone.address(), true).unconfirmed());
    stage.ticks(500);
    stage.engine.close(1);
    stage.ticks(2);
    assertThat(phone.receive()).isFalse();
    assertThat(stage.count(MediaCounter.RTCP_SENT)).isZero();
  }

  private static RtpSessionSpec spec(final InetSocketAddress remote, final boolean mux) {
    return new LineSpec(remote)
        .signalledFrom(InetAddress.getLoopbackAddress())
        .noEvents()
        .mux(mux)
        .spec();
  }

  @Test
  void shouldLearnAPhoneBehindANatAndSendToItFromThen() {
    final Phone signalled = new Phone();
    final Phone behindNat = new Phone();
    stage.phones.put(1L, signalled);
    stage.phones.put(2L, behindNat);
    stage.engine.open(
        1,
        new LineSpec(signalled.address())
            .signalledFrom(InetAddress.getLoopbackAddress())
            .noEvents()
            .spec());
    stage.ticks(2);
    behindNat.dial(stage.opened.get(1L));
    for (int i = 0; i < 5; i++) {
      // Of a payload type that was not agreed: nobody is learned by it.
      behindNat.press('5', 1_000, false, 160);
      stage.tick();
      assertThat(behindNat.receive()).isFalse();
    }
    for (int i = 0; i < 4; i++) {
      assertThat(behindNat.receive()).isFalse();
      behindNat.say(0x20);
      stage.tick();
    }
    assertThat(behindNat.receive()).isTrue();
    assertThat(stage.count(MediaCounter.RTP_UNKNOWN_SOURCE)).isEqualTo(8);
    assertThat(stage.count(MediaCounter.RTP_SOURCES_LEARNED)).isEqualTo(1);
    signalled.drain();
    stage.tick();
    assertThat(signalled.receive()).isFalse();
  }

  @Test
  void shouldFollowAPhoneToANewPortAfterASecondOfSilence() {
    final Phone phone = stage.open(1);
    phone.say(0x20);
    stage.tick();
    try (Phone moved = new Phone()) {
      moved.dial(phone.server());
      for (int i = 0; i < 5; i++) {
        moved.say(0x20);
        stage.tick();
      }
      assertThat(moved.receive()).as("while the old port is not silent for long").isFalse();
      stage.ticks(60);
      for (int i = 0; i < 5; i++) {
        moved.say(0x20);
        stage.tick();
      }
      assertThat(moved.receive()).isTrue();
    }
  }

  @Test
  void shouldDropItsOwnPacketsWhenTheyComeBack() {
    stage.openCall(2);
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN));
    final Phone phone = stage.phones.get(1L);
    phone.say(0x20);
    stage.tick();
    stage.phones.get(2L).drain();
    phone.drain();
    final int ssrc = ownSsrc(phone);
    for (int i = 0; i < 10; i++) {
      final byte[] echo = new byte[phone.length()];
      phone.packet().getBytes(0, echo);
      phone.sendBytes(echo);
      stage.tick();
      assertThat(phone.receive()).isTrue();
    }
    assertThat(stage.count(MediaCounter.RTP_LOOPED)).isEqualTo(10);
    assertThat(stage.count(MediaCounter.RTP_SSRC_COLLISIONS)).isZero();
    assertThat(RtpHeader.ssrc(phone.packet(), 0)).isEqualTo(ssrc);
  }

  @Test
  void shouldTakeAnotherSsrcWhenThePhoneUsesOurs() {
    final Phone phone = stage.open(1);
    stage.tick();
    phone.receive();
    final int ssrc = RtpHeader.ssrc(phone.packet(), 0);
    phone.ssrc = ssrc;
    phone.say(0x20);
    stage.tick();
    assertThat(phone.receive()).isTrue();
    assertThat(RtpHeader.ssrc(phone.packet(), 0)).isNotEqualTo(ssrc);
    assertThat(RtpHeader.marker(phone.packet(), 0)).isTrue();
    assertThat(stage.count(MediaCounter.RTP_SSRC_COLLISIONS)).isEqualTo(1);
    for (int i = 0; i < 5; i++) {
      phone.say(0x20);
      stage.tick();
    }
    assertThat(stage.count(MediaCounter.JITTER_PLAYED)).isEqualTo(6);
  }

  @ParameterizedTest
  @ValueSource(strings = {"hold", "out of the plan", "end of the call"})
  void shouldTellTheEndOfATalkAtOnceWhenTheTalkerCannotBeHeardAnyMore(final String why) {
    stage.openCall(2);
    stage.plan(Stage.place(1, 0, -1), Stage.place(2, -1, 0));
    final Phone phone = stage.phones.get(1L);
    for (int i = 0; i < 60; i++) {
      phone.say(i % 12 < 6 ? 0xFF : 0x10);
      stage.tick();
    }
    assertThat(stage.events).contains("talking 1 true").doesNotContain("talking 1 false");
    switch (why) {
      case "hold" -> stage.engine.update(1, Stage.spec(phone.address(), false, false, true));
      case "out of the plan" -> stage.plan(Stage.place(2, -1, 0));
      default -> stage.engine.endCall(Stage.CALL);
    }
    phone.say(0x20);
    stage.tick();
    assertThat(stage.events).containsOnlyOnce("talking 1 false");
  }

  @Test
  void shouldSpeakAndHearTheOtherCodecWhenAnUpdateChangesNothingElse() {
    final Phone phone = stage.open(1);
    stage.engine.update(1, new LineSpec(phone.address()).codec(8, Codec.PCMA).spec());
    phone.drain();
    phone.say(0x20);
    stage.tick();
    assertThat(phone.receive()).isTrue();
    assertThat(RtpHeader.payloadType(phone.packet(), 0)).isEqualTo(8);
    assertThat(stage.count(MediaCounter.RTP_UNKNOWN_PAYLOAD)).isEqualTo(1);
  }

  @Test
  void shouldTakeNoKeyFromAReportThatIsCutOff() {
    final Phone phone = stage.open(1);
    phone.press('7', 1_000, true, 800);
    stage.tick();
    assertThat(stage.events).containsOnlyOnce("digit 1 7");
    // A byte of a report; behind it the one before still stands in the reader's memory.
    phone.sendBytes(new byte[] {(byte) 0x80, Phone.EVENT_TYPE, 9, 9, 0, 0, 9, 9, 0, 0, 0, 9, 7});
    stage.ticks(2);
    assertThat(stage.events).containsOnlyOnce("digit 1 7");
    assertThat(stage.count(MediaCounter.RTP_BAD_LENGTH)).isEqualTo(1);
  }

  @Test
  void shouldLetOthersHearNothingOfAKeyWhoseToneIsSentBesides() {
    stage.openCall(2);
    stage.plan(Stage.place(1, 0, -1), Stage.place(2, -1, 0));
    final Phone phone = stage.phones.get(1L);
    final Phone listener = stage.phones.get(2L);
    final int tone = Math.abs(phone.codecSample(0x20));
    for (int tick = 0; tick < 25; tick++) {
      if (tick >= 10) {
        phone.press('7', 50_000, false, (tick - 9) * 160);
      }
      phone.say(tick < 10 ? 0xFF : 0x20);
      stage.tick();
      while (listener.receive()) {
        for (final short sample : listener.heard()) {
          assertThat(Math.abs(sample)).isLessThan(tone / 10);
        }
      }
    }
    assertThat(stage.events).containsOnlyOnce("digit 1 7");
  }

  @Test
  void shouldNotCallALineSilentThatHasOnlyJustOpened() {
    stage.open(1);
    stage.ticks(1_400);
    assertThat(stage.events).noneMatch(event -> event.startsWith("silent"));
    stage.ticks(200);
    assertThat(stage.events).contains("silent 1 30000");
  }

  @Test
  void shouldTellASilentLineAtEachProbeTimeButNotOneOnHold() {
    final Phone phone = stage.open(1);
    stage.open(2);
    stage.engine.update(2, Stage.spec(stage.phones.get(2L).address(), false, false, true));
    phone.say(0x20);
    stage.tick();
    stage.ticks(1_499);
    assertThat(stage.events).doesNotContain("silent 1 30000");
    stage.ticks(1);
    assertThat(stage.events).contains("silent 1 30000");
    stage.ticks(1_500);
    assertThat(stage.events).contains("silent 1 60000");
    phone.say(0x20);
    stage.ticks(1_000);
    assertThat(stage.events.stream().filter(e -> e.startsWith("silent"))).hasSize(2);
  }

  @Test
  void shouldHearAPhoneAgainThatClosedItsPortForAWhile() {
    stage.openCall(2);
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN));
    final Phone gone = stage.phones.get(1L);
    gone.say(0x20);
    stage.tick();
    gone.close();
    for (int i = 0; i < 10; i++) {
      stage.phones.get(2L).drain();
      stage.tick();
      assertThat(stage.phones.get(2L).receive()).as("the other goes on").isTrue();
    }
    assertThat(stage.count(MediaCounter.RTP_PORT_UNREACHABLE)).isEqualTo(3);
    assertThat(stage.count(MediaCounter.SESSION_FAULTS)).isZero();
    assertThat(stage.events).doesNotContain("closed 1");
  }

  @Test
  void shouldEndALineThatTheNetworkRefusesForFiveSecondsAndNoOther() {
    stage.openCall(2);
    stage.plan(place(1, MAIN, MAIN), place(2, MAIN, MAIN), place(3, MAIN, MAIN));
    // From a loopback address there is no way to anywhere else.
    stage.engine.open(3, Stage.spec(new InetSocketAddress("192.0.2.1", 4_000)));
    stage.ticks(200);
    assertThat(stage.events).contains("opened 3").doesNotContain("closed 3");
    assertThat(stage.count(MediaCounter.RTP_SENDS_REFUSED)).isGreaterThan(100);
    stage.phones.values().forEach(Phone::drain);
    for (int i = 0; i < 100; i++) {
      final short voice = stage.phones.get(1L).say(0x20);
      stage.tick();
      if (i > 0) {
        stage.assertHears(2, voice);
      }
      stage.phones.get(2L).drain();
    }
    assertThat(stage.events).contains("closed 3").doesNotContain("closed 1", "closed 2");
    assertThat(stage.count(MediaCounter.SESSIONS_GIVEN_UP)).isEqualTo(1);
  }

  private int ownSsrc(final Phone phone) {
    stage.tick();
    assertThat(phone.receive()).isTrue();
    return RtpHeader.ssrc(phone.packet(), 0);
  }
}
