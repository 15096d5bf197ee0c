package dev.conductor.focus;

import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Attendance;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Person;
import dev.conductor.store.Change;
import dev.conductor.store.KeptRounds;
import dev.conductor.store.OpenCall;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A call as it is now, committed or not: changeable maps of immutable records, and which line each
 * caller is on. Others see it only as the {@link CallSnapshot} of a turn's end. The conductor only.
 */
final class CallState {
  private final long mediaId;
  private final ConferenceState conference;
  private final CallFile file = new CallFile();
  private final Seats seats =
      new Seats(caller -> Moves.outOfBreakout(this, caller), file::keepSeat);
  private final Rounds rounds = new Rounds();
  private final MixNumbers mixNumbers = new MixNumbers();
  private final Map<String, Caller> callers = new LinkedHashMap<>();
  private final Map<String, Line> linesOfActive = new LinkedHashMap<>();
  private final Map<String, Breakout> breakouts = new LinkedHashMap<>();
  private final Set<Banned> banned = new HashSet<>();

  /** Those who have been in, by UID: who redials is known although the store may be away. */
  private final Map<String, Person> persons = new HashMap<>();

  private Call call;
  private long seq;
  private long planVersion;
  private long lastTagId;
  private int breakoutsMade;

  /** Who had the floor when he left; empty since somebody else has it. */
  private String floorAwayUid = "";

  private KeptRounds savedRounds;

  /** When the last caller left; means something only while nobody is here. */
  private long emptySinceNs;

  /** How much longer than usual it waits for callers. */
  private long emptyWaitNs;

  /**
   * A call without callers.
   *
   * @param mediaId media's number of it
   */
  CallState(final Call call, final long mediaId, final ConferenceState conference) {
    this.call = call;
    this.mediaId = mediaId;
    this.conference = conference;
    this.savedRounds = KeptRounds.none(call.uid());
  }

  /** Takes up what a crash left of it. */
  void resume(final OpenCall open) {
    for (final Caller caller : open.snapshot().callersInOrder()) {
      callers.put(caller.uid(), caller);
      file.resume(caller.uid(), open.attendance().get(caller.uid()));
    }
    open.attendance()
        .forEach(
            (uid, attendance) -> {
              if (attendance.banned()) {
                final Caller.Identity who = open.snapshot().callers().get(uid).identity();
                banned.add(new Banned(who.pin(), who.ani()));
              }
            });
    for (final Breakout breakout : open.snapshot().breakoutsInOrder()) {
      breakouts.put(breakout.uid(), breakout);
    }
    seq = open.snapshot().seq();
    lastTagId = call.tags().stream().mapToLong(CallTag::id).max().orElse(0);
    breakoutsMade = open.breakoutsMade();
    savedRounds = open.rounds();
    rounds.resume(open.rounds());
  }

  /** The seats that were kept before a crash are kept from now on. */
  void resumeSeats(final Map<String, Attendance> attendance, final long nowNs) {
    attendance.forEach(
        (uid, of) -> {
          final Caller caller = callers.get(uid);
          if (caller != null) {
            of.keptSeat().ifPresent(seat -> seats.vacate(caller.withSeat(seat), nowNs));
          }
        });
  }

  String uid() {
    return call.uid();
  }

  long mediaId() {
    return mediaId;
  }

  ConferenceState conference() {
    return conference;
  }

  Call call() {
    return call;
  }

  void call(final Call changed) {
    call = changed;
  }

  boolean greenroom() {
    return call.flags().greenroom();
  }

  Seats seats() {
    return seats;
  }

  Rounds rounds() {
    return rounds;
  }

  /** Number of the last logged event. */
  long seq() {
    return seq;
  }

  /** The next event's number. */
  long nextSeq() {
    return ++seq;
  }

  /** The caller of this UID, gone ones too; or null. */
  Caller caller(final String uid) {
    return callers.get(uid);
  }

  /** Everyone admitted, in order of entry, gone ones too, as they are now. */
  List<Caller> callers() {
    return List.copyOf(callers.values());
  }

  /** What is to be saved of it. */
  CallFile file() {
    return file;
  }

  /** Takes a newcomer in. */
  void enter(final Caller caller, final Line line, final long nowMs) {
    callers.put(caller.uid(), caller);
    file.enter(caller.uid(), nowMs);
    linesOfActive.put(caller.uid(), line);
    final List<String> uids = new ArrayList<>(call.callers());
    uids.add(caller.uid());
    call = call.withCallers(uids);
  }

  /** Remembers who came in. */
  void remember(final Person person) {
    persons.put(person.uid(), person);
  }

  /** A person was changed: what is remembered of him changes too. */
  void personChanged(final Person person) {
    persons.replace(person.uid(), person);
  }

  /** A person was removed. */
  void forgetPerson(final String personUid) {
    persons.remove(personUid);
  }

  /** Who has been in with this PIN; null for nobody. */
  Person personWithPin(final String pin) {
    for (final Person person : persons.values()) {
      if (person.pin().equals(pin)) {
        return person;
      }
    }
    return null;
  }

  /** Puts a changed caller in place of what he was. */
  void put(final Caller caller) {
    file.onChange(callers.replace(caller.uid(), caller), caller);
  }

  /** The line of an active caller, no longer his from now on; null when he has none. */
  Line releaseLine(final String callerUid) {
    return linesOfActive.remove(callerUid);
  }

