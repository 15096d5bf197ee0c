package dev.conductor.model;

/**
 * A number that is called into a call, as its events tell of it. Immutable.
 *
 * @param uid the UID its caller will have; dropCaller with it gives up
 * @param number as asked for
 * @param name to be shown; empty for none
 * @param role to be taken
 * @param status how far it has come
 * @param sipStatus status of SIP's last answer; 0 for none
 * @param reason in words
 */
public record PlacedCall(
    String uid, String number, String name, Role role, Status status, int sipStatus, String reason)
    implements EventTarget {

  /** How far it has come. */
  public enum Status {
    /** Dialling began. */
    DIALING,
    /** It rings. */
    RINGING,
    /** Somebody, or something, has answered and is asked to press the key. */
    ANSWERED,
    /** Busy (486, 600). */
    BUSY,
    /** Nobody answered in time. */
    NOANSWER,
    /** Refused (other 4xx, 6xx). */
    REJECTED,
    /** It could not be reached: no answer of the network, 5xx. */
    FAILED,
    /** Answered, but the key was not pressed. */
    UNCONFIRMED,
    /** Given up by the host. */
    CANCELLED
  }

  /** The same, having come to something. */
  public PlacedCall now(final Status next, final int sipStatusNow, final String why) {
    return new PlacedCall(uid, number, name, role, next, sipStatusNow, why);
  }
}
