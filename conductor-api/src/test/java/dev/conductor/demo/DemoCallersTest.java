package dev.conductor.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * What {@code demo-callers} tells and answers, against a far end that takes or refuses everybody.
 */
class DemoCallersTest {
  private final FakeUas uas = new FakeUas();
  private final RtpPeer peer = new RtpPeer();
  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
  private Thread farEnd;

  @AfterEach
  void close() throws InterruptedException {
    if (farEnd != null) {
      farEnd.interrupt();
      farEnd.join();
    }
    uas.close();
    peer.close();
  }

  @Test
  void shouldEndWellWhenCallersAreInAtTheEnd() throws IOException {
    farEndThat("200 OK");

    // A caller is in some two seconds after the first one dials.
    assertThat(run(2, Duration.ofSeconds(6), null)).isZero();
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("15550000110 answered, keys 100001", "15550000111 answered, keys 100002")
        .contains("2 of 2 callers in at the end, 0 sent away")
        .contains("packets received, 0 missing");
  }

  @Test
  void shouldFailAtOnceWhenNobodyGetsIn() throws IOException {
    farEndThat("404 Not Found");

    assertThat(run(2, Duration.ofMinutes(5), null)).isEqualTo(1);
    assertThat(printed.toString(StandardCharsets.UTF_8))
        .contains("15550000110 was refused, status 404")
        .contains("0 of 2 callers in at the end, 2 sent away");
  }

  @Test
  void shouldHangUpWhenItIsInterrupted() throws Exception {
    farEndThat("200 OK");
    final int[] exit = {-1};
    final Thread running =
        new Thread(
            () -> {
              try {
                exit[0] = run(1, Duration.ofMinutes(5), null);
              } catch (final IOException failed) {
                exit[0] = 99;
              }
            });
    running.start();
    await().until(() -> printed.toString(StandardCharsets.UTF_8).contains("keys"));
    running.interrupt();
    running.join(10_000);

    assertThat(exit[0]).isZero();
  }

  @Test
  void shouldSayWhatIsWrongWithAFileThatIsNotThere() {
    assertThatThrownBy(() -> run(1, Duration.ofSeconds(1), Path.of("no-such.wav")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("no-such.wav");
  }

  @Test
  void shouldRefuseWantsItCannotServe() {
    assertThatThrownBy(() -> DemoCallersOptions.of(0, uas.address()))
        .hasMessage("callers: 0 is not in 1..1000");
    final InetSocketAddress unknown = InetSocketAddress.createUnresolved("nowhere.invalid", 5060);
    assertThatThrownBy(() -> DemoCallersOptions.of(1, unknown))
        .hasMessage("server: nowhere.invalid is not known");
  }

  private int run(final int callers, final Duration runFor, final Path wav) throws IOException {
    final DemoCallersOptions options =
        new DemoCallersOptions(
            callers, uas.address(), "demo", List.of("100001", "100002"), runFor, wav, false);
    return DemoCallers.run(options, new PrintStream(printed, true, StandardCharsets.UTF_8));
  }

  private void farEndThat(final String line) {
    farEnd =
        new Thread(
            () -> {
              while (!Thread.currentThread().isInterrupted()) {
                final String message = uas.receive(50);
                if (message != null && message.startsWith("INVITE") && line.startsWith("200")) {
                  uas.accept(message, FakeUas.sdp(peer.port(), "0 101", "sendrecv"));
                } else if (message != null && !message.startsWith("ACK")) {
                  uas.answer(message, message.startsWith("BYE") ? "200 OK" : line, "", "");
                }
              }
            });
    farEnd.start();
  }
}
