package dev.conductor.store;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Stands between a store and its PostgreSQL server, and cuts: all of it for a while, or one
 * connection in the middle of a commit.
 */
public final class CuttingProxy implements AutoCloseable {
  /** Where the next commit is cut off. */
  public enum Cut {
    /** The server is never told. */
    BEFORE,
    /** The server has done it; the client never hears. */
    AFTER,
    /** As AFTER, and then nobody is let through until {@link #resume}. */
    AFTER_AND_STOP
  }

  private static final int CHUNK = 65_536;

  private final InetSocketAddress server;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private ServerSocket door;
  private int port;
  private volatile Cut cut;
  private volatile boolean cutDone;

  private CuttingProxy(final InetSocketAddress server) {
    this.server = server;
  }

  /** Opens one before the tests' server. */
  public static CuttingProxy open() throws IOException {
    final URI real = URI.create(TestDatabase.SERVER.substring("jdbc:".length()));
    final CuttingProxy proxy =
        new CuttingProxy(new InetSocketAddress(real.getHost(), real.getPort()));
    proxy.listen(0);
    return proxy;
  }

  /** JDBC URL of a folder's store, by way of this. Statements keep their text on the wire. */
  public synchronized String url(final Path folder) {
    return TestDatabase.postgresUrl(folder)
            .replace(server.getHostString() + ":" + server.getPort(), "127.0.0.1:" + port)
        + "&prepareThreshold=0";
  }

  /** Cuts the next commit of a batch off. */
  public void cutNextCommit(final Cut where) {
    cutDone = false;
    cut = where;
  }

  /** Whether that has happened. */
  public boolean hasCut() {
    return cutDone;
  }

  /** Lets nobody through any more. */
  public synchronized void stop() throws IOException {
    door.close();
    sockets.forEach(CuttingProxy::close);
  }

  /** Lets through who comes. */
  public synchronized void resume() throws IOException {
    listen(port);
  }

  @Override
  public void close() throws IOException {
    stop();
  }

  private synchronized void listen(final int wanted) throws IOException {
    final ServerSocket opened = new ServerSocket();
    opened.setReuseAddress(true);
    opened.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
    door = opened;
    this.port = opened.getLocalPort();
    start(() -> accept(opened));
  }

  private void accept(final ServerSocket from) throws IOException {
    while (true) {
      final Socket client = from.accept();
      final Socket database = new Socket(server.getAddress(), server.getPort());
      sockets.add(client);
      sockets.add(database);
      if (from.isClosed()) {
        close(client);
        close(database);
      }
      final boolean[] hold = {false};
      start(() -> pipe(client, database, hold, true));
      start(() -> pipe(database, client, hold, false));
    }
  }

  /** The two directions of a connection share {@code hold}: what comes back now cuts. */
  private void pipe(
      final Socket from, final Socket to, final boolean[] hold, final boolean isClient)
      throws IOException {
    final byte[] bytes = new byte[CHUNK];
    boolean hasBatch = false;
    try (from;
        to) {
      final InputStream in = from.getInputStream();
      final OutputStream out = to.getOutputStream();
      for (int read = in.read(bytes); read >= 0; read = in.read(bytes)) {
        final Cut now = cut;
        final String text = new String(bytes, 0, read, StandardCharsets.ISO_8859_1);
        hasBatch = now != null && (hasBatch || text.contains("INTO batch"));
        if (isClient && hasBatch && text.contains("COMMIT")) {
          if (now == Cut.BEFORE) {
            done();
            return;
          }
          synchronized (hold) {
            hold[0] = true;
          }
        }
        synchronized (hold) {
          if (!isClient && hold[0]) {
            if (now == Cut.AFTER_AND_STOP) {
              stop();
            }
            done();
            return;
          }
        }
        out.write(bytes, 0, read);
      }
    } finally {
      sockets.remove(from);
      sockets.remove(to);
    }
  }

  private void done() {
    cut = null;
    cutDone = true;
  }

  private static void close(final Socket socket) {
    try {
      socket.close();
    } catch (final IOException closed) {
      throw new IllegalStateException(closed);
    }
  }

  private static void start(final Work work) {
    final Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (final IOException cutOff) {
                // as it is meant to be
              }
            },
            "proxy");
    thread.setDaemon(true);
    thread.start();
  }

  private interface Work {
    void run() throws IOException;
  }
}
