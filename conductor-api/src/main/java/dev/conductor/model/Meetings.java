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
  private final Counts counts = new Counts();
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
      sum += counts.get(key(group, occasion)) - 1;
    }
    return sum;
  }

  /** By how much {@link #repeats} would grow if two of different groups changed seats. */
  int growth(final int one, final int groupOfOne, final int other, final int groupOfOther) {
    int growth = -repeatsOf(one, groupOfOne) - repeatsOf(other, groupOfOther);
    for (final int occasion : occasions[one]) {
      growth += counts.get(key(groupOfOther, occasion));
      growth -= 2 * (Arrays.binarySearch(occasions[other], occasion) >= 0 ? 1 : 0);
    }
    for (final int occasion : occasions[other]) {
      growth += counts.get(key(groupOfOne, occasion));
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
      final int after = counts.add(key(group, occasion), by);
      repeats += by > 0 ? after - 1 : -after;
    }
  }

  private long key(final int group, final int occasion) {
    return (long) group * occasionCount + occasion;
  }

  /** Small numbers by a key that is not below 0; open addressing, since it is asked so often. */
  private static final class Counts {
    private static final int SCATTER = 0x9E3779B9;
    private long[] keys = new long[1_024];
    private int[] values = new int[keys.length];
    private int used;

    int get(final long key) {
      final int slot = slot(key);
      return keys[slot] == key + 1 ? values[slot] : 0;
    }

    int add(final long key, final int by) {
      int slot = slot(key);
      if (keys[slot] == 0) {
        if (++used > keys.length / 2) {
          grow();
          slot = slot(key);
        }
        keys[slot] = key + 1;
      }
      values[slot] += by;
      return values[slot];
    }

    /** Where the key is, or would be; 0 marks a free slot, so keys are kept one higher. */
    private int slot(final long key) {
      int slot = (int) ((key ^ key >>> 32) * SCATTER >>> 7) & keys.length - 1;
      while (keys[slot] != 0 && keys[slot] != key + 1) {
        slot = slot + 1 & keys.length - 1;
      }
      return slot;
    }

    private void grow() {
      final long[] oldKeys = keys;
      final int[] oldValues = values;
      keys = new long[2 * oldKeys.length];
      values = new int[keys.length];
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] != 0) {
          final int slot = slot(oldKeys[i] - 1);
          keys[slot] = oldKeys[i];
          values[slot] = oldValues[i];
        }
      }
    }
  }
}
