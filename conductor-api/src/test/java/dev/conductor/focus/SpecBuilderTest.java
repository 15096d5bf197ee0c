package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.ConfigLoader;
import dev.conductor.config.SipConfig;
import dev.conductor.media.api.Codec;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpecBuilderTest {
  private static final InetAddress HERE = InetAddress.getLoopbackAddress();
  private static final InetSocketAddress RTP = new InetSocketAddress(HERE, 40_000);

  @TempDir private Path folder;

  private final SpecBuilder specs =
      new SpecBuilder(config(List.of("OPUS", "G722", "PCMU", "PCMA", "L16")));

  private static SipConfig config(final List<String> codecs) {
    final SipConfig base = ConfigLoader.defaults().sip();
    return new SipConfig(
        base.host(),
        base.port(),
        base.advertisedAddress(),
        base.localNetworks(),
        codecs,
        base.maxDialogs(),
        base.maxMessageBytes(),
        base.maxTcpConnections(),
        base.maxTcpConnectionsPerAddress(),
        base.tcpIdleMs(),
        base.requestsPerSecond(),
        base.requestBurst(),
        base.retryAfterSeconds(),
        base.sessionExpiresSeconds(),
        base.minSeSeconds(),
        base.security(),
        base.numbers(),
        base.trunks(),
        base.guard());
  }

  private RtpSessionSpec agreed(
      final boolean rtcpMux, final InetSocketAddress rtcp, final PayloadFormat... formats) {
    return agreed(true, RTP, rtcpMux, rtcp, formats);
  }

  /** What is agreed with a caller who calls from here. */
  private RtpSessionSpec agreed(
      final boolean known,
      final InetSocketAddress rtp,
      final boolean rtcpMux,
      final InetSocketAddress rtcp,
      final PayloadFormat... formats) {
    final MediaDescription description =
        new MediaDescription(rtp, List.of(formats), Direction.SENDRECV, false, rtcpMux, rtcp, null);
    return specs.agreed(caller("", known, HERE), description).orElseThrow();
  }

  private static Invitation caller(
      final String trunk, final boolean known, final InetAddress source) {
    return new Invitation(
        new DialogId(1),
        "demo",
        "",
        trunk,
        known,
        "",
        "",
        new InetSocketAddress(source, 5_060),
        HERE,
        null);
  }

  private static PayloadFormat keys(final int payloadType, final int clockRateHz) {
    return new PayloadFormat(payloadType, PayloadFormat.TELEPHONE_EVENT, clockRateHz, 1, "0-15");
  }

  @Test
  void shouldKeepTheFarEndsOrderAndNumbersOfEveryCodec() {
    final RtpSessionSpec spec =
        agreed(
            false,
            null,
            new PayloadFormat(115, "L16", 16_000, 1, ""),
            keys(100, 16_000),
            new PayloadFormat(9, "G722", 8_000, 1, ""),
            new PayloadFormat(96, "OPUS", 48_000, 2, ""),
            new PayloadFormat(8, "PCMA", 8_000, 1, ""),
            new PayloadFormat(116, "L16", 8_000, 1, ""),
            keys(101, 8_000));
    assertThat(spec.payloads())
        .containsExactly(
            new Payload(115, Codec.L16_WIDE),
            new Payload(9, Codec.G722),
            new Payload(96, Codec.OPUS, 48_000, 0, false),
            new Payload(8, Codec.PCMA),
            new Payload(116, Codec.L16));
    assertThat(spec.digitPayloadTypes()).containsExactly(100, 101);
  }

  @ParameterizedTest
  @CsvSource({
    "'',48000,0,false",
    "maxplaybackrate=16000; maxaveragebitrate=20000; useinbandfec=1,16000,16000,true",
    "stereo=1;usedtx=1;useinbandfec=0,48000,0,false",
    "maxplaybackrate=0;maxaveragebitrate=0,48000,0,false",
    "maxplaybackrate=500;maxaveragebitrate=500,8000,6000,false",
    "maxplaybackrate=96000;maxaveragebitrate=9000000,48000,32000,false",
    "maxplaybackrate=lots;maxaveragebitrate=;useinbandfec=yes,48000,0,false"
  })
  void shouldHeedWhatTheFarEndWishesOfOpus(
      final String parameters, final int rateHz, final int bitrateBps, final boolean fec) {
    final RtpSessionSpec spec =
        agreed(false, null, new PayloadFormat(111, "OPUS", 48_000, 2, parameters));
    assertThat(spec.payloads())
        .containsExactly(new Payload(111, Codec.OPUS, rateHz, bitrateBps, fec));
  }

  @Test
  void shouldSayWhereRtcpGoes() {
    final PayloadFormat pcmu = new PayloadFormat(0, "PCMU", 8_000, 1, "");
    final InetSocketAddress rtcp = new InetSocketAddress(HERE, 50_001);
    assertThat(agreed(false, rtcp, pcmu).remoteRtcp()).isEqualTo(rtcp);
    assertThat(agreed(false, rtcp, pcmu).rtcpMux()).isFalse();
    assertThat(agreed(true, null, pcmu).rtcpMux()).isTrue();
    assertThat(agreed(true, null, pcmu).remoteRtcp()).isNull();
  }

  @Test
  void shouldBelieveAStrangerOnlyOfTheAddressHeCallsFrom() throws Exception {
    final PayloadFormat pcmu = new PayloadFormat(0, "PCMU", 8_000, 1, "");
    final InetAddress there = InetAddress.getByName("192.0.2.9");
    final InetSocketAddress victim = new InetSocketAddress(there, 40_000);
    final InetSocketAddress victimRtcp = new InetSocketAddress(there, 50_001);
    assertThat(agreed(false, RTP, false, victimRtcp, pcmu).confirmed()).isTrue();
    assertThat(agreed(false, RTP, false, victimRtcp, pcmu).remoteRtcp()).isNull();
    assertThat(agreed(false, victim, false, victimRtcp, pcmu).confirmed()).isFalse();
    assertThat(agreed(false, victim, false, victimRtcp, pcmu).remoteRtcp()).isEqualTo(victimRtcp);
    assertThat(agreed(true, victim, false, null, pcmu).confirmed()).isTrue();
    assertThat(agreed(true, RTP, false, victimRtcp, pcmu).remoteRtcp()).isEqualTo(victimRtcp);
  }

  /** The far end may speak as soon as it has read our offer, before its answer is here. */
  @Test
  void shouldExpectWhatWeOfferBeforeTheAnswerIsHere() {
    final RtpSessionSpec spec = specs.unanswered(HERE, HERE, "");
    assertThat(spec.payloads())
        .containsExactly(
            new Payload(96, Codec.OPUS),
            new Payload(9, Codec.G722),
            new Payload(0, Codec.PCMU),
            new Payload(8, Codec.PCMA),
            new Payload(97, Codec.L16_WIDE),
            new Payload(98, Codec.L16));
    assertThat(spec.digitPayloadTypes()).containsExactly(101, 102, 103);
    assertThat(spec.remoteRtp()).isNull();
  }

  @ParameterizedTest
  @CsvSource({
    "carrier, 192.0.2.7, true",
    "carrier, 198.51.100.200, true",
    "carrier, 192.0.3.7, false",
    "carrier, '2001:db8::7', false"
  })
  void shouldTakeTheSoundOfAnAsymmetricTrunkFromItsNetworks(
      final String trunk, final String from, final boolean counts) throws Exception {
    final SpecBuilder builder = new SpecBuilder(withTrunks());
    final InetAddress source = InetAddress.getByName(from);
    final RtpSessionSpec placed = builder.unanswered(HERE, HERE, trunk);
    assertThat(placed.sources().test(source)).isEqualTo(counts);
    final RtpSessionSpec called = agreedWith(builder, trunk);
    assertThat(called.sources().test(source)).isEqualTo(counts);
    assertThat(called.unconfirmed().sources().test(source)).isEqualTo(counts);
    assertThat(called.remoteRtp()).isEqualTo(RTP);
    assertThat(called).as("the same when it is agreed again").isEqualTo(agreedWith(builder, trunk));
  }

  @ParameterizedTest
  @CsvSource({"''", "sbc"})
  void shouldFindOutWhereTheSoundOfOthersComesFrom(final String trunk) throws Exception {
    final SpecBuilder builder = new SpecBuilder(withTrunks());
    assertThat(builder.unanswered(HERE, HERE, trunk).sources()).isNull();
    assertThat(agreedWith(builder, trunk).sources()).isNull();
  }

  private static RtpSessionSpec agreedWith(final SpecBuilder builder, final String trunk) {
    final PayloadFormat pcmu = new PayloadFormat(0, "PCMU", 8_000, 1, "");
    final MediaDescription description =
        new MediaDescription(RTP, List.of(pcmu), Direction.SENDRECV, false, false, null, null);
    return builder.agreed(caller(trunk, true, HERE), description).orElseThrow();
  }

  private SipConfig withTrunks() throws IOException {
    final String trunks =
        "sip:\n  trunks:\n    - name: carrier\n      addresses: [192.0.2.0/24, 198.51.100.0/24]\n"
            + "      asymmetric-rtp: true\n"
            + "    - name: sbc\n      addresses: [203.0.113.0/24]\n";
    final Path file = Files.writeString(folder.resolve("trunks.yaml"), trunks);
    return ConfigLoader.load(Optional.of(file), Map.of(), Map.of()).sip();
  }

  @ParameterizedTest
  @CsvSource({
    "192.168.1.5, '', 203.0.113.9, 203.0.113.9",
    "192.168.1.5, carrier, 203.0.113.9, 192.168.1.5",
    "198.51.100.7, '', 203.0.113.9, 198.51.100.7",
    "192.168.1.5, '', 192.168.1.1, 192.168.1.5"
  })
  void shouldSendToTheNatOfAPhoneThatNamesItsPrivateAddress(
      final String named, final String trunk, final String source, final String to)
      throws Exception {
    final InetAddress phone = InetAddress.getByName(named);
    final MediaDescription description =
        new MediaDescription(
            new InetSocketAddress(phone, 40_000),
            List.of(new PayloadFormat(0, "PCMU", 8_000, 1, "")),
            Direction.SENDRECV,
            false,
            false,
            new InetSocketAddress(phone, 40_005),
            null);
    final RtpSessionSpec spec =
        specs.agreed(caller(trunk, true, InetAddress.getByName(source)), description).orElseThrow();
    assertThat(spec.remoteRtp()).isEqualTo(new InetSocketAddress(to, 40_000));
    assertThat(spec.remoteRtcp()).isEqualTo(new InetSocketAddress(to, 40_005));
  }
}
