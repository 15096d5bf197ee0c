package dev.conductor.http;

import dev.conductor.model.CallSnapshot;
import dev.conductor.model.ConferenceSnapshot;
import java.util.Optional;

/**
 * What a valid token opened. Immutable.
 *
 * @param conference the token's conference
 * @param call the call asked for, by its own UID or as the conference's main call; empty when the
 *     conference has none
 */
record TokenScope(ConferenceSnapshot conference, Optional<CallSnapshot> call) {
  /** The call; refused when there is none. */
  CallSnapshot requireCall() {
    return call.orElseThrow(
        () ->
            Refusal.parameter(
                Anchor.CALL.parameter(),
                "conference " + conference.conference().uid() + " has no active call"));
  }
}
