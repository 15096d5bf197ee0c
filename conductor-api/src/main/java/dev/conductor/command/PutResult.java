package dev.conductor.command;

import dev.conductor.model.Person;
import java.util.List;

/**
 * What an import came to. Immutable.
 *
 * @param added how many persons are new
 * @param changed how many were there and are as the list says now
 * @param persons those who are there now, in the list's order
 * @param problems rows that were left out, in the list's order
 */
public record PutResult(int added, int changed, List<Person> persons, List<Problem> problems) {
  /** Copies the lists. */
  public PutResult {
    persons = List.copyOf(persons);
    problems = List.copyOf(problems);
  }

  /**
   * Why a row was left out. Immutable.
   *
   * @param index its place in the list, from 0
   * @param message names the column and what was wrong with it
   */
  public record Problem(int index, String message) {}
}
