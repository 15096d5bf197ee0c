package dev.conductor.event;

import java.util.List;

/** What a reader found behind its place in a call's log. Immutable. */
public sealed interface Reading {

  /**
   * The events that follow, without holes.
   *
   * @param events in order of their numbers; empty when nothing new is there
   */
  record Events(List<Event> events) implements Reading {}

  /**
   * The reader was too slow: these numbers are no longer kept.
   *
   * @param fromSeq the first missing number
   * @param toSeq the last missing number
   */
  record Gap(long fromSeq, long toSeq) implements Reading {}
}
