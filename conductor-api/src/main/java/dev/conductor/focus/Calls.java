package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Call;
import dev.conductor.model.Conference;
import dev.conductor.model.Custom;
import dev.conductor.model.Snapshots;
import dev.conductor.model.Times;
import dev.conductor.store.OpenCall;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The calls that are up, and the UIDs of those that were. The conductor only. */
final class Calls {
  private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

  private final Map<String, CallState> active = new LinkedHashMap<>();
  private final Set<String> closedUids = new HashSet<>();
  private final Deque<Closed> closed = new ArrayDeque<>();
  private final Turn turn;
  private final Snapshots snapshots;
  private final FocusCounters counters;
  private final Supplier<String> uids;
  private long lastMediaId;

  Calls(
      final Turn turn,
      final Snapshots snapshots,
      final FocusCounters counters,
      final Supplier<String> uids) {
    this.turn = turn;
    this.snapshots = snapshots;
    this.counters = counters;
    this.uids = uids;
  }

  /** The call of this UID that is up, or null. */
  CallState find(final String uid) {
    return active.get(uid);
  }

  /** Whether a call of this UID was up and is still remembered. */
  boolean wasClosed(final String uid) {
    return closedUids.contains(uid);
  }

  /** Why no command can be had on a call of this UID. */
  String whyNot(final String uid) {
    if (uid.isEmpty()) {
      return "callUID: the conference has no active call";
    }
    return "callUID: " + (wasClosed(uid) ? "call " + uid + " is closed" : "no call " + uid);
  }

  /** Those that are up, as they are now. */
  List<CallState> all() {
    return List.copyOf(active.values());
  }

  /** Media's number for the next call to be opened. */
  long nextMediaId() {
    return ++lastMediaId;
  }

  /** Opens a conference's call, with event 1. */
  CallState open(final ConferenceState conference, final long mediaId) {
    final CallState call =
        new CallState(newCall(conference.conference(), turn.nowMs()), mediaId, conference);
    active.put(call.uid(), call);
    conference.activeCall(call);
    turn.open(call);
    turn.raiseUpdate(call);
    counters.increment(FocusCounter.CALLS_OPENED);
    LOG.info("call {} of conference {} opened", call.uid(), conference.uid());
    return call;
  }

  /** Goes on with a call that a crash left open, in which nobody is on the line any more. */
  CallState resume(final ConferenceState conference, final OpenCall open) {
    final CallState call = new CallState(open.snapshot().call(), nextMediaId(), conference);
    call.resume(open);
    active.put(call.uid(), call);
    conference.activeCall(call);
    counters.increment(FocusCounter.CALLS_RESUMED);
    return call;
  }

  private Call newCall(final Conference conference, final long nowMs) {
    return new Call(
        uids.get(),
        conference.uid(),
        nowMs,
        Times.NONE,
        true,
        List.of(),
        List.of(),
        conference.defaults().settings(),
        List.of(),
        new Call.Flags(
            true,
            conference.defaults().greenroom(),
            false,
            conference.defaults().backgroundMusic(),
            false,
            true,
            false,
            false),
        new Call.Texts(conference.name(), "", "", "", "", "", "", Custom.none()),
        "",
        Times.NONE);
  }

  /** Closes a call nobody is in any more, with its last events. */
  void close(final CallState call) {
    call.call(call.call().closed(turn.nowMs()));
    call.conference().activeCall(null);
    active.remove(call.uid());
    closed.addLast(new Closed(call.uid(), turn.nowNs()));
    closedUids.add(call.uid());
    turn.raiseUpdate(call);
    turn.raise(call, EventSource.SYSTEM, EventName.END, null);
    turn.close(call);
    counters.increment(FocusCounter.CALLS_CLOSED);
    LOG.info("call {} closed after {} events", call.uid(), call.seq());
  }

  /** Forgets calls closed longer ago than this. */
  void forgetClosed(final long keptNs) {
    final List<String> forgotten = new ArrayList<>();
    while (!closed.isEmpty() && turn.nowNs() - closed.peekFirst().sinceNs() >= keptNs) {
      forgotten.add(closed.removeFirst().uid());
    }
    forgotten.forEach(closedUids::remove);
    forgotten.forEach(snapshots::forgetCall);
  }

  private record Closed(String uid, long sinceNs) {}
}
