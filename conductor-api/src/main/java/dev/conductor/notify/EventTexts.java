package dev.conductor.notify;

import dev.conductor.event.Event;
import dev.conductor.model.CallSnapshot;

/** Writes what a stream says. Any thread; every method answers one JSON or XML document. */
public interface EventTexts {
  /** An event, logged or passing. */
  String event(Event event, Style style);

  /** SYSTEM SNAPSHOT: the call and all in it at {@code snapshot.seq()}. */
  String snapshot(CallSnapshot snapshot, Style style);

  /** SYSTEM GAP: these numbers will not be told one by one. */
  String gap(String callUid, long fromSeq, long toSeq, Style style);

  /** SYSTEM END: the call is over; {@code seq} is the last number of its log. */
  String end(String callUid, long seq, Style style);

  /**
   * How a reader wants it. Immutable.
   *
   * @param format JSON or XML
   * @param isoDates whether dates are ISO 8601 instants
   * @param printedNames whether events have the names the document prints, misprints too
   */
  record Style(StreamRequest.Format format, boolean isoDates, boolean printedNames) {}
}
