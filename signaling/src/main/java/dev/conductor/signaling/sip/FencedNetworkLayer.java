package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import gov.nist.core.net.NetworkLayer;
import gov.nist.javax.sip.SipStackImpl;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.SSLSocket;

/**
 * Every socket of the stack is made here, fenced: limits on what is accepted, TCP_NODELAY, DSCP,
 * writing that never waits, connecting only from signaling's own sender threads.
 *
 * <p>JAIN-SIP makes it by name; {@link #configure} gives the one of a stack its settings before the
 * first socket, so nothing is shared between stacks. Threads: any.
 */
public final class FencedNetworkLayer implements NetworkLayer {
  private static final int CONNECT_TIMEOUT_MS = 3_000;
  private static final int DRAINER_IDLE_SECONDS = 5;

  private final Map<InetSocketAddress, FencedDatagramSocket> datagramSockets =
      new ConcurrentHashMap<>();
  private final Map<InetSocketAddress, FencedConnection> connections = new ConcurrentHashMap<>();
  private SipConfig config;
  private SipCounters counters;
  private Predicate<InetAddress> deafTo;
  private ConnectionLimit limit;
  private ThreadPoolExecutor drainers;

  /** Null where TLS is off. */
  private TlsContexts tls;

  private volatile Function<InetSocketAddress, String> peerNames = peer -> "";

  /** Made by name. */
  public FencedNetworkLayer() {}

  /**
   * Says whom we connect to by TLS.
   *
   * @param names what the certificate of the peer at an address must name; empty: that address
   */
  void peerNames(final Function<InetSocketAddress, String> names) {
    peerNames = names;
  }

  /**
   * Gives it its settings; before the first socket.
   *
   * @param deaf peers that get no answer whatever they send, not even to a keep-alive
   * @param group where the threads that write belong
   * @throws IOException naming the setting, when a file of TLS is not what it is to be
   */
  void configure(
      final SipConfig sipConfig,
      final SipCounters sipCounters,
      final Predicate<InetAddress> deaf,
      final ThreadGroup group)
      throws IOException {
    config = sipConfig;
    counters = sipCounters;
    deafTo = deaf;
    limit = new ConnectionLimit(config.maxTcpConnections(), config.maxTcpConnectionsPerAddress());
    drainers =
        new ThreadPoolExecutor(
            0,
            2 * config.maxTcpConnections(),
            DRAINER_IDLE_SECONDS,
            TimeUnit.SECONDS,
            new SynchronousQueue<>(),
            task -> {
              final Thread thread = new Thread(group, task, "sip-tcp-out");
              thread.setDaemon(true);
              return thread;
            });
    tls = config.security().isTls() ? new TlsContexts(config.security(), sipCounters) : null;
  }

  /** Closes every connection and lets the writing threads go. */
  void close() {
    connections.values().forEach(FencedConnection::closeQuietly);
    drainers.shutdownNow();
  }

  /** The connection with this peer; null when there is none. */
  FencedConnection connection(final InetSocketAddress peer) {
    return connections.get(peer);
  }

  /** Connections that are up. */
  int connectionsUp() {
    return connections.size();
  }

  /** The UDP socket bound to this address; null for none. */
  FencedDatagramSocket datagramSocket(final InetSocketAddress local) {
    return datagramSockets.get(local);
  }

  /** Readies an accepted connection, or closes it where the limits are reached. */
  boolean admit(final FencedSocket socket) throws IOException {
    final InetAddress address = socket.getInetAddress();
    if (!limit.tryEnter(address)) {
      counters.increment(SipCounter.CONNECTIONS_REFUSED);
      socket.close();
      return false;
    }
    register(socket, () -> limit.leave(address));
    return true;
  }

  /** The same with a connection to be of TLS; null where it was closed. */
  FencedTlsSocket admitTls(final Socket raw) throws IOException {
    final InetAddress address = raw.getInetAddress();
    if (!limit.tryEnter(address)) {
      counters.increment(SipCounter.CONNECTIONS_REFUSED);
      raw.close();
      return null;
    }
    try {
      final FencedTlsSocket socket =
          FencedTlsSocket.accepted(raw, tls.current(), drainers, counters);
      socket.ready(
          config.tcpIdleMs(),
          config.guard().tcpMessageMs(),
          !deafTo.test(address),
          enlist(socket, socket, () -> limit.leave(address)));
      return socket;
    } catch (final IOException | RuntimeException e) {
      limit.leave(address);
      throw e instanceof IOException failed ? failed : new IOException(e);
    }
  }

