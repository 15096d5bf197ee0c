package dev.conductor.model;

import java.util.ArrayList;
import java.util.List;

/**
 * UIDs of what belongs to a conference and stays in the store. Immutable.
 *
 * @param persons in order of adding
 * @param calls those whose record is kept, oldest first, one that is up included
 */
public record Belongings(List<String> persons, List<String> calls) {
  /** Nothing. */
  public static final Belongings NONE = new Belongings(List.of(), List.of());

  /** Copies the lists. */
  public Belongings {
    persons = List.copyOf(persons);
    calls = List.copyOf(calls);
  }

  /** The same with a call that is up, which a store that is down has not; empty for none. */
  public Belongings withCall(final String uid) {
    if (uid.isEmpty() || calls.contains(uid)) {
      return this;
    }
    final List<String> more = new ArrayList<>(calls);
    more.add(uid);
    return new Belongings(persons, more);
  }
}
