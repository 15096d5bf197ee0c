package dev.conductor.media.agent;

import dev.conductor.media.status.TickHistogram;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.agrona.concurrent.NanoClock;

/**
 * The system's clock, which notes how late each agent first looks at it after a tick is due; so
 * lateness can be told window by window, and without trusting what the engine tells of itself.
 */
final class TickWatch implements NanoClock {
  private static final String PREFIX = "media-";

  private final int agents;
  private final long[] nextNs;
  private boolean begun;
  private volatile List<TickHistogram> window;

  TickWatch(final int agents) {
    this.agents = agents;
    nextNs = new long[agents];
    newWindow();
  }

  /** Begins a window; what was noted in the last one is given. */
  List<TickHistogram> newWindow() {
    final List<TickHistogram> last = window;
    final List<TickHistogram> next = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      next.add(new TickHistogram());
    }
    window = next;
    return last;
  }

  @Override
  public long nanoTime() {
    final long nowNs = System.nanoTime();
    if (!begun) {
      // The engine looks for the first time when it is started, and counts its ticks from there,
      // those of its agents evenly apart.
      begun = true;
      Arrays.setAll(nextNs, i -> nowNs + Stage.TICK_NS + i * Stage.TICK_NS / agents);
    }
    final String name = Thread.currentThread().getName();
    final int agent = name.startsWith(PREFIX) ? name.charAt(PREFIX.length()) - '0' : -1;
    if (agent >= 0 && agent < agents) {
      while (nowNs - nextNs[agent] >= 0) {
        window.get(agent).record(nowNs - nextNs[agent]);
        nextNs[agent] += Stage.TICK_NS;
      }
    }
    return nowNs;
  }
}
