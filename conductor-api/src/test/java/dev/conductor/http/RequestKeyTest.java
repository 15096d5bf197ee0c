package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.IdempotencyKey;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a key comes in and goes to the conductor, over real HTTP. */
class RequestKeyTest {
  private ApiServer server;

  @BeforeEach
  void start() throws Exception {
    server = new ApiServer(ApiServer.config(60_000, 100, 100_000), 10_000);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HttpResponse<String> post(final String form, final String... keys) {
    return postTo("updateActiveCaller", form, keys);
  }

  private HttpResponse<String> postTo(
      final String function, final String form, final String... keys) {
    final var request =
        server.request("/_conference/" + function).POST(BodyPublishers.ofString(form));
    for (final String key : keys) {
      request.header("Idempotency-Key", key);
    }
    return server.send(request);
  }

  private IdempotencyKey key(final String form, final String... keys) {
    assertThat(post(form, keys).body()).isEqualTo("TRUE");
    return server.gate.last().origin().key().orElseThrow();
  }

  @Test
  void shouldTakeTheKeyFromHeaderOrParameter() {
    final String form = ApiServer.call("field", "tag", "value", "x");
    final IdempotencyKey byHeader = key(form, "k-1");
    assertThat(byHeader.key()).isEqualTo("k-1");
    assertThat(byHeader.conferenceUid()).isEqualTo("C1");
    assertThat(key(form + "&idempotencyKey=k-1")).isEqualTo(byHeader);
    assertThat(key(form + "&idempotencyKey=k-1", "k-1", "k-1")).isEqualTo(byHeader);
    assertThat(key(form + "&idempotencyKey=", "x".repeat(256)).key()).hasSize(256);
    post(form);
    assertThat(server.gate.last().origin().key()).isEmpty();
  }

  @Test
  void shouldTellRequestsApartByTheirParametersAlone() {
    final String form = ApiServer.call("field", "tag", "value", "x");
    final IdempotencyKey first = key(form, "k");
    assertThat(key(ApiServer.call("value", "x", "field", " tag ", "actor", "Ann"), "k"))
        .as("neither order nor blanks nor the actor count")
        .isEqualTo(first);
    assertThat(
            key(form.replace("securityToken", "securityTokenSecurity") + "&type=json&new=1", "k"))
        .isEqualTo(first);
    for (final String other : new String[] {"tag|x ", "tag|y", "notes|x", "data|", "custom1|X"}) {
      final String[] parts = other.split("\\|", -1);
      assertThat(key(ApiServer.call("field", parts[0], "value", parts[1]), "k").digest())
          .as(other)
          .isNotEqualTo(first.digest());
    }
    assertThat(key(form + "&role=PRESENTER", "k").digest()).isNotEqualTo(first.digest());
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a%09", "%C3%A9", "%7F", "a%0D%0Ab", "+"})
  void shouldRefuseAKeyThatIsNotVisible(final String key) {
    final var answer =
        post(ApiServer.call("field", "tag", "value", "x") + "&idempotencyKey=" + key);
    assertThat(answer.body()).startsWith("FALSE,idempotencyKey: ");
    assertThat(server.gate.taken()).isEmpty();
  }

  @Test
  void shouldRefuseTwoKeysAndOneTooLong() {
    final String form = ApiServer.call("field", "tag", "value", "x");
    final String twice = "FALSE,Idempotency-Key: given twice with different values";
    assertThat(post(form, "a", "b").body()).isEqualTo(twice);
    assertThat(post(form + "&idempotencyKey=a", "b").body()).isEqualTo(twice);
    final String wrong = "FALSE,Idempotency-Key: not of 1 to 256 visible ASCII characters";
    assertThat(post(form, "x".repeat(257)).body()).isEqualTo(wrong);
    assertThat(post(form, "").body()).isEqualTo(wrong);
    assertThat(post(form, "a b").body()).isEqualTo(wrong);
    assertThat(server.gate.taken()).isEmpty();
  }

  @Test
  void shouldNameTheSameRequestInARepeatAndAnotherInAnother() {
    final String form = ApiServer.call("field", "tag", "value", "x");
    final String first = id(post(form, "k"));
    assertThat(id(post(form, "k"))).isEqualTo(first);
    assertThat(id(post(form, "l"))).isNotEqualTo(first);
    assertThat(id(post(form))).isNotEqualTo(id(post(form)));
  }

  private static String id(final HttpResponse<String> answer) {
    return answer.headers().firstValue("Conductor-Request").orElseThrow();
  }

  @Test
  void shouldAnswer422WhenTheKeyWasUsedOtherwise() throws Exception {
    server.gate.hold();
    final Thread answering =
        new Thread(
            () -> {
              try {
                server.gate.next().reply().onAnswer(Accepted.conflict("Idempotency-Key: used"));
              } catch (final InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    answering.start();
    final var answer = post(ApiServer.call("field", "tag", "value", "x"), "k");
    answering.join();
    assertThat(answer.statusCode()).isEqualTo(422);
    assertThat(answer.body()).isEqualTo("FALSE,Idempotency-Key: used");
  }

  @Test
  void shouldAskTheConductorEvenWhenTheCallIsGoneAsItMayBeARepeat() {
    final String noCall = "conferenceUID=C2&securityToken=" + ApiServer.OTHER_TOKEN;
    assertThat(postTo("closeCall", noCall).body()).contains("has no active call");
    assertThat(server.gate.taken()).isEmpty();
    assertThat(postTo("closeCall", noCall, "k").body()).isEqualTo("TRUE");
    assertThat(lastCallUid()).isEmpty();

    server.snapshots.addFormerCall("K0", "C2");
    final String former = "callUID=K0&securityToken=" + ApiServer.OTHER_TOKEN;
    assertThat(postTo("closeCall", former, "k").body()).isEqualTo("TRUE");
    assertThat(lastCallUid()).isEqualTo("K0");
    assertThat(postTo("closeCall", "callUID=K0&securityToken=wrong", "k").statusCode())
        .isEqualTo(403);
  }

  private String lastCallUid() {
    return ((Command.OnCall) server.gate.last()).callUid();
  }
}
