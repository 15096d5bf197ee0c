package dev.conductor.model;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * The last committed state of every conference and call, for whoever asks. Written by the conductor
 * alone, after the commit; read by any thread. What is read is immutable.
 */
public final class Snapshots {
  private final ConcurrentMap<String, ConferenceSnapshot> conferences = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, CallSnapshot> calls = new ConcurrentHashMap<>();
  private final ConcurrentMap<String, String> formerCalls = new ConcurrentHashMap<>();

  /** Publishes a conference. The conductor only. */
  public void publish(final ConferenceSnapshot snapshot) {
    conferences.put(snapshot.conference().uid(), snapshot);
  }

  /** Publishes a call. The conductor only. */
  public void publish(final CallSnapshot snapshot) {
    calls.put(snapshot.call().uid(), snapshot);
  }

  /** Forgets a call that is no longer kept. The conductor only. */
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

  /** The conference of this UID. Any thread. */
  public Optional<ConferenceSnapshot> conference(final String uid) {
    return Optional.ofNullable(conferences.get(uid));
  }

  /** The call of this UID, up or closed. Any thread. */
  public Optional<CallSnapshot> call(final String uid) {
    return Optional.ofNullable(calls.get(uid));
  }
}
