package dev.conductor.reference;

import dev.conductor.command.Command;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Custom;
import dev.conductor.model.Person;
import dev.conductor.model.Place;
import dev.conductor.model.RoleFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * The reference model: a conference, its call, and what each step does to them. Small and slow on
 * purpose; knows nothing of threads, commits, plans and sockets.
 */
public final class ModelConference {
  private static final long SEAT_KEPT_MS = 300_000;
  private static final long EMPTY_CALL_MS = 30_000;
  private static final long DEAF_KEYS_MS = 1_000;

  Conference conference;
  final List<Person> persons = new ArrayList<>();

  /** The call that is up or was last; null before the first. */
  ModelCall call;

  long nowMs;
  Names names;

  /** A conference without a call. */
  public ModelConference(final ConferenceSeed start) {
    conference = start.conference();
    persons.addAll(start.persons());
  }

  /**
   * What a step leads to; the model is changed by it.
   *
   * @param atMs Unix time of the step
   */
  public Outcome apply(final Step step, final long atMs, final Names madeUp) {
    nowMs = atMs;
    names = madeUp;
    final ModelCall before = call;
    if (before != null) {
      before.raised = new ArrayList<>();
      before.talkingTold.clear();
    }
    Outcome.Answer answer = null;
    if (step instanceof Step.Enter enter) {
      enter(enter.pin(), enter.ani());
    } else if (step instanceof Step.Ask ask) {
      answer = ask(ask.command());
    } else if (step instanceof Step.Wait) {
      closeIfEmpty();
    } else if (isUp() && step instanceof Step.OnLine onLine) {
      onLine(onLine.caller(), step);
    }
    if (call == null) {
      return new Outcome(answer, List.of(), new TreeMap<>());
    }
    if (call.active) {
      call.judgeTalking();
    }
    return new Outcome(answer, call.raised, new TreeMap<>(call.talkingTold));
  }

  /** Whether a call is up. */
  public boolean isUp() {
    return call != null && call.active;
  }

  /** The call as it is, or was when it closed. */
  public CallSnapshot snapshot() {
    return call.snapshot();
  }

  /** Whom a caller of the call hears. */
  public Set<String> whoHears(final String callerUid) {
    return call.whoHears(callerUid);
  }

  /** Whether his talking is to be told: somebody could hear him. */
  public boolean isWatched(final String callerUid) {
    return call.isHeard(call.callers.get(callerUid));
  }

  /** Whether there is or was a call. */
  public boolean hasCall() {
    return call != null;
  }

  private void onLine(final String uid, final Step step) {
    final ModelCaller caller = call.callers.get(uid);
    if (caller == null || !caller.active) {
      return;
    }
    if (step instanceof Step.Leave leave) {
      call.by = "PHONE";
      leave(caller, leave.hungUp() ? "BYE" : "PEER_GONE");
      caller.seatIsFree = true;
    } else if (step instanceof Step.Hold hold) {
      hold(caller, hold.on());
    } else if (step instanceof Step.Key key) {
      key(caller, key.digit());
    } else if (step instanceof Step.Talk talk) {
      caller.speaks = talk.on();
    }
  }

  private void hold(final ModelCaller caller, final boolean on) {
    if (caller.hold != on) {
      caller.hold = on;
      call.by = "PHONE";
      call.raise(EventName.UPDATE, caller);
      if (on) {
        call.hush(caller);
      }
    }
  }

  private void key(final ModelCaller caller, final char digit) {
    if (nowMs - caller.startMs < DEAF_KEYS_MS) {
      return;
    }
    call.by = "KEYPAD";
    if (digit >= '0' && digit <= '5') {
      new CallerRules(this).raiseHand(caller, digit - '0');
    } else if (digit == '*') {
      final boolean locked = caller.mute && caller.mutedBy.equals("HOST") && call.flags.lockMute();
      if (!locked) {
        new CallerRules(this).mute(caller, !caller.mute, "SELF");
      }
    }
  }

  private void enter(final String pin, final String ani) {
    final Person person =
        persons.stream().filter(one -> one.pin().equals(pin)).findFirst().orElseThrow();
    if (!isUp()) {
      open();
    } else if (call.banned.contains(pin + " " + ani) || call.flags.locked() && !belongs(pin)) {
      return;
    }
    call.by = "PHONE";
    final ModelCaller seat = seatOf(pin, ani);
    if (seat != null && seat.active) {
      leave(seat, "REDIALLED");
    }
    final ModelCaller caller =
        new ModelCaller(names.caller(), person, ani, conference.did(), nowMs);
    new TagRules(this).takePersonTags(caller);
    final RoleFlag setting = call.toRecord().setting(caller.role);
    caller.mic = setting.mike();
    caller.mute = setting.mute();
    caller.deaf = setting.deaf();
    caller.mutedBy = setting.mute() ? "HOST" : "";
    caller.place = call.waitsAtEntry(caller.role) ? Place.ENTRYWAY : Place.MAIN;
    call.callers.put(caller.uid, caller);
    if (seat != null) {
      take(seat, caller);
    }
    call.raise(EventSource.CALL, EventName.NEWCALLER, caller.uid);
    call.raiseHisBreakout(caller);
    if (seat != null && seat.uid.equals(call.floorAwayUid)) {
      call.floorUid = caller.uid;
      call.floorAwayUid = "";
      call.raiseCallUpdate();
    }
  }

