package dev.conductor.media.net;

import java.util.BitSet;

/**
 * The even ports of a range (RFC 3550, section 11: RTP takes the even one, RTCP the odd one above).
 * A port given back rests for the quarantine and then waits behind all others, so it is used again
 * as late as possible.
 *
 * @threading the port keeper.
 * @allocation none after construction.
 */
public final class PortPool {
  /** What {@link #take} answers when no port is free. */
  public static final int NONE = -1;

  private final long quarantineNs;

  /** A ring of free ports, the longest free first. */
  private final int[] ports;

  private final long[] freeFromNs;

  /** Whether the port has been used: a fresh one need not rest. */
  private final boolean[] used;

  private final BitSet taken = new BitSet();
  private int head;
  private int free;

  /**
   * A pool with every port free.
   *
   * @param firstPort first of the range; an odd one is passed over
   * @param lastPort last of the range; it may be an RTCP port
   * @param quarantineNs how long a port rests after use
   */
  public PortPool(final int firstPort, final int lastPort, final long quarantineNs) {
    final int firstEven = firstPort + (firstPort & 1);
    final int count = (lastPort - firstEven + 1) / 2;
    if (count < 1) {
      throw new IllegalArgumentException(
          "no even port with the odd one above it in " + firstPort + ".." + lastPort);
    }
    this.quarantineNs = quarantineNs;
    ports = new int[count];
    freeFromNs = new long[count];
    used = new boolean[count];
    for (int i = 0; i < count; i++) {
      ports[i] = firstEven + 2 * i;
    }
    free = count;
  }

  /** The port that has been free for the longest, or {@link #NONE}. */
  public int take(final long nowNs) {
    if (free == 0 || used[head] && nowNs - freeFromNs[head] < 0) {
      return NONE;
    }
    final int port = ports[head];
    head = (head + 1) % ports.length;
    free--;
    taken.set(port);
    return port;
  }

  /** Takes a port back; its quarantine begins. */
  public void giveBack(final int port, final long nowNs) {
    if (!taken.get(port)) {
      throw new IllegalArgumentException("port " + port + " was not taken");
    }
    taken.clear(port);
    final int tail = (head + free) % ports.length;
    ports[tail] = port;
    freeFromNs[tail] = nowNs + quarantineNs;
    used[tail] = true;
    free++;
  }

  /** Ports not in use, those in quarantine included. */
  public int free() {
    return free;
  }
}
