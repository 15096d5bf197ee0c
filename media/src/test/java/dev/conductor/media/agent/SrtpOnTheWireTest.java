package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.MediaKeys;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.rtp.SrtpProfile;
import dev.conductor.media.status.MediaCounter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Protected lines in a call with plain ones, through real sockets. */
class SrtpOnTheWireTest {
  private static final SrtpProfile USUAL = SrtpProfile.AES_CM_128_HMAC_SHA1_80;

  private final Random random = new Random();
  private final Stage stage = new Stage(1);

  @AfterEach
  void close() {
    stage.close();
  }

  private byte[] master(final SrtpProfile profile) {
    final byte[] master = new byte[profile.masterBytes()];
    random.nextBytes(master);
    return master;
  }

  private static RtpSessionSpec spec(
      final InetSocketAddress remote,
      final SrtpProfile profile,
      final byte[] server,
      final byte[] phone) {
    return new LineSpec(remote)
        .signalledFrom(InetAddress.getLoopbackAddress())
        .keys(new MediaKeys(profile.name(), server, phone))
        .spec();
  }

  private Phone open(final long id, final SrtpProfile profile) {
    return open(id, profile, master(profile), master(profile));
  }

  private Phone open(
      final long id, final SrtpProfile profile, final byte[] server, final byte[] own) {
    final Phone phone = new Phone();
    stage.phones.put(id, phone);
    phone.keys(profile, own, server);
    assertThat(stage.engine.open(id, spec(phone.address(), profile, server, own))).isTrue();
    stage.ticks(2);
    phone.dial(stage.opened.get(id));
    phone.drain();
    return phone;
  }

  private void callOfTwo() {
    stage.open(2);
    stage.engine.admit(1, Stage.CALL);
    stage.engine.admit(2, Stage.CALL);
    stage.ticks(3);
    stage.plan(Stage.place(1, 0, 0), Stage.place(2, 0, 0));
    stage.tick();
    stage.phones.values().forEach(Phone::drain);
  }

  @ParameterizedTest
  @EnumSource(SrtpProfile.class)
  void shouldHearAndBeHeardByAPlainLine(final SrtpProfile profile) {
    final Phone safe = open(1, profile);
    callOfTwo();
    final Phone plain = stage.phones.get(2L);
    for (int tick = 0; tick < 100; tick++) {
      final short said = safe.say(0x30);
      final short answered = plain.say(0x40);
      stage.tick();
      if (tick < 5) {
        safe.drain();
        plain.drain();
      } else {
        stage.assertHears(2, said);
        stage.assertHears(1, answered);
      }
    }
    assertThat(stage.count(MediaCounter.SRTP_NOT_AUTHENTIC)).isZero();
    assertThat(stage.count(MediaCounter.SRTP_REPLAYED)).isZero();
  }

  @Test
  void shouldHearNothingThatWasNotMadeWithTheKeyNorLearnAnAddressByIt() {
    final byte[] server = master(USUAL);
    final Phone phone = open(1, USUAL, server, master(USUAL));
    callOfTwo();
    try (Phone stranger = new Phone();
        Phone wrong = new Phone()) {
      stranger.dial(phone.server());
      wrong.dial(phone.server());
      wrong.keys(USUAL, master(USUAL), server);
      for (int i = 0; i < 10; i++) {
        stranger.say(0x10);
        wrong.say(0x10);
        stage.tick();
        stage.assertHears(2, 0);
      }
      assertThat(stranger.drain() + wrong.drain()).isZero();
      assertThat(stage.count(MediaCounter.SRTP_NOT_AUTHENTIC)).isEqualTo(20);
      assertThat(stage.events).doesNotContain("first 1");
      assertThat(stage.count(MediaCounter.RTP_SOURCES_LEARNED)).isZero();
    }
    assertThat(phone.drain()).isPositive();
  }

