package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import java.net.http.HttpResponse;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the Conference Management API answers when the conductor does not just say yes. */
class AccessHandlerTest {
  private static final String CREATE = "createConferenceReservationless";
  private ApiServer server;

  @BeforeEach
  void open() throws Exception {
    server = new ApiServer();
  }

  @AfterEach
  void close() {
    server.close();
  }

  private HttpResponse<String> create() {
    return server.access(CREATE, ApiServer.customer("estimatedCallers", "2"));
  }

  @Test
  void shouldSayThatAFullServerMayBeAskedAgain() {
    server.gate.fill();
    assertThat(create().statusCode()).isEqualTo(200);
    assertThat(create().body()).startsWith("{\"code\":-3,\"message\":\"busy\"");
  }

  @Test
  void shouldGiveTheConductorsRefusalItsCode() throws Exception {
    server.gate.hold();
    assertThat(answered(Accepted.no(4, "conference: no"))).contains("\"code\":4,");
    assertThat(answered(Accepted.no("value: no"))).contains("\"code\":-2,");
    assertThat(answered(Accepted.notNow("store: gone"))).contains("\"code\":-3,");
    assertThat(answered(Accepted.conflict("Idempotency-Key: used"))).contains("\"code\":-2,");
    assertThat(answered(Accepted.yes(0).with("what is this"))).contains("\"code\":-4,");
    assertThat(answered(Accepted.yes(0))).isEqualTo("{\"code\":0,\"message\":\"\",\"value\":{}}");
  }

  private String answered(final Accepted answer) throws Exception {
    final Thread conductor =
        new Thread(
            () -> {
              try {
                server.gate.next().reply().onAnswer(answer);
              } catch (final InterruptedException interrupted) {
                Thread.currentThread().interrupt();
              }
            });
    conductor.start();
    final HttpResponse<String> told = create();
    conductor.join();
    assertThat(told.statusCode()).isEqualTo(200);
    return told.body();
  }

  @Test
  void shouldTakeAKeyForIdempotencyOfTheCustomer() {
    server.access(CREATE, ApiServer.customer("estimatedCallers", "2", "idempotencyKey", "k1"));
    final Command asked = server.gate.last();
    assertThat(asked.origin().key().orElseThrow().conferenceUid()).isEqualTo("CUST");
    assertThat(asked.origin().key().orElseThrow().key()).isEqualTo("k1");
    final String digest = asked.origin().key().orElseThrow().digest();
    server.access(CREATE, ApiServer.customer("estimatedCallers", "3", "idempotencyKey", "k1"));
    assertThat(server.gate.last().origin().key().orElseThrow().digest()).isNotEqualTo(digest);
  }

  @Test
  void shouldLetAnAddressGuessOnlySoManyKeys() {
    final long refused =
        IntStream.range(0, AccountAccess.WRONG_KEYS_BURST + 20)
            .mapToObj(
                i ->
                    server.access(
                        "getCustomer", "customer=" + (i % 2 == 0 ? "CUST" : "C" + i) + "&key=" + i))
            .filter(answer -> answer.statusCode() == 429)
            .count();
    assertThat(refused).isGreaterThan(0);
    assertThat(server.access("getCustomer", ApiServer.customer()).statusCode())
        .as("who has the right key is let in")
        .isEqualTo(200);
  }
}
