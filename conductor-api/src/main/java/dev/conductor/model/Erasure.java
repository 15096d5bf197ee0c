package dev.conductor.model;

import java.util.List;
import java.util.Objects;

/**
 * What became of taking a person out of the records of calls. Any thread; immutable.
 *
 * @param outcome whether he was taken out
 * @param calls the UIDs of the calls he was in, none of which is up; empty unless he was taken out
 */
public record Erasure(Outcome outcome, List<String> calls) {
  /** How it went. */
  public enum Outcome {
    /** Nothing of him is left there. */
    ERASED,
    /** A call he was in is still up: nothing was erased. */
    STILL_UP,
    /** Neither the conference nor any record or event of its calls has ever known him. */
    UNKNOWN
  }

  /** Checks for nulls. */
  public Erasure {
    Objects.requireNonNull(outcome, "outcome");
    calls = List.copyOf(calls);
  }

  /** He was taken out of these calls. */
  public static Erasure of(final List<String> calls) {
    return new Erasure(Outcome.ERASED, calls);
  }

  /** He was not taken out. */
  public static Erasure failed(final Outcome outcome) {
    return new Erasure(outcome, List.of());
  }
}
