package dev.conductor.command;

import java.util.List;

/**
 * What an import of conferences came to. Immutable.
 *
 * @param added how many are new
 * @param changed how many were there and are as the sheet says now
 * @param problems what was left out
 */
public record ConferencesPut(int added, int changed, List<Problem> problems) {
  /** Copies the list. */
  public ConferencesPut {
    problems = List.copyOf(problems);
  }

  /**
   * Why something was left out. Immutable.
   *
   * @param line where it stands
   * @param message names the column and what was wrong with it
   */
  public record Problem(int line, String message) {}
}
