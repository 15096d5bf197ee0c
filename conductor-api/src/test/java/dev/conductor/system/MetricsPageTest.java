package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoConference;
import dev.conductor.demo.PhonePool;
import dev.conductor.demo.SimPhone;
import java.net.InetAddress;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whoever reads the metrics of a running server is told what each figure is. */
class MetricsPageTest {
  private static final String LINES = "conductor_media_lines";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @Test
  void shouldSayOfEveryFigureWhatItIs() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      final String page = new Api(server.http()).get("/metrics").body();
      assertThat(page.lines().filter(line -> line.startsWith("# HELP ")))
          .hasSizeGreaterThan(200)
          .allMatch(line -> line.matches("# HELP conductor_\\w+ \\w.*"));
    }
  }

  @Test
  void shouldTellHowLinesSoundHereAndInTheLog() throws Exception {
    try (SecurityLines log = new SecurityLines();
        RunningServer server = RunningServer.start();
        PhonePool pool = PhonePool.start(InetAddress.getLoopbackAddress())) {
      final Api api = new Api(server.http());
      assertThat(heardLines(api)).isZero();
      final SimPhone phone = pool.phone("7001");
      assertThat(phone.dial(server.sip(), DemoConference.DID)).succeedsWithin(PATIENCE);
      assertThat(phone.keys(DemoConference.HOST_PIN)).succeedsWithin(PATIENCE);
      await().atMost(PATIENCE).until(() -> api.callerByNumber("7001").isObject());
      final String uid = api.callerByNumber("7001").path("UID").asText();
      // How good it is depends on how busy this machine is.
      await().atMost(PATIENCE).until(() -> heardLines(api) == 1);
      assertThat(api.get("/metrics").body()).contains(LINES + "{score=\"unheard\"} 0.0");
      phone.hangUp();
      await().atMost(PATIENCE).until(() -> heardLines(api) == 0);
      await()
          .atMost(PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(log.lines())
                      .filteredOn(line -> line.contains("line of caller " + uid + ": "))
                      .singleElement()
                      .asString()
                      .containsPattern("received [1-9][0-9]* packets, lost .* score [1-4]"));
    }
  }

  private static int heardLines(final Api api) {
    return api.get("/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith(LINES + "{") && !line.contains("unheard"))
        .mapToInt(line -> (int) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
