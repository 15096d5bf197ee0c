package dev.conductor.focus;

import dev.conductor.config.EntryConfig;
import dev.conductor.config.Prompt;
import dev.conductor.focus.ConferenceDirectory.Match;
import dev.conductor.focus.Line.Stage;
import dev.conductor.focus.PinDialogue.Step;
import dev.conductor.model.Person;
import dev.conductor.store.Answer;
import dev.conductor.store.Question;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Runs the PIN dialogues of lines that are up and not admitted yet. What is keyed is never logged.
 * The conductor only.
 */
final class Lobby {
  private static final long NO_RTP_NS = TimeUnit.SECONDS.toNanos(2);
  private static final long LAST_PROMPT_NS = TimeUnit.SECONDS.toNanos(10);

  private final EntryConfig config;
  private final Entrance entrance;
  private final PinBudget budget;
  private final Turn turn;
  private final Lines lines;
  private final Inquiries inquiries;
  private final Roster roster;
  private final FocusCounters counters;

  /**
   * Nobody is here yet.
   *
   * @param budget how many PINs may be wrong
   * @param inquiries asks whose PIN it is
   * @param roster knows of persons what the store's answer may not
   */
  Lobby(
      final EntryConfig config,
      final Entrance entrance,
      final Room room,
      final PinBudget budget,
      final Inquiries inquiries,
      final Roster roster) {
    this.config = config;
    this.entrance = entrance;
    this.budget = budget;
    this.turn = room.turn();
    this.lines = room.lines();
    this.inquiries = inquiries;
    this.roster = roster;
    this.counters = room.counters();
  }

  /** A key of a line that is not admitted; one that comes before the greeting stands in for it. */
  void onDigit(final Line line, final char digit) {
    if (line.stage() == Stage.ANSWERED || line.stage() == Stage.CONFIRMED) {
      enterDirectly(line);
    }
    if (line.stage() == Stage.PIN) {
      onKey(line, digit);
    }
  }

  /** A PIN that is not to be judged yet waits, and what is keyed meanwhile waits behind it. */
  private void onKey(final Line line, final char digit) {
    if (line.pinDialogue().isAsking()) {
      line.pinDialogue().onDigit(digit, turn.nowNs()); // kept, and keyed after the answer
      return;
    }
    final PinTry keys = line.pinTry();
    if (keys.isBegunBy(digit) && !keys.waits()) {
      final long delayNs = budget.delayNs(line.invitation(), turn.nowNs());
      if (delayNs == PinBudget.REFUSED) {
        shutOut(line);
        return;
      }
      if (delayNs > 0) {
        counters.increment(FocusCounter.PIN_DELAYED);
        keys.waitUntil(turn.nowNs() + delayNs);
        lines.hush(line);
      }
    }
    if (keys.waits()) {
      keys.keep(digit);
      return;
    }
    keys.pass(digit);
    perform(line, () -> line.pinDialogue().onDigit(digit, turn.nowNs()));
  }

  private void judgeKept(final Line line) {
    final String keys = line.pinTry().release();
    if (budget.delayNs(line.invitation(), turn.nowNs()) == PinBudget.REFUSED) {
      // Others were wrong meanwhile.
      shutOut(line);
      return;
    }
    for (int i = 0; i < keys.length() && line.stage() == Stage.PIN; i++) {
      onKey(line, keys.charAt(i));
    }
  }

  /** Too many were wrong: what he keys is not even looked at. */
  private void shutOut(final Line line) {
    counters.increment(FocusCounter.PIN_SHUT_OUT);
    SecurityLog.refused(line.invitation());
    sendAway(line, List.of(Prompt.GOODBYE));
  }

  /**
   * He hangs up: what he has keyed of a PIN was a try, else he could try for nothing. One that the
   * store is asked about is judged by its answer: callers of a trunk who leave early must not shut
   * out the others of its address.
   */
  void onEnded(final Line line) {
    if (line.stage() == Stage.PIN && !line.pinDialogue().isAsking()) {
      countWrong(line);
    }
  }

  private void countWrong(final Line line) {
    if (line.pinTry().isKeyed()) {
      budget.onFailure(line.invitation(), turn.nowNs());
      SecurityLog.refused(line.invitation());
    }
    line.pinTry().over();
  }

  /** Lets in whom we called; false when the call does not take him. */
  boolean join(final Line line) {
    return entrance.join(line);
  }

  /** The prompt of this number was played to its end. */
  void onPromptEnded(final Line line, final long tag) {
    if (tag != line.promptTag()) {
      return;
    }
    if (line.stage() == Stage.PIN) {
      line.pinDialogue().onPromptEnded(turn.nowNs());
    } else if (line.stage() == Stage.SENT_AWAY) {
      lines.end(line, "goodbye", turn.nowNs());
    }
  }

  /** Lets time go by for every line here. */
  int sweep() {
    int due = 0;
    for (final Line line : lines.lobby()) {
      due += onTime(line) ? 1 : 0;
    }
    return due;
  }

