package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.RtpSessionSpec;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Test;

class SourceLearnerTest {
  private static final long SECOND_NS = 1_000_000_000;
  private static final InetSocketAddress SIGNALLED = at(1, 4_000);
  private static final InetAddress NAT = at(2, 0).getAddress();
  private static final int SSRC = 5;

  private SourceLearner learner = learner(SIGNALLED, NAT);
  private long nowNs = 100 * SECOND_NS;
  private int sequence = 65_534;

  @Test
  void shouldTakeTheSignalledAddressAtOnceAndSendThereBefore() {
    assertThat(learner.target()).isEqualTo(SIGNALLED);
    assertThat(packet(SIGNALLED, true)).isTrue();
    assertThat(learner.target()).isEqualTo(SIGNALLED);
    assertThat(learner.learned()).isZero();
  }

  @Test
  void shouldSendNowhereBeforeTheLineIsConfirmedOrHasSpoken() {
    learner = new SourceLearner(spec(SIGNALLED, NAT).unconfirmed());
    assertThat(learner.target()).isNull();
    assertThat(packet(at(9, 4_000), true)).isFalse();
    assertThat(learner.target()).isNull();
    assertThat(packet(SIGNALLED, true)).isTrue();
    assertThat(learner.target()).isEqualTo(SIGNALLED);

    learner = new SourceLearner(spec(SIGNALLED, NAT).unconfirmed());
    learner.update(spec(at(3, 5_000), NAT).unconfirmed());
    assertThat(learner.target()).isNull();
    learner.update(spec(at(3, 5_000), NAT));
    assertThat(learner.target()).isEqualTo(at(3, 5_000));
    learner.update(spec(at(3, 5_000), NAT).unconfirmed());
    assertThat(learner.target()).as("who was there once").isEqualTo(at(3, 5_000));
    learner.update(spec(SIGNALLED, NAT).unconfirmed());
    assertThat(learner.target()).as("an address nobody has vouched for").isNull();
    assertThat(packet(SIGNALLED, true)).isTrue();
    assertThat(learner.target()).isEqualTo(SIGNALLED);
  }

  @Test
  void shouldNotOpenLearningAgainWhenTheLineIsOnlyConfirmed() {
    learner = new SourceLearner(spec(SIGNALLED, NAT).unconfirmed());
    assertThat(packet(SIGNALLED, true)).isTrue();
    learner.update(spec(SIGNALLED, NAT));
    for (int i = 0; i < 8; i++) {
      assertThat(packet(at(2, 60_123), true)).isFalse();
    }
    assertThat(learner.target()).isEqualTo(SIGNALLED);
  }

  @Test
  void shouldNeverTakeAStranger() {
    for (int i = 0; i < 50; i++) {
      assertThat(packet(at(9, 4_000), true)).isFalse();
      assertThat(packet(at(1, 4_001), true)).as("another port of the signalled").isFalse();
    }
    assertThat(learner.target()).isEqualTo(SIGNALLED);
  }

  @Test
  void shouldLearnAnyPortOfTheSipSourceAfterFourPacketsInSequence() {
    final InetSocketAddress phone = at(2, 60_123);
    assertThat(packet(phone, true)).isFalse();
    assertThat(packet(phone, true)).isFalse();
    assertThat(packet(phone, true)).isFalse();
    assertThat(learner.target()).isEqualTo(SIGNALLED);
    assertThat(packet(phone, true)).isTrue();
    assertThat(learner.target()).isEqualTo(phone);
    assertThat(learner.learned()).isEqualTo(1);
  }

  @Test
  void shouldNotLearnFromPacketsOutOfSequenceOrOfAnotherTypeOrSsrc() {
    final InetSocketAddress phone = at(2, 60_123);
    for (int i = 0; i < 20; i++) {
      assertThat(packet(phone, true)).isFalse();
      sequence += i % 3 == 2 ? 1 : 0;
    }
    for (int i = 0; i < 20; i++) {
      assertThat(packet(phone, false)).isFalse();
    }
    for (int i = 0; i < 20; i++) {
      assertThat(learner.accepts(phone, i, sequence++ % 65_536, true, nowNs)).isFalse();
    }
  }

  @Test
  void shouldLearnOneOfSeveralPhonesBehindOneNat() {
    final InetSocketAddress phone = at(2, 60_123);
    boolean learned = false;
    for (int i = 0; i < 4; i++) {
      learned = learner.accepts(phone, SSRC, i, true, nowNs);
      learner.accepts(at(2, 50_000), 77, 900 + 2 * i, true, nowNs);
      learner.accepts(at(2, 50_002), 78, 7, true, nowNs);
    }
    assertThat(learned).isTrue();
    assertThat(learner.target()).isEqualTo(phone);
  }

  @Test
  void shouldFollowToANewPortAfterASecondOfSilenceAndNotBefore() {
    packet(SIGNALLED, true);
    final InetSocketAddress moved = at(1, 4_002);
    nowNs += SECOND_NS - 1;
    assertThat(fourPackets(moved)).isFalse();
    nowNs += 1;
    assertThat(learner.isSilent(nowNs)).isTrue();
    assertThat(fourPackets(moved)).isTrue();
    assertThat(learner.target()).isEqualTo(moved);
    assertThat(fourPackets(at(2, 1_000))).as("the SIP source, once settled").isFalse();
  }