  private void open() {
    call = new ModelCall(names.call(), conference.uid(), nowMs);
    call.settings = conference.defaults().settings();
    call.flags =
        new Call.Flags(
            true,
            conference.defaults().greenroom(),
            false,
            conference.defaults().backgroundMusic(),
            false,
            true,
            false,
            false);
    call.texts = new Call.Texts(conference.name(), "", "", "", "", "", "", Custom.none());
    call.by = "PHONE";
    call.raiseCallUpdate();
  }

  /** Who is in, or has dropped off a short while ago, is no newcomer to a locked call. */
  private boolean belongs(final String pin) {
    return call.callers.values().stream()
        .filter(one -> one.person.pin().equals(pin))
        .anyMatch(one -> one.active || one.seatIsFree && nowMs - one.endMs <= SEAT_KEPT_MS);
  }

  /** The one seat that a redial matches; null for none or several. */
  private ModelCaller seatOf(final String pin, final String ani) {
    final List<ModelCaller> matching = new ArrayList<>();
    for (final ModelCaller one : call.callers.values()) {
      final boolean vacated = one.seatIsFree && nowMs - one.endMs <= SEAT_KEPT_MS;
      final boolean his = ani.isEmpty() ? vacated : one.ani.equals(ani) && (vacated || one.active);
      if (his && one.person.pin().equals(pin)) {
        matching.add(one);
      }
    }
    return matching.size() == 1 ? matching.get(0) : null;
  }

  private void take(final ModelCaller seat, final ModelCaller caller) {
    seat.seatIsFree = false;
    caller.previousUid = seat.uid;
    caller.mic = seat.mic;
    caller.mute = seat.mute;
    caller.mutedBy = seat.mutedBy;
    caller.attention = seat.attention;
    caller.attentionMs = seat.attentionMs;
    caller.tag = seat.tag;
    caller.notes = seat.notes;
    caller.volumeIn = seat.volumeIn;
    caller.volumeOut = seat.volumeOut;
    caller.energy = seat.energy;
    if (call.breakouts.containsValue(seat.seatGroup)) {
      call.seat(caller, seat.seatGroup.uid, nowMs);
    } else if (seat.seatPlace != Place.ENTRYWAY) {
      // Out of a breakout that is gone, or no host any more: he waits if such ones do now.
      final boolean letIn = seat.seatGroup == null && !seat.role.isHost();
      final boolean waits = !caller.role.isHost() && call.flags.greenroom() && !letIn;
      caller.place = waits ? Place.ENTRYWAY : Place.MAIN;
    }
  }

  /** He is gone; whether his seat waits for him is the caller's business. */
  void leave(final ModelCaller caller, final String reason) {
    final String left = caller.breakout;
    caller.seatPlace = caller.place;
    caller.seatGroup = call.breakouts.get(left);
    call.unseat(caller, nowMs);
    if (!left.isEmpty()) {
      caller.place = Place.MAIN;
      caller.breakoutMs = nowMs;
    }
    caller.active = false;
    call.hush(caller);
    caller.endMs = nowMs;
    caller.reason = reason;
    call.lastLeftMs = nowMs;
    call.raise(EventName.UPDATE, caller);
    if (!left.isEmpty()) {
      call.raiseBreakoutUpdate(left);
    }
    if (call.floorUid.equals(caller.uid)) {
      call.floorUid = "";
      call.floorAwayUid = caller.uid;
      call.raiseCallUpdate();
    }
  }

  private void closeIfEmpty() {
    if (isUp() && call.activeCallers().isEmpty() && nowMs - call.lastLeftMs >= EMPTY_CALL_MS) {
      call.by = "TIMER";
      close();
    }
  }

  void close() {
    for (final ModelCaller caller : call.activeCallers()) {
      caller.active = false;
      call.hush(caller);
      caller.endMs = nowMs;
      caller.reason = "CLOSED";
      call.raise(EventName.UPDATE, caller);
    }
    call.active = false;
    call.floorUid = "";
    call.endMs = nowMs;
    call.raiseCallUpdate();
    call.raise(EventSource.SYSTEM, EventName.END, "");
  }

  private Outcome.Answer ask(final Command command) {
    String named = "";
    if (command instanceof Command.OnCall onCall) {
      named = onCall.callUid();
    } else if (command instanceof Command.UpdateCustomValue custom) {
      named = custom.callUid();
    }
    if (!named.isEmpty() && !(isUp() && call.uid.equals(named))) {
      return Outcome.Answer.no("callUID");
    }
    if (call != null) {
      call.by = "API";
    }
    if (command instanceof Command.UpdateCaller it) {
      return new CallerRules(this).update(it.uids(), it.change());
    } else if (command instanceof Command.UpdateActiveCaller it) {
      return new CallerRules(this).updateActive(it.role(), it.change());
    } else if (command instanceof Command.DropCaller it) {
      return new CallerRules(this).drop(it.uids(), it.ban());
    } else if (command instanceof Command.CreateBreakout it) {
      return new BreakoutRules(this).create(it.groups());
    } else if (command instanceof Command.UpdateBreakout it) {
      return new BreakoutRules(this).update(it.uid(), it.change());
    } else if (command instanceof Command.NextHand it) {
      return new FloorRules(this).nextHand(it);
    } else if (command instanceof Command.CloseCall) {
      close();
      return Outcome.Answer.TRUE;
    }
    return new CallRules(this).ask(command);
  }
}
