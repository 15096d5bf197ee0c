package dev.conductor.signaling.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import javax.net.ssl.SSLServerSocket;

/**
 * Accepts {@link FencedTlsSocket}s as {@link FencedServerSocket} does those of TCP. What the stack
 * says of suites, versions and certificates of peers is not heard.
 *
 * <p>Threads: the stack's accepting thread.
 */
final class FencedTlsServerSocket extends SSLServerSocket {
  private final FencedNetworkLayer layer;

  FencedTlsServerSocket(final FencedNetworkLayer layer, final InetAddress address, final int port)
      throws IOException {
    super(port, FencedServerSocket.BACKLOG, address);
    this.layer = layer;
  }

  @Override
  public Socket accept() throws IOException {
    while (true) {
      final Socket raw = new Socket();
      try {
        implAccept(raw);
        final FencedTlsSocket socket = layer.admitTls(raw);
        if (socket != null) {
          return socket;
        }
      } catch (final IOException e) {
        raw.close();
        if (isClosed()) {
          // The stack takes any other exception for a reason to go on.
          throw e instanceof SocketException ? e : new SocketException(e.toString());
        }
        FencedServerSocket.pause();
      }
    }
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return TlsContexts.SUITES.toArray(String[]::new);
  }

  @Override
  public void setEnabledCipherSuites(final String[] suites) {
    // Ours hold.
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return getEnabledCipherSuites();
  }

  @Override
  public String[] getSupportedProtocols() {
    return getEnabledProtocols();
  }

  @Override
  public String[] getEnabledProtocols() {
    return TlsContexts.PROTOCOLS.toArray(String[]::new);
  }

  @Override
  public void setEnabledProtocols(final String[] protocols) {
    // Ours hold.
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
  public void setUseClientMode(final boolean mode) {
    // Who is called answers the handshake.
  }

  @Override
  public boolean getUseClientMode() {
    return false;
  }

  @Override
  public void setEnableSessionCreation(final boolean flag) {
    // Every connection makes its own.
  }

  @Override
  public boolean getEnableSessionCreation() {
    return true;
  }
}
