package dev.conductor.media.agent;

import dev.conductor.media.api.LineStatistics;
import dev.conductor.media.status.LineGauges;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The lines that are open, by the figures they tell.
 *
 * @threading added and removed by the conductor, read by anybody.
 * @allocation one statistics for each line read.
 */
final class OpenLines {
  private final ConcurrentHashMap<Long, LineGauges> gauges = new ConcurrentHashMap<>();

  void add(final long sessionId, final LineGauges told) {
    gauges.put(sessionId, told);
  }

  void remove(final long sessionId) {
    gauges.remove(sessionId);
  }

  /** How one line does; null where there is no such session. */
  LineStatistics of(final long sessionId) {
    final LineGauges line = gauges.get(sessionId);
    return line == null ? null : read(line);
  }

  /** How all lines do. */
  List<LineStatistics> all() {
    final List<LineStatistics> all = new ArrayList<>(gauges.size());
    gauges.values().forEach(line -> all.add(read(line)));
    return all;
  }

  private static LineStatistics read(final LineGauges line) {
    return new LineStatistics(
        line.received(),
        line.lost(),
        line.late(),
        line.jitterMs(),
        line.depthMs(),
        line.roundTripMs(),
        line.remoteLoss(),
        line.remoteJitterMs(),
        line.levelDb(),
        line.mos());
  }
}
