package dev.conductor.focus;

import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;

/** A conference and the call that is up in it. The conductor only. */
final class ConferenceState {
  private ConferenceSnapshot snapshot;
  private CallState activeCall;

  ConferenceState(final ConferenceSnapshot snapshot) {
    this.snapshot = snapshot;
  }

  String uid() {
    return conference().uid();
  }

  Conference conference() {
    return snapshot.conference();
  }

  ConferenceSnapshot snapshot() {
    return snapshot;
  }

  /** The call that is up, or null. */
  CallState activeCall() {
    return activeCall;
  }

  /** Another call is up, or none: null. */
  void activeCall(final CallState call) {
    activeCall = call;
    snapshot =
        new ConferenceSnapshot(
            conference().withActiveCall(call == null ? "" : call.uid()),
            snapshot.customer(),
            snapshot.persons());
  }
}
