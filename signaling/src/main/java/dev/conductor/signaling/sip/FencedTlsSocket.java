package dev.conductor.signaling.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.SocketException;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.net.ssl.HandshakeCompletedListener;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;
import javax.net.ssl.SSLSocket;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A TLS connection as the stack sees it: what {@link FencedSocket} is for TCP. The handshake is run
 * by the connection's own thread, within the stack's {@code SSL_HANDSHAKE_TIMEOUT}. Which suites
 * and versions there are is decided here; the stack's wishes are not heard.
 *
 * <p>Threads: any.
 */
final class FencedTlsSocket extends SSLSocket implements FencedConnection {
  private static final Logger LOG = LoggerFactory.getLogger(FencedTlsSocket.class);
  private static final LogLimit LIMIT = new LogLimit(1);

  private final Socket raw;
  private final SSLSocket tls;
  private final SipCounters counters;
  private final AtomicBoolean ended = new AtomicBoolean();
  private final Outlet outlet;
  private InputStream input;
  private volatile boolean established;
  private volatile Runnable onEnd = () -> {};

  private FencedTlsSocket(
      final Socket raw, final SSLSocket tls, final Executor drainers, final SipCounters counters)
      throws IOException {
    this.raw = raw;
    this.tls = tls;
    this.counters = counters;
    tls.setEnabledProtocols(TlsContexts.PROTOCOLS.toArray(String[]::new));
    tls.setEnabledCipherSuites(TlsContexts.SUITES.toArray(String[]::new));
    outlet =
        new Outlet(
            tls.getOutputStream(),
            drainers,
            this::closeQuietly,
            () -> counters.increment(SipCounter.CONNECTIONS_STUCK));
  }

  /** Over a connection that a peer opened. Nothing is sent or read yet. */
  static FencedTlsSocket accepted(
      final Socket raw,
      final SSLContext context,
      final Executor drainers,
      final SipCounters counters)
      throws IOException {
    final SSLSocket tls = over(raw, "", context);
    tls.setUseClientMode(false);
    return new FencedTlsSocket(raw, tls, drainers, counters);
  }

  /**
   * Over a connection that we opened: the peer must show a certificate of a trusted issuer for the
   * name by which we know it (RFC 5922, section 7.2).
   *
   * @param name its host name; empty: the address we connected to
   */
  static FencedTlsSocket connected(
      final Socket raw,
      final String name,
      final SSLContext context,
      final Executor drainers,
      final SipCounters counters)
      throws IOException {
    final SSLSocket tls = over(raw, name, context);
    tls.setUseClientMode(true);
    final SSLParameters parameters = tls.getSSLParameters();
    parameters.setEndpointIdentificationAlgorithm("HTTPS");
    tls.setSSLParameters(parameters);
    return new FencedTlsSocket(raw, tls, drainers, counters);
  }

  private static SSLSocket over(final Socket raw, final String name, final SSLContext context)
      throws IOException {
    final String peer = name.isEmpty() ? raw.getInetAddress().getHostAddress() : name;
    return (SSLSocket) context.getSocketFactory().createSocket(raw, peer, raw.getPort(), true);
  }

  /** Readies it, as {@link FencedSocket#ready}. */
  void ready(
      final int idleMs, final int messageMs, final boolean answersPings, final Runnable whenEnded)
      throws IOException {
    onEnd = whenEnded;
    FencedSocket.tune(raw);
    raw.setSoTimeout(idleMs);
    final Runnable onPing = answersPings ? outlet::pong : () -> {};
    input = new StreamWatch(tls.getInputStream(), raw, idleMs, messageMs, counters, onPing);
  }

  @Override
  public void startHandshake() throws IOException {
    if (established) {
      return;
    }
    try {
      tls.startHandshake();
      established = true;
    } catch (final IOException e) {
      counters.increment(SipCounter.TLS_HANDSHAKE_FAILURES);
      tellFailure(e);
      closeQuietly();
      throw e;
    }
  }

