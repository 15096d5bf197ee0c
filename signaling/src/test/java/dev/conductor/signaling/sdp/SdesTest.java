package dev.conductor.signaling.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.SrtpKeys;
import dev.conductor.signaling.api.SrtpSuite;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Keys in SDP: who offers what, and what is agreed. */
class SdesTest {
  private static final InetSocketAddress LOCAL = new InetSocketAddress("192.0.2.9", 30_000);
  private static final String HEAD =
      "v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nc=IN IP4 192.0.2.1\r\nt=0 0\r\n";
  private static final String SAVP = "m=audio 4000 RTP/SAVP 0\r\n";
  private static final String AVP = "m=audio 4000 RTP/AVP 0\r\n";

  private final OfferAnswer ours = new OfferAnswer(List.of("PCMU"));

  private static KeyAgreement overTls(final SrtpPolicy policy) {
    return new KeyAgreement(policy, true);
  }

  private static String key(final SrtpSuite suite, final int filledWith) {
    final byte[] master = new byte[suite.masterBytes()];
    Arrays.fill(master, (byte) filledWith);
    return Base64.getEncoder().encodeToString(master);
  }

  private static String crypto(final int tag, final SrtpSuite suite, final int filledWith) {
    return "a=crypto:" + tag + " " + suite + " inline:" + key(suite, filledWith) + "\r\n";
  }

  private Agreement agree(final String lines, final KeyAgreement keys) throws SdpException {
    return ours.agree(parse(HEAD + lines), LOCAL.getAddress(), keys);
  }

