package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.conductor.demo.DemoCallers;
import dev.conductor.demo.DemoCallersOptions;
import dev.conductor.demo.DemoConference;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What somebody sees who lets simulated people dial the demo. */
class DemoCallersOnServerTest {
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  @Test
  void shouldFillTheCallAndHangUpAtTheEnd() throws Exception {
    try (RunningServer server = RunningServer.start()) {
      final int exit = run(server, 5, DemoConference.participantPins(), Duration.ofSeconds(12));

      assertThat(exit).as(text()).isZero();
      assertThat(text())
          .contains("5 of 5 callers in at the end, 0 sent away")
          .contains("voices heard by each in the last two seconds: [4, 4, 4, 4, 4]");
      // A BYE is answered before what it means is kept and shown.
      await().untilAsserted(() -> assertThat(server.api().activeCallers()).isZero());
    }
  }

  @Test
  void shouldFailWhenNobodyKnowsAPin() throws Exception {
    try (RunningServer server =
        RunningServer.start(Map.of("entry.tries", "1", "entry.total-ms", "5000"))) {
      final int exit = run(server, 2, List.of("000000"), Duration.ofMinutes(1));

      assertThat(exit).as(text()).isEqualTo(1);
      assertThat(text()).contains("the server hung up", "0 of 2 callers in at the end");
    }
  }

  private int run(
      final RunningServer server, final int callers, final List<String> pins, final Duration runFor)
      throws Exception {
    final DemoCallersOptions options =
        new DemoCallersOptions(
            callers, server.sip(), DemoConference.DID, pins, runFor, null, false);
    return DemoCallers.run(options, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private String text() {
    return printed.toString(StandardCharsets.UTF_8);
  }
}