  /** The line of an active caller, or null. */
  Line line(final String callerUid) {
    return linesOfActive.get(callerUid);
  }

  int activeCount() {
    return linesOfActive.size();
  }

  /** Those on the line, in order of entry. */
  List<Caller> activeCallers() {
    final List<Caller> active = new ArrayList<>(linesOfActive.size());
    linesOfActive.keySet().forEach(uid -> active.add(callers.get(uid)));
    return active;
  }

  /**
   * Forgets those who left first, so that no more than so many of them are listed.
   *
   * @return whether anybody was forgotten
   */
  boolean forgetGoneBeyond(final int limit) {
    int tooMany = callers.size() - linesOfActive.size() - limit;
    if (tooMany <= 0) {
      return false;
    }
    final List<String> uids = new ArrayList<>(callers.keySet());
    for (final String uid : uids) {
      if (tooMany > 0 && !callers.get(uid).active()) {
        file.forget(callers.remove(uid));
        tooMany--;
      }
    }
    call = call.withCallers(new ArrayList<>(callers.keySet()));
    return true;
  }

  /** The breakout of this UID, or null. */
  Breakout breakout(final String uid) {
    return breakouts.get(uid);
  }

  int breakoutCount() {
    return breakouts.size();
  }

  /** Puts a changed breakout in place of what it was. */
  void put(final Breakout breakout) {
    breakouts.replace(breakout.uid(), breakout);
    file.onChange(breakout);
  }

  /** Adds breakouts that were not there before. */
  void add(final List<Breakout> made) {
    made.forEach(breakout -> breakouts.put(breakout.uid(), breakout));
    made.forEach(file::onChange);
    call = call.withBreakouts(new ArrayList<>(breakouts.keySet()));
  }

  /** Takes breakouts away in which nobody sits. */
  void removeBreakouts(final List<String> uids) {
    for (final String uid : uids) {
      breakouts.remove(uid);
      mixNumbers.giveBack(uid);
      seats.breakoutGone(uid);
      rounds.breakoutGone(uid);
    }
    call = call.withBreakouts(new ArrayList<>(breakouts.keySet()));
  }

  /** How many breakouts were made so far. */
  int breakoutsMade() {
    return breakoutsMade;
  }

  /** Counts a breakout made, for its name. */
  int nextBreakoutNumber() {
    return ++breakoutsMade;
  }

  /** The callers of a breakout. */
  List<Caller> members(final Breakout breakout) {
    return breakout.callers().stream().map(callers::get).toList();
  }

  /** Next number of a tag of this call. */
  long nextTagId() {
    return ++lastTagId;
  }

  /** This caller has the floor; one who had it and is away does not find it again. */
  void giveFloor(final String uid) {
    floorAwayUid = "";
    call = call.withFloor(uid);
  }

  /**
   * A caller has left: nobody has the floor if he had it.
   *
   * @return whether that is so
   */
  boolean takeFloor(final String uid) {
    final boolean his = call.floorUid().equals(uid);
    if (his) {
      giveFloor("");
      floorAwayUid = uid;
    }
    return his;
  }

  /**
   * A caller has taken a seat again: if the floor went with it, it comes back with it.
   *
   * @return whether that is so
   */
  boolean returnFloor(final String previousUid, final String uid) {
    final boolean his = floorAwayUid.equals(previousUid);
    if (his) {
      giveFloor(uid);
    }
    return his;
  }

  /** Keeps this PIN and number out from now on. */
  void ban(final Caller caller) {
    banned.add(new Banned(caller.identity().pin(), caller.identity().ani()));
    file.ban(caller.uid());
  }

  boolean isBanned(final String pin, final String ani) {
    return banned.contains(new Banned(pin, ani));
  }

  /** Nobody is here, and it waits so long for somebody before it closes. */
  void waitFor(final long waitNs, final long nowNs) {
    emptySinceNs = nowNs;
    emptyWaitNs = waitNs;
  }

  /** Whether nobody has been here for so long. */
  boolean isEmptyFor(final long emptyNs, final long nowNs) {
    return linesOfActive.isEmpty() && nowNs - emptySinceNs >= Math.max(emptyNs, emptyWaitNs);
  }

  /** Who hears whom now. */
  MixPlan nextPlan(final long nowNs) {
    mixNumbers.number(breakouts.keySet(), nowNs);
    return PlanMaker.make(
        mediaId,
        ++planVersion,
        call.flags(),
        activeCallers(),
        breakouts,
        mixNumbers,
        caller -> linesOfActive.get(caller.uid()).sessionId());
  }

  /** Gives away what changed since the last time and is to be saved. */
  List<Change.Saved> takeToSave() {
    final List<Change.Saved> changes = file.take(callers::get, breakouts::get);
    final KeptRounds now = call.active() ? rounds.toKeep(uid()) : KeptRounds.none(uid());
    if (!now.equals(savedRounds)) {
      savedRounds = now;
      changes.add(new Change.RoundsSaved(now));
    }
    return changes;
  }

  /** All of it as it is now, never changed again. */
  CallSnapshot snapshot() {
    return new CallSnapshot(
        call,
        Collections.unmodifiableMap(new HashMap<>(callers)),
        Collections.unmodifiableMap(new HashMap<>(breakouts)),
        seq,
        rounds.together().groups());
  }

  private record Banned(String pin, String ani) {}
}
