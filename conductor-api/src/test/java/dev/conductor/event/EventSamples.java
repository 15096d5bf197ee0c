package dev.conductor.event;

import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Custom;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.model.Times;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Calls, callers and events as tests need them. */
public final class EventSamples {
  public static final String CONFERENCE = "CONF";
  public static final long TIME_MS = 1_769_850_903_123L;
  public static final Event.Cause CAUSE =
      new Event.Cause("API", "updateCaller", "request-1", "Ann");

  private EventSamples() {}

  public static Call call(final String uid, final String... callers) {
    return new Call(
        uid,
        CONFERENCE,
        TIME_MS,
        Times.NONE,
        true,
        List.of(callers),
        List.of("B1", "B2"),
        List.of(RoleFlag.open(Role.PARTICIPANT), new RoleFlag(Role.PRESENTER, true, false, true)),
        List.of(new CallTag(7, "sales", 3)),
        new Call.Flags(true, false, true, true, false, true, false, false),
        new Call.Texts(
            "Monday", "notes\nmore", "data", "text", "link", "message", "", pairs("k", "v")),
        "",
        Times.NONE);
  }

  public static TreeMap<String, String> pairs(final String key, final String value) {
    return new TreeMap<>(Map.of(key, value));
  }

  public static Caller caller(final String callUid, final String uid, final boolean talking) {
    return new Caller(
        new Caller.Identity(
            uid, callUid, "P1", "+15550001", "100001", "+15550100", "", TIME_MS, ""),
        Role.PARTICIPANT,
        new Caller.Seat(Place.MAIN, "", Times.NONE),
        new Caller.Sound(true, false, false, false, "", 0, 0, Caller.Sound.DEFAULT_ENERGY),
        Caller.Hand.DOWN,
        new Caller.Texts("tag of " + uid, "", "", "", "", List.of(), Custom.none()),
        Caller.Presence.HERE,
        talking);
  }

  /** A logged event about a caller. */
  public static Event logged(final String callUid, final long seq) {
    return new Event(
        seq,
        TIME_MS + seq,
        callUid,
        EventSource.CALLER,
        EventName.UPDATE,
        caller(callUid, "A", false),
        CAUSE);
  }

  /** A passing event about a caller. */
  public static Event talking(
      final String callUid, final long seq, final String callerUid, final boolean talking) {
    return new Event(
        seq,
        TIME_MS + seq,
        callUid,
        EventSource.CALLER,
        EventName.TALKING,
        caller(callUid, callerUid, talking),
        CAUSE);
  }

  public static Event end(final String callUid, final long seq) {
    return new Event(seq, TIME_MS + seq, callUid, EventSource.SYSTEM, EventName.END, null, CAUSE);
  }

  public static CallSnapshot snapshot(
      final String callUid, final long seq, final String... callers) {
    final Map<String, Caller> byUid = new HashMap<>();
    for (final String uid : callers) {
      byUid.put(uid, caller(callUid, uid, false));
    }
    return new CallSnapshot(call(callUid, callers).withBreakouts(List.of()), byUid, Map.of(), seq);
  }
}
