package dev.conductor.command;

import java.util.List;
import java.util.Optional;

/**
 * What a sheet says of a conference: of a new one, or what changes of the one that has the
 * reference. What is absent stays as it is, of a new one as its customer has it. Immutable.
 *
 * @param line where the sheet begins to speak of it
 * @param reference the customer's own key of it, empty for none
 * @param notes its notes
 * @param wishes its name and what its host wishes; without times
 * @param times when it is to be held; empty where the sheet does not say
 */
public record ConferenceEntry(
    int line, String reference, Optional<String> notes, NewConference wishes, List<Time> times) {
  /** Copies the list. */
  public ConferenceEntry {
    times = List.copyOf(times);
  }

  /**
   * A reservation. Immutable.
   *
   * @param line where it stands
   * @param reservationUid the one it is, empty for the one that begins then, or a new one
   * @param startMs Unix time, {@link dev.conductor.model.Times#NONE} for always
   * @param minutes how long, not rounded yet
   * @param estimatedCallers how many are expected
   */
  public record Time(
      int line, String reservationUid, long startMs, int minutes, int estimatedCallers) {}
}
