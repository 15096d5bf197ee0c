package dev.conductor.metrics;

import dev.conductor.media.api.TickLateness;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricMetadata;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;

/**
 * All figures of the server as one page in Prometheus' text format. What is measured is read only
 * when the page is asked for. Any thread.
 */
public final class Metrics {
  /** Content type of {@link #page}. */
  public static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private static final String PREFIX = "conductor";
  private static final double SECOND_NS = 1e9;

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final List<Group> groups = new CopyOnWriteArrayList<>();

  /**
   * Adds a group of running totals. {@code rtp.received} of the group {@code ""} is shown as {@code
   * conductor_rtp_received_total}, {@code invites} of the group {@code sip} as {@code
   * conductor_sip_invites_total}. Totals that appear later are shown from then on.
   *
   * @param group goes before the names, may be empty
   * @param totals reads all of them
   * @param help says by name what each is; nothing of those it does not know
   */
  public void addTotals(
      final String group,
      final Supplier<? extends Map<String, Long>> totals,
      final Map<String, String> help) {
    groups.add(new Group(group, totals, help));
  }

  /**
   * Adds one figure that goes up and down.
   *
   * @param name its name, e.g. {@code media.sessions}, shown as {@code conductor_media_sessions}
   * @param help says what it is
   * @param level reads it
   */
  public void addLevel(final String name, final String help, final DoubleSupplier level) {
    addLevel(name, help, Tags.empty(), level);
  }

  /** The same of one of several things of a kind, told apart by a label. */
  public void addLevel(
      final String name,
      final String help,
      final String label,
      final String of,
      final DoubleSupplier level) {
    addLevel(name, help, Tags.of(label, of), level);
  }

  /**
   * Adds figures of one kind that go up and down, told apart by a label and read together, once a
   * page.
   *
   * @param name its name, e.g. {@code media_lines}, shown as {@code conductor_media_lines}
   * @param help says what they are
   * @param label what tells them apart
   * @param levels reads them, by the label's value
   */
  public void addLevels(
      final String name,
      final String help,
      final String label,
      final Supplier<Map<String, Integer>> levels) {
    final MetricMetadata metadata = new MetricMetadata(PREFIX + '_' + name, help);
    registry.getPrometheusRegistry().register(() -> gauges(metadata, label, levels.get()));
  }

  private static GaugeSnapshot gauges(
      final MetricMetadata metadata, final String label, final Map<String, Integer> levels) {
    return new GaugeSnapshot(
        metadata,
        levels.entrySet().stream()
            .map(
                level ->
                    new GaugeSnapshot.GaugeDataPointSnapshot(
                        level.getValue(), Labels.of(label, level.getKey()), null))
            .toList());
  }

  private void addLevel(
      final String name, final String help, final Tags tags, final DoubleSupplier level) {
    Gauge.builder(PREFIX + '.' + dotted(name), level::getAsDouble)
        .description(help)
        .tags(tags)
        .strongReference(true)
        .register(registry);
  }

  /**
   * Adds a histogram of lateness.
   *
   * @param name its name, e.g. {@code media_tick_lateness_seconds}, shown as {@code
   *     conductor_media_tick_lateness_seconds} with {@code _bucket}, {@code _count} and {@code
   *     _sum}
   * @param help says what it is
   * @param lateness reads it
   */
  public void addLateness(
      final String name, final String help, final Supplier<TickLateness> lateness) {
    final MetricMetadata metadata = new MetricMetadata(PREFIX + '_' + name, help, Unit.SECONDS);
    registry.getPrometheusRegistry().register(() -> histogram(metadata, lateness.get()));
  }

  private static HistogramSnapshot histogram(
      final MetricMetadata metadata, final TickLateness lateness) {
    final ClassicHistogramBuckets.Builder buckets = ClassicHistogramBuckets.builder();
    for (int i = 0; i < lateness.boundsNs().size(); i++) {
      final long boundNs = lateness.boundsNs().get(i);
      buckets.bucket(
          boundNs == Long.MAX_VALUE ? Double.POSITIVE_INFINITY : boundNs / SECOND_NS,
          lateness.ticks().get(i));
    }
    return new HistogramSnapshot(
        metadata,
        List.of(
            HistogramSnapshot.HistogramDataPointSnapshot.builder()
                .classicHistogramBuckets(buckets.build())
                .sum(lateness.sumNs() / SECOND_NS)
                .build()));
  }

  /** The page. */
  public String page() {
    for (final Group group : groups) {
      group.read();
    }
    return registry.scrape();
  }

  /** Any run of other characters than letters and digits separates words. */
  private static String dotted(final String name) {
    return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", ".");
  }

  /** Totals that are read together, once a page. */
  private final class Group {
    private final String name;
    private final Supplier<? extends Map<String, Long>> totals;
    private final Map<String, String> help;
    private final Map<String, Long> values = new ConcurrentHashMap<>();

    Group(
        final String name,
        final Supplier<? extends Map<String, Long>> totals,
        final Map<String, String> help) {
      this.name = name;
      this.totals = totals;
      this.help = help;
    }

    void read() {
      totals
          .get()
          .forEach(
              (key, value) -> {
                if (values.put(key, value) == null) {
                  register(key);
                }
              });
    }

    private void register(final String key) {
      final String meter = PREFIX + '.' + dotted(name.isEmpty() ? key : name + '.' + key);
      FunctionCounter.builder(meter, this, group -> group.values.get(key))
          .description(help.get(key))
          .register(registry);
    }
  }
}