  /**
   * Of a connection that we opened ourselves; strangers' would be their own to fill a disk with.
   */
  private void tellFailure(final IOException failure) {
    if (tls.getUseClientMode() && LIMIT.admit()) {
      LOG.warn(
          "no TLS with {}: {}",
          Addresses.hostPort(new InetSocketAddress(raw.getInetAddress(), raw.getPort())),
          Messages.plain(String.valueOf(failure.getMessage())));
    }
  }

  @Override
  public void closeWhenDrained() {
    outlet.closeWhenDrained();
  }

  @Override
  public void closeQuietly() {
    try {
      close();
    } catch (final IOException e) {
      counters.increment(SipCounter.SEND_FAILURES);
    }
  }

  /** Ends it at once: a goodbye could wait for a peer that does not read. */
  @Override
  public void close() throws IOException {
    try {
      raw.close();
    } finally {
      if (ended.compareAndSet(false, true)) {
        onEnd.run();
      }
    }
  }

  @Override
  public OutputStream getOutputStream() {
    return outlet;
  }

  @Override
  public InputStream getInputStream() {
    return input;
  }

  @Override
  public boolean isClosed() {
    return raw.isClosed();
  }

  @Override
  public boolean isConnected() {
    return raw.isConnected();
  }

  @Override
  public boolean isBound() {
    return raw.isBound();
  }

  @Override
  public InetAddress getInetAddress() {
    return raw.getInetAddress();
  }

  @Override
  public InetAddress getLocalAddress() {
    return raw.getLocalAddress();
  }

  @Override
  public int getPort() {
    return raw.getPort();
  }

  @Override
  public int getLocalPort() {
    return raw.getLocalPort();
  }

  @Override
  public SocketAddress getRemoteSocketAddress() {
    return new InetSocketAddress(raw.getInetAddress(), raw.getPort());
  }

  @Override
  public SocketAddress getLocalSocketAddress() {
    return raw.getLocalSocketAddress();
  }

  @Override
  public void setSoTimeout(final int timeoutMs) throws SocketException {
    raw.setSoTimeout(timeoutMs);
  }

  @Override
  public int getSoTimeout() throws SocketException {
    return raw.getSoTimeout();
  }

  @Override
  public SSLSession getSession() {
    return tls.getSession();
  }

  @Override
  public void addHandshakeCompletedListener(final HandshakeCompletedListener listener) {
    tls.addHandshakeCompletedListener(listener);
  }

  @Override
  public void removeHandshakeCompletedListener(final HandshakeCompletedListener listener) {
    tls.removeHandshakeCompletedListener(listener);
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return tls.getSupportedCipherSuites();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return tls.getEnabledCipherSuites();
  }

  @Override
  public void setEnabledCipherSuites(final String[] suites) {
    // Ours hold.
  }

  @Override
  public String[] getSupportedProtocols() {
    return tls.getSupportedProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return tls.getEnabledProtocols();
  }

  @Override
  public void setEnabledProtocols(final String[] protocols) {
    // Ours hold.
  }

  @Override
  public void setUseClientMode(final boolean mode) {
    // Who opened the connection decides.
  }

  @Override
  public boolean getUseClientMode() {
    return tls.getUseClientMode();
  }

  @Override
  public void setNeedClientAuth(final boolean need) {
    // No peer is asked for a certificate.
  }

  @Override
  public boolean getNeedClientAuth() {
    return false;
  }

  @Override
  public void setWantClientAuth(final boolean want) {
    // No peer is asked for a certificate.
  }

  @Override
  public boolean getWantClientAuth() {
    return false;
  }

  @Override
  public void setEnableSessionCreation(final boolean flag) {
    tls.setEnableSessionCreation(flag);
  }

  @Override
  public boolean getEnableSessionCreation() {
    return tls.getEnableSessionCreation();
  }
}
