package dev.conductor.http;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Tokens stay out of logs, however much is logged and whatever goes wrong. */
class SecretsTest {
  @Test
  void shouldNeverLogATokenNorABadRequest() throws Exception {
    final Logger root = (Logger) LoggerFactory.getLogger("dev.conductor");
    final Logger netty = (Logger) LoggerFactory.getLogger("io.netty");
    final ListAppender<ILoggingEvent> log = new ListAppender<>();
    log.start();
    for (final Logger logger : List.of(root, netty)) {
      logger.addAppender(log);
      logger.setLevel(Level.TRACE);
    }
    try (ApiServer server = new ApiServer()) {
      server.get("getCall", ApiServer.call());
      server.get("getCall", ApiServer.call("type", "yaml"));
      server.get("nothing", ApiServer.call());
      manage(server);
      server.get("getCaller", ApiServer.call("UID", "\u0000"));
      server.post("closeCall", ApiServer.call() + "&securityToken=wrong-tok3n");
      server.post("updateCaller", ApiServer.call("value", "x".repeat(300_000)));
      server.send(server.request("/broken?" + ApiServer.call()).GET());
      try (RawClient raw = new RawClient(server.address)) {
        raw.send("GET /x?securityToken=" + ApiServer.TOKEN + " HTTP/9.9.9\r\n\r\n");
        raw.reply();
      }
      for (final String broken :
          List.of(
              "Authorization: Bearer " + ApiServer.TOKEN + "\r\n folded\r\n",
              "Origin: https://" + ApiServer.TOKEN + "\r\nHost: y\r\n",
              "X: y\r\n".repeat(200))) {
        try (RawClient raw = new RawClient(server.address)) {
          raw.send("GET /x?" + ApiServer.call() + " HTTP/1.1\r\nHost: x\r\n" + broken + "\r\n");
          raw.reply();
        }
      }
      server.post("closeCall", ApiServer.call("idempotencyKey", "a key with " + ApiServer.TOKEN));
      server.post("closeCall", ApiServer.call("idempotencyKey", ApiServer.TOKEN));
      server.post("closeCall", ApiServer.call(), "multipart/form-data");
      server.post("closeCall", "{\"securityToken\":\"" + ApiServer.TOKEN, "application/json");
    } finally {
      for (final Logger logger : List.of(root, netty)) {
        logger.detachAppender(log);
        logger.setLevel(null);
      }
    }
    final List<ILoggingEvent> all = List.copyOf(log.list);
    assertThat(all).isNotEmpty();
    for (final ILoggingEvent event : all) {
      assertThat(event.getFormattedMessage()).doesNotContain("tok3n");
      if (event.getThrowableProxy() != null) {
        assertThat(String.valueOf(event.getThrowableProxy().getMessage())).doesNotContain("tok3n");
      }
      // Netty tells at DEBUG, once a process, what of the JVM it may not use.
      if (event.getThrowableProxy() != null && event.getLevel().isGreaterOrEqual(Level.INFO)) {
        assertThat(event.getThrowableProxy().getMessage()).isEqualTo("on purpose");
      }
    }
    assertThat(all.stream().filter(e -> e.getLevel().isGreaterOrEqual(Level.WARN)))
        .as("only the fault of ours is told")
        .hasSize(1);
  }

  private static void manage(final ApiServer server) throws Exception {
    server.access("getCustomer", ApiServer.customer());
    server.access("getCustomer", ApiServer.customer("type", "yaml"));
    server.access("getNothing", ApiServer.customer());
    server.access("getCustomer", ApiServer.customer("key", "another-tok3n"));
    server.access("getCustomer", "customer=CUST&key=wrong-tok3n");
    server.access("createConferenceReservationless", ApiServer.customer("estimatedCallers", "x"));
    server.access("createConferenceReservationless", ApiServer.customer("estimatedCallers", "2"));
    server.send(server.request("/_access/getCustomer?" + ApiServer.customer()).GET());
  }
}
