package dev.conductor.media.agent;

/**
 * Something asked of an agent.
 *
 * @threading made by the conductor, run by the agent at the beginning of a tick.
 * @allocation one a command.
 */
@FunctionalInterface
interface AgentCommand {
  /** Carries it out. */
  void run(MediaAgent agent);
}
