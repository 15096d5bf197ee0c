package dev.conductor.store;

/**
 * The answer to a command that came with an idempotency key. Immutable.
 *
 * @param key which command
 * @param digest stands for its parameters
 * @param callUid the call it was for
 * @param timeMs when it was decided, Unix time
 * @param isTrue whether it was accepted
 * @param message empty when accepted
 * @param seq number of the last event it raised, 0 for none
 */
public record KeptAnswer(
    Key key, String digest, String callUid, long timeMs, boolean isTrue, String message, long seq) {
  /**
   * Which command. Immutable.
   *
   * @param conferenceUid whose token came with it
   * @param function its name in the API
   * @param text the key as the client chose it
   */
  public record Key(String conferenceUid, String function, String text) {}
}
