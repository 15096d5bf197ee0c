package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.Command.AddReservation;
import dev.conductor.command.Command.AutoBreakout;
import dev.conductor.command.Command.BreakoutTimer;
import dev.conductor.command.Command.CancelConference;
import dev.conductor.command.Command.CloseCall;
import dev.conductor.command.Command.CreateBreakout;
import dev.conductor.command.Command.CreateCallTag;
import dev.conductor.command.Command.CreateConference;
import dev.conductor.command.Command.CreateConferenceTag;
import dev.conductor.command.Command.CreateCustomer;
import dev.conductor.command.Command.DropCaller;
import dev.conductor.command.Command.NextHand;
import dev.conductor.command.Command.PlaceCall;
import dev.conductor.command.Command.PlayTone;
import dev.conductor.command.Command.PutConferences;
import dev.conductor.command.Command.RecallBreakouts;
import dev.conductor.command.Command.RemoveConferenceTag;
import dev.conductor.command.Command.RemoveReservation;
import dev.conductor.command.Command.RotateToken;
import dev.conductor.command.Command.UndoMove;
import dev.conductor.command.Command.UpdateActiveCaller;
import dev.conductor.command.Command.UpdateBreakout;
import dev.conductor.command.Command.UpdateCall;
import dev.conductor.command.Command.UpdateCallSetting;
import dev.conductor.command.Command.UpdateCallTag;
import dev.conductor.command.Command.UpdateCaller;
import dev.conductor.command.Command.UpdateCallerTag;
import dev.conductor.command.Command.UpdateConference;
import dev.conductor.command.Command.UpdateConferenceSetting;
import dev.conductor.command.Command.UpdateCustomValue;
import dev.conductor.command.Command.UpdateCustomer;
import dev.conductor.command.Command.UpdateCustomerValue;
import dev.conductor.command.Command.UpdateReservation;
import dev.conductor.command.CommandGate.Reply;
import dev.conductor.model.Customer;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides who handles a command: a table by its record. What a handler checks comes first, then the
 * change; the answer waits for the turn's commit. The conductor only.
 */
final class CommandDesk {
  private static final Logger LOG = LoggerFactory.getLogger(CommandDesk.class);
  private static final String ALL_FINE = "";

  private final Map<Class<? extends Command>, Row<?, ?>> rows = new HashMap<>();
  private final Turn turn;
  private final Calls calls;
  private final ConferenceDirectory conferences;
  private final Ledger ledger;
  private final Idempotency idempotency;
  private final FocusCounters counters;
  private final Parking parking;

  /**
   * Fills the table.
   *
   * @param idempotency knows repeats
   * @param uids makes UIDs for what is made without one
   * @param people what is known of customers and persons
   */
  CommandDesk(
      final Room room,
      final ConferenceDirectory conferences,
      final Ledger ledger,
      final Idempotency idempotency,
      final Supplier<String> uids,
      final BreakoutTimers timers,
      final People people) {
    this.turn = room.turn();
    this.conferences = conferences;
    this.calls = room.calls();
    this.ledger = ledger;
    this.idempotency = idempotency;
    this.counters = room.counters();
    final CallerHandler callers = new CallerHandler(room);
    final BreakoutHandler breakouts = new BreakoutHandler(room, uids);
    final AudioHandler audio = new AudioHandler(room);
    add(
        UpdateCaller.class,
        command -> TextChanges.isText(command.change()),
        (command, call) -> callers.check(call, command.change()),
        callers::update);
    add(
        UpdateActiveCaller.class,
        command -> TextChanges.isText(command.change()),
        (command, call) -> callers.check(call, command.change()),
        callers::updateActive);
    add(DropCaller.class, command -> false, (command, call) -> ALL_FINE, callers::drop);
    add(CreateBreakout.class, command -> false, breakouts::checkCreate, breakouts::create);
    add(UpdateBreakout.class, BreakoutHandler::isText, breakouts::checkUpdate, breakouts::update);
    add(PlayTone.class, command -> false, audio::check, audio::play);
    add(
        CloseCall.class,
        command -> false,
        (command, call) -> ALL_FINE,
        (command, call) -> {
          room.departures().closeCall(call);
          return ALL_FINE;
        });
    addCalls(room);
    addTags(room);
    this.parking = addConferences(room, people, uids);
    addCustomers(people.customers(), uids);
    addBulk(room, uids, timers);
  }

