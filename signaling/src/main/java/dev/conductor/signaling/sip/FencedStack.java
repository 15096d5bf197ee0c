package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.signaling.guard.SourceGuard;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.stack.SIPMessageValve;
import gov.nist.javax.sip.stack.SIPServerTransaction;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import javax.sip.SipListener;
import javax.sip.SipProvider;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One JAIN-SIP stack behind its fences, with a UDP and a TCP listening point on each address.
 * Several may live in one JVM.
 *
 * <p>Threads: one thread opens and closes.
 */
final class FencedStack {
  private static final Logger LOG = LoggerFactory.getLogger(FencedStack.class);

  /** Stack names; the only thing stacks of one JVM must not share. */
  private static final AtomicLong NAMES = new AtomicLong();

  private static final int PORT_TRIES = 20;

  private final SipConfig config;
  private final SipCounters counters;
  private final SourceGuard guard;
  private final int mostTransactions;
  private final String name = "conductor-sip-" + NAMES.incrementAndGet();
  private final StackThreads threads;
  private final List<InetSocketAddress> localAddresses = new ArrayList<>();
  private int tlsPort;
  private volatile ListedStack stack;
  private FencedNetworkLayer layer;

  FencedStack(
      final SipConfig config,
      final SipCounters counters,
      final SourceGuard guard,
      final int mostTransactions) {
    this.mostTransactions = mostTransactions;
    this.config = config;
    this.counters = counters;
    this.guard = guard;
    this.threads = new StackThreads(name, counters);
  }

  /**
   * Opens every listening point.
   *
   * @throws IOException when one cannot be bound
   */
  void open(final SipListener listener, final SIPMessageValve valve) throws IOException {
    try {
      threads.call(() -> openInGroup(listener, valve));
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    } catch (final Exception e) {
      close();
      throw new IOException(
          "cannot listen on sip.host="
              + config.host()
              + ", sip.port="
              + config.port()
              + tlsPortText(),
          root(e));
    }
  }

  private String tlsPortText() {
    return config.security().isTls() ? ", sip.tls-port=" + config.security().tlsPort() : "";
  }

  /** The stack wraps what the system said, its words twice over. */
  private static Throwable root(final Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root;
  }

  private void openInGroup(final SipListener listener, final SIPMessageValve valve)
      throws Exception {
    stack = new ListedStack(StackSettings.of(config, name, mostTransactions));
    layer = (FencedNetworkLayer) stack.getNetworkLayer();
    layer.configure(config, counters, guard::isDeafTo, threads);
    final MessageScan scan = new MessageScan(config);
    ((FencedParserFactory) stack.getMessageParserFactory())
        .configure(new ParserFence(scan, counters, guard, layer));
    stack.sipMessageValves.add(valve);
    final List<InetAddress> addresses = Addresses.toListenOn(config.host());
    for (int tries = 1; localAddresses.isEmpty(); tries++) {
      final int port = config.port() == 0 ? freePort(addresses) : config.port();
      try {
        listen(addresses, port, listener);
      } catch (final SipException e) {
        forgetPoints();
        if (config.port() != 0 || tries == PORT_TRIES) {
          throw e;
        }
      }
    }
    if (config.security().isTls()) {
      listenTls();
    }
  }

  /** One more listening point on each address. */
  private void listenTls() throws Exception {
    final int wanted = config.security().tlsPort();
    final List<InetAddress> addresses =
        localAddresses.stream().map(InetSocketAddress::getAddress).toList();
    tlsPort = wanted == 0 ? freePort(addresses) : wanted;
    final Iterator<?> providers = stack.getSipProviders();
    while (providers.hasNext()) {
      final SipProvider provider = (SipProvider) providers.next();
      final String host = provider.getListeningPoint(ListeningPoint.UDP).getIPAddress();
      provider.addListeningPoint(stack.createListeningPoint(host, tlsPort, ListeningPoint.TLS));
    }
  }

