package dev.conductor.reference;

import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A call as design.md section 5 and decisions.md describe it, and who hears whom in it. Written
 * from these two alone.
 */
final class ModelCall {
  final String uid;
  final String conferenceUid;
  final long startMs;
  long endMs = Times.NONE;
  boolean active = true;
  final Map<String, ModelCaller> callers = new LinkedHashMap<>();
  final Map<String, ModelBreakout> breakouts = new LinkedHashMap<>();
  List<RoleFlag> settings;
  final List<CallTag> tags = new ArrayList<>();
  Call.Flags flags;
  Call.Texts texts;
  String floorUid = "";

  /** Who had the floor when he left, until somebody else has it. */
  String floorAwayUid = "";

  long breakoutEndMs = Times.NONE;
  final Set<String> banned = new HashSet<>();

  /** Breakouts ever made, for names. */
  int breakoutsMade;

  long lastLeftMs = Times.NONE;
  long seq;

  /** What the step in hand raised so far. */
  List<Outcome.Raised> raised = new ArrayList<>();

  final SortedMap<String, Boolean> talkingTold = new TreeMap<>();

  /** Who causes what happens now. */
  String by = "";

  ModelCall(final String uid, final String conferenceUid, final long startMs) {
    this.uid = uid;
    this.conferenceUid = conferenceUid;
    this.startMs = startMs;
  }

  void raise(final EventSource source, final EventName name, final String target) {
    raised.add(new Outcome.Raised(source, name, target, by));
    seq++;
  }

  void raise(final EventName name, final ModelCaller caller) {
    raise(EventSource.CALLER, name, caller.uid);
  }

  void raiseBreakoutUpdate(final String breakoutUid) {
    raise(EventSource.BREAKOUT, EventName.UPDATE, breakoutUid);
  }

  void raiseCallUpdate() {
    raise(EventSource.CALL, EventName.UPDATE, uid);
  }

  /** BREAKOUT UPDATE of the group he sits in, if he does. */
  void raiseHisBreakout(final ModelCaller caller) {
    if (caller.place == Place.BREAKOUT) {
      raiseBreakoutUpdate(caller.breakout);
    }
  }

  List<ModelCaller> activeCallers() {
    return callers.values().stream().filter(caller -> caller.active).toList();
  }

  /** Whether one of this role has to wait when he comes. */
  boolean waitsAtEntry(final Role role) {
    return role == Role.PARTICIPANT && (flags.greenroom() || flags.entryway());
  }

  /**
   * Puts him there; empty is the main room. While the green room is on, a PARTICIPANT who leaves a
   * breakout waits as the others do; one who waits is let in, since that is how a host does it.
   */
  void seat(final ModelCaller caller, final String breakoutUid, final long nowMs) {
    if (caller.sitsIn(breakoutUid)) {
      return;
    }
    final boolean changesBreakout = caller.place == Place.BREAKOUT || !breakoutUid.isEmpty();
    final Place before = caller.place;
    unseat(caller, nowMs);
    if (breakoutUid.isEmpty()) {
      final boolean waits = caller.role == Role.PARTICIPANT && flags.greenroom();
      caller.place = waits && before == Place.BREAKOUT ? Place.ENTRYWAY : Place.MAIN;
    } else {
      final ModelBreakout group = breakouts.get(breakoutUid);
      final boolean helped = group.assisted();
      caller.place = Place.BREAKOUT;
      caller.breakout = breakoutUid;
      group.callers.add(caller);
      group.noteHelp(helped, nowMs);
    }
    if (changesBreakout) {
      caller.breakoutMs = nowMs;
    }
    if (changesBreakout || before != caller.place) {
      hush(caller);
    }
  }

  /** Takes him out of his breakout's list. */
  void unseat(final ModelCaller caller, final long nowMs) {
    if (caller.place == Place.BREAKOUT) {
      final ModelBreakout group = breakouts.get(caller.breakout);
      final boolean helped = group.assisted();
      group.callers.remove(caller);
      group.noteHelp(helped, nowMs);
      caller.breakout = "";
    }
  }

  /** Moves him between main room and entryway. */
  void place(final ModelCaller caller, final Place place) {
    caller.place = place;
    hush(caller);
  }

  /** His talking ends; one who speaks on may begin anew. */
  void hush(final ModelCaller caller) {
    if (caller.talking) {
      caller.talking = false;
      talkingTold.put(caller.uid, false);
    }
  }

  /** Those talk who speak and whom somebody could hear, as far as it is to be told. */
  void judgeTalking() {
    for (final ModelCaller caller : callers.values()) {
      final boolean talks = flags.talking() && caller.speaks && isHeard(caller);
      if (talks != caller.talking) {
        caller.talking = talks;
        talkingTold.put(caller.uid, talks);
      }
    }
  }

  boolean isHeard(final ModelCaller source) {
    return callers.values().stream().anyMatch(listener -> hears(listener, source));
  }

  /** UIDs of all whom this caller hears. */
  Set<String> whoHears(final String listenerUid) {
    final ModelCaller listener = callers.get(listenerUid);
    final Set<String> heard = new HashSet<>();
    for (final ModelCaller source : callers.values()) {
      if (hears(listener, source)) {
        heard.add(source.uid);
      }
    }
    return heard;
  }

  private boolean hears(final ModelCaller listener, final ModelCaller source) {
    if (listener == source
        || !listener.active
        || listener.deaf
        || listener.hold
        || listener.place == Place.ENTRYWAY
        || !source.audible()) {
      return false;
    }
    if (source.place == Place.BREAKOUT) {
      return listener.sitsIn(source.breakout);
    }
    if (listener.place == Place.MAIN) {
      return source.mic || flags.greenroom() && source.role.isHost();
    }
    return !breakouts.get(listener.breakout).sealed
        && source.role.isHost()
        && source.mic
        && !flags.greenroom();
  }

  /** The call's own record. */
  Call toRecord() {
    return new Call(
        uid,
        conferenceUid,
        startMs,
        endMs,
        active,
        List.copyOf(callers.keySet()),
        List.copyOf(breakouts.keySet()),
        settings,
        tags,
        flags,
        texts,
        floorUid,
        breakoutEndMs);
  }

  /** All of it in the words of the snapshot. */
  CallSnapshot snapshot() {
    final Map<String, Caller> callerRecords = new HashMap<>();
    callers.values().forEach(one -> callerRecords.put(one.uid, one.toRecord(uid, tags)));
    final Map<String, Breakout> breakoutRecords = new HashMap<>();
    breakouts.values().forEach(one -> breakoutRecords.put(one.uid, one.toRecord(uid)));
    return new CallSnapshot(toRecord(), callerRecords, breakoutRecords, seq);
  }
}
