package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.OutboundLine;
import dev.conductor.signaling.api.SrtpSuite;
import java.util.Base64;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys for the sound of calls of ours, through a trunk over UDP. */
class OutboundSrtpTest {
  private static final Pattern OFFERED =
      Pattern.compile("a=crypto:(\\d+) AES_CM_128_HMAC_SHA1_80 inline:(\\S+)");
  private static final byte[] THEIRS = new byte[30];

  private Carrier carrier;
  private Focus focus;

  @BeforeEach
  void listen() throws Exception {
    carrier = new Carrier();
    THEIRS[7] = 7;
  }

  @AfterEach
  void stop() {
    focus.close();
    carrier.close();
    assertThat(focus.service.count(SipCounter.UNEXPECTED)).isZero();
  }

  /** Our INVITE where {@code sip.srtp} is so. */
  private String dial(final String srtp) throws Exception {
    return dial(srtp, "");
  }

  private String dial(final String srtp, final String trunk) throws Exception {
    focus =
        Focus.start(
            TestTrunks.config(
                Map.of("sip.srtp", srtp),
                "name: carrier, proxies: '"
                    + carrier.where()
                    + "', options-seconds: 0, routes: ['*']"
                    + trunk),
            32_000);
    await().until(() -> focus.service.trunksUp() == 1);
    final OutboundLine line = focus.service.lineTo("+15557654321").orElseThrow();
    assertThat(focus.service.dial(line, "+15557654321", Focus.RTP)).isTrue();
    return carrier.next("INVITE");
  }

  private static String answer(final String profile, final String attributes) {
    return Phone.sdp("127.0.0.1", 40_000, attributes).replace("RTP/AVP", profile);
  }

  @Test
  void shouldOfferKeysAndTakeThoseOfTheAnswerWhereTheyAreRequired() throws Exception {
    final String invite = dial("required");
    assertThat(Text.body(invite)).contains("m=audio 30000 RTP/SAVP 0 8 101");
    final Matcher offered = OFFERED.matcher(Text.body(invite));
    assertThat(offered.find()).isTrue();
    final String line =
        "a=crypto:"
            + offered.group(1)
            + " AES_CM_128_HMAC_SHA1_80 inline:"
            + Base64.getEncoder().encodeToString(THEIRS)
            + "\r\n";
    carrier.respond(invite, "200 OK", "c1", "", answer("RTP/SAVP", line));
    final MediaDescription answered = (MediaDescription) focus.next("answered").detail();
    assertThat(answered.keys().suite()).isEqualTo(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
    assertThat(answered.keys().local()).isEqualTo(Base64.getDecoder().decode(offered.group(2)));
    assertThat(answered.keys().remote()).isEqualTo(THEIRS);
    carrier.next("ACK");
  }

  @ParameterizedTest
  @ValueSource(strings = {"RTP/AVP", "RTP/SAVP"})
  void shouldHangUpOnAnAnswerWithoutKeysWhereTheyAreRequired(final String profile)
      throws Exception {
    final String invite = dial("required");
    carrier.respond(invite, "200 OK", "c1", "", answer(profile, ""));
    carrier.next("ACK");
    carrier.next("BYE");
    assertThat(focus.next("failed").detail()).isEqualTo(488);
  }

  /** What is said of the trunk counts before what is said of all. */
  @ParameterizedTest
  @CsvSource({"off, required, RTP/SAVP", "required, off, RTP/AVP"})
  void shouldOfferAndTakeByWhatIsSaidOfTheTrunk(
      final String general, final String own, final String profile) throws Exception {
    final String invite = dial(general, ", addresses: 127.0.0.1/32, srtp: " + own);
    assertThat(Text.body(invite)).contains("m=audio 30000 " + profile + " ");
    carrier.respond(invite, "486 Busy Here");
    carrier.next("ACK");
    focus.next("failed");
    try (Phone phone = Phone.udp(focus.service)) {
      phone.sendInvite(answer("RTP/AVP", ""));
      final int clear = own.equals("required") ? 488 : 200;
      assertThat(Text.status(phone.answerTo("INVITE"))).isEqualTo(clear);
    }
  }

  @Test
  void shouldOfferATrunkItsOwnCodecsInTheirOrder() throws Exception {
    assertThat(Text.body(dial("off", ", codecs: [G722, PCMA]"))).contains("RTP/AVP 9 8 101");
  }

  /** Keys that anybody can read are none: over UDP they are offered only where required. */
  @ParameterizedTest
  @ValueSource(strings = {"off", "preferred"})
  void shouldOfferNoKeysInTheClearWhereTheyNeedNotBe(final String srtp) throws Exception {
    final String invite = dial(srtp);
    assertThat(Text.body(invite)).contains("RTP/AVP 0 8 101").doesNotContain("a=crypto");
    carrier.answer(invite, "c1");
    assertThat(((MediaDescription) focus.next("answered").detail()).keys()).isNull();
    carrier.next("ACK");
  }
}
