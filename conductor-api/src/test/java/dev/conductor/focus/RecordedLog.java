package dev.conductor.focus;

import dev.conductor.event.Event;
import dev.conductor.event.EventLog;
import java.util.ArrayList;
import java.util.List;

/** An event log that keeps everything, and words it for tests. */
final class RecordedLog implements EventLog {
  final List<Event> events = new ArrayList<>();
  final List<String> calls = new ArrayList<>();
  int flushes;

  @Override
  public void onCallOpened(final String conferenceUid, final String callUid) {
    calls.add("opened " + callUid);
  }

  @Override
  public void onCallResumed(final String conferenceUid, final String callUid, final long lastSeq) {
    calls.add("resumed " + callUid + " after " + lastSeq);
  }

  @Override
  public void append(final Event event) {
    events.add(event);
  }

  @Override
  public void flush() {
    flushes++;
  }

  @Override
  public void onCallClosed(final String conferenceUid, final String callUid) {
    calls.add("closed " + callUid);
  }

  /** All since the last time, worded like {@code CALLER MUTE}. */
  List<String> takeNames() {
    final List<String> names =
        events.stream().map(event -> event.source() + " " + event.name()).toList();
    events.clear();
    return names;
  }
}