  @Test
  void shouldHearNoPacketTwice() {
    final Phone phone = open(1, USUAL);
    callOfTwo();
    try (Phone thief = new Phone()) {
      for (int i = 0; i < 10; i++) {
        phone.say(0x30);
        phone.resendLatest();
        stage.tick();
      }
      assertThat(thief.drain()).isZero();
    }
    stage.ticks(2);
    assertThat(stage.count(MediaCounter.SRTP_REPLAYED)).isEqualTo(10);
    assertThat(stage.count(MediaCounter.JITTER_DUPLICATE)).isZero();
  }

  @Test
  void shouldTakeKeysOfTelephoneEvents() {
    final Phone phone = open(1, USUAL);
    phone.press('7', 1_000, true, 800);
    stage.tick();
    assertThat(stage.events).contains("digit 1 7");
  }

  @Test
  void shouldGoOnOverANewKeyAndWhatIsStillUnderWay() {
    final byte[] server = master(USUAL);
    final byte[] own = master(USUAL);
    final Phone phone = open(1, USUAL, server, own);
    callOfTwo();
    for (int i = 0; i < 10; i++) {
      phone.say(0x30);
      stage.tick();
    }
    final byte[] newOwn = master(USUAL);
    final byte[] newServer = master(USUAL);
    stage.engine.update(1, spec(phone.address(), USUAL, newServer, newOwn));
    final short before = phone.say(0x30);
    stage.tick();
    stage.phones.get(2L).drain();
    phone.drain();
    for (int i = 0; i < 5; i++) {
      assertThat(phone.say(0x30)).isEqualTo(before);
      stage.tick();
      stage.assertHears(2, before);
    }
    phone.drain();
    phone.keys(USUAL, newOwn, newServer);
    for (int i = 0; i < 5; i++) {
      phone.say(0x30);
      stage.tick();
      stage.assertHears(2, before);
      assertThat(phone.receive()).isTrue();
      assertThat(phone.length()).isEqualTo(172);
    }
    assertThat(stage.count(MediaCounter.SRTP_NOT_AUTHENTIC)).isZero();
    phone.keys(USUAL, own, newServer);
    phone.say(0x30);
    stage.tick();
    assertThat(stage.count(MediaCounter.SRTP_NOT_AUTHENTIC)).isEqualTo(1);
  }

  @Test
  void shouldKeepItsCountersOverAnUpdateThatLeavesTheKeys() {
    final byte[] server = master(USUAL);
    final byte[] own = master(USUAL);
    final Phone phone = open(1, USUAL, server, own);
    callOfTwo();
    // The phone's sequence numbers wrap within these.
    for (int i = 0; i < 60; i++) {
      phone.say(0x30);
      stage.tick();
    }
    stage.engine.update(1, spec(phone.address(), USUAL, server, own));
    stage.phones.get(2L).drain();
    for (int i = 0; i < 5; i++) {
      phone.say(0x30);
      stage.tick();
    }
    phone.resendLatest();
    stage.tick();
    assertThat(stage.count(MediaCounter.SRTP_NOT_AUTHENTIC)).isZero();
    assertThat(stage.count(MediaCounter.SRTP_REPLAYED)).isEqualTo(1);
  }

  @Test
  void shouldProtectReportsAndTakeProtectedOnesAlone() {
    final Phone phone = open(1, USUAL);
    boolean reported = false;
    for (int i = 0; i < 400 && !reported; i++) {
      phone.say(0x30);
      stage.tick();
      reported = phone.receiveRtcp();
    }
    assertThat(reported).isTrue();
    assertThat(phone.length()).isPositive();
    assertThat(RtcpPacket.type(phone.packet(), 0)).isEqualTo(RtcpPacket.SENDER_REPORT);

    phone.sendRtcp(new byte[] {(byte) 0x80, (byte) 0xC9, 0, 1, 0, 0, 1, 2});
    stage.ticks(50);
    assertThat(stage.count(MediaCounter.RTCP_RECEIVED)).isZero();
    assertThat(stage.count(MediaCounter.SRTP_MALFORMED)).isEqualTo(1);
  }
}
