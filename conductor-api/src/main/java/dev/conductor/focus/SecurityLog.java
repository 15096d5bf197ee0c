package dev.conductor.focus;

import dev.conductor.signaling.api.Invitation;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One line for each wrong PIN, in the form that {@code config/fail2ban} reads. Whoever is named has
 * proved that he is where he says, for he got the packets that asked him for the PIN. Never what
 * was keyed, and of a caller's number only the end. Any thread.
 */
final class SecurityLog {
  private static final Logger LOG = LoggerFactory.getLogger("dev.conductor.security");
  private static final int LONG_NUMBER = 8;
  private static final int MAX_NUMBER = 32;

  private SecurityLog() {}

  /** A PIN was wrong, or none is judged any more. */
  static void refused(final Invitation caller) {
    LOG.warn(
        "PIN refused from {}, caller {}, number {}",
        caller.source().getAddress().getHostAddress(),
        masked(caller.ani()),
        plain(caller.dialled()));
  }

  /** The last four digits of a number, of a short one the last two. */
  static String masked(final String number) {
    if (number.isEmpty()) {
      return "unknown";
    }
    final int shown = number.length() < LONG_NUMBER ? Math.min(2, number.length() - 1) : 4;
    return "*" + plain(number.substring(number.length() - shown));
  }

  private static String plain(final String text) {
    return text.substring(0, Math.min(MAX_NUMBER, text.length()))
        .replaceAll("[^A-Za-z0-9+*#._-]", "?");
  }
}
