package dev.conductor.media.agent;

import java.util.ArrayDeque;

/**
 * What may not be refused and found an agent's queue full: it is asked later, and nothing after it
 * before it.
 *
 * @threading the conductor.
 * @allocation one object each time a queue is full.
 */
final class LateCommands {
  private final ArrayDeque<Late> waiting = new ArrayDeque<>();

  /** Whether nothing waits. */
  boolean isEmpty() {
    return waiting.isEmpty();
  }

  /** Asks for what waits, as far as there is room. */
  void offer() {
    while (!waiting.isEmpty() && waiting.peek().agent.offer(waiting.peek().command)) {
      waiting.remove();
    }
  }

  /** Asks after all that waits. */
  void offer(final MediaAgent agent, final AgentCommand command) {
    offer();
    if (!waiting.isEmpty() || !agent.offer(command)) {
      add(agent, command);
    }
  }

  /** Has it wait. */
  void add(final MediaAgent agent, final AgentCommand command) {
    waiting.add(new Late(agent, command));
  }

  /**
   * One of them.
   *
   * @threading the conductor.
   * @allocation one each time.
   */
  private record Late(MediaAgent agent, AgentCommand command) {}
}
