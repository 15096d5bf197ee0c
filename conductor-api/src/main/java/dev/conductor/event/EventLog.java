package dev.conductor.event;

/**
 * Where the conductor lays down committed events of all calls; readers follow with cursors of their
 * own and are never waited for. Written by the conductor alone.
 */
public interface EventLog {
  /** A call was opened in a conference: readers that waited for one go on to it. */
  void onCallOpened(String conferenceUid, String callUid);

  /** A call goes on after a crash; this was the number of its last event. */
  void onCallResumed(String conferenceUid, String callUid, long lastSeq);

  /** A committed event, in order of its number; or a passing one. */
  void append(Event event);

  /** All events of a batch are in: wake the readers. */
  void flush();

  /** The call is over: its readers may end. */
  void onCallClosed(String conferenceUid, String callUid);
}
