package dev.conductor.focus;

import dev.conductor.command.Origin;
import dev.conductor.event.EventLog;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Snapshots;
import dev.conductor.store.OpenCall;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Goes on with the calls that a crash left open: the same UIDs, breakouts and numbers; the phones
 * are gone, their seats are kept, and who redials finds his place. The conductor only.
 */
final class Resumption {
  private static final Logger LOG = LoggerFactory.getLogger(Resumption.class);

  private final Room room;
  private final BreakoutTimers timers;
  private final long waitNs;
  private final List<Resumed> resumed = new ArrayList<>();

  /**
   * Nothing is resumed yet.
   *
   * @param waitMs how long an empty call waits for its callers
   */
  Resumption(final Room room, final BreakoutTimers timers, final long waitMs) {
    this.room = room;
    this.timers = timers;
    this.waitNs = TimeUnit.MILLISECONDS.toNanos(waitMs);
  }

  /** Brings the calls back as they were committed last and shows them so. Before the first turn. */
  void load(
      final List<OpenCall> left,
      final ConferenceDirectory directory,
      final Snapshots snapshots,
      final EventLog eventLog) {
    for (final OpenCall open : left) {
      final Call call = open.snapshot().call();
      final ConferenceState conference = directory.find(call.conferenceUid());
      if (conference == null) {
        LOG.warn("call {} stays closed: its conference is no more", call.uid());
        continue;
      }
      final CallState state = room.calls().resume(conference, open);
      resumed.add(new Resumed(state, open));
      snapshots.publish(state.snapshot());
      snapshots.publish(conference.snapshot());
      eventLog.onCallResumed(call.conferenceUid(), call.uid(), state.seq());
    }
  }

  /** Lets go all who were on the line, and starts the clocks anew. The first turn. */
  void settle(final long nowNs) {
    for (final Resumed one : resumed) {
      final CallState call = one.call();
      room.turn().actFor(Origin.By.SYSTEM);
      final List<Caller> were = call.callers().stream().filter(Caller::active).toList();
      call.resumeSeats(one.left().attendance(), nowNs);
      were.forEach(caller -> room.departures().crashed(call, caller));
      call.waitFor(waitNs, nowNs);
      timers.resume(call, one.left().rounds());
      LOG.info(
          "call {} of conference {} goes on after event {}; callers lost: {}",
          call.uid(),
          call.conference().uid(),
          call.seq(),
          were.size());
    }
    resumed.clear();
  }

  /**
   * A call that goes on. Immutable.
   *
   * @param left what the crash left of it
   */
  private record Resumed(CallState call, OpenCall left) {}
}
