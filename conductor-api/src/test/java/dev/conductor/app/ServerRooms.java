package dev.conductor.app;

import dev.conductor.store.SqlStore;

/** Opens rooms of a running server to tests that break things in them. */
public final class ServerRooms {
  private ServerRooms() {}

  /** What it keeps things in. */
  public static SqlStore store(final ConductorServer server) {
    return server.store();
  }
}
