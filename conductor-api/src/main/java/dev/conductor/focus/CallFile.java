package dev.conductor.focus;

import dev.conductor.model.Attendance;
import dev.conductor.model.Breakout;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Seat;
import dev.conductor.store.Change;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * What a call's record says of its callers beside themselves, and which callers and breakouts have
 * changed since they were saved last. Talking changes nothing that is saved. The conductor only.
 */
final class CallFile {
  private final Map<String, Sheet> sheets = new HashMap<>();
  private final Set<String> callers = new LinkedHashSet<>();
  private final Set<String> breakouts = new LinkedHashSet<>();
  private final List<Change.Saved> forgotten = new ArrayList<>();

  /** Somebody was admitted. */
  void enter(final String uid, final long nowMs) {
    sheets.put(uid, new Sheet(nowMs));
    callers.add(uid);
  }

  /** Somebody who was in the call before a crash. */
  void resume(final String uid, final Attendance attendance) {
    final Sheet sheet = new Sheet(attendance.enteredMs());
    sheet.talkMs = attendance.talkMs();
    sheet.keptSeat = attendance.keptSeat().orElse(null);
    sheet.banned = attendance.banned();
    sheets.put(uid, sheet);
  }

  /** A caller is another than before. */
  void onChange(final Caller before, final Caller now) {
    if (before != null && !now.isUnchangedButForTalking(before)) {
      callers.add(now.uid());
    }
  }

  /** A breakout was made or changed. */
  void onChange(final Breakout now) {
    breakouts.add(now.uid());
  }

  /** His talking is told. */
  void talking(final String uid, final boolean on, final long nowNs) {
    final Sheet sheet = sheets.get(uid);
    if (sheet == null || sheet.talking == on) {
      return;
    }
    if (!on) {
      sheet.talkMs += TimeUnit.NANOSECONDS.toMillis(nowNs - sheet.talkingSinceNs);
    }
    sheet.talking = on;
    sheet.talkingSinceNs = nowNs;
  }

  /** A seat is kept for him, or none any more: null. */
  void keepSeat(final String uid, final Seat seat) {
    final Sheet sheet = sheets.get(uid);
    if (sheet != null) {
      sheet.keptSeat = seat;
      callers.add(uid);
    }
  }

  /** He may not return. */
  void ban(final String uid) {
    final Sheet sheet = sheets.get(uid);
    if (sheet != null) {
      sheet.banned = true;
      callers.add(uid);
    }
  }

  /** The call lists him no more; his record stays. */
  void forget(final Caller caller) {
    final Sheet sheet = sheets.remove(caller.uid());
    if (callers.remove(caller.uid()) && sheet != null) {
      forgotten.add(new Change.CallerSaved(caller, sheet.attendance()));
    }
  }

  /** Whether something is to be saved. */
  boolean isDirty() {
    return !callers.isEmpty() || !breakouts.isEmpty() || !forgotten.isEmpty();
  }

  /** Gives away what is to be saved. */
  List<Change.Saved> take(
      final Function<String, Caller> callerOf, final Function<String, Breakout> breakoutOf) {
    final List<Change.Saved> changes = new ArrayList<>(forgotten);
    for (final String uid : callers) {
      changes.add(new Change.CallerSaved(callerOf.apply(uid), sheets.get(uid).attendance()));
    }
    for (final String uid : breakouts) {
      final Breakout breakout = breakoutOf.apply(uid);
      if (breakout != null) {
        changes.add(new Change.BreakoutSaved(breakout));
      }
    }
    forgotten.clear();
    callers.clear();
    breakouts.clear();
    return changes;
  }

  /** What is noted of one caller. */
  private static final class Sheet {
    private final long enteredMs;
    private long talkMs;
    private boolean talking;
    private long talkingSinceNs;
    private Seat keptSeat;
    private boolean banned;

    private Sheet(final long enteredMs) {
      this.enteredMs = enteredMs;
    }

    private Attendance attendance() {
      return new Attendance(enteredMs, talkMs, Optional.ofNullable(keptSeat), banned);
    }
  }
}
