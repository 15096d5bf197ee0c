package dev.conductor.notify;

/** Checks login lines of the XML socket as requests to the API are. Event loops; never waits. */
@FunctionalInterface
public interface SocketLogin {
  /**
   * Checks a line.
   *
   * @param line the line without its end, a character a byte
   * @return what it asks for
   * @throws Refused when it is let in to nothing
   */
  StreamRequest check(String line) throws Refused;

  /** A login that is not let in. Carries no stack: it is an answer, not a fault. */
  final class Refused extends Exception {
    private static final long serialVersionUID = 1L;

    /**
     * A refusal.
     *
     * @param message names the parameter and what was wrong with it
     */
    public Refused(final String message) {
      super(message, null, false, false);
    }
  }
}
