package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.CommandGate.Reply;
import dev.conductor.command.Origin;
import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import dev.conductor.model.EventTarget;
import dev.conductor.store.Change;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What the turn in hand has changed so far: the events it raised, the calls it touched, the answers
 * it owes. Carries the turn's one reading of the clocks. The conductor only.
 */
final class Turn {
  private final Set<CallState> touched = new LinkedHashSet<>();
  private final Set<CallState> rerouted = new LinkedHashSet<>();
  private final Set<CallState> toSave = new LinkedHashSet<>();
  private final Set<ConferenceState> conferences = new LinkedHashSet<>();
  private List<Customer> customers = new ArrayList<>();
  private List<Event> events = new ArrayList<>();
  private List<Change> toKeep = new ArrayList<>();
  private List<CallState> opened = new ArrayList<>();
  private List<CallState> closed = new ArrayList<>();
  private List<AnswerDue> answers = new ArrayList<>();
  private Event.Cause cause = cause(Origin.of(Origin.By.SYSTEM));
  private long nowMs;
  private long nowNs;

  /** Begins; Unix time never runs backwards here. */
  void begin(final long epochMs, final long nanoTimeNs) {
    nowMs = Math.max(nowMs, epochMs);
    nowNs = nanoTimeNs;
  }

  /** Unix time. */
  long nowMs() {
    return nowMs;
  }

  /** What timers go by. */
  long nowNs() {
    return nowNs;
  }

  /** Who is the cause of what follows. */
  void actFor(final Origin origin) {
    cause = cause(origin);
  }

  /** No function of the API is the cause of what follows. */
  void actFor(final Origin.By by) {
    cause = cause(Origin.of(by));
  }

  private static Event.Cause cause(final Origin origin) {
    return new Event.Cause(origin.by().name(), origin.command(), origin.id(), origin.actor());
  }

  /** A logged event. */
  void raise(
      final CallState call,
      final EventSource source,
      final EventName name,
      final EventTarget target) {
    touched.add(call);
    events.add(new Event(call.nextSeq(), nowMs(), call.uid(), source, name, target, cause));
  }

  /** A logged event about a caller. */
  void raise(final CallState call, final EventName name, final Caller target) {
    raise(call, EventSource.CALLER, name, target);
  }

  /** BREAKOUT UPDATE. */
  void raiseUpdate(final CallState call, final Breakout target) {
    raise(call, EventSource.BREAKOUT, EventName.UPDATE, target);
  }

  /** CALL UPDATE; its record is to be saved too. */
  void raiseUpdate(final CallState call) {
    toSave.add(call);
    raise(call, EventSource.CALL, EventName.UPDATE, call.call());
  }

  /** CALLER TALKING: passing, under the last logged event's number. */
  void raiseTalking(final CallState call, final Caller target) {
    touched.add(call);
    call.file().talking(target.uid(), target.talking(), nowNs());
    events.add(
        new Event(
            call.seq(), nowMs(), call.uid(), EventSource.CALLER, EventName.TALKING, target, cause));
  }

  /** Somebody is heard or hears otherwise: the call needs a new plan. */
  void reroute(final CallState call) {
    rerouted.add(call);
  }

  /** The call's record changed. */
  void save(final CallState call) {
    toSave.add(call);
  }

  /** Something of the call that nobody sees, but that is kept, may have changed. */
  void touch(final CallState call) {
    if (call.file().isDirty()) {
      touched.add(call);
    }
  }

  /** A conference changed and is to be shown and saved so. */
  void save(final ConferenceState conference, final Change.Saved change) {
    conferences.add(conference);
    toKeep.add(change);
  }

  /** A customer changed and is to be shown and saved so. */
  void save(final Customer customer) {
    customers.add(customer);
    toKeep.add(new Change.CustomerSaved(customer));
  }

  /** A conference is to be shown as it is now, nothing of it having changed that is saved. */
  void show(final ConferenceState conference) {
    conferences.add(conference);
  }

  /** Something else to be made lasting together with this turn. */
  void keep(final Change change) {
    toKeep.add(change);
  }

  /** A call opened. */
  void open(final CallState call) {
    opened.add(call);
    conferences.add(call.conference());
  }

  /** A call closed. */
  void close(final CallState call) {
    closed.add(call);
    conferences.add(call.conference());
  }

  /** An answer, due when this turn is committed. */
  void answer(final Reply reply, final Accepted accepted, final boolean lasting) {
    answers.add(new AnswerDue(reply, accepted, lasting));
  }

  /** Calls that need a new plan; asked once a turn. */
  List<CallState> takeRerouted() {
    final List<CallState> calls = List.copyOf(rerouted);
    rerouted.clear();
    return calls;
  }

  /** Whether there is nothing to commit, publish or answer. */
  boolean isIdle() {
    return events.isEmpty()
        && answers.isEmpty()
        && touched.isEmpty()
        && toSave.isEmpty()
        && toKeep.isEmpty();
  }

  /** Ends the turn and gives away what it holds. */
  Done end() {
    final Done done =
        new Done(
            touched.stream().map(CallState::snapshot).toList(),
            customers,
            conferences.stream().map(ConferenceState::snapshot).toList(),
            changes(),
            events,
            opened.stream().map(CallState::call).toList(),
            closed.stream().map(CallState::call).toList(),
            answers);
    touched.clear();
    conferences.clear();
    toSave.clear();
    customers = new ArrayList<>();
    events = new ArrayList<>();
    toKeep = new ArrayList<>();
    opened = new ArrayList<>();
    closed = new ArrayList<>();
    answers = new ArrayList<>();
    return done;
  }

  /** What is to be made lasting. */
  private List<Change> changes() {
    final List<Change> changes = new ArrayList<>(toSave.size() + events.size() + toKeep.size());
    changes.addAll(toKeep);
    toSave.forEach(
        call -> changes.add(new Change.CallSaved(call.call(), call.seq(), call.breakoutsMade())));
    touched.forEach(call -> changes.addAll(call.takeToSave()));
    for (final Event event : events) {
      if (!event.passing()) {
        changes.add(new Change.EventLogged(event));
      }
    }
    return changes;
  }

  /** An answer owed. Immutable. */
  record AnswerDue(Reply reply, Accepted accepted, boolean lasting) {}

  /**
   * A turn that is over: to be stored, then shown. Immutable.
   *
   * @param calls snapshots of the calls it touched
   * @param customers customers it changed
   * @param conferences snapshots of the conferences it touched
   * @param changes what is to be made lasting
   * @param events in order, passing ones among them
   * @param opened calls it opened
   * @param closed calls it closed
   * @param answers in order
   */
  record Done(
      List<CallSnapshot> calls,
      List<Customer> customers,
      List<ConferenceSnapshot> conferences,
      List<Change> changes,
      List<Event> events,
      List<Call> opened,
      List<Call> closed,
      List<AnswerDue> answers) {}
}
