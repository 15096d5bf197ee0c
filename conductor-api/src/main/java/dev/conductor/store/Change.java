package dev.conductor.store;

import dev.conductor.event.Event;
import dev.conductor.model.Call;

/** One thing to be made lasting. Immutable. */
public sealed interface Change {
  /** The call as it is now: insert or replace. */
  record CallSaved(Call call) implements Change {}

  /** A logged event: append. */
  record EventLogged(Event event) implements Change {}

  /** The answer to a command that has a key: insert or replace. */
  record AnswerKept(KeptAnswer answer) implements Change {}

  /** Answers decided before then or at that moment: delete. */
  record AnswersExpired(long untilMs) implements Change {}
}
