package dev.conductor.media.net;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.ProtocolFamily;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * A UDP socket that never blocks, by itself or by a {@link DatagramBatch} with many others.
 *
 * <p>Until the far end is known it takes datagrams from anybody and {@link #source} tells from
 * whom; once connected the kernel drops strangers. When a connected far end has closed its port,
 * the network says so at every use: after three times in a row the socket is disconnected and the
 * owner checks sources again.
 *
 * @threading bound and closed by whoever opened it; in between one thread uses it.
 * @allocation none while connected, but for the exception of a closed port; an address a datagram
 *     while not; some hundred bytes a connect.
 */
public class PeerSocket {
  /** {@link #receive}: nothing is there. */
  public static final int NOTHING = -1;

  /** {@link #receive}, {@link #send}: the far end's port is closed. */
  public static final int UNREACHABLE = -2;

  /** {@link #receive}, {@link #send}: the network refused for another reason. */
  public static final int FAULT = -3;

  /** {@link #send}: the network has no room now; the datagram is lost. */
  public static final int NO_ROOM = 0;

  /** Expedited forwarding (RFC 3246) in the upper six bits of the traffic class. */
  private static final int EXPEDITED_FORWARDING = 46 << 2;

  private static final int UNREACHABLE_LIMIT = 3;

  /** What a datagram came to of which nothing bad is known. */
  private static final int SENT = 1;

  private final DatagramChannel channel;
  private final InetSocketAddress local;

  /** The socket's number, for a batch. */
  private final int file;

  private InetSocketAddress peer;
  private InetSocketAddress source;
  private int unreachableInRow;

  /** The batch that fetched what {@link #receive} has not taken yet; null for none. */
  private DatagramBatch fetchedBy;

  /** By which of its fetches. */
  private long fetchedRun;

  private int fetchedNumber;
  private int fetchedResult;

  /** What the datagram last sent by a batch came to, unless that was told. */
  private int lastSent = SENT;

  /** Takes over a channel that {@link #bindOne} made. */
  PeerSocket(final DatagramChannel channel, final InetSocketAddress local) {
    this.channel = channel;
    this.local = local;
    file = SocketFiles.of(channel);
  }

  /**
   * Opens one at a port that the system chooses.
   *
   * @throws IOException if it cannot be bound; then none is open
   */
  public static PeerSocket bind(final InetAddress address) throws IOException {
    final DatagramChannel channel = bindOne(address, 0);
    return new PeerSocket(channel, (InetSocketAddress) channel.getLocalAddress());
  }

  /** A channel that never blocks, bound and marked. */
  static DatagramChannel bindOne(final InetAddress address, final int port) throws IOException {
    final ProtocolFamily family =
        address instanceof Inet6Address
            ? StandardProtocolFamily.INET6
            : StandardProtocolFamily.INET;
    final DatagramChannel channel = DatagramChannel.open(family);
    try {
      channel.configureBlocking(false);
      markExpedited(channel);
      channel.bind(new InetSocketAddress(address, port));
      return channel;
    } catch (final IOException | RuntimeException e) {
      closeOne(channel);
      throw e;
    }
  }

  private static void markExpedited(final DatagramChannel channel) {
    try {
      channel.setOption(StandardSocketOptions.IP_TOS, EXPEDITED_FORWARDING);
    } catch (final IOException | UnsupportedOperationException e) {
      // A wish, not a need: not every platform lets us mark packets.
      return;
    }
  }

  /** Closes it. */
  public void close() {
    closeOne(channel);
  }

  /** Closes a channel, as far as it can be. */
  static void closeOne(final DatagramChannel channel) {
    try {
      channel.close();
    } catch (final IOException e) {
      // A socket that cannot be closed is of no use to anybody: there is nothing left to do.
      return;
    }
  }

  /** Where it is bound. */
  public InetSocketAddress local() {
    return local;
  }

  /** Its port. */
  public int port() {
    return local.getPort();
  }

  /** A figure without a meaning: reading it brings near what the next use will need. */
  public final int readAhead() {
    // What a batch has fetched comes without the channel.
    return unreachableInRow + (fetchedBy == null && channel.isOpen() ? 1 : 0);
  }

  /** Whether it is connected: only the far end's datagrams come. */
  public final boolean isConnected() {
    return peer != null;
  }

  /** From whom the datagram last received came. */
  public final InetSocketAddress source() {
    return source;
  }

  /**
   * Reads one datagram, at most as long as the buffer.
   *
   * @param into a direct buffer; cleared before, holds the datagram from index 0 after
   * @return bytes, or {@link #NOTHING}, {@link #UNREACHABLE}, {@link #FAULT}
   */
  public final int receive(final ByteBuffer into) {
    into.clear();
    try {
      if (peer != null) {
        return received(channel.read(into));
      }
      source = (InetSocketAddress) channel.receive(into);
      return source == null ? NOTHING : into.position();
    } catch (final PortUnreachableException e) {
      onUnreachable();
      return UNREACHABLE;
    } catch (final IOException e) {
      return FAULT;
    }
  }

  /**
   * The same: first what the batch has fetched for this socket.
   *
   * @param batch of the agent
   */
  public final int receive(final ByteBuffer into, final DatagramBatch batch) {
    if (fetchedBy != batch || fetchedRun != batch.run()) {
      return receive(into);
    }
    fetchedBy = null;
    if (fetchedResult < 0) {
      final int problem = problem(fetchedResult);
      return problem == NO_ROOM ? NOTHING : problem;
    }
    final int length = Math.min(fetchedResult, into.capacity());
    batch.copy(fetchedNumber, into.clear(), length);
    return received(length);
  }

  /** An empty datagram and no datagram both have length 0 here; neither is a packet. */
  private int received(final int length) {
    if (length <= 0) {
      return NOTHING;
    }
    unreachableInRow = 0;
    source = peer;
    return length;
  }

  /** A batch tells what it has fetched for this socket: bytes, or an error below 0. */
  final void fetched(final DatagramBatch batch, final int number, final int result) {
    fetchedBy = batch;
    fetchedRun = batch.run();
    fetchedNumber = number;
    fetchedResult = result;
  }

  /** A batch tells what the datagram came to that it sent for this socket. */
  final void sent(final int result) {
    lastSent = result < 0 && peer != null ? result : SENT;
  }

  private int problem(final int error) {
    switch (error) {
      case Uring.AGAIN:
        return NO_ROOM;
      case Uring.REFUSED:
        onUnreachable();
        return UNREACHABLE;
      default:
        return FAULT;
    }
  }

  /** Its number. */
  final int file() {
    return file;
  }

  /**
   * Sends one datagram: to the connected far end, or while there is none to the given address.
   *
   * @param from a direct buffer from its position to its limit
   * @return bytes sent, or {@link #NO_ROOM}, {@link #UNREACHABLE}, {@link #FAULT}
   */
  public final int send(final ByteBuffer from, final InetSocketAddress to) {
    try {
      return peer != null ? channel.write(from) : channel.send(from, to);
    } catch (final PortUnreachableException e) {
      onUnreachable();
      return UNREACHABLE;
    } catch (final IOException | RuntimeException e) {
      // A target the platform takes for none of its kind, such as IPv6 over an IPv4 socket.
      return FAULT;
    }
  }

  /**
   * The same by the agent's batch: it leaves when that is flushed, so a problem is told of at the
   * next one.
   */
  public final int send(
      final ByteBuffer from, final InetSocketAddress to, final DatagramBatch batch) {
    if (peer == null || !batch.isOn()) {
      return send(from, to);
    }
    final int last = lastSent;
    lastSent = SENT;
    final int bytes = from.remaining();
    batch.send(this, from);
    return last < 0 ? problem(last) : bytes;
  }

  /**
   * Connects it. Datagrams that wait in it are lost.
   *
   * @return false when the network refused; then it is not connected
   */
  public final boolean connect(final InetSocketAddress to) {
    disconnect();
    try {
      channel.connect(to);
      peer = to;
      return true;
    } catch (final IOException | RuntimeException e) {
      return false;
    }
  }

  /** Takes datagrams from anybody again. */
  public final void disconnect() {
    unreachableInRow = 0;
    fetchedBy = null;
    if (peer == null) {
      return;
    }
    peer = null;
    lastSent = SENT;
    try {
      channel.disconnect();
    } catch (final IOException e) {
      // The next use of the socket tells of it.
      return;
    }
  }

  private void onUnreachable() {
    unreachableInRow++;
    if (unreachableInRow >= UNREACHABLE_LIMIT) {
      disconnect();
    }
  }
}
