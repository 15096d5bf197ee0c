package dev.conductor.media.agent;

import dev.conductor.media.net.PortKeeper;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.NanoClock;

/**
 * Gives the port keeper its time and its thread.
 *
 * @threading the keeper's thread, or a test that steps it.
 * @allocation none of its own.
 */
final class KeeperAgent implements Agent {
  private final PortKeeper keeper;
  private final NanoClock clock;

  KeeperAgent(final PortKeeper keeper, final NanoClock clock) {
    this.keeper = keeper;
    this.clock = clock;
  }

  @Override
  public int doWork() {
    return keeper.doWork(clock.nanoTime());
  }

  @Override
  public String roleName() {
    return "media-ports";
  }
}
