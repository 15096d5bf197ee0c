package dev.conductor.signaling.sdp;

/**
 * Who wrote a description, and which version it is (RFC 8866, section 5.2). Any thread; immutable.
 *
 * @param sessionId the same for all descriptions of one dialog
 * @param version rises with each new one
 */
public record Origin(long sessionId, long version) {
  /** The origin of the next description. */
  public Origin next() {
    return new Origin(sessionId, version + 1);
  }
}
