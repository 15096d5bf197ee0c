package dev.conductor.media.agent;

import dev.conductor.media.session.TickContext;
import dev.conductor.media.status.MediaCounter;
import java.util.ArrayList;
import java.util.List;
import org.agrona.collections.Long2ObjectHashMap;

/**
 * The calls whose home one agent is: found by number, and in a row to walk along.
 *
 * @threading the media agent.
 * @allocation where they grow.
 */
final class CallRooms {
  private final Long2ObjectHashMap<CallRoom> byId = new Long2ObjectHashMap<>();
  private final List<CallRoom> row = new ArrayList<>();

  /** The one of a call's number, or null. */
  CallRoom get(final long callId) {
    return byId.get(callId);
  }

  void add(final long callId, final CallRoom room) {
    byId.put(callId, room);
    row.add(room);
  }

  /** Takes one out; null where there is none. */
  CallRoom remove(final long callId) {
    final CallRoom room = byId.remove(callId);
    row.remove(room);
    return room;
  }

  /** Puts the latest plans in force and begins a tick of each. */
  void begin(final Residents residents, final TickContext context) {
    for (int i = 0; i < row.size(); i++) {
      takePlan(row.get(i), residents, context);
      row.get(i).begin();
    }
  }

  private static void takePlan(
      final CallRoom room, final Residents residents, final TickContext context) {
    try {
      if (room.takePlan(residents)) {
        context.counters().increment(MediaCounter.PLANS);
      }
    } catch (final RuntimeException e) {
      context.counters().increment(MediaCounter.COMMANDS_FAILED);
    }
  }

  /** Whoever leaves those he shared with goes on from where they stood, so they come last. */
  void giveShared(final MediaAgent agent, final TickContext context) {
    for (int i = 0; i < row.size(); i++) {
      row.get(i).giveShared(agent, context);
    }
  }
}
