package dev.conductor.http;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.CommandGate;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A conductor that keeps what it is given, and answers at once or when told. */
final class FakeGate implements CommandGate {
  /** A command and the way its answer goes. */
  record Offered(Command command, Reply reply) {}

  private final BlockingQueue<Offered> held = new LinkedBlockingQueue<>();
  private final List<Command> taken = new ArrayList<>();
  private final AtomicLong seq = new AtomicLong(100);
  private volatile boolean full;
  private volatile boolean hold;

  @Override
  public boolean offer(final Command command, final Reply reply) {
    if (full) {
      return false;
    }
    synchronized (taken) {
      taken.add(command);
    }
    if (hold) {
      held.add(new Offered(command, reply));
    } else {
      reply.onAnswer(Accepted.yes(seq.incrementAndGet()));
    }
    return true;
  }

  /** From now on nothing is taken. */
  void fill() {
    full = true;
  }

  /** From now on answers are given by {@link #next}. */
  void hold() {
    hold = true;
  }

  /** The next command that waits for its answer. */
  Offered next() throws InterruptedException {
    final Offered offered = held.poll(10, TimeUnit.SECONDS);
    if (offered == null) {
      throw new AssertionError("no command came");
    }
    return offered;
  }

  /** Whether a command waits for its answer. */
  boolean isHolding() {
    return !held.isEmpty();
  }

  /** All commands so far. */
  List<Command> taken() {
    synchronized (taken) {
      return List.copyOf(taken);
    }
  }

  /** The last command. */
  Command last() {
    final List<Command> all = taken();
    return all.get(all.size() - 1);
  }
}
