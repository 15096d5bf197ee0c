package dev.conductor.signaling.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.signaling.api.Direction;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PayloadFormat;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OfferAnswerTest {
  private static final String HEAD =
      "v=0\r\no=a 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
  private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.9", 30_000);

  private static final KeyAgreement CLEAR = new KeyAgreement(SrtpPolicy.OFF, false);

  private final OfferAnswer ours = new OfferAnswer(List.of("PCMU", "PCMA"));
  private final OfferAnswer wide = new OfferAnswer(List.of("OPUS", "G722", "PCMU", "PCMA", "L16"));

  private static SessionDescription parse(final String text) throws SdpException {
    return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private Agreement agree(final String text) throws SdpException {
    return ours.agree(parse(text), LOCAL.getAddress(), CLEAR);
  }

  private MediaDescription remote(final String text) throws SdpException {
    return agree(text).remote();
  }

  private MediaDescription wideRemote(final String text) throws SdpException {
    return wide.agree(parse(HEAD + text), LOCAL.getAddress(), CLEAR).remote();
  }

  private static int warning(final SdpException problem) {
    return problem.warningCode();
  }

  @Test
  void shouldAnswerEveryLineInOrderWhenTheOfferHasSeveral() throws Exception {
    final Agreement agreement =
        agree(
            HEAD
                + "m=video 5000 RTP/AVP 96 97\r\na=rtpmap:96 H264/90000\r\n"
                + "m=audio 6000 RTP/SAVP 0\r\n"
                + "m=audio 7000 RTP/AVPF 8 96 0 101\r\na=rtpmap:96 opus/48000/2\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\n"
                + "m=audio 8000 RTP/AVP 0\r\n");
    final String answer = ours.answer(agreement, LOCAL, new Origin(7, 3));
    assertThat(answer.lines().filter(line -> line.startsWith("m=")))
        .containsExactly(
            "m=video 0 RTP/AVP 96 97",
            "m=audio 0 RTP/SAVP 0",
            "m=audio 30000 RTP/AVPF 8 0 101",
            "m=audio 0 RTP/AVP 0");
    assertThat(answer)
        .startsWith("v=0\r\no=- 7 3 IN IP4 192.0.2.9\r\ns=-\r\nc=IN IP4 192.0.2.9\r\nt=0 0\r\n")
        .contains("a=ptime:20\r\n")
        .doesNotContain("rtcp-mux")
        .doesNotContain("opus");
    assertThat(parse(answer).media()).hasSize(4);
  }

  @Test
  void shouldKnowStaticTypesWhenNoRtpmapSaysSo() throws Exception {
    final MediaDescription remote = remote(HEAD + "m=audio 4000/2 RTP/AVP 3 0 8\r\n");
    assertThat(remote.formats())
        .extracting(PayloadFormat::encodingName)
        .containsExactly("PCMU", "PCMA");
    assertThat(remote.remoteRtp()).isEqualTo(new InetSocketAddress("192.0.2.1", 4_000));
  }

  @Test
  void shouldBelieveTheRtpmapWhenItRenamesAType() throws Exception {
    final MediaDescription remote =
        remote(
            HEAD
                + "m=audio 4000 RTP/AVP 0 96 96\r\na=rtpmap:0 GSM/8000\r\n"
                + "a=rtpmap:96 pcma/8000/1\r\n");
    assertThat(remote.formats()).containsExactly(new PayloadFormat(96, "PCMA", 8_000, 1, ""));
  }

  @Test
  void shouldAgreeOnKeysOnlyAtTheClockRateOfAnAgreedCodec() throws Exception {
    final MediaDescription remote =
        remote(
            HEAD
                + "m=audio 4000 RTP/AVP 100 0 101\r\na=rtpmap:100 telephone-event/48000\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-11\r\n");
    assertThat(remote.formats()).hasSize(2);
    assertThat(remote.formats().get(1))
        .isEqualTo(new PayloadFormat(101, "TELEPHONE-EVENT", 8_000, 1, "0-11"));
  }

  @ParameterizedTest
  @CsvSource({
    "'',SENDRECV,sendrecv,false",
    "a=sendonly,SENDONLY,recvonly,true",
    "a=recvonly,RECVONLY,sendonly,false",
    "a=inactive,INACTIVE,inactive,true"
  })
  void shouldTurnTheDirectionRoundWhenItAnswers(
      final String attribute, final Direction direction, final String answered, final boolean hold)
      throws Exception {
    final Agreement atLine =
        agree(
            HEAD
                + "m=audio 4000 RTP/AVP 0\r\n"
                + attribute
                + "\r\n".repeat(attribute.isEmpty() ? 0 : 1));
    assertThat(atLine.remote().direction()).isEqualTo(direction);
    assertThat(atLine.remote().hold()).isEqualTo(hold);
    assertThat(ours.answer(atLine, LOCAL, new Origin(1, 1))).contains("a=" + answered + "\r\n");
    if (!attribute.isEmpty()) {
      final Agreement atSession = agree(HEAD + attribute + "\r\nm=audio 4000 RTP/AVP 0\r\n");
      assertThat(atSession.remote().direction()).isEqualTo(direction);
    }
  }

  @Test
  void shouldTakeTheNullAddressForHold() throws Exception {
    final MediaDescription remote = remote(HEAD + "m=audio 4000 RTP/AVP 0\r\nc=IN IP4 0.0.0.0\r\n");
    assertThat(remote.nullAddress()).isTrue();
    assertThat(remote.hold()).isTrue();
  }

  @Test
  void shouldSpeakIpv6WhenBothDo() throws Exception {
    final InetAddress local = InetAddress.getByName("2001:db8::9");
    final String offer =
        HEAD.replace("c=IN IP4 192.0.2.1", "c=IN IP6 2001:db8::1") + "m=audio 4000 RTP/AVP 0\r\n";
    final Agreement agreement = ours.agree(parse(offer), local, CLEAR);
    assertThat(ours.answer(agreement, new InetSocketAddress(local, 30_000), new Origin(1, 1)))
        .contains("c=IN IP6 2001:db8:0:0:0:0:0:9\r\n");
    assertThatThrownBy(() -> agree(offer))
        .isInstanceOfSatisfying(
            SdpException.class, problem -> assertThat(warning(problem)).isEqualTo(301));
  }

  @Test
  void shouldReadBackWhatItOffersAndAnswers() throws Exception {
    final String offer = ours.offer(LOCAL, new Origin(1, 1), CLEAR);
    final Agreement agreement = agree(offer);
    assertThat(agreement.remote().formats()).hasSize(3);
    final String answer = ours.answer(agreement, LOCAL, new Origin(2, 1));
    assertThat(ours.readAnswer(parse(answer), LOCAL.getAddress(), CLEAR))
        .isEqualTo(agreement.remote());
    assertThatThrownBy(
            () ->
                ours.readAnswer(
                    parse(answer.replace("m=audio 30000", "m=audio 0")), LOCAL.getAddress(), CLEAR))
        .isInstanceOf(SdpException.class);
  }

  @Test
  void shouldOfferEveryCodecAndKeysAtEachClockRate() {
    assertThat(wide.offer(LOCAL, new Origin(1, 1), CLEAR))
        .endsWith(
            "m=audio 30000 RTP/AVP 96 9 0 8 97 98 101 102 103\r\n"
                + "a=rtpmap:96 opus/48000/2\r\na=fmtp:96 useinbandfec=1\r\n"
                + "a=rtpmap:9 G722/8000\r\na=rtpmap:0 PCMU/8000\r\na=rtpmap:8 PCMA/8000\r\n"
                + "a=rtpmap:97 L16/16000\r\na=rtpmap:98 L16/8000\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
                + "a=rtpmap:102 telephone-event/16000\r\na=fmtp:102 0-15\r\n"
                + "a=rtpmap:103 telephone-event/48000\r\na=fmtp:103 0-15\r\n"
                + "a=ptime:20\r\na=sendrecv\r\n");
  }

  @Test
  void shouldAnswerEveryKnownCodecInTheOffersOrderWithTheOffersNumbers() throws Exception {
    final String offer =
        HEAD
            + "m=audio 4000 RTP/AVP 9 111 18 115 8 116 117 100 110 126 0\r\n"
            + "a=rtpmap:111 Opus/48000/2\r\n"
            + "a=fmtp:111 minptime=10; maxplaybackrate=16000\r\na=rtpmap:115 l16/16000\r\n"
            + "a=rtpmap:116 L16/8000/1\r\na=rtpmap:117 L16/44100\r\n"
            + "a=rtpmap:100 telephone-event/48000\r\na=rtpmap:110 telephone-event/16000\r\n"
            + "a=rtpmap:126 telephone-event/8000\r\na=maxptime:60\r\na=ptime:30\r\n";
    final Agreement agreement = wide.agree(parse(offer), LOCAL.getAddress(), CLEAR);
    assertThat(wide.answer(agreement, LOCAL, new Origin(1, 1)))
        .endsWith(
            "m=audio 30000 RTP/AVP 9 111 115 8 116 100 110 126 0\r\n"
                + "a=rtpmap:9 G722/8000\r\n"
                + "a=rtpmap:111 opus/48000/2\r\na=fmtp:111 useinbandfec=1\r\n"
                + "a=rtpmap:115 L16/16000\r\na=rtpmap:8 PCMA/8000\r\n"
                + "a=rtpmap:116 L16/8000\r\n"
                + "a=rtpmap:100 telephone-event/48000\r\na=fmtp:100 0-15\r\n"
                + "a=rtpmap:110 telephone-event/16000\r\na=fmtp:110 0-15\r\n"
                + "a=rtpmap:126 telephone-event/8000\r\na=fmtp:126 0-15\r\n"
                + "a=rtpmap:0 PCMU/8000\r\na=ptime:20\r\na=sendrecv\r\n");
    assertThat(agreement.remote().formats().get(1).numberOf("maxplaybackrate")).isEqualTo(16_000);
  }

  @Test
  void shouldLeaveOutKeysAtTheClockRateOfNoAgreedCodec() throws Exception {
    final MediaDescription remote =
        wideRemote(
            "m=audio 4000 RTP/AVP 111 100 101\r\na=rtpmap:111 opus/48000/2\r\n"
                + "a=rtpmap:100 telephone-event/8000\r\na=rtpmap:101 telephone-event/48000\r\n");
    assertThat(remote.formats()).extracting(PayloadFormat::payloadType).containsExactly(111, 101);
  }

  @Test
  void shouldTakeKeysAtAnotherClockRateWhenTheOfferHasThemAtNoneOfACodecs() throws Exception {
    final MediaDescription remote =
        wideRemote(
            "m=audio 4000 RTP/AVP 111 101\r\na=rtpmap:111 opus/48000/2\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\n");
    assertThat(remote.formats()).extracting(PayloadFormat::payloadType).containsExactly(111, 101);
  }

  @ParameterizedTest
  @ValueSource(strings = {"opus/48000", "opus/16000/2", "L16/44100", "L16/8000/2", "G722/16000"})
  void shouldNotTakeACodecAtARateOrWithChannelsItHasNot(final String map) {
    assertThatThrownBy(() -> wideRemote("m=audio 4000 RTP/AVP 96\r\na=rtpmap:96 " + map + "\r\n"))
        .isInstanceOfSatisfying(
            SdpException.class, problem -> assertThat(warning(problem)).isEqualTo(305));
  }

  @Test
  void shouldNotTakeADynamicTypeForOursWhenNoRtpmapSaysSo() throws Exception {
    assertThat(wideRemote("m=audio 4000 RTP/AVP 96 97 98 9\r\n").formats())
        .containsExactly(new PayloadFormat(9, "G722", 8_000, 1, ""));
  }

  @Test
  void shouldReadBackWhatItOffersAndAnswersOfEveryCodec() throws Exception {
    final Agreement agreement =
        wide.agree(parse(wide.offer(LOCAL, new Origin(1, 1), CLEAR)), LOCAL.getAddress(), CLEAR);
    assertThat(agreement.remote().formats()).hasSize(9);
    final String answer = wide.answer(agreement, LOCAL, new Origin(2, 1));
    assertThat(wide.readAnswer(parse(answer), LOCAL.getAddress(), CLEAR))
        .isEqualTo(agreement.remote());
  }

  @Test
  void shouldShareThePortWithRtcpWhenTheOfferSaysSoAndOnlyThen() throws Exception {
    final Agreement muxed = agree(HEAD + "m=audio 4000 RTP/AVP 0\r\na=rtcp-mux\r\na=rtcp:4009\r\n");
    assertThat(muxed.remote().rtcpMux()).isTrue();
    assertThat(muxed.remote().remoteRtcp()).isNull();
    assertThat(ours.answer(muxed, LOCAL, new Origin(1, 1))).contains("a=rtcp-mux\r\n");

    assertThat(remote(HEAD + "a=rtcp-mux\r\nm=audio 4000 RTP/AVP 0\r\n").rtcpMux()).isFalse();
    assertThat(ours.offer(LOCAL, new Origin(1, 1), CLEAR)).doesNotContain("rtcp-mux");
    final MediaDescription answered =
        ours.readAnswer(
            parse(HEAD + "m=audio 4000 RTP/AVP 0\r\na=rtcp-mux\r\na=rtcp:4009\r\n"),
            LOCAL.getAddress(),
            CLEAR);
    assertThat(answered.rtcpMux()).isFalse();
    assertThat(answered.remoteRtcp().getPort()).isEqualTo(4_009);
  }

  @ParameterizedTest
  @CsvSource({
    "53020,192.0.2.1,53020",
    "53020 IN IP4 192.0.2.1,192.0.2.1,53020",
    "53020 IN IP4 192.0.2.7,,",
    "53020 IN IP6 2001:db8::7,,",
    "53020 IN IP4 0.0.0.0,,",
    "53020 IN IP4 224.0.0.1,,",
    "53020 IN IP4 phone.example.com,,",
    "53020 IN,,",
    "0,,",
    "65536,,",
    "-1,,",
    "x,,",
    "'',,"
  })
  void shouldReadWhereRtcpGoes(final String value, final String host, final Integer port)
      throws Exception {
    final MediaDescription remote =
        remote(HEAD + "m=audio 4000 RTP/AVP 0\r\na=rtcp:" + value + "\r\n");
    assertThat(remote.remoteRtcp())
        .isEqualTo(host == null ? null : new InetSocketAddress(host, port));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "v=0",
        "v=1|o=a 1 1 IN IP4 1.1.1.1|s=-|t=0 0|m=audio 1 RTP/AVP 0",
        "o=a 1 1 IN IP4 1.1.1.1|v=0|s=-|t=0 0|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4|s=-|t=0 0|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|t=0 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|t=0 0|m=audio 65536 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|t=0 0|m=audio x RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|t=0 0|m=audio 1 RTP/AVP",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|t=0 0|m=audio 1  RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|c=IN IP4 1.1.1|t=0 0|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|c=IN IP4 1.1.1.256|t=0 0|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|c=IN IP4 224.0.0.1/127|t=0 0|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|c=IN IP4 239.1.1.1|t=0 0|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|c=IN IP6 fe80::1%eth0|t=0 0|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|c=IN IP4 localhost|t=0 0|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-|t=0 0|nonsense|m=audio 1 RTP/AVP 0",
        "v=0|o=a 1 1 IN IP4 1.1.1.1|s=-||t=0 0|m=audio 1 RTP/AVP 0"
      })
  void shouldRefuseWhatBreaksTheGrammar(final String text) {
    assertThatThrownBy(() -> parse(text.replace("|", "\r\n") + "\r\n"))
        .isInstanceOf(SdpException.class)
        .message()
        .isNotEmpty();
  }

  @Test
  void shouldRefuseWhatIsTooLarge() {
    final String line = "m=audio 4000 RTP/AVP 0\r\n";
    assertThatThrownBy(() -> parse(HEAD + line.repeat(SdpParser.MAX_MEDIA_LINES + 1)))
        .hasMessageContaining("media lines");
    assertThatThrownBy(() -> parse(HEAD + "a=x\r\n".repeat(SdpParser.MAX_LINES)))
        .hasMessageContaining("lines");
    assertThatThrownBy(() -> parse(HEAD + "a=" + "x".repeat(SdpParser.MAX_BYTES)))
        .hasMessageContaining("bytes");
    assertThatThrownBy(
            () -> parse(HEAD + "m=audio 4000 RTP/AVP" + " 0".repeat(SdpParser.MAX_FORMATS + 1)))
        .hasMessageContaining("formats");
  }

  @RepeatedTest(300)
  void shouldSayNoAndNothingElseWhenTheTextIsGarbled(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final byte[] text =
        (HEAD + "m=audio 4000 RTP/AVP 0 101\r\na=rtpmap:101 telephone-event/8000\r\n")
            .getBytes(StandardCharsets.UTF_8);
    for (int i = 0; i <= random.nextInt(4); i++) {
      text[random.nextInt(text.length)] = (byte) random.nextInt(256);
    }
    try {
      final Agreement agreement =
          ours.agree(SessionDescription.parse(text), LOCAL.getAddress(), CLEAR);
      assertThat(ours.answer(agreement, LOCAL, new Origin(1, 1))).contains("m=audio 30000");
    } catch (final SdpException e) {
      assertThat(e.warningCode()).isBetween(300, 399);
    }
  }
}
