package dev.conductor.focus;

import dev.conductor.command.Command;
import dev.conductor.command.CommandGate;
import java.util.function.BiConsumer;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;

/**
 * The hatch from the API to the conductor. Bounded; a command is new work, refused from three
 * quarters full. Offered from any thread, drained by the conductor; never waits.
 */
final class CommandInbox implements CommandGate {
  static final int CAPACITY = 4_096;
  private static final int NEW_WORK_LIMIT = CAPACITY / 4 * 3;

  private final ManyToOneConcurrentArrayQueue<Asked> queue =
      new ManyToOneConcurrentArrayQueue<>(CAPACITY);
  private final FocusCounters counters;

  CommandInbox(final FocusCounters counters) {
    this.counters = counters;
  }

  @Override
  public boolean offer(final Command command, final Reply reply) {
    if (queue.size() < NEW_WORK_LIMIT && queue.offer(new Asked(command, reply))) {
      return true;
    }
    counters.increment(FocusCounter.COMMANDS_BUSY);
    return false;
  }

  /** Hands on at most so many. The conductor only. */
  int drain(final BiConsumer<Command, Reply> to, final int limit) {
    int taken = 0;
    Asked asked;
    while (taken < limit && (asked = queue.poll()) != null) {
      to.accept(asked.command(), asked.reply());
      taken++;
    }
    return taken;
  }

  private record Asked(Command command, Reply reply) {}
}
