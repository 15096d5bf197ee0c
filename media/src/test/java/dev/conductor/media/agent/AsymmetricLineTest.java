package dev.conductor.media.agent;

import static dev.conductor.media.agent.Stage.place;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.status.MediaCounter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A line whose far end speaks from another address than the one at which it hears. */
class AsymmetricLineTest extends RtcpStage {
  private static final int MAIN = 0;
  private static final int UNAGREED = 13;

  private final Phone ear = new Phone();
  private final Phone mouth = new Phone(address("127.0.0.9"));
  private final Phone otherMouth = new Phone(address("127.0.0.9"));
  private final Phone stranger = new Phone(address("127.0.0.13"));

  @BeforeEach
  void open() {
    stage.phones.put(1L, ear);
    assertThat(stage.engine.open(1, spec(ear.address(), false))).isTrue();
    stage.open(2);
    assertThat(stage.engine.admit(1, Stage.CALL)).isTrue();
    assertThat(stage.engine.admit(2, Stage.CALL)).isTrue();
    stage.ticks(3);
    stage.plan(place(1, MAIN, MixPlan.NO_MIX), place(2, MixPlan.NO_MIX, MAIN));
    stage.tick();
    List.of(ear, mouth, otherMouth, stranger).forEach(phone -> phone.dial(stage.opened.get(1L)));
    stage.phones.values().forEach(Phone::drain);
  }

  @AfterEach
  void hangUp() {
    mouth.close();
    otherMouth.close();
    stranger.close();
  }

