package dev.conductor.signaling.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The UDP socket of one listening point. The stack queues what is received without a bound, each in
 * an array of the largest size; here a datagram is cut to its own size, and no more than so many
 * wait for the parser. It also remembers whence the waiting ones came, in their order: the parser
 * asks, to answer what cannot be parsed.
 *
 * <p>Threads: the stack's receiving thread receives, its one parsing thread takes; any sends.
 */
final class FencedDatagramSocket extends DatagramSocket {
  private static final int TRAFFIC_CLASS = 24 << 2;
  private static final int MAX_WAITING = 4_096;

  private final SipCounters counters;
  private final Queue<InetSocketAddress> sources = new ConcurrentLinkedQueue<>();
  private final AtomicInteger waiting = new AtomicInteger();

  FencedDatagramSocket(final SipCounters counters, final InetAddress address, final int port)
      throws SocketException {
    super(new InetSocketAddress(address, port));
    this.counters = counters;
    setTrafficClass(TRAFFIC_CLASS);
  }

  @Override
  public void receive(final DatagramPacket packet) throws IOException {
    final byte[] buffer = packet.getData();
    while (true) {
      packet.setData(buffer);
      super.receive(packet);
      if (waiting.get() < MAX_WAITING) {
        waiting.incrementAndGet();
        sources.add((InetSocketAddress) packet.getSocketAddress());
        packet.setData(Arrays.copyOf(buffer, packet.getLength()));
        return;
      }
      counters.increment(SipCounter.GUARD_DROPS);
    }
  }

  /** Whence the datagram came that the parser begins with now; null when none waits. */
  InetSocketAddress takeSource() {
    final InetSocketAddress source = sources.poll();
    if (source != null) {
      waiting.decrementAndGet();
    }
    return source;
  }
}
