package dev.conductor.bench.load;

import java.net.InetAddress;
import java.util.List;

/**
 * How many calls are set up, how fast. Immutable.
 *
 * @param rate calls offered a second
 * @param seconds for how long
 * @param warmUpSeconds of the same before it
 * @param talkMs from the answer to the BYE
 * @param held calls that are up at once while memory is measured
 * @param conferences the calls are spread over
 * @param core the server is kept on, {@link #ANY_CORE} for any
 * @param sipp whether SIPp's own UAS gets the same
 * @param address this machine's, of servers and callers alike
 */
record SetUpPlan(
    int rate,
    int seconds,
    int warmUpSeconds,
    int talkMs,
    int held,
    int conferences,
    int core,
    boolean sipp,
    InetAddress address) {
  /** The server goes wherever the system puts it. */
  static final int ANY_CORE = -1;

  /** What a command is begun with that is to stay on the core. */
  List<String> prefix() {
    return core == ANY_CORE ? List.of() : List.of("taskset", "-c", Integer.toString(core));
  }
}