  private void listen(final List<InetAddress> addresses, final int port, final SipListener listener)
      throws Exception {
    final List<InetSocketAddress> opened = new ArrayList<>();
    for (final InetAddress address : addresses) {
      final String host = address.getHostAddress();
      final ListeningPoint udp = stack.createListeningPoint(host, port, ListeningPoint.UDP);
      final ListeningPoint tcp = stack.createListeningPoint(host, port, ListeningPoint.TCP);
      final SipProvider provider = stack.createSipProvider(udp);
      provider.addListeningPoint(tcp);
      provider.addSipListener(listener);
      opened.add(new InetSocketAddress(address, port));
    }
    localAddresses.addAll(opened);
  }

  /** Takes back what a failed try opened. */
  private void forgetPoints() {
    final List<ListeningPoint> points = new ArrayList<>();
    final Iterator<?> opened = stack.getListeningPoints();
    while (opened.hasNext()) {
      points.add((ListeningPoint) opened.next());
    }
    for (final ListeningPoint point : points) {
      try {
        stack.deleteListeningPoint(point);
      } catch (final SipException e) {
        LOG.warn("listening point {} is not closed", point.getPort(), e);
      }
    }
  }

  /** A port that is free for UDP and TCP on each address, a moment ago. */
  private static int freePort(final List<InetAddress> addresses) throws IOException {
    IOException problem = new IOException("no address to listen on");
    for (int tries = 0; tries < PORT_TRIES; tries++) {
      final int port;
      try (DatagramSocket probe = new DatagramSocket(0, addresses.get(0))) {
        port = probe.getLocalPort();
      }
      try {
        for (final InetAddress address : addresses) {
          probe(address, port);
        }
        return port;
      } catch (final IOException e) {
        problem = e;
      }
    }
    throw problem;
  }

  private static void probe(final InetAddress address, final int port) throws IOException {
    try (DatagramSocket udp = new DatagramSocket(port, address);
        ServerSocket tcp = new ServerSocket(port, 1, address)) {
      if (udp.getLocalPort() != tcp.getLocalPort()) {
        throw new IOException("port " + port + " is not free");
      }
    }
  }

  /** Closes the sockets and ends every thread of the stack. */
  void close() {
    if (stack != null) {
      try {
        stack.stop();
      } catch (final RuntimeException e) {
        LOG.warn("the stack did not stop cleanly", e);
      }
      layer.close();
    }
    final List<Thread> left = threads.end();
    if (!left.isEmpty()) {
      LOG.warn("threads of the stack still run: {}", left);
    }
  }

  /** Where TLS is listened on, on each address; 0 where it is off. */
  int tlsPort() {
    return tlsPort;
  }

  /** What we listen on. */
  List<InetSocketAddress> localAddresses() {
    return List.copyOf(localAddresses);
  }

  /** Transactions that are kept. */
  int transactions() {
    return stack == null
        ? 0
        : stack.getServerTransactionTableSize() + stack.getClientTransactionTableSize();
  }

  /** Those of requests that came; changes while it is read. */
  Collection<SIPServerTransaction> serverTransactions() {
    final ListedStack listed = stack;
    return listed == null ? List.of() : listed.serverTransactions();
  }

  /** Dialogs that the stack keeps; it lets one go some seconds after its end. */
  int stackDialogs() {
    return stack == null ? 0 : stack.getDialogs().size();
  }

  /** The provider that listens on this address; null for none. */
  SipProvider provider(final InetAddress local) {
    final Iterator<?> providers = stack.getSipProviders();
    while (providers.hasNext()) {
      final SipProvider provider = (SipProvider) providers.next();
      final String host = provider.getListeningPoint(ListeningPoint.UDP).getIPAddress();
      if (local.equals(Addresses.literal(host))) {
        return provider;
      }
    }
    return null;
  }

  SipStackImpl stack() {
    return stack;
  }

  FencedNetworkLayer layer() {
    return layer;
  }

  StackThreads threads() {
    return threads;
  }
}
