package dev.conductor.media.agent;

import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.RunPayloads;
import dev.conductor.media.session.TickContext;
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
  /** How many of the row are brought near at once. */
  private static final int AHEAD = 8;

  private final Long2ObjectHashMap<Resident> byId = new Long2ObjectHashMap<>();
  private final List<Resident> row = new ArrayList<>();
  private final RunPayloads payloads = new RunPayloads();

  /** What was read ahead: kept, so that the reading is not left out. */
  private long near;

  int count() {
    return row.size();
  }

  /**
   * The one at a place of the row, for a walk from the first to the last. Every so often the
   * packets of the next ones are fetched, and the next few are brought near: while one is worked
   * with, the processor waits for each of its lines of memory in turn; here it can ask for many at
   * once.
   */
  Resident toServe(final int index, final TickContext context) {
    if (index % DatagramBatch.SIZE == 0) {
      final int end = Math.min(index + DatagramBatch.SIZE, row.size());
      for (int i = index; i < end; i++) {
        row.get(i).askForPacket(context);
      }
      context.batch().fetch();
    }
    if (index % AHEAD == 0) {
      final int end = Math.min(index + AHEAD, row.size());
      long sum = 0;
      for (int i = index; i < end; i++) {
        sum += row.get(i).readAheadToServe();
      }
      near = sum;
    }
    return row.get(index);
  }

  /** The same for a walk from the last to the first. */
  Resident toGive(final int index) {
    if (index % AHEAD == AHEAD - 1) {
      long sum = 0;
      for (int i = index; i > index - AHEAD; i--) {
        sum += row.get(i).readAheadToGive();
      }
      near = sum;
    }
    return row.get(index);
  }

  /** The one at a place of the row. */
  Resident at(final int index) {
    return row.get(index);
  }

  /** The one of a session's number, or null. */
  Resident get(final long sessionId) {
    return byId.get(sessionId);
  }

  Resident add(final RtpSession session, final Resident.State state) {
    final Resident resident = new Resident(session, state, payloads);
    byId.put(session.id(), resident);
    row.add(resident);
    return resident;
  }

  /** Takes one out of the row; the last one takes its place. */
  void remove(final int index) {
    final Resident resident = row.get(index);
    byId.remove(resident.session.id());
    final Resident last = row.remove(row.size() - 1);
    if (last != resident) {
      row.set(index, last);
    }
    resident.discard(payloads);
  }
}
