package dev.conductor.signaling.sip;

/**
 * What is wrong with a message that the stack is not to see. Any thread; immutable.
 *
 * @param status what a request is answered
 * @param reason the reason phrase: words of ours only, nothing the peer wrote
 */
record BadMessage(int status, String reason) {
  static BadMessage of(final String reason) {
    return new BadMessage(400, "Bad Request - " + reason);
  }
}
