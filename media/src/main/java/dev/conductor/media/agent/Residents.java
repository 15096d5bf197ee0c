package dev.conductor.media.agent;

import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The sessions of one agent: found by number, and in a row to walk along.
 *
 * @threading the media agent.
 * @allocation where they grow.
 */
final class Residents {
  private final Long2ObjectHashMap<Resident> byId = new Long2ObjectHashMap<>();
  private final List<Resident> row = new ArrayList<>();

  int count() {
    return row.size();
  }

  /** The one at a place of the row. */
  Resident at(final int index) {
    return row.get(index);
  }

  /** The one of a session's number, or null. */
  Resident get(final long sessionId) {
    return byId.get(sessionId);
  }

  void add(final Resident resident) {
    byId.put(resident.session.id(), resident);
    row.add(resident);
  }

  /** Takes one out of the row; the last one takes its place. */
  void remove(final int index) {
    final Resident resident = row.get(index);
    byId.remove(resident.session.id());
    final Resident last = row.remove(row.size() - 1);
    if (last != resident) {
      row.set(index, last);
    }
  }
}
