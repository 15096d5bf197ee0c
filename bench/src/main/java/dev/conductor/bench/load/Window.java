package dev.conductor.bench.load;

import dev.conductor.media.status.TickHistogram;
import java.io.IOException;

/**
 * What one measured window showed. Immutable.
 *
 * @param callers who sent and should have received
 * @param lengthNs how long it really was
 * @param totals of the callers, in the window
 * @param cpu of the process under load
 * @param own CPU of ours
 * @param ownLateness how late our own slots began
 * @param parkingLateness how late a bare thread was woken meanwhile
 */
record Window(
    int callers,
    long lengthNs,
    Swarm.Totals totals,
    CpuTime cpu,
    CpuTime own,
    TickHistogram ownLateness,
    TickHistogram parkingLateness) {
  private static final double SECOND_NS = 1e9;

  /**
   * Measures one; the swarm goes on as it is.
   *
   * @param pid of the process under load
   */
  static Window measure(final Swarm swarm, final int callers, final int seconds, final long pid)
      throws IOException {
    try (ParkingWatch parking = new ParkingWatch()) {
      final CpuTime before = CpuTime.of(pid);
      final CpuTime ownBefore = CpuTime.of(ProcessHandle.current().pid());
      final Swarm.Totals totals = swarm.mark();
      final long lengthNs = swarm.run((long) (seconds * SECOND_NS));
      final Swarm.Totals seen = swarm.totals().since(totals);
      return new Window(
          callers,
          lengthNs,
          seen,
          CpuTime.of(pid).since(before),
          CpuTime.of(ProcessHandle.current().pid()).since(ownBefore),
          swarm.lateness(),
          parking.lateness());
    }
  }

  /** One caller served for one second: so many packets came to him. */
  private double servedSeconds() {
    return (double) totals.received() / Swarm.PACKETS_PER_SECOND;
  }

  /** Packets that each caller should have received, 50 a second, over all. */
  double idealPackets() {
    return callers * (lengthNs / SECOND_NS) * Swarm.PACKETS_PER_SECOND;
  }

  /** What part of the ideal was received; the window's edges can make it a little more than 1. */
  double delivered() {
    return totals.received() / idealPackets();
  }

  /**
   * CPU of the process under load, microseconds a caller-second: a caller-second is 50 packets that
   * came to a caller, so that who skips ticks does not look cheap.
   */
  double cpuUs() {
    return cpu.totalUs() / servedSeconds();
  }

  /** Of that, in the kernel. */
  double systemUs() {
    return cpu.systemUs() / servedSeconds();
  }

  /** CPU of the generator, microseconds a caller-second. */
  double ownUs() {
    return own.totalUs() / servedSeconds();
  }
}
