package dev.conductor.focus;

import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Numbers the mixes of one call's breakouts. A breakout has one number from its first plan to its
 * removal, however others come and go, so that nobody's talking is judged anew because strangers
 * moved. A number given back rests {@value #REST_MS} ms: media may leave out a plan that a later
 * one overtakes, and must have seen the number without its old breakout before another has it.
 * Numbers below {@value #LIMIT} suffice: when all of them are in use or rest, the longest rested is
 * taken. The conductor only.
 */
final class MixNumbers {
  static final int LIMIT = 4_096;
  static final long REST_MS = 1_000;

  private final Map<String, Integer> numbers = new HashMap<>();
  private final BitSet used = new BitSet();
  private final Deque<Integer> givenBack = new ArrayDeque<>();
  private final Deque<Resting> resting = new ArrayDeque<>();

  /** A breakout is no more. */
  void giveBack(final String breakoutUid) {
    final Integer number = numbers.remove(breakoutUid);
    if (number != null) {
      givenBack.addLast(number);
    }
  }

  /** Gives each breakout that has none a number. Once a plan. */
  void number(final Collection<String> breakoutUids, final long nowNs) {
    while (!resting.isEmpty()
        && nowNs - resting.peekFirst().sinceNs() >= TimeUnit.MILLISECONDS.toNanos(REST_MS)) {
      used.clear(resting.removeFirst().number());
    }
    for (final String uid : breakoutUids) {
      numbers.computeIfAbsent(uid, key -> next());
    }
    while (!givenBack.isEmpty()) {
      resting.addLast(new Resting(givenBack.removeFirst(), nowNs));
    }
  }

  private int next() {
    final int free = used.nextClearBit(0);
    if (free >= LIMIT && !resting.isEmpty()) {
      return resting.removeFirst().number();
    }
    used.set(free);
    return free;
  }

  /** The breakout's number, from 0. */
  int of(final String breakoutUid) {
    return numbers.get(breakoutUid);
  }

  /** One above the highest number in use or at rest. */
  int count() {
    return used.length();
  }

  private record Resting(int number, long sinceNs) {}
}
