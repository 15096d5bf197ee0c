package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Whoever reads the metrics of a running server is told what each figure is. */
class MetricsPageTest {
  @Test
  void shouldSayOfEveryFigureWhatItIs() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      final String page = new Api(server.http()).get("/metrics").body();
      assertThat(page.lines().filter(line -> line.startsWith("# HELP ")))
          .hasSizeGreaterThan(200)
          .allMatch(line -> line.matches("# HELP conductor_\\w+ \\w.*"));
    }
  }
}
