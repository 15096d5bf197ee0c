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

  private final OfferAnswer ours = new OfferAnswer(List.of("PCMU", "PCMA"));

  private static SessionDescription parse(final String text) throws SdpException {
    return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  private Agreement agree(final String text) throws SdpException {
    return ours.agree(parse(text), LOCAL.getAddress());
  }

  private MediaDescription remote(final String text) throws SdpException {
    return agree(text).remote();
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
    final Agreement agreement = ours.agree(parse(offer), local);
    assertThat(ours.answer(agreement, new InetSocketAddress(local, 30_000), new Origin(1, 1)))
        .contains("c=IN IP6 2001:db8:0:0:0:0:0:9\r\n");
    assertThatThrownBy(() -> agree(offer))
        .isInstanceOfSatisfying(
            SdpException.class, problem -> assertThat(warning(problem)).isEqualTo(301));
  }

  @Test
  void shouldReadBackWhatItOffersAndAnswers() throws Exception {
    final String offer = ours.offer(LOCAL, new Origin(1, 1));
    final Agreement agreement = agree(offer);
    assertThat(agreement.remote().formats()).hasSize(3);
    final String answer = ours.answer(agreement, LOCAL, new Origin(2, 1));
    assertThat(ours.readAnswer(parse(answer), LOCAL.getAddress())).isEqualTo(agreement.remote());
    assertThatThrownBy(
            () ->
                ours.readAnswer(
                    parse(answer.replace("m=audio 30000", "m=audio 0")), LOCAL.getAddress()))
        .isInstanceOf(SdpException.class);
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
      final Agreement agreement = ours.agree(SessionDescription.parse(text), LOCAL.getAddress());
      assertThat(ours.answer(agreement, LOCAL, new Origin(1, 1))).contains("m=audio 30000");
    } catch (final SdpException e) {
      assertThat(e.warningCode()).isBetween(300, 399);
    }
  }
}
