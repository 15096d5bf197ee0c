package dev.conductor.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import javax.net.ssl.SSLContext;

/**
 * TCP in, TLS out, one connection: lets SIPp speak TLS, which Debian builds without it. Threads:
 * two of its own.
 */
final class TlsTunnel implements AutoCloseable {
  private final ServerSocket door = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
  private volatile Socket near;
  private volatile Socket far;

  /** Leads to this port of loopback. */
  TlsTunnel(final SSLContext context, final int port) throws IOException {
    start(
        () -> {
          near = door.accept();
          far = context.getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
          start(() -> pump(far, near));
          pump(near, far);
        });
  }

  /** Where to connect to. */
  InetSocketAddress entrance() {
    return (InetSocketAddress) door.getLocalSocketAddress();
  }

  private static void pump(final Socket from, final Socket to) throws IOException {
    final byte[] bytes = new byte[8_192];
    final InputStream in = from.getInputStream();
    final OutputStream out = to.getOutputStream();
    for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
      out.write(bytes, 0, read);
      out.flush();
    }
  }

  private static void start(final Step step) {
    final Thread thread =
        new Thread(
            () -> {
              try {
                step.run();
              } catch (final IOException closed) {
                // One end is gone, and the call with it: the scenario says what it lacked.
              }
            },
            "tls-tunnel");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() throws IOException {
    door.close();
    for (final Socket socket : new Socket[] {near, far}) {
      if (socket != null) {
        socket.close();
      }
    }
  }

  private interface Step {
    void run() throws IOException;
  }
}
