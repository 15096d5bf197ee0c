package dev.conductor.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.TickLateness;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class MetricsTest {
  private final Metrics metrics = new Metrics();

  @Test
  void shouldNameTotalsAsPrometheusDoes() {
    metrics.addTotals("", () -> Map.of("rtp.received", 42L), Map.of("rtp.received", "Datagrams."));
    metrics.addTotals("sip", () -> Map.of("refusals_404", 3L), Map.of());
    metrics.addLevel("media.sessions", "Open sessions.", () -> 7);

    assertThat(metrics.page().lines())
        .contains(
            "conductor_rtp_received_total 42.0",
            "conductor_sip_refusals_404_total 3.0",
            "conductor_media_sessions 7.0",
            "# TYPE conductor_rtp_received_total counter",
            "# HELP conductor_rtp_received_total Datagrams.",
            "# HELP conductor_media_sessions Open sessions.");
  }

  @Test
  void shouldShowLatenessAsAHistogram() {
    metrics.addLateness(
        "tick_lateness_seconds",
        "How late.",
        () -> new TickLateness(List.of(500_000L, Long.MAX_VALUE), List.of(40L, 2L), 3.5e9));

    assertThat(metrics.page().lines())
        .contains(
            "# TYPE conductor_tick_lateness_seconds histogram",
            "# HELP conductor_tick_lateness_seconds How late.",
            "conductor_tick_lateness_seconds_bucket{le=\"5.0E-4\"} 40",
            "conductor_tick_lateness_seconds_bucket{le=\"+Inf\"} 42",
            "conductor_tick_lateness_seconds_count 42",
            "conductor_tick_lateness_seconds_sum 3.5");
  }

  @Test
  void shouldShowLevelsOfOneKindByALabelAndReadThemTogether() {
    final AtomicInteger reads = new AtomicInteger();
    metrics.addLevels(
        "media_lines", "Lines.", "score", () -> Map.of("best", reads.incrementAndGet(), "poor", 7));
    metrics.page();

    assertThat(metrics.page().lines())
        .contains(
            "# TYPE conductor_media_lines gauge",
            "# HELP conductor_media_lines Lines.",
            "conductor_media_lines{score=\"best\"} 2.0",
            "conductor_media_lines{score=\"poor\"} 7.0");
  }

  @Test
  void shouldReadAnewForEachPageAndShowTotalsThatCameLater() {
    final Map<String, Long> totals = new ConcurrentHashMap<>(Map.of("first", 1L));
    final AtomicInteger reads = new AtomicInteger();
    metrics.addTotals(
        "x",
        () -> {
          reads.incrementAndGet();
          return totals;
        },
        Map.of());
    assertThat(metrics.page()).contains("conductor_x_first_total 1.0").doesNotContain("second");
    totals.put("first", 2L);
    totals.put("second", 5L);
    System.gc();

    assertThat(metrics.page())
        .contains("conductor_x_first_total 2.0", "conductor_x_second_total 5.0");
    assertThat(reads).hasValue(2);
  }

  @Test
  void shouldBeAliveWhileTheConductorTurnsAndStuckWhenItStops() {
    final AtomicLong turns = new AtomicLong();
    final AtomicLong nowMs = new AtomicLong();
    final Health health = new Health(turns::get, nowMs::get);
    nowMs.set(4_999);
    assertThat(health.alive().status()).isEqualTo(200);
    nowMs.set(5_000);
    assertThat(health.alive().status()).isEqualTo(503);
    assertThat(health.ready().text()).isEqualTo("conductor: no turn for 5000 ms\n");
    turns.set(1);
    assertThat(health.alive().status()).isEqualTo(200);
    nowMs.set(9_999);
    assertThat(health.alive().status()).isEqualTo(200);
  }

  @Test
  void shouldBeReadyWhenNoPartComplainsAndNameThoseThatDo() {
    final AtomicReference<String> complaint = new AtomicReference<>("");
    final Health health = new Health(() -> 1, () -> 0);
    health.addCheck("store", () -> Optional.of(complaint.get()).filter(why -> !why.isEmpty()));
    health.addCheck("http", Optional::empty);
    assertThat(health.ready()).isEqualTo(new Health.Answer(200, "ready\n"));

    complaint.set("disk\nfull");
    assertThat(health.ready()).isEqualTo(new Health.Answer(503, "store: disk full\n"));
    assertThat(health.alive().status()).isEqualTo(200);
  }
}
