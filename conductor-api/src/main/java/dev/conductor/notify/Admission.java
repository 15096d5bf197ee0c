package dev.conductor.notify;

import dev.conductor.event.CallLog;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/** A reader's place, or why it has none. Any thread. */
final class Admission {
  private final Optional<Problem> problem;
  private final String conferenceUid;
  private final Optional<CallLog> log;
  private final AtomicBoolean released = new AtomicBoolean();

  /** A place of this conference's; with the log of the one call that is to be read, if any. */
  Admission(
      final Optional<Problem> problem, final String conferenceUid, final Optional<CallLog> log) {
    this.problem = problem;
    this.conferenceUid = conferenceUid;
    this.log = log;
  }

  static Admission refused(final Problem problem) {
    return new Admission(Optional.of(problem), "", Optional.empty());
  }

  Optional<Problem> problem() {
    return problem;
  }

  String conferenceUid() {
    return conferenceUid;
  }

  Optional<CallLog> log() {
    return log;
  }

  /** Gives the place back, once. */
  void release(final ReaderPlaces places) {
    if (problem.isEmpty() && released.compareAndSet(false, true)) {
      places.leave(conferenceUid);
    }
  }
}
