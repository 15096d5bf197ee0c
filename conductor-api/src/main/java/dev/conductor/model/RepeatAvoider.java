package dev.conductor.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Lets callers of one kind change seats as long as fewer of those sit together who did before:
 * somebody who sits with one he met looks at others' seats and takes the best, also one that is no
 * worse than his own, so that the search does not stand still. Ends when nobody meets anybody
 * again, or after {@value #LOOKS} looks: some tens of milliseconds at the most. Used by one thread.
 */
final class RepeatAvoider {
  static final int LOOKS = 60_000;
  private static final int PARTNERS = 48;

  private final Meetings meetings;
  private final int[] kinds;
  private final SplittableRandom random;
  private final Map<Integer, List<Integer>> byKind = new HashMap<>();
  private int looks;

  RepeatAvoider(final Meetings meetings, final int[] kinds, final SplittableRandom random) {
    this.meetings = meetings;
    this.kinds = kinds;
    this.random = random;
    for (int i = 0; i < kinds.length; i++) {
      byKind.computeIfAbsent(kinds[i], kind -> new ArrayList<>()).add(i);
    }
  }

  /** Improves a seating in place. */
  void run(final int[] groupOf) {
    while (meetings.repeats() > 0 && looks < LOOKS) {
      looks++;
      final int one = random.nextInt(groupOf.length);
      if (meetings.repeatsOf(one, groupOf[one]) > 0) {
        final int other = bestPartner(one, groupOf);
        if (other >= 0) {
          meetings.swap(one, groupOf[one], other, groupOf[other]);
          final int group = groupOf[one];
          groupOf[one] = groupOf[other];
          groupOf[other] = group;
        }
      }
    }
  }

  /** With whom to change seats; -1 when each of those looked at would make it worse. */
  private int bestPartner(final int one, final int[] groupOf) {
    final List<Integer> same = byKind.get(kinds[one]);
    final int tried = Math.min(PARTNERS, same.size());
    final int from = random.nextInt(same.size());
    int best = -1;
    int least = 1;
    for (int i = 0; i < tried; i++) {
      final int other =
          tried == same.size()
              ? same.get((from + i) % same.size())
              : same.get(random.nextInt(same.size()));
      if (groupOf[other] != groupOf[one]) {
        looks++;
        final int growth = meetings.growth(one, groupOf[one], other, groupOf[other]);
        if (growth < least) {
          least = growth;
          best = other;
        }
      }
    }
    return best;
  }
}
