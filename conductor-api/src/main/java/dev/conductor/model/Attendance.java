package dev.conductor.model;

import java.util.Optional;

/**
 * What a call's record says of a caller beside himself. Immutable.
 *
 * @param enteredMs Unix time he was admitted
 * @param talkMs how long he has talked, as far as it was told
 * @param keptSeat the seat that is kept for his redial
 * @param banned whether his PIN and number may not return to the call
 */
public record Attendance(
    long enteredMs, long talkMs, Optional<Caller.Seat> keptSeat, boolean banned) {}