  private boolean onTime(final Line line) {
    final long forNs = turn.nowNs() - line.sinceNs();
    switch (line.stage()) {
      case CONFIRMED:
        if (!line.invitation().pin().isEmpty()) {
          enterDirectly(line);
          return true;
        }
        final boolean greets =
            forNs >= TimeUnit.MILLISECONDS.toNanos(config.greetingDelayMs())
                && (line.firstRtpSeen() || forNs >= NO_RTP_NS);
        if (greets) {
          begin(line);
          perform(line, () -> line.pinDialogue().greet());
        }
        return greets;
      case PIN:
        if (line.pinTry().isDue(turn.nowNs())) {
          judgeKept(line);
          return true;
        }
        return !line.pinTry().waits()
            && perform(line, () -> line.pinDialogue().onTime(turn.nowNs()));
      case SENT_AWAY:
        if (forNs >= LAST_PROMPT_NS) {
          lines.end(line, "goodbye", turn.nowNs());
          return true;
        }
        return false;
      default:
        return false;
    }
  }

  /** What a trunk dialled behind the number counts as keyed; what it leaves open is asked for. */
  private void enterDirectly(final Line line) {
    begin(line);
    final String pin = line.invitation().pin();
    for (final char digit : (pin.isEmpty() ? "" : pin + '#').toCharArray()) {
      if (line.stage() == Stage.PIN) {
        onKey(line, digit);
      }
    }
  }

  private void begin(final Line line) {
    line.pinDialogue(new PinDialogue(config, line.door(), turn.nowNs()));
    line.stage(Stage.PIN, turn.nowNs());
  }

  private boolean perform(final Line line, final Steps steps) {
    final int failuresBefore = line.pinDialogue().failures();
    final Step step = steps.next();
    if (line.pinDialogue().failures() > failuresBefore) {
      counters.increment(FocusCounter.PIN_FAILURES);
      countWrong(line);
    }
    switch (step.what()) {
      case HUSH:
        lines.hush(line);
        return true;
      case PROMPT:
        if (!lines.prompt(line, step.prompts())) {
          line.pinDialogue().onPromptEnded(turn.nowNs());
        }
        return true;
      case ASK:
        lines.hush(line);
        ask(line);
        return true;
      case GIVE_UP:
        counters.increment(FocusCounter.PIN_GAVE_UP);
        sendAway(line, step.prompts());
        return true;
      case APOLOGIZE:
        counters.increment(FocusCounter.APOLOGIES);
        sendAway(line, step.prompts());
        return true;
      default:
        return false;
    }
  }

  private void ask(final Line line) {
    final List<String> numbers = line.door().numbers();
    final String pin = line.pinDialogue().keyed();
    final boolean asked =
        inquiries.ask(
            id -> new Question.WhoHasPin(id, numbers, pin), answer -> onAnswer(line, answer));
    if (!asked) {
      onNoAnswer(line);
    }
  }

  /** He may have hung up meanwhile. */
  private void onAnswer(final Line line, final Answer answer) {
    if (line.stage() != Stage.PIN) {
      if (answer instanceof Answer.Found found && match(line, found) == null) {
        countWrong(line);
      }
      return;
    }
    if (budget.delayNs(line.invitation(), turn.nowNs()) == PinBudget.REFUSED) {
      // Others were wrong meanwhile: who asks on many lines at once is told no more either.
      shutOut(line);
      return;
    }
    if (answer instanceof Answer.Found found) {
      final Match match = match(line, found);
      if (match == null) {
        perform(line, () -> line.pinDialogue().onNoMatch(turn.nowNs()));
      } else {
        admit(line, match);
      }
    } else {
      onNoAnswer(line);
    }
    while (line.stage() == Stage.PIN && line.pinDialogue().hasKept()) {
      onKey(line, line.pinDialogue().takeKept());
    }
  }

  private Match match(final Line line, final Answer.Found found) {
    final Person person = found.person().map(roster::asOfNow).orElse(null);
    if (person == null || !person.pin().equals(line.pinDialogue().keyed())) {
      return null;
    }
    final ConferenceState conference = line.door().find(person.conferenceUid());
    return conference == null ? null : new Match(conference, person);
  }

  /** Who was in the call that is up need not be looked up: he may redial. */
  private void onNoAnswer(final Line line) {
    final String pin = line.pinDialogue().keyed();
    for (final ConferenceState conference : line.door().conferences()) {
      final CallState call = conference.activeCall();
      final Person person = call == null ? null : call.personWithPin(pin);
      if (person != null) {
        counters.increment(FocusCounter.KNOWN_BY_CALL);
        admit(line, new Match(conference, person));
        return;
      }
    }
    perform(line, () -> line.pinDialogue().onNoAnswer());
  }

  private void admit(final Line line, final Match match) {
    line.pinDialogue().onMatch();
    final Optional<Prompt> refusal = entrance.admit(line, match);
    refusal.ifPresent(prompt -> sendAway(line, List.of(prompt)));
  }

  private void sendAway(final Line line, final List<Prompt> prompts) {
    line.stage(Stage.SENT_AWAY, turn.nowNs());
    if (!lines.prompt(line, prompts)) {
      lines.end(line, "goodbye", turn.nowNs());
    }
  }

  /** What a dialogue does next. */
  private interface Steps {
    Step next();
  }
}
