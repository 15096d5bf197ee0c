package dev.conductor.signaling.sip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Registering with a registrar written by hand, and watching a proxy. */
class RegistrationTest {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  @Test
  void shouldRegisterWithDigestAndForAsLongAsTheRegistrarWants() throws Exception {
    try (Carrier carrier = new Carrier();
        Focus focus =
            Focus.start(
                TestTrunks.config(
                    Map.of(),
                    "name: carrier, proxies: '"
                        + carrier.where()
                        + "', domain: carrier.test, user: us, password: sesame, register: true,"
                        + " register-seconds: 60, options-seconds: 0, routes: ['*']"),
                32_000)) {
      final String first = carrier.next("REGISTER");
      assertThat(first).startsWith("REGISTER sip:carrier.test SIP/2.0");
      assertThat(Text.header(first, "To")).isEqualTo("<sip:us@carrier.test>");
      assertThat(Text.header(first, "Contact"))
          .contains("sip:us@127.0.0.1:" + focus.service.port());
      assertThat(Text.header(first, "Expires")).isEqualTo("60");
      assertThat(focus.service.trunksUp()).isZero();
      carrier.respond(first, "423 Interval Too Brief", "r", "Min-Expires: 120\r\n", "");

      final String longer = carrier.next("REGISTER");
      assertThat(Text.header(longer, "Expires")).isEqualTo("120");
      carrier.respond(
          longer,
          "401 Unauthorized",
          "r",
          "WWW-Authenticate: Digest realm=\"any\",nonce=\"n\",algorithm=SHA-256,qop=\"auth\"\r\n",
          "");
      final String proven = carrier.next("REGISTER");
      assertThat(Text.header(proven, "Authorization"))
          .contains("algorithm=SHA-256")
          .doesNotContain("sesame");
      assertThat(Text.header(proven, "Call-ID")).isEqualTo(Text.header(first, "Call-ID"));
      // Granted for a second: the refresh follows.
      carrier.respond(proven, "200 OK", "r", "Expires: 1\r\n", "");
      await().atMost(PATIENCE).until(() -> focus.service.trunksUp() == 1);
      final String refresh = carrier.next("REGISTER");
      carrier.respond(refresh, "403 Forbidden");
      await().atMost(PATIENCE).until(() -> focus.service.trunksUp() == 0);
      assertThat(focus.service.lineTo("+15557654321")).isEmpty();
      assertThat(focus.service.hasRoute("+15557654321")).isTrue();
      // And it is tried again.
      carrier.respond(carrier.next("REGISTER"), "200 OK", "r", "Expires: 300\r\n", "");
      await().atMost(PATIENCE).until(() -> focus.service.trunksUp() == 1);
    }
  }

  @Test
  void shouldGiveTheRegistrationUpWhenItStops() throws Exception {
    try (Carrier carrier = new Carrier()) {
      final Focus focus =
          Focus.start(
              TestTrunks.config(
                  Map.of(),
                  "name: carrier, proxies: '"
                      + carrier.where()
                      + "', options-seconds: 0, register: true, user: us, password: sesame"),
              32_000);
      final String first = carrier.next("REGISTER");
      carrier.respond(first, "200 OK", "r", "Expires: 3600\r\n", "");
      await().atMost(PATIENCE).until(() -> focus.service.trunksUp() == 1);
      final Thread stopping = new Thread(focus::close, "stopping");
      stopping.start();

      final String last = carrier.next("REGISTER");
      assertThat(Text.header(last, "Expires")).isEqualTo("0");
      assertThat(Text.header(last, "Call-ID")).isEqualTo(Text.header(first, "Call-ID"));
      assertThat(Text.header(last, "Contact")).isEqualTo(Text.header(first, "Contact"));
      carrier.respond(
          last,
          "401 Unauthorized",
          "r",
          "WWW-Authenticate: Digest realm=\"any\",nonce=\"n\",algorithm=MD5,qop=\"auth\"\r\n",
          "");
      final String proven = carrier.next("REGISTER");
      assertThat(Text.header(proven, "Expires")).isEqualTo("0");
      assertThat(Text.header(proven, "Authorization")).contains("username=\"us\"");
      carrier.respond(proven, "200 OK");
      stopping.join(PATIENCE.toMillis());
      assertThat(stopping.isAlive()).isFalse();
    }
  }

  @Test
  void shouldKnowByOptionsWhetherATrunkIsUp() throws Exception {
    try (Carrier carrier = new Carrier();
        Focus focus =
            Focus.start(
                TestTrunks.config(
                    Map.of(),
                    "name: carrier, proxies: '"
                        + carrier.where()
                        + "', options-seconds: 1, routes: ['*']"),
                32_000)) {
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                carrier.respond(carrier.next("OPTIONS"), "503 Service Unavailable");
                return focus.service.trunksUp() == 0;
              });
      await()
          .atMost(PATIENCE)
          .until(
              () -> {
                carrier.respond(carrier.next("OPTIONS"), "404 Not Found");
                return focus.service.trunksUp() == 1;
              });
      assertThat(focus.service.count(SipCounter.TRUNK_DOWNS)).isEqualTo(1);
      assertThat(focus.service.count(SipCounter.TRUNK_UPS)).isEqualTo(1);
    }
  }
}
