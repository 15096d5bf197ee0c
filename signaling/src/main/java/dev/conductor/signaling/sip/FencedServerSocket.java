package dev.conductor.signaling.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.util.function.Function;

/**
 * Accepts {@link FencedSocket}s within the limits; others are closed at once. The stack takes any
 * {@link SocketException} for the end of the listener, so only a close of ours lets one through.
 *
 * <p>Threads: the stack's accepting thread.
 */
final class FencedServerSocket extends ServerSocket {
  static final int BACKLOG = 512;
  private static final long PAUSE_MS = 50;

  private final Function<ServerSocket, FencedSocket> sockets;
  private final FencedNetworkLayer layer;

  FencedServerSocket(
      final FencedNetworkLayer layer,
      final Function<ServerSocket, FencedSocket> sockets,
      final InetAddress address,
      final int port)
      throws IOException {
    super(port, BACKLOG, address);
    this.layer = layer;
    this.sockets = sockets;
  }

  @Override
  public Socket accept() throws IOException {
    while (true) {
      final FencedSocket socket = sockets.apply(this);
      try {
        implAccept(socket);
        if (layer.admit(socket)) {
          return socket;
        }
      } catch (final IOException e) {
        socket.close();
        if (isClosed()) {
          throw e;
        }
        pause();
      }
    }
  }

  /** Out of descriptors, most likely: give others time to close some. */
  static void pause() throws SocketException {
    try {
      Thread.sleep(PAUSE_MS);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SocketException("interrupted");
    }
  }
}
