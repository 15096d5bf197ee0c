package dev.conductor.command;

import java.util.List;
import java.util.Optional;

/**
 * A conference to be made; what is absent is as its customer has it. Immutable.
 *
 * @param name absent for the customer's name
 * @param times the reservations asked for, in the request's order; empty where none was
 * @param reservationless whether it is open always; {@code times} holds one without a start then
 * @param contactEmail whom to write to
 * @param greenroom whether participants wait until the host opens the room
 * @param recording whether it is recorded
 * @param backgroundMusic whether those who wait hear music
 */
public record NewConference(
    Optional<String> name,
    List<NewReservation> times,
    boolean reservationless,
    Optional<String> contactEmail,
    Optional<Boolean> greenroom,
    Optional<Boolean> recording,
    Optional<Boolean> backgroundMusic) {
  /** Copies the list. */
  public NewConference {
    times = List.copyOf(times);
  }

  /**
   * A reservation to be made. Immutable.
   *
   * @param number its place in the request from 1, for messages
   * @param startMs Unix time, {@link dev.conductor.model.Times#NONE} for always
   * @param minutes how long, not rounded yet
   * @param estimatedCallers how many are expected
   */
  public record NewReservation(int number, long startMs, int minutes, int estimatedCallers) {}
}
