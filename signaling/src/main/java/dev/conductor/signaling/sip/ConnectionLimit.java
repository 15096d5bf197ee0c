package dev.conductor.signaling.sip;

import dev.conductor.config.SourceKey;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;

/** How many TCP connections are accepted, in all and from one source. Any thread. */
final class ConnectionLimit {
  private final int most;
  private final int mostPerAddress;
  private final Map<SourceKey, Integer> perAddress = new HashMap<>();
  private int up;

  ConnectionLimit(final int most, final int mostPerAddress) {
    this.most = most;
    this.mostPerAddress = mostPerAddress;
  }

  /** Takes a place; false when all, or all of this address, are taken. */
  synchronized boolean tryEnter(final InetAddress address) {
    final int own = perAddress.getOrDefault(SourceKey.of(address), 0);
    if (up >= most || own >= mostPerAddress) {
      return false;
    }
    up++;
    perAddress.put(SourceKey.of(address), own + 1);
    return true;
  }

  /** Gives a place back. */
  synchronized void leave(final InetAddress address) {
    up--;
    perAddress.computeIfPresent(SourceKey.of(address), (key, own) -> own == 1 ? null : own - 1);
  }

  /** Places taken. */
  synchronized int up() {
    return up;
  }
}
