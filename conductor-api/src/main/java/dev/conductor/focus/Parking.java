package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.CommandGate.Reply;
import dev.conductor.focus.PersonHandler.Need;
import dev.conductor.store.Answer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Commands that wait for an answer of the store, at most {@value #CAPACITY}; they are executed in
 * the order of the answers, which is that of the questions. A repeat of one that waits, by its key,
 * waits behind it. The conductor only.
 */
final class Parking {
  static final int CAPACITY = 1_024;

  /** How often a command asks before it gives up: others are quicker each time. */
  private static final int TRIES = 5;

  private static final Logger LOG = LoggerFactory.getLogger(Parking.class);

  private final Map<List<String>, List<Repeat>> repeats = new HashMap<>();
  private final PersonHandler handler;
  private final Inquiries inquiries;
  private final Ledger ledger;
  private final Turn turn;
  private final FocusCounters counters;
  private int parked;

  Parking(
      final PersonHandler handler,
      final Inquiries inquiries,
      final Ledger ledger,
      final Turn turn,
      final FocusCounters counters) {
    this.handler = handler;
    this.inquiries = inquiries;
    this.ledger = ledger;
    this.turn = turn;
    this.counters = counters;
  }

  /** Takes a repeat of a command that waits; false when it is none. */
  boolean takesRepeat(final Command command, final Reply reply) {
    final List<Repeat> waiting = repeats.get(name(command));
    if (waiting == null) {
      return false;
    }
    if (waiting.size() < CAPACITY) {
      waiting.add(new Repeat(command, reply));
    } else {
      counters.increment(FocusCounter.COMMANDS_BUSY);
      turn.answer(reply, Accepted.notNow("busy"), false);
    }
    return true;
  }

  /**
   * Asks what a command needs to know.
   *
   * @param done takes its answer, at once or in a later turn
   * @param again takes repeats of it that came meanwhile, after that
   */
  void park(
      final Command command,
      final Consumer<Accepted> done,
      final BiConsumer<Command, Reply> again) {
    final List<String> name = name(command);
    if (!name.isEmpty()) {
      repeats.put(name, new ArrayList<>());
    }
    ask(
        command,
        1,
        answer -> {
          done.accept(answer);
          final List<Repeat> waited = repeats.remove(name);
          if (waited != null) {
            waited.forEach(repeat -> again.accept(repeat.command, repeat.reply));
          }
        });
  }

  private void ask(final Command command, final int tries, final Consumer<Accepted> done) {
    final Need need = handler.need(command);
    if (!need.refusal().isEmpty()) {
      done.accept(Accepted.no(need.refusal()));
    } else if (!ledger.takesLasting()) {
      done.accept(storeAway());
    } else if (parked >= CAPACITY
        || !inquiries.ask(
            need.question(), answer -> onAnswer(command, need, answer, tries, done))) {
      counters.increment(FocusCounter.COMMANDS_BUSY);
      done.accept(Accepted.notNow("busy"));
    } else {
      parked++;
      counters.increment(FocusCounter.COMMANDS_PARKED);
    }
  }

  private void onAnswer(
      final Command command,
      final Need need,
      final Answer answer,
      final int tries,
      final Consumer<Accepted> done) {
    parked--;
    turn.actFor(command.origin());
    final Accepted accepted = execute(need, answer);
    if (accepted != null) {
      done.accept(accepted);
    } else if (tries == TRIES) {
      done.accept(Accepted.notNow("busy"));
    } else {
      ask(command, tries + 1, done);
    }
  }

  private Accepted execute(final Need need, final Answer answer) {
    if (answer instanceof Answer.Failed failed) {
      return Accepted.notNow("store: " + failed.reason());
    }
    if (!ledger.takesLasting()) {
      return storeAway();
    }
    try {
      return need.then().apply(answer);
    } catch (final RuntimeException fault) {
      counters.increment(FocusCounter.FAULTS);
      LOG.error("a command on a person failed", fault);
      return Accepted.notNow("server: a fault of ours, see its log");
    }
  }

  private static Accepted storeAway() {
    return Accepted.notNow("store: not available, so nothing that must last can be changed");
  }

  /** What its client knows a command by; empty when it has no key. */
  private static List<String> name(final Command command) {
    return command
        .origin()
        .key()
        .map(key -> List.of(command.origin().command(), key.conferenceUid(), key.key()))
        .orElse(List.of());
  }

  private record Repeat(Command command, Reply reply) {}
}
