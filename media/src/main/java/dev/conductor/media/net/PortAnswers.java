package dev.conductor.media.net;

/**
 * Where answers go.
 *
 * @threading called by the port keeper; must not wait.
 * @allocation none.
 */
@FunctionalInterface
public interface PortAnswers {
  /** Takes an answer, or returns false to be asked again later. */
  boolean offer(PortAnswer answer);
}
