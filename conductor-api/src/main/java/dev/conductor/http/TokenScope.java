package dev.conductor.http;

import dev.conductor.model.CallSnapshot;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Person;
import java.util.List;
import java.util.Optional;

/**
 * What a valid token opened. Immutable.
 *
 * @param conference the token's conference
 * @param call the call asked for, by its own UID or as the conference's main call; empty when the
 *     conference has none
 * @param persons the conference's persons; none where the function does not ask for them
 * @param readOnly whether the token opens reads and events alone
 */
record TokenScope(
    ConferenceSnapshot conference,
    Optional<CallSnapshot> call,
    List<Person> persons,
    boolean readOnly) {
  /** Without the persons. */
  TokenScope(
      final ConferenceSnapshot conference,
      final Optional<CallSnapshot> call,
      final boolean readOnly) {
    this(conference, call, List.of(), readOnly);
  }

  /** The same with the persons. */
  TokenScope with(final List<Person> read) {
    return new TokenScope(conference, call, read, readOnly);
  }

  /** Refuses a command that came with a token for reads alone. */
  void requireCommands() {
    if (readOnly) {
      throw Refusal.readOnly();
    }
  }

  /** The call; refused when there is none. */
  CallSnapshot requireCall() {
    return call.orElseThrow(
        () ->
            Refusal.parameter(
                Anchor.CALL.parameter(),
                "conference " + conference.conference().uid() + " has no active call"));
  }
}
