package dev.conductor.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;

/**
 * Sockets of one that stands between a phone and the server, and the thread that hands on what
 * comes to them. Each belongs to a way of its owner's.
 *
 * @param <W> what a socket belongs to
 */
final class DatagramPump<W> implements AutoCloseable {
  private final Selector selector = Selector.open();
  private final List<DatagramChannel> channels = new ArrayList<>();
  private Thread thread;

  DatagramPump() throws IOException {}

  /** Opens a socket; 0 for any port. Before the start. */
  DatagramChannel open(final InetAddress host, final int port, final W way) throws IOException {
    final DatagramChannel channel = DatagramChannel.open();
    channels.add(channel);
    channel.bind(new InetSocketAddress(host, port)).configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, way);
    return channel;
  }

  /** Begins, on a thread of this name. */
  void start(final String name, final Arrival<W> arrival) {
    thread = new Thread(() -> run(arrival), name);
    thread.start();
  }

  private void run(final Arrival<W> arrival) {
    final ByteBuffer datagram = ByteBuffer.allocate(65_536);
    try {
      while (selector.isOpen()) {
        selector.select(key -> move(key, datagram, arrival));
      }
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    } catch (final ClosedSelectorException closed) {
      // That is the end.
      return;
    }
  }

  @SuppressWarnings("unchecked")
  private void move(final SelectionKey key, final ByteBuffer datagram, final Arrival<W> arrival) {
    try {
      datagram.clear();
      final DatagramChannel channel = (DatagramChannel) key.channel();
      final InetSocketAddress source = (InetSocketAddress) channel.receive(datagram);
      datagram.flip();
      if (source != null) {
        arrival.on((W) key.attachment(), channel, source, datagram);
      }
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    selector.close();
    for (final DatagramChannel channel : channels) {
      channel.close();
    }
    try {
      thread.join();
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /**
   * Hands on a datagram.
   *
   * @param <W> what a socket belongs to
   */
  @FunctionalInterface
  interface Arrival<W> {
    /** One came; it is good until this returns. On the pump's thread. */
    void on(W way, DatagramChannel at, InetSocketAddress source, ByteBuffer datagram)
        throws IOException;
  }
}
