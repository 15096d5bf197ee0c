package dev.conductor.media.api;

import java.util.List;
import java.util.Map;

/**
 * Media's figures, to be read by anybody at any time; each is a running total or a level, a little
 * late.
 *
 * @threading any thread.
 * @allocation a map or a list a call; not for the packet path.
 */
public interface MediaStatistics {
  /** All counters by name, e.g. {@code rtp.received}. */
  Map<String, Long> counters();

  /** Open sessions over all agents. */
  int sessions();

  /** How late ticks began. */
  TickLateness tickLateness();

  /** How a line does; null when there is no such session, or it has ended. */
  LineStatistics line(long sessionId);

  /** How all lines do, in no order: a copy. */
  List<LineStatistics> lines();
}
