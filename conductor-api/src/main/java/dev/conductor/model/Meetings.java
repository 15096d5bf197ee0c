package dev.conductor.model;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Who of those to be divided sat with whom before, and how often that would be so again as they are
 * seated now. Somebody who redialled is the one he was. Counts by group and occasion, so that a
 * question costs what one caller has been in, not what the groups hold. Used by one thread.
 */
final class Meetings {
  private final int[][] occasions;
  private final int occasionCount;
  private final Map<Long, Integer> counts = new HashMap<>();
  private int repeats;

  /**
   * Nobody is seated yet.
   *
   * @param callers those to be divided; they go by their index
   */
  Meetings(final CallSnapshot call, final List<Caller> callers, final int groups) {
    final Map<String, Integer> indexOf = new HashMap<>();
    for (int i = 0; i < callers.size(); i++) {
      indexOf.put(firstUid(call, callers.get(i).uid()), i);
    }
    final List<List<String>> all = new ArrayList<>(call.together());
    call.breakoutsInOrder().forEach(there -> all.add(there.callers()));
    final List<List<Integer>> found = new ArrayList<>();
    callers.forEach(caller -> found.add(new ArrayList<>()));
    int count = 0;
    for (final List<String> group : all) {
      for (final String uid : group) {
        final Integer index = indexOf.get(firstUid(call, uid));
        if (index != null && !found.get(index).contains(count)) {
          found.get(index).add(count);
        }
      }
      count++;
    }
    this.occasionCount = count;
    this.occasions =
        found.stream()
            .map(list -> list.stream().mapToInt(Integer::intValue).toArray())
            .toArray(int[][]::new);
  }

  /** The UID he first came in with, as far as the call still lists it. */
  private static String firstUid(final CallSnapshot call, final String uid) {
    String first = uid;
    Caller caller = call.callers().get(uid);
    while (caller != null && !caller.identity().previousUid().isEmpty()) {
      first = caller.identity().previousUid();
      caller = call.callers().get(first);
    }
    return first;
  }

  /** Seats all. */
  void seat(final int[] groupOf) {
    for (int i = 0; i < groupOf.length; i++) {
      add(i, groupOf[i], 1);
    }
  }

  /** How often two who sit together did so before, over all pairs. */
  int repeats() {
    return repeats;
  }

  /** How often this one sat with others of his group before. */
  int repeatsOf(final int index, final int group) {
    int sum = 0;
    for (final int occasion : occasions[index]) {
      sum += counts.getOrDefault(key(group, occasion), 0) - 1;
    }
    return sum;
  }

  /** By how much {@link #repeats} would grow if two of different groups changed seats. */
  int growth(final int one, final int groupOfOne, final int other, final int groupOfOther) {
    int growth = -repeatsOf(one, groupOfOne) - repeatsOf(other, groupOfOther);
    for (final int occasion : occasions[one]) {
      growth += counts.getOrDefault(key(groupOfOther, occasion), 0);
      growth -= 2 * (Arrays.binarySearch(occasions[other], occasion) >= 0 ? 1 : 0);
    }
    for (final int occasion : occasions[other]) {
      growth += counts.getOrDefault(key(groupOfOne, occasion), 0);
    }
    return growth;
  }

  /** Two of different groups change seats. */
  void swap(final int one, final int groupOfOne, final int other, final int groupOfOther) {
    add(one, groupOfOne, -1);
    add(other, groupOfOther, -1);
    add(one, groupOfOther, 1);
    add(other, groupOfOne, 1);
  }

  private void add(final int index, final int group, final int by) {
    for (final int occasion : occasions[index]) {
      final int after = counts.merge(key(group, occasion), by, Integer::sum);
      repeats += by > 0 ? after - 1 : -after;
    }
  }

  private long key(final int group, final int occasion) {
    return (long) group * occasionCount + occasion;
  }
}
