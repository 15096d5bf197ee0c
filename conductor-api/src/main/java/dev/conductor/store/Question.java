package dev.conductor.store;

import java.util.List;

/**
 * What the conductor asks of the store. Immutable.
 *
 * <p>Numbers are user parts as somebody dials them, in lower case; a conference answers to its DID
 * and its aliases.
 */
public sealed interface Question {
  /** Rises by one with each question; names the answer. */
  long id();

  /**
   * Who has exactly this PIN on a number.
   *
   * @param numbers the ways the number is written
   */
  record WhoHasPin(long id, List<String> numbers, String pin) implements Question {
    /** Copies the list. */
    public WhoHasPin {
      numbers = List.copyOf(numbers);
    }
  }

  /** The person of this UID. */
  record WhoIs(long id, String personUid) implements Question {}

  /**
   * Who of a list is there already, and which PINs the others may have.
   *
   * @param numbers all that reach the conference: on none of them may two PINs be alike
   * @param rows in the list's order
   */
  record Enrol(long id, String conferenceUid, List<String> numbers, List<Row> rows)
      implements Question {
    /** Copies the lists. */
    public Enrol {
      numbers = List.copyOf(numbers);
      rows = List.copyOf(rows);
    }
  }

  /**
   * Somebody to be enrolled. Immutable.
   *
   * @param reference the customer's own key of him, empty for none
   * @param wishedPin the PIN he is to have, empty for any
   * @param digits how long a PIN that is drawn is
   */
  record Row(String reference, String wishedPin, int digits) {}
}
