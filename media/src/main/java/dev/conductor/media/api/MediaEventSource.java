package dev.conductor.media.api;

/**
 * Where the conductor fetches what the agents have to tell.
 *
 * @threading the conductor only.
 * @allocation none but for addresses of newly opened sessions.
 */
public interface MediaEventSource {
  /**
   * Hands on at most {@code limit} events.
   *
   * @return how many
   */
  int poll(MediaEvents handler, int limit);
}