  private static SessionDescription parse(final String text) throws SdpException {
    return SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8));
  }

  @ParameterizedTest
  @EnumSource(SrtpSuite.class)
  void shouldAnswerEverySuiteWithAKeyOfItsLength(final SrtpSuite suite) throws SdpException {
    final Agreement agreement = agree(SAVP + crypto(7, suite, 1), overTls(SrtpPolicy.PREFERRED));

    final SrtpKeys keys = agreement.remote().keys();
    assertThat(keys.suite()).isEqualTo(suite);
    assertThat(keys.remote()).hasSize(suite.masterBytes()).containsOnly(1);
    assertThat(keys.local()).hasSize(suite.masterBytes()).isNotEqualTo(keys.remote());
    assertThat(ours.answer(agreement, LOCAL, new Origin(1, 1)))
        .contains("m=audio 30000 RTP/SAVP 0\r\n")
        .containsOnlyOnce("a=crypto:")
        .contains(
            "a=crypto:7 "
                + suite
                + " inline:"
                + Base64.getEncoder().encodeToString(keys.local())
                + "\r\n");
  }

  @Test
  void shouldTakeTheFirstLineItKnows() throws SdpException {
    final SrtpKeys keys =
        agree(
                SAVP
                    + "a=crypto:1 F8_128_HMAC_SHA1_80 inline:"
                    + key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1)
                    + "\r\n"
                    + "a=crypto:2 AES_CM_128_HMAC_SHA1_32 inline:"
                    + key(SrtpSuite.AES_CM_128_HMAC_SHA1_32, 2)
                    + "|2^20 WSH=128\r\n"
                    + crypto(3, SrtpSuite.AEAD_AES_256_GCM, 3),
                overTls(SrtpPolicy.PREFERRED))
            .remote()
            .keys();
    assertThat(keys.tag()).isEqualTo(2);
    assertThat(keys.suite()).isEqualTo(SrtpSuite.AES_CM_128_HMAC_SHA1_32);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1 AES_CM_128_HMAC_SHA1_80",
        "x AES_CM_128_HMAC_SHA1_80 inline:AAAA",
        "1 AES_CM_128_HMAC_SHA1_80 inline:AAAA",
        "1 AES_CM_128_HMAC_SHA1_80 inline:$$$$",
        "1 AES_CM_128_HMAC_SHA1_80 uri:KEY",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY;inline:KEY",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY KDR=1",
        "1 AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTP"
      })
  void shouldRefuseALineItCannotTakeWithoutShowingTheKey(final String value) {
    final String key = key(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1);
    assertThatThrownBy(
            () ->
                agree(
                    SAVP + "a=crypto:" + value.replace("KEY", key) + "\r\n",
                    overTls(SrtpPolicy.PREFERRED)))
        .isInstanceOf(SdpException.class)
        .hasMessageStartingWith("a=crypto has")
        .hasMessageNotContainingAny(key, "AAAA");
  }

  @ParameterizedTest
  @CsvSource({
    // policy, over TLS, profile, keys in it, agreed: safe, clear or not
    "OFF, true, RTP/SAVP, true, not",
    "OFF, true, RTP/AVP, true, clear",
    "OFF, true, RTP/AVP, false, clear",
    "PREFERRED, true, RTP/SAVP, true, safe",
    "PREFERRED, true, RTP/SAVP, false, not",
    "PREFERRED, true, RTP/SAVPF, true, safe",
    "PREFERRED, true, RTP/AVP, true, safe",
    "PREFERRED, true, RTP/AVP, false, clear",
    "PREFERRED, false, RTP/SAVP, true, not",
    "PREFERRED, false, RTP/AVP, true, clear",
    "REQUIRED, true, RTP/SAVP, true, safe",
    "REQUIRED, true, RTP/AVP, true, safe",
    "REQUIRED, true, RTP/AVP, false, not",
    "REQUIRED, false, RTP/SAVP, true, safe",
    "REQUIRED, false, RTP/AVP, false, not",
    "PREFERRED, true, UDP/TLS/RTP/SAVPF, true, not"
  })
  void shouldDoAsThePolicySays(
      final SrtpPolicy policy,
      final boolean overTls,
      final String profile,
      final boolean keyed,
      final String agreed)
      throws SdpException {
    final String lines =
        "m=audio 4000 "
            + profile
            + " 0\r\n"
            + (keyed ? crypto(1, SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1) : "");
    final KeyAgreement keys = new KeyAgreement(policy, overTls);
    if (agreed.equals("not")) {
      assertThatThrownBy(() -> agree(lines, keys)).isInstanceOf(SdpException.class);
    } else {
      assertThat(agree(lines, keys).remote().keys() != null).isEqualTo(agreed.equals("safe"));
    }
  }

  @Test
  void shouldAnswerTheSaferOfTwoLines() throws SdpException {
    final String both =
        AVP + SAVP.replace("4000", "4002") + crypto(1, SrtpSuite.AEAD_AES_128_GCM, 1);

    final Agreement safe = agree(both, overTls(SrtpPolicy.PREFERRED));
    assertThat(ours.answer(safe, LOCAL, new Origin(1, 1)))
        .contains("m=audio 0 RTP/AVP 0\r\nm=audio 30000 RTP/SAVP 0\r\n");
    assertThat(safe.remote().remoteRtp().getPort()).isEqualTo(4_002);

    final Agreement clear = agree(both, new KeyAgreement(SrtpPolicy.PREFERRED, false));
    assertThat(ours.answer(clear, LOCAL, new Origin(1, 1)))
        .contains("m=audio 30000 RTP/AVP 0\r\n")
        .contains("m=audio 0 RTP/SAVP 0\r\n")
        .doesNotContain("crypto");
  }

  @Test
  void shouldKeepItsKeyWhileTheFarEndKeepsItsOwn() throws SdpException {
    final KeyAgreement keys = overTls(SrtpPolicy.PREFERRED);
    final String first = SAVP + crypto(1, SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1);
    final Agreement before = agree(first, keys);
    keys.took(before);

    assertThat(agree(first, keys).remote().keys()).isEqualTo(before.remote().keys());
    final SrtpKeys changed =
        agree(SAVP + crypto(1, SrtpSuite.AES_CM_128_HMAC_SHA1_80, 2), keys).remote().keys();
    assertThat(changed.local()).isNotEqualTo(before.remote().keys().local());
    assertThat(changed.remote()).containsOnly(2);
  }

  @ParameterizedTest
  @CsvSource({"PREFERRED, RTP/AVP", "REQUIRED, RTP/SAVP"})
  void shouldOfferEverySuiteAndUseTheOneThatIsAnswered(
      final SrtpPolicy policy, final String profile) throws SdpException {
    final KeyAgreement keys = overTls(policy);
    final KeyAgreement theirs = overTls(SrtpPolicy.PREFERRED);

    final String offer = ours.offer(LOCAL, new Origin(1, 1), keys);
    assertThat(offer).contains("m=audio 30000 " + profile + " 0");
    assertThat(offer.split("a=crypto:", -1)).hasSize(1 + SrtpSuite.values().length);

    final Agreement taken = ours.agree(parse(offer), LOCAL.getAddress(), theirs);
    final String answer = ours.answer(taken, LOCAL, new Origin(2, 1));
    final MediaDescription read = ours.readAnswer(parse(answer), LOCAL.getAddress(), keys);
    assertThat(read.keys().local()).isEqualTo(taken.remote().keys().remote());
    assertThat(read.keys().remote()).isEqualTo(taken.remote().keys().local());

    keys.took(read);
    assertThat(ours.offer(LOCAL, new Origin(1, 2), keys))
        .containsOnlyOnce("a=crypto:")
        .contains(Base64.getEncoder().encodeToString(read.keys().local()));
  }

  @Test
  void shouldTakeNoAnswerThatFitsNoLineOfTheOffer() throws SdpException {
    final KeyAgreement keys = overTls(SrtpPolicy.REQUIRED);
    ours.offer(LOCAL, new Origin(1, 1), keys);
    for (final String line :
        List.of(
            "",
            crypto(99, SrtpSuite.AEAD_AES_256_GCM, 1),
            crypto(1, SrtpSuite.AEAD_AES_128_GCM, 1))) {
      assertThatThrownBy(() -> ours.readAnswer(parse(HEAD + SAVP + line), LOCAL.getAddress(), keys))
          .isInstanceOf(SdpException.class);
    }
  }

  @Test
  void shouldShowNoKey() throws SdpException {
    final Agreement agreement =
        agree(SAVP + crypto(1, SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1), overTls(SrtpPolicy.REQUIRED));
    assertThat(agreement.remote().toString())
        .contains("AES_CM_128")
        .doesNotContain("[B@", "inline");
  }
}
