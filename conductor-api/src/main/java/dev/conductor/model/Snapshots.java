package dev.conductor.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The last committed state of every customer, conference and call, for whoever asks. Written by the
 * conductor alone, after the commit; read by any thread. What is read is immutable.
 */
public final class Snapshots {
  private final ConcurrentMap<String, ConferenceSnapshot> conferences = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Customer> customers = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, Set<String>> conferencesOf = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CallSnapshot> calls = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> formerCalls = new ConcurrentHashMap<>();

  /** Publishes a conference. The conductor only. */
  public void publish(final ConferenceSnapshot snapshot) {
    final String uid = snapshot.conference().uid();
    if (conferences.put(uid, snapshot) == null) {
      conferencesOf
          .computeIfAbsent(snapshot.conference().customerUid(), of -> ConcurrentHashMap.newKeySet())
          .add(uid);
    }
  }

  /** Publishes a customer. The conductor only. */
  public void publish(final Customer customer) {
    customers.put(customer.uid(), customer);
  }

  /** Publishes a call. The conductor only. */
  public void publish(final CallSnapshot snapshot) {
    calls.put(snapshot.call().uid(), snapshot);
  }

  /**
   * Forgets a call that is no longer kept: the conductor; or one that is over and of which
   * something was erased: any thread.
   */
  public void forgetCall(final String callUid) {
    calls.remove(callUid);
  }

  /**
   * Says whose a call of an earlier run was: there is no snapshot of it, but what was asked of it
   * may be asked again. The conductor only.
   */
  public void addFormerCall(final String callUid, final String conferenceUid) {
    formerCalls.put(callUid, conferenceUid);
  }

  /** Forgets a call of an earlier run. The conductor only. */
  public void forgetFormerCall(final String callUid) {
    formerCalls.remove(callUid);
  }

  /** The conference of a call of an earlier run. Any thread. */
  public Optional<String> conferenceOfFormerCall(final String callUid) {
    return Optional.ofNullable(formerCalls.get(callUid));
  }

  /** Every conference. Any thread; a copy. */
  public List<ConferenceSnapshot> conferences() {
    return List.copyOf(conferences.values());
  }

  /** The customer of this UID. Any thread. */
  public Optional<Customer> customer(final String uid) {
    return Optional.ofNullable(customers.get(uid));
  }

  /** Every conference of a customer, in no order. Any thread; a copy. */
  public List<ConferenceSnapshot> conferencesOf(final String customerUid) {
    return conferencesOf.getOrDefault(customerUid, Set.of()).stream()
        .map(conferences::get)
        .filter(Objects::nonNull)
        .toList();
  }

  /** The conference of this UID. Any thread. */
  public Optional<ConferenceSnapshot> conference(final String uid) {
    return Optional.ofNullable(conferences.get(uid));
  }

  /** The call of this UID, up or closed. Any thread. */
  public Optional<CallSnapshot> call(final String uid) {
    return Optional.ofNullable(calls.get(uid));
  }
}