  private void addBulk(final Room room, final Supplier<String> uids, final BreakoutTimers timers) {
    final BulkMoves bulk = new BulkMoves(room, uids);
    final Floor floor = new Floor(room);
    add(AutoBreakout.class, command -> false, bulk::checkAuto, bulk::auto);
    add(UndoMove.class, command -> false, bulk::checkUndo, bulk::undo);
    add(RecallBreakouts.class, command -> false, timers::checkRecall, timers::recall);
    add(BreakoutTimer.class, command -> false, timers::checkTimer, timers::change);
    add(NextHand.class, command -> false, floor::check, floor::next);
  }

  private void addCalls(final Room room) {
    final CallHandler handler = new CallHandler(room);
    add(UpdateCall.class, CallHandler::lasts, handler::check, handler::update);
    add(
        UpdateCallSetting.class,
        command -> true,
        (command, call) -> ALL_FINE,
        handler::updateSetting);
    add(PlaceCall.class, command -> false, handler::checkPlace, handler::place);
  }

  private void addTags(final Room room) {
    final TagHandler tags = new TagHandler(room.turn());
    add(CreateCallTag.class, command -> true, tags::checkCreate, tags::create);
    add(UpdateCallTag.class, command -> true, tags::checkUpdate, tags::update);
    add(UpdateCallerTag.class, command -> true, tags::checkRelate, tags::relate);
  }

  private Parking addConferences(
      final Room room, final People people, final Supplier<String> uids) {
    final ConferenceHandler handler = new ConferenceHandler(room.turn());
    final CustomValueHandler values = new CustomValueHandler(room, handler);
    final BookingHandler bookings = new BookingHandler(room, handler, uids);
    addLasting(UpdateConferenceSetting.class, (command, there) -> ALL_FINE, handler::updateSetting);
    addLasting(UpdateCustomValue.class, values::check, values::update);
    addShowing(AddReservation.class, (command, there) -> ALL_FINE, bookings::add);
    addShowing(UpdateReservation.class, (command, there) -> ALL_FINE, bookings::update);
    addShowing(RemoveReservation.class, (command, there) -> ALL_FINE, bookings::remove);
    addShowing(CancelConference.class, (command, there) -> ALL_FINE, bookings::cancel);
    addShowing(UpdateConference.class, (command, there) -> ALL_FINE, bookings::update);
    addShowing(RotateToken.class, (command, there) -> ALL_FINE, bookings::rotate);
    addShowing(CreateConferenceTag.class, (command, there) -> ALL_FINE, bookings::createTag);
    addShowing(RemoveConferenceTag.class, (command, there) -> ALL_FINE, bookings::removeTag);
    final PersonHandler persons =
        new PersonHandler(
            conferences, people.roster(), people.changes(), people.enrolment(), values);
    return new Parking(persons, people.inquiries(), ledger, turn, counters);
  }

  private void addCustomers(final Customers customers, final Supplier<String> uids) {
    final CustomerHandler handler = new CustomerHandler(turn, customers, conferences, uids);
    rows.put(
        CreateCustomer.class,
        new Row<>(
            CreateCustomer.class,
            new Target<>(CreateCustomer::customer, command -> ALL_FINE, customer -> 0),
            command -> true,
            (command, customer) -> ALL_FINE,
            handler::create));
    addOfCustomer(customers, UpdateCustomer.class, handler::update);
    addOfCustomer(customers, UpdateCustomerValue.class, handler::updateValue);
    addOfCustomer(customers, CreateConference.class, handler::create);
    final ConferenceImport sheets =
        new ConferenceImport(turn, conferences, handler, new ConferenceHandler(turn), uids);
    addOfCustomer(customers, PutConferences.class, sheets::put);
  }

  /** A function on a customer; what it changes lasts, and no call hears of it. */
  private <C extends Command.OnCustomer> void addOfCustomer(
      final Customers customers,
      final Class<C> type,
      final BiFunction<C, Customer, Accepted> change) {
    final Target<C, Customer> target =
        new Target<>(
            command -> customers.find(command.customerUid()),
            command -> "customer: no customer " + command.customerUid(),
            customer -> 0);
    rows.put(
        type, new Row<>(type, target, command -> true, (command, customer) -> ALL_FINE, change));
  }

