package dev.conductor.signaling.trunk;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.Secret;
import dev.conductor.signaling.trunk.DigestClient.Challenge;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DigestClientTest {
  private static final String REALM = "http-auth@example.org";
  private static final String NONCE = "7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v";
  private static final String OPAQUE = "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
  private static final String CNONCE = "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ";

  private final DigestClient client =
      new DigestClient("Mufasa", new Secret("Circle of Life"), REALM);

  /** The examples of RFC 7616, section 3.9.1. */
  @ParameterizedTest
  @CsvSource({
    "MD5, 8ca523f5e9506fed4657c9700eebdbec",
    "SHA-256, 753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1"
  })
  void shouldAnswerAsTheExamplesSay(final String algorithm, final String response) {
    final Challenge challenge = new Challenge(REALM, NONCE, OPAQUE, algorithm, "auth, auth-int");
    assertThat(client.answer(challenge, "GET", "/dir/index.html", CNONCE))
        .hasValueSatisfying(
            header -> assertThat(header).contains("response=\"" + response + "\"", "opaque=\""));
  }

  @Test
  void shouldAnswerNothingElse() {
    for (final Challenge other :
        new Challenge[] {
          new Challenge("elsewhere", NONCE, null, "MD5", "auth"),
          new Challenge(REALM, NONCE, null, "MD5", "auth-int"),
          new Challenge(REALM, NONCE, null, "SHA-512-256", "auth"),
          new Challenge(REALM, null, null, "MD5", "auth"),
          new Challenge(REALM, "a\"b", null, "MD5", "auth"),
        }) {
      assertThat(client.answer(other, "INVITE", "sip:a@b")).as(other.toString()).isEmpty();
    }
    assertThat(
            new DigestClient("", Secret.NONE, "")
                .answer(new Challenge(REALM, NONCE, null, "MD5", "auth"), "INVITE", "sip:a@b"))
        .isEmpty();
  }
}
