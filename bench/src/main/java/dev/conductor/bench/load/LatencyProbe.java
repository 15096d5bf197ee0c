package dev.conductor.bench.load;

import dev.conductor.media.status.TickHistogram;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Mouth to ear: callers of different phases sound a burst in turn, one at a time, and some others
 * wait for it. A burst begins with the first sample of a packet. Its latency is from the moment
 * that packet is handed to the network to the moment the burst's first sample can be played by the
 * one who hears it, if he plays each packet as it is read: the read of the packet that holds it,
 * plus its place in it. So the 20 ms in which the talker's phone fills the packet, and whatever
 * buffer the hearer's phone has, are not in it; the time a packet waits to be read is, see {@link
 * #watchGaps}.
 *
 * <p>The floor sends a caller's own sound back: with it each talker is his own listener. The
 * swarm's thread only.
 */
final class LatencyProbe {
  private static final long GAP_NS = 300_000_000;

  private final TickHistogram latency = new TickHistogram();
  private final Swarm swarm;
  private final List<LoadCaller> talkers = new ArrayList<>();
  private final Set<LoadCaller> listeners = new LinkedHashSet<>();
  private final Set<LoadCaller> heard = new LinkedHashSet<>();
  private final LoadPlan.Latency plan;
  private TickHistogram watchGaps = new TickHistogram();
  private LoadCaller speaker;
  private int begun;
  private int expected;
  private long nextNs;

  /**
   * Chooses who talks and who listens, and hushes everybody.
   *
   * @param echo whether talkers hear themselves
   */
  LatencyProbe(final Swarm swarm, final LoadPlan.Latency plan, final boolean echo) {
    this.swarm = swarm;
    this.plan = plan;
    final List<LoadCaller> callers = swarm.callers();
    for (int i = 0; i < plan.talkers(); i++) {
      final int slot = i % Swarm.SLOTS * Swarm.SLOTS / Math.min(plan.talkers(), Swarm.SLOTS);
      final int first = swarm.firstOfSlot(slot) + i / Swarm.SLOTS;
      talkers.add(callers.get(Math.min(first, callers.size() - 1)));
    }
    if (echo) {
      listeners.addAll(talkers);
    } else {
      for (int i = 0; i < plan.listeners(); i++) {
        int at = callers.size() * (2 * i + 1) / (2 * plan.listeners());
        while (talkers.contains(callers.get(at % callers.size()))) {
          at++;
        }
        listeners.add(callers.get(at % callers.size()));
      }
    }
  }

  /** Runs it to its end; the swarm goes on sending. */
  void run() {
    swarm.callers().forEach(caller -> caller.quiet(true));
    listeners.forEach(caller -> caller.listen(this::onOnset));
    swarm.watch(List.copyOf(listeners));
    final int bursts = talkers.size() * plan.bursts();
    nextNs = System.nanoTime() + GAP_NS;
    swarm.run(this::step, (bursts + 3L) * GAP_NS);
    watchGaps = swarm.watchGaps();
    swarm.watch(List.of());
    listeners.forEach(caller -> caller.listen(null));
    swarm.callers().forEach(caller -> caller.quiet(false));
  }

  /** Latencies found. */
  TickHistogram latency() {
    return latency;
  }

  /** How long a listener's packet may have waited to be read, at most. */
  TickHistogram watchGaps() {
    return watchGaps;
  }

  /** How many there should be. */
  int expected() {
    return expected;
  }

  private boolean step() {
    final long nowNs = System.nanoTime();
    if (nowNs - nextNs < 0) {
      return false;
    }
    if (begun == talkers.size() * plan.bursts()) {
      return true;
    }
    speaker = talkers.get(begun % talkers.size());
    heard.clear();
    speaker.burst();
    expected += listeners.contains(speaker) ? 1 : listeners.size();
    begun++;
    nextNs += GAP_NS;
    return false;
  }

  private void onOnset(final LoadCaller hearer, final long atNs) {
    final boolean his = listeners.contains(speaker) ? hearer == speaker : hearer != speaker;
    if (speaker != null && speaker.burstSentNs() != 0 && his && heard.add(hearer)) {
      latency.record(atNs - speaker.burstSentNs());
    }
  }
}
