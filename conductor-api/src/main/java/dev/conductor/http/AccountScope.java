package dev.conductor.http;

import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import dev.conductor.model.Snapshots;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What a valid customer's key opened. Immutable.
 *
 * @param customer the key's customer
 * @param snapshots where what is his is found
 */
record AccountScope(Customer customer, Snapshots snapshots) {
  private static final Comparator<ConferenceSnapshot> BY_AGE =
      Comparator.comparingLong((ConferenceSnapshot of) -> of.conference().booking().createdMs())
          .thenComparing(of -> of.conference().uid());

  /** His conference of this UID; somebody else's counts as none. */
  Optional<ConferenceSnapshot> conference(final String uid) {
    return snapshots
        .conference(uid)
        .filter(of -> of.conference().customerUid().equals(customer.uid()));
  }

  /** His conference that a parameter names; refused when there is none. */
  ConferenceSnapshot require(final Parameters parameters, final String parameter) {
    final String uid = parameters.get(parameter);
    return conference(uid)
        .orElseThrow(() -> Refusal.parameter(parameter, "no conference " + Values.shown(uid)));
  }

  /** All his conferences, oldest first. */
  List<ConferenceSnapshot> conferences() {
    return snapshots.conferencesOf(customer.uid()).stream().sorted(BY_AGE).toList();
  }
}
