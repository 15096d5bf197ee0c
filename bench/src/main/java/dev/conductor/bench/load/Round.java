package dev.conductor.bench.load;

import dev.conductor.media.status.TickHistogram;
import java.util.Map;

/**
 * One round against the server or the floor. Immutable.
 *
 * @param window what was measured
 * @param latency mouth to ear, null in rounds without
 * @param tickP50Ns lateness of the ticks under load, the floor's since its start
 * @param tickP99Ns the same, 99th percentile
 * @param books of the server; null for the floor
 */
record Round(Window window, Latency latency, long tickP50Ns, long tickP99Ns, Books books) {
  /**
   * Mouth to ear. Immutable.
   *
   * @param found latencies found
   * @param expected how many there should be
   * @param watchGaps how long packets may have waited for our reading, at most
   */
  record Latency(TickHistogram found, int expected, TickHistogram watchGaps) {}

  /**
   * How calls came up, and what the server's own counters say of the time from when all were in to
   * the end; at both of these moments all callers were silent and no packet was on its way to the
   * server, so its count must be ours. Immutable.
   *
   * @param setUp from INVITE to 200
   * @param refused calls that did not come up
   * @param hungUpOn calls that the server ended
   * @param admittedNs from the first INVITE until all who were answered were in
   * @param admitted how many were in
   * @param sentByUs packets to the server
   * @param unsent packets the system would not take from us
   * @param readByServer packets it read
   * @param gaps packets of the server missing here, by their sequence numbers
   * @param troubles counters of lost or late sound that moved in the window, by name
   */
  record Books(
      TickHistogram setUp,
      int refused,
      int hungUpOn,
      long admittedNs,
      long admitted,
      long sentByUs,
      long unsent,
      long readByServer,
      long gaps,
      Map<String, Long> troubles) {
    /** Packets that one side sent and the other did not get. */
    long missing() {
      return sentByUs - readByServer + gaps;
    }
  }
}
