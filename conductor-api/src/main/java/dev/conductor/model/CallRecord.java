package dev.conductor.model;

import java.util.List;

/**
 * What is kept of a call: who was there, when, and what they did. Immutable.
 *
 * @param call the call
 * @param visits everybody who was ever in it, in order of entry; one who redialled is in it twice
 */
public record CallRecord(Call call, List<Visit> visits) {
  /** Copies the list. */
  public CallRecord {
    visits = List.copyOf(visits);
  }

  /**
   * One caller's stay. Immutable.
   *
   * @param caller as he was last
   * @param attendance when he came and how long he talked
   * @param steps what he did, in order
   */
  public record Visit(Caller caller, Attendance attendance, List<Step> steps) {
    /** Copies the list. */
    public Visit {
      steps = List.copyOf(steps);
    }
  }

  /**
   * Something a caller did. Immutable.
   *
   * @param timeMs Unix time
   * @param what ENTER, MOVE, HAND or LEAVE
   * @param place where he was after it
   * @param breakoutUid the breakout, empty elsewhere
   * @param attention his hand after it
   * @param reason why he left, empty before
   */
  public record Step(
      long timeMs, String what, Place place, String breakoutUid, int attention, String reason) {}
}