  @Test
  void shouldFollowAtMostThreeTimesAMinute() {
    packet(SIGNALLED, true);
    for (int i = 1; i <= 3; i++) {
      nowNs += 2 * SECOND_NS;
      assertThat(fourPackets(at(1, 4_000 + 2 * i))).isTrue();
    }
    nowNs += 2 * SECOND_NS;
    assertThat(fourPackets(at(1, 5_000))).isFalse();
    nowNs += 54 * SECOND_NS - 1;
    assertThat(fourPackets(at(1, 5_000))).isFalse();
    nowNs += 1;
    assertThat(fourPackets(at(1, 5_000))).isTrue();
    assertThat(fourPackets(at(1, 5_002))).isFalse();
  }

  @Test
  void shouldOpenLearningAgainWhenANewOfferComes() {
    packet(SIGNALLED, true);
    final InetSocketAddress elsewhere = at(3, 6_000);
    learner.update(spec(elsewhere, NAT));
    assertThat(learner.target()).isEqualTo(elsewhere);
    assertThat(packet(SIGNALLED, true)).as("where it was before").isFalse();
    assertThat(fourPackets(at(2, 7_000))).isTrue();
  }

  @Test
  void shouldGoOnWithALearnedPhoneWhenANewOfferNamesTheSameAddress() {
    final InetSocketAddress phone = at(2, 60_123);
    fourPackets(phone);
    learner.update(spec(SIGNALLED, NAT));
    assertThat(learner.target()).isEqualTo(phone);
    assertThat(packet(phone, true)).isTrue();
  }

  @Test
  void shouldSendNowhereBeforeAnAddressIsKnown() {
    learner = learner(null, NAT);
    assertThat(learner.target()).isNull();
    assertThat(fourPackets(at(2, 60_123))).isTrue();
    assertThat(learner.target()).isEqualTo(at(2, 60_123));
  }

  @Test
  void shouldMatchAFarEndByItsAddressesAndLearnNothing() {
    learner = new SourceLearner(matchedBy(at(7, 0).getAddress()));
    assertThat(learner.isMatchedByAddress()).isTrue();
    assertThat(packet(at(7, 1_000), false)).as("a payload type not agreed").isFalse();
    assertThat(packet(at(7, 1_000), true)).isTrue();
    assertThat(packet(at(7, 1_000), false)).as("of one that is known by now").isTrue();
    assertThat(packet(at(7, 1_002), true)).as("another port, at once").isTrue();
    assertThat(packet(at(7, 1_000), true)).as("both in turn").isTrue();
    assertThat(fourPackets(SIGNALLED)).as("where it hears").isFalse();
    assertThat(fourPackets(at(2, 60_123))).as("where SIP comes from").isFalse();
    assertThat(learner.target()).isEqualTo(SIGNALLED);
    assertThat(learner.learned()).isZero();
    nowNs += 2 * SECOND_NS;
    assertThat(learner.isSilent(nowNs)).isTrue();
    assertThat(fourPackets(at(1, 4_002))).as("after silence").isFalse();
    assertThat(packet(at(7, 1_000), true)).isTrue();
    assertThat(learner.isSilent(nowNs)).isFalse();
  }

  @Test
  void shouldSendNowhereForAFarEndMatchedByItsAddressesBeforeTheLineIsConfirmed() {
    learner = new SourceLearner(matchedBy(at(7, 0).getAddress()).unconfirmed());
    assertThat(packet(at(7, 1_000), true)).isTrue();
    assertThat(learner.target()).as("somebody else's word for it").isNull();
    learner.update(matchedBy(at(7, 0).getAddress()));
    assertThat(learner.target()).isEqualTo(SIGNALLED);

    learner = new SourceLearner(matchedBy(SIGNALLED.getAddress()).unconfirmed());
    assertThat(packet(at(1, 4_002), true)).isTrue();
    assertThat(learner.target()).isNull();
    assertThat(packet(SIGNALLED, true)).isTrue();
    assertThat(learner.target()).isEqualTo(SIGNALLED);
  }

  private static RtpSessionSpec matchedBy(final InetAddress address) {
    return new LineSpec(SIGNALLED).signalledFrom(NAT).sources(address::equals).spec();
  }

  private boolean fourPackets(final InetSocketAddress source) {
    boolean accepted = false;
    for (int i = 0; i < 4; i++) {
      accepted = packet(source, true);
    }
    return accepted;
  }

  private boolean packet(final InetSocketAddress source, final boolean agreed) {
    final boolean accepted = learner.accepts(source, SSRC, sequence % 65_536, agreed, nowNs);
    sequence++;
    return accepted;
  }

  private static SourceLearner learner(
      final InetSocketAddress signalled, final InetAddress signallingSource) {
    return new SourceLearner(spec(signalled, signallingSource));
  }

  private static RtpSessionSpec spec(
      final InetSocketAddress signalled, final InetAddress signallingSource) {
    return new LineSpec(signalled).signalledFrom(signallingSource).spec();
  }

  private static InetSocketAddress at(final int host, final int port) {
    try {
      return new InetSocketAddress(
          InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, (byte) host}), port);
    } catch (final UnknownHostException e) {
      throw new IllegalArgumentException(e);
    }
  }
}
