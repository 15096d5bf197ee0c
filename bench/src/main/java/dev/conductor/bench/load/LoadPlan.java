package dev.conductor.bench.load;

import java.net.InetAddress;

/**
 * How much load, for how long. Immutable.
 *
 * @param callers in the one call
 * @param talkers of them, who sound keyed tones; the others send the noise of a line
 * @param silent whether the others send digital silence instead
 * @param seconds of a measured window
 * @param warmUpSeconds before it
 * @param rounds windows for the server, and as many for the floor, one after the other
 * @param setUpRate calls a second
 * @param latency who sounds bursts, one at a time, after the first window
 * @param address this machine's, of server, floor and callers alike
 */
record LoadPlan(
    int callers,
    int talkers,
    boolean silent,
    int seconds,
    int warmUpSeconds,
    int rounds,
    int setUpRate,
    Latency latency,
    InetAddress address) {
  /**
   * How mouth to ear is measured. Immutable.
   *
   * @param talkers spread over the 20 ms
   * @param bursts of each
   * @param listeners who hear them
   */
  record Latency(int talkers, int bursts, int listeners) {}
}