  /** A function on a call that is up. */
  private <C extends Command.OnCall> void add(
      final Class<C> type,
      final Predicate<C> lasts,
      final BiFunction<C, CallState, String> check,
      final BiFunction<C, CallState, String> change) {
    final Target<C, CallState> target =
        new Target<>(
            command -> calls.find(command.callUid()),
            command -> calls.whyNot(command.callUid()),
            CallState::seq);
    rows.put(type, new Row<>(type, target, lasts, check, change.andThen(CommandDesk::answer)));
  }

  /** A function on a conference, a call up or not; what it changes lasts. */
  private <C extends Command.OnConference> void addLasting(
      final Class<C> type,
      final BiFunction<C, ConferenceState, String> check,
      final BiFunction<C, ConferenceState, String> change) {
    addShowing(type, check, change.andThen(CommandDesk::answer));
  }

  /** The same of a function whose answer shows what it made: the number is filled in here. */
  private <C extends Command.OnConference> void addShowing(
      final Class<C> type,
      final BiFunction<C, ConferenceState, String> check,
      final BiFunction<C, ConferenceState, Accepted> change) {
    final Target<C, ConferenceState> target =
        new Target<>(
            command -> conferences.find(command.conferenceUid()),
            command -> "conferenceUID: no conference " + command.conferenceUid(),
            there -> there.activeCall() == null ? 0 : there.activeCall().seq());
    rows.put(type, new Row<>(type, target, command -> true, check, change));
  }

  private static Accepted answer(final String failures) {
    return failures.isEmpty() ? Accepted.yes(0) : Accepted.no(failures);
  }

  /** Executes a command unless it is a repeat; its answer is owed by the turn. */
  void onCommand(final Command command, final Reply reply) {
    if (parking.takesRepeat(command, reply) || idempotency.answers(command, reply)) {
      return;
    }
    counters.increment(FocusCounter.COMMANDS);
    turn.actFor(command.origin());
    if (PersonHandler.takes(command)) {
      parking.park(command, answer -> answer(command, answer, reply, true), this::onCommand);
      return;
    }
    final Row<?, ?> row = rows.get(command.getClass());
    answer(command, guarded(row, command), reply, row.lasts(command));
  }

  private void answer(
      final Command command, final Accepted answer, final Reply reply, final boolean lasting) {
    if (!answer.isTrue()) {
      counters.increment(FocusCounter.COMMANDS_FALSE);
    }
    turn.answer(idempotency.remember(command, answer, reply), answer, lasting);
  }

  private Accepted guarded(final Row<?, ?> row, final Command command) {
    try {
      return row.execute(command, ledger);
    } catch (final RuntimeException fault) {
      counters.increment(FocusCounter.FAULTS);
      LOG.error("{} failed", command.getClass().getSimpleName(), fault);
      return Accepted.notNow("server: a fault of ours, see its log");
    }
  }

  /**
   * What a command acts on.
   *
   * @param find finds it, or null
   * @param whyNot what to say when it is not there
   * @param seq number of the last event of the call it is told in, 0 without one
   */
  private record Target<C extends Command, T>(
      Function<C, T> find, Function<C, String> whyNot, ToLongFunction<T> seq) {}

  /** How one function is handled. */
  private record Row<C extends Command, T>(
      Class<C> type,
      Target<C, T> target,
      Predicate<C> lasts,
      BiFunction<C, T, String> check,
      BiFunction<C, T, Accepted> change) {
    boolean lasts(final Command command) {
      return lasts.test(type.cast(command));
    }

    Accepted execute(final Command asked, final Ledger ledger) {
      final C command = type.cast(asked);
      final T on = target.find().apply(command);
      if (on == null) {
        return Accepted.no(target.whyNot().apply(command));
      }
      if (lasts.test(command) && !ledger.takesLasting()) {
        return Accepted.notNow("store: not available, so nothing that must last can be changed");
      }
      final String refusal = check.apply(command, on);
      if (!refusal.isEmpty()) {
        return Accepted.no(refusal);
      }
      final long seqBefore = target.seq().applyAsLong(on);
      final Accepted answer = change.apply(command, on);
      final long seqAfter = target.seq().applyAsLong(on);
      return seqAfter > seqBefore ? answer.at(seqAfter) : answer;
    }
  }
}
