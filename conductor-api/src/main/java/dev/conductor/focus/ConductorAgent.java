package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.CommandGate;
import dev.conductor.command.Origin;
import dev.conductor.config.ConductorConfig;
import dev.conductor.media.api.MediaEventSource;
import dev.conductor.signaling.api.PhoneNumbers;
import org.agrona.concurrent.Agent;

/**
 * The conductor: the only writer of conference state. A turn takes what SIP, sound, the API and the
 * store have to say, changes the state, puts new plans in force at once, and hands all it changed
 * to the store as one batch. Snapshots, events and answers go out when the batch is committed.
 *
 * <p>Threads: {@link #offer} from any; the constructor on the starter's, before all others; the
 * rest on the agent's own.
 */
public final class ConductorAgent implements Agent, CommandGate {
  /** From each hatch, a turn. */
  private static final int TAKEN_PER_TURN = 256;

  private final Turn turn;
  private final FocusClocks clocks;
  private final FocusCounters counters;
  private final SipInbox sip;
  private final CommandInbox commands;
  private final MediaEventSource mediaEvents;
  private final Inquiries inquiries;
  private final Roster roster;
  private final Ledger ledger;
  private final Room room;
  private final Idempotency idempotency;
  private final CommandDesk desk;
  private final LineEvents lineEvents;
  private final Housekeeping housekeeping;
  private final Resumption resumption;

  /**
   * Joins it to its borders, reads the conferences from the store and publishes them.
   *
   * @param sip the hatch that signaling was given
   * @param counters the same that {@code sip} counts in
   */
  public ConductorAgent(
      final ConductorConfig config,
      final SipInbox sip,
      final FocusBorders borders,
      final FocusClocks clocks,
      final FocusCounters counters) {
    this.turn = new Turn();
    this.clocks = clocks;
    this.counters = counters;
    this.sip = sip;
    this.commands = new CommandInbox(counters);
    this.mediaEvents = borders.mediaEvents();
    this.inquiries = new Inquiries(borders.store(), turn, counters);
    this.roster = new Roster(inquiries);
    this.ledger =
        new Ledger(borders.store(), borders.snapshots(), borders.eventLog(), counters, inquiries);
    this.room =
        Room.of(
            turn,
            new Calls(turn, borders.snapshots(), counters, clocks.uids()),
            new Lines(borders.control(), borders.media(), borders.figures(), counters),
            counters,
            config,
            clocks.uids());
    final BreakoutTimers timers = new BreakoutTimers(room);
    this.idempotency =
        new Idempotency(
            config.http().idempotency(),
            turn,
            borders.snapshots(),
            counters,
            borders.store().loadAnswers());
    final ConferenceDirectory directory = directory(config, borders);
    final Customers customers = new Customers(borders.store().loadCustomers(), borders.audio());
    this.desk =
        new CommandDesk(
            room,
            directory,
            ledger,
            idempotency,
            clocks.uids(),
            timers,
            people(config, directory, customers));
    customers.all().forEach(borders.snapshots()::publish);
    directory.conferences().forEach(there -> borders.snapshots().publish(there.snapshot()));
    this.resumption = new Resumption(room, timers, config.entry().seatKeptMs());
    resumption.load(
        borders.store().loadOpenCalls(), directory, borders.snapshots(), borders.eventLog());
    final Lobby lobby =
        new Lobby(
            config.entry(),
            new Entrance(config.entry(), room, clocks.uids()),
            room,
            new PinBudget(config.entry().guessing(), numbers(config)),
            inquiries,
            roster);
    this.lineEvents =
        new LineEvents(
            config.media(),
            room,
            new Reception(config, directory, room),
            lobby,
            new Keypad(config.entry(), room));
    this.housekeeping = new Housekeeping(config, room, lobby, timers, clocks.nano().nanoTime());
  }

  /** All conferences there are, with the numbers and the lengths of PINs that lead to them. */
  private static ConferenceDirectory directory(
      final ConductorConfig config, final FocusBorders borders) {
    return new ConferenceDirectory(
        borders.store().loadConferences().stream()
            .map(loaded -> loaded.withAudio(borders.audio()))
            .toList(),
        borders.store().loadPinLengths(),
        numbers(config));
  }

  /** Tells which ways of writing a number are one number. */
  private static PhoneNumbers numbers(final ConductorConfig config) {
    return new PhoneNumbers(config.sip().numbers().countryCode());
  }

  private People people(
      final ConductorConfig config,
      final ConferenceDirectory directory,
      final Customers customers) {
    final PersonChanges changes = new PersonChanges(turn, directory, roster, clocks.uids());
    final Enrolment enrolment = new Enrolment(config.entry(), directory, roster, changes);
    return new People(customers, inquiries, roster, changes, enrolment);
  }

  @Override
  public boolean offer(final Command command, final Reply reply) {
    final boolean taken = commands.offer(command, reply);
    if (taken) {
      sip.wakeup().call();
    }
    return taken;
  }

  @Override
  public int doWork() {
    counters.increment(FocusCounter.TURNS);
    turn.begin(clocks.epoch().time(), clocks.nano().nanoTime());
    resumption.settle(turn.nowNs());
    roster.run();
    int work = ledger.poll(turn.nowNs());
    work += inquiries.sweep();
    work += sip.drain(lineEvents, TAKEN_PER_TURN);
    work += mediaEvents.poll(lineEvents, TAKEN_PER_TURN);
    work += commands.drain(desk::onCommand, TAKEN_PER_TURN);
    work += housekeeping.run();
    work += idempotency.run();
    endTurn();
    return work;
  }

  private void endTurn() {
    for (final CallState call : turn.takeRerouted()) {
      if (call.call().active()) {
        room.lines().plan(call, turn.nowNs());
      }
    }
    if (!turn.isIdle()) {
      ledger.hand(turn.end(), turn.nowNs());
    }
  }

  /**
   * Hangs up on everyone, closes every call and answers every command still waiting. The last batch
   * is handed to the store, whose own end commits it.
   */
  @Override
  public void onClose() {
    turn.begin(clocks.epoch().time(), clocks.nano().nanoTime());
    turn.actFor(Origin.By.SYSTEM);
    room.calls().all().forEach(room.departures()::closeCall);
    room.lines().all().forEach(line -> room.lines().end(line, "shutdown", turn.nowNs()));
    endTurn();
    commands.drain(
        (command, reply) -> reply.onAnswer(Accepted.notNow("server: stopping")),
        CommandInbox.CAPACITY);
  }

  @Override
  public String roleName() {
    return "conductor";
  }
}