  private static InetAddress address(final String text) {
    try {
      return InetAddress.getByName(text);
    } catch (final UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }

  private static RtpSessionSpec spec(final InetSocketAddress remote, final boolean mux) {
    return spec(remote, mux, address("127.0.0.9")::equals);
  }

  private static RtpSessionSpec spec(
      final InetSocketAddress remote, final boolean mux, final Predicate<InetAddress> sources) {
    return new LineSpec(remote)
        .signalledFrom(address("127.0.0.13"))
        .mux(mux)
        .sources(sources)
        .spec();
  }

  @Test
  void shouldHearFromAnyPortOfItsAddressesAndSendWhereItHearsAlone() {
    for (int i = 0; i < 10; i++) {
      stage.phones.get(2L).drain();
      final int voice = mouth.say(0x20);
      stage.tick();
      stage.assertHears(2, voice);
      assertThat(ear.receive()).isTrue();
    }
    otherMouth.sequence = mouth.sequence;
    otherMouth.timestamp = mouth.timestamp;
    for (int i = 0; i < 10; i++) {
      final int voice = otherMouth.say(0x21);
      stage.tick();
      stage.assertHears(2, voice);
      assertThat(ear.receive()).isTrue();
    }
    assertThat(mouth.receive()).isFalse();
    assertThat(otherMouth.receive()).isFalse();
    assertThat(stage.count(MediaCounter.RTP_UNKNOWN_SOURCE)).isZero();
    assertThat(stage.count(MediaCounter.RTP_SOURCES_LEARNED)).isZero();
  }

  /** Not even one at the address SIP comes from, nor at that which SDP names. */
  @Test
  void shouldNotHearWhoIsNotAtItsAddresses() {
    for (int i = 0; i < 10; i++) {
      stranger.say(0x20);
      ear.say(0x20);
      stage.tick();
      stage.assertHears(2, 0);
      assertThat(ear.receive()).isTrue();
    }
    stage.ticks(10);
    assertThat(stranger.receive()).isFalse();
    assertThat(stage.count(MediaCounter.RTP_UNKNOWN_SOURCE)).isEqualTo(20);
  }

  /** Nobody but us throws away what strangers send: it is not to stand in the far end's way. */
  @Test
  void shouldHearTheFarEndThroughACrowdOfStrangers() {
    for (int i = 0; i < 100; i++) {
      for (int strangers = 0; strangers < 40; strangers++) {
        stranger.say(0x30);
      }
      final int voice = mouth.say(0x20);
      stage.tick();
      stage.assertHears(2, voice);
    }
    assertThat(stage.count(MediaCounter.JITTER_OVERFLOW)).isZero();
  }

  @Test
  void shouldTakeAnAgreedPayloadTypeFirstAndAfterItWhatElseComesFromThere() {
    final byte[] comfortNoise = new byte[13];
    comfortNoise[0] = (byte) 0x80;
    comfortNoise[1] = UNAGREED;
    mouth.sendBytes(comfortNoise);
    stage.tick();
    assertThat(stage.count(MediaCounter.RTP_UNKNOWN_SOURCE)).isEqualTo(1);
    mouth.say(0x20);
    stage.tick();
    mouth.sendBytes(comfortNoise);
    stage.tick();
    assertThat(stage.count(MediaCounter.RTP_UNKNOWN_PAYLOAD)).isEqualTo(1);
    otherMouth.sendBytes(comfortNoise);
    stage.tick();
    assertThat(stage.count(MediaCounter.RTP_UNKNOWN_SOURCE)).isEqualTo(2);
  }

  @Test
  void shouldTakeRtcpFromItsAddressesAndReportAboveWhereItHears() {
    waitForReport(ear, phone -> mouth.say(0x20));
    final int ourSsrc = reader.ssrc();
    stranger.sendRtcp(lossReport(mouth, ourSsrc, 255));
    stage.ticks(55);
    assertThat(stage.count(MediaCounter.RTCP_UNKNOWN_SOURCE)).isEqualTo(1);
    assertThat(stage.engine.line(1).remoteLoss()).isNaN();
    otherMouth.sendRtcp(lossReport(mouth, ourSsrc, 128));
    stage.ticks(55);
    assertThat(stage.engine.line(1).remoteLoss()).isEqualTo(0.5);
    waitForReport(ear, phone -> mouth.say(0x20));
    assertThat(otherMouth.receiveRtcp()).isFalse();
    assertThat(mouth.receiveRtcp()).isFalse();
  }

  @Test
  void shouldNotReportToWhereRtcpComesFromEvenAtTheHostItNamed() {
    stage.engine.update(1, spec(ear.address(), false, InetAddress::isLoopbackAddress));
    waitForReport(ear, phone -> mouth.say(0x20));
    try (Phone elsewhere = new Phone()) {
      elsewhere.dial(ear.server());
      elsewhere.sendRtcp(lossReport(mouth, reader.ssrc(), 128));
      stage.ticks(55);
      assertThat(stage.engine.line(1).remoteLoss()).isEqualTo(0.5);
      waitForReport(ear, phone -> mouth.say(0x20));
      assertThat(elsewhere.receiveRtcp()).isFalse();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"127.0.0.9", "127.0.0.13"})
  void shouldTakeRtcpFromItsAddressesOverTheRtpPort(final String from) {
    stage.engine.update(1, spec(ear.address(), true));
    waitUntil(this::reportsOverRtpPort, ear, phone -> mouth.say(0x20));
    report(ear);
    final Phone reporter = from.equals("127.0.0.9") ? otherMouth : stranger;
    reporter.sendBytes(lossReport(mouth, reader.ssrc(), 128));
    stage.ticks(55);
    if (reporter == otherMouth) {
      assertThat(stage.engine.line(1).remoteLoss()).isEqualTo(0.5);
    } else {
      assertThat(stage.engine.line(1).remoteLoss()).isNaN();
    }
    assertThat(reporter.receive()).isFalse();
  }

  private boolean reportsOverRtpPort() {
    while (ear.receive()) {
      if (RtcpPacket.isRtcp(ear.packet(), 0, ear.length())) {
        return true;
      }
    }
    return false;
  }

  @Test
  void shouldSendToANewPlaceAfterAnUpdateAndHearAsBefore() {
    mouth.say(0x20);
    stage.tick();
    try (Phone newEar = new Phone()) {
      stage.engine.update(1, spec(newEar.address(), false));
      mouth.say(0x20);
      stage.tick();
      ear.drain();
      newEar.drain();
      stage.phones.get(2L).drain();
      final int voice = mouth.say(0x20);
      stage.tick();
      stage.assertHears(2, voice);
      assertThat(newEar.receive()).isTrue();
      assertThat(ear.receive()).isFalse();
    }
  }
}
