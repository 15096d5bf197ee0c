package dev.conductor.focus;

import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;

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

  /** Puts a changed conference in place of what it was. */
  void put(final Conference changed) {
    snapshot = new ConferenceSnapshot(changed, snapshot.customer());
  }

  /** Puts its changed customer in place of what he was. */
  void put(final Customer changed) {
    snapshot = new ConferenceSnapshot(conference(), changed);
  }

  /** The call that is up, or null. */
  CallState activeCall() {
    return activeCall;
  }

  /** Another call is up, or none: null. */
  void activeCall(final CallState call) {
    activeCall = call;
    put(conference().withActiveCall(call == null ? "" : call.uid()));
  }
}