  private void register(final FencedSocket socket, final Runnable onEnd) throws IOException {
    socket.ready(
        config.tcpIdleMs(),
        config.guard().tcpMessageMs(),
        !deafTo.test(socket.getInetAddress()),
        enlist(socket, socket, onEnd));
  }

  /** Puts a connection into the list; what is returned is to be run when it is closed. */
  private Runnable enlist(
      final Socket socket, final FencedConnection connection, final Runnable onEnd) {
    final InetSocketAddress peer = (InetSocketAddress) socket.getRemoteSocketAddress();
    connections.put(peer, connection);
    return () -> {
      connections.remove(peer, connection);
      onEnd.run();
    };
  }

  @Override
  public ServerSocket createServerSocket(
      final int port, final int backlog, final InetAddress bindAddress) throws IOException {
    return new FencedServerSocket(
        this, server -> new FencedSocket(drainers, counters), bindAddress, port);
  }

  @Override
  public Socket createSocket(final InetAddress address, final int port) throws IOException {
    return createSocket(address, port, null, 0);
  }

  @Override
  public Socket createSocket(
      final InetAddress address, final int port, final InetAddress localAddress)
      throws IOException {
    return createSocket(address, port, localAddress, 0);
  }

  @Override
  public Socket createSocket(
      final InetAddress address, final int port, final InetAddress myAddress, final int myPort)
      throws IOException {
    final FencedSocket socket = new FencedSocket(drainers, counters);
    connect(socket, new InetSocketAddress(address, port), myAddress);
    register(socket, () -> {});
    return socket;
  }

  private static void connect(
      final Socket socket, final InetSocketAddress to, final InetAddress from) throws IOException {
    if (!(Thread.currentThread() instanceof SenderThread)) {
      throw new SocketException("only a sender thread may wait for a connection");
    }
    if (to.getAddress().isAnyLocalAddress() || to.getAddress().isMulticastAddress()) {
      throw new SocketException("nothing to connect to");
    }
    try {
      if (from != null) {
        socket.bind(new InetSocketAddress(from, 0));
      }
      socket.connect(to, CONNECT_TIMEOUT_MS);
    } catch (final IOException e) {
      socket.close();
      throw e instanceof SocketException ? e : new SocketException(e.toString());
    }
  }

  @Override
  public DatagramSocket createDatagramSocket() throws SocketException {
    throw new SocketException("a datagram socket belongs to a listening point");
  }

  @Override
  public DatagramSocket createDatagramSocket(final int port, final InetAddress address)
      throws SocketException {
    final FencedDatagramSocket socket = new FencedDatagramSocket(counters, address, port);
    datagramSockets.put(new InetSocketAddress(address, socket.getLocalPort()), socket);
    return socket;
  }

  @Override
  public SSLServerSocket createSSLServerSocket(
      final int port, final int backlog, final InetAddress bindAddress) throws IOException {
    return new FencedTlsServerSocket(this, bindAddress, port);
  }

  @Override
  public SSLSocket createSSLSocket(final InetAddress address, final int port) throws IOException {
    return createSSLSocket(address, port, null);
  }

  @Override
  public SSLSocket createSSLSocket(
      final InetAddress address, final int port, final InetAddress localAddress)
      throws IOException {
    if (tls == null) {
      throw new SocketException("TLS is off");
    }
    final Socket raw = new Socket();
    connect(raw, new InetSocketAddress(address, port), localAddress);
    final FencedTlsSocket socket =
        FencedTlsSocket.connected(
            raw,
            peerNames.apply((InetSocketAddress) raw.getRemoteSocketAddress()),
            tls.current(),
            drainers,
            counters);
    socket.ready(
        config.tcpIdleMs(),
        config.guard().tcpMessageMs(),
        !deafTo.test(address),
        enlist(socket, socket, () -> {}));
    return socket;
  }

  @Override
  public void setSipStack(final SipStackImpl sipStackImpl) {
    // Settings come by configure.
  }
}
