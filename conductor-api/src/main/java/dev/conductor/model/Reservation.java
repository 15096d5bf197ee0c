package dev.conductor.model;

import java.util.concurrent.TimeUnit;

/**
 * A time that a conference is booked for; or, of a reservationless one, that it is open always.
 * Immutable.
 *
 * @param uid unique
 * @param startMs Unix time, {@link Times#NONE} for always open
 * @param minutes how long, a multiple of {@value #STEP_MINUTES}; 0 for always open
 * @param estimatedCallers how many callers the host expects; told, nothing more
 */
public record Reservation(String uid, long startMs, int minutes, int estimatedCallers) {
  /** Durations are multiples of so many minutes. */
  public static final int STEP_MINUTES = 15;

  /** A time begun at this moment; the duration is rounded up to the next step. */
  public static Reservation at(
      final String uid, final long startMs, final int minutes, final int estimatedCallers) {
    return new Reservation(uid, startMs, roundedUp(minutes), estimatedCallers);
  }

  /** Open always. */
  public static Reservation always(final String uid, final int estimatedCallers) {
    return new Reservation(uid, Times.NONE, 0, estimatedCallers);
  }

  /** So many minutes, or the next more that are a multiple of {@value #STEP_MINUTES}. */
  public static int roundedUp(final int minutes) {
    return (minutes + STEP_MINUTES - 1) / STEP_MINUTES * STEP_MINUTES;
  }

  /** Whether it has a beginning and an end. */
  public boolean isTimed() {
    return startMs != Times.NONE;
  }

  /** Unix time of its end, {@link Times#NONE} for always open. */
  public long endMs() {
    return isTimed() ? startMs + TimeUnit.MINUTES.toMillis(minutes) : Times.NONE;
  }

  /** Whether it is open to callers at a moment. */
  public boolean isOpenAt(final long nowMs, final DialWindow window) {
    return !isTimed() || nowMs >= startMs - window.earlyMs() && nowMs < endMs() + window.graceMs();
  }

  /** Whether a moment lies in it; what begins where it ends does not. */
  public boolean covers(final long timeMs) {
    return isTimed() && timeMs >= startMs && timeMs < endMs();
  }
}
