package dev.conductor.focus;

import dev.conductor.config.Prompt;
import dev.conductor.focus.Line.Stage;
import dev.conductor.model.Place;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Speaks to many callers without filling media's hatch: at most {@value #AT_ONCE} prompts every
 * {@value #EVERY_MS} ms, the rest in order after them. A line waits with one prompt, the latest;
 * beyond {@value #CAPACITY} waiting lines nothing more is spoken, and it is counted. The conductor
 * only.
 */
final class Announcer {
  static final int AT_ONCE = 256;
  static final int CAPACITY = 16_384;
  static final long EVERY_MS = 10;

  private final Map<Line, List<Prompt>> waiting = new LinkedHashMap<>();
  private final Turn turn;
  private final Lines lines;
  private final FocusCounters counters;
  private final boolean speaksMoves;
  private int left = AT_ONCE;
  private long refillDueNs;
  private boolean refilled;

  /**
   * Nothing to say yet.
   *
   * @param speaksMoves whether callers are told where they were moved and that they may speak
   */
  Announcer(
      final Turn turn, final Lines lines, final FocusCounters counters, final boolean speaksMoves) {
    this.turn = turn;
    this.lines = lines;
    this.counters = counters;
    this.speaksMoves = speaksMoves;
  }

  /** Somebody was moved. */
  void onMoved(final Line line, final Place from, final Place to) {
    switch (to) {
      case BREAKOUT -> onChange(line, Prompt.ENTERED_BREAKOUT);
      case ENTRYWAY -> onChange(line, Prompt.WAITING);
      default -> onChange(line, from == Place.BREAKOUT ? Prompt.RETURNED_TO_MAIN : Prompt.ENTERED);
    }
  }

  /** Something was done to a caller that he is told of, if such things are spoken. */
  void onChange(final Line line, final Prompt prompt) {
    if (speaksMoves) {
      say(line, List.of(prompt));
    }
  }

  /** Speaks to a line in a call; nothing for null. */
  void say(final Line line, final List<Prompt> prompts) {
    if (line == null) {
      return;
    }
    refill();
    if (left > 0 && waiting.isEmpty()) {
      left--;
      lines.prompt(line, prompts);
    } else if (waiting.containsKey(line) || waiting.size() < CAPACITY) {
      waiting.put(line, prompts);
    } else {
      counters.increment(FocusCounter.PROMPTS_LOST);
    }
  }

  /** Lets time go by; answers how many were spoken to. */
  int sweep() {
    if (waiting.isEmpty()) {
      return 0;
    }
    refill();
    int spoken = 0;
    final Iterator<Map.Entry<Line, List<Prompt>>> all = waiting.entrySet().iterator();
    while (left > 0 && all.hasNext()) {
      final Map.Entry<Line, List<Prompt>> next = all.next();
      all.remove();
      if (next.getKey().stage() == Stage.IN_CALL) {
        left--;
        spoken++;
        lines.prompt(next.getKey(), next.getValue());
      }
    }
    return spoken;
  }

  private void refill() {
    if (!refilled || turn.nowNs() - refillDueNs >= 0) {
      refilled = true;
      refillDueNs = turn.nowNs() + TimeUnit.MILLISECONDS.toNanos(EVERY_MS);
      left = AT_ONCE;
    }
  }
}
