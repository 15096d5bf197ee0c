package dev.conductor.signaling.sip;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A TCP connection as the stack sees it: TCP_NODELAY, DSCP CS3, writing that never waits ({@link
 * Outlet}), closed when nothing came for too long, or a message does not come to its end.
 *
 * <p>Threads: any.
 */
final class FencedSocket extends Socket implements FencedConnection {
  /** CS3 (RFC 4594, section 3.2) in the upper six bits. */
  private static final int TRAFFIC_CLASS = 24 << 2;

  private final Executor drainers;
  private final SipCounters counters;
  private final AtomicBoolean ended = new AtomicBoolean();
  private Runnable onEnd = () -> {};
  private Outlet outlet;
  private InputStream input;

  FencedSocket(final Executor drainers, final SipCounters counters) {
    this.drainers = drainers;
    this.counters = counters;
  }

  /**
   * Readies a connection that is up; before anybody else sees it.
   *
   * @param idleMs without a byte for this long it is closed
   * @param messageMs a message that takes longer closes it
   * @param answersPings whether the peer's keep-alives are answered
   * @param whenEnded run once when it closes
   */
  void ready(
      final int idleMs, final int messageMs, final boolean answersPings, final Runnable whenEnded)
      throws IOException {
    onEnd = whenEnded;
    tune(this);
    outlet =
        new Outlet(
            super.getOutputStream(),
            drainers,
            this::closeQuietly,
            () -> counters.increment(SipCounter.CONNECTIONS_STUCK));
    final Runnable onPing = answersPings ? outlet::pong : () -> {};
    input = new StreamWatch(super.getInputStream(), this, idleMs, messageMs, counters, onPing);
  }

  /** What holds for every connection. */
  static void tune(final Socket socket) throws IOException {
    socket.setTcpNoDelay(true);
    socket.setTrafficClass(TRAFFIC_CLASS);
  }

  @Override
  public void closeWhenDrained() {
    outlet.closeWhenDrained();
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
  public void closeQuietly() {
    try {
      close();
    } catch (final IOException e) {
      counters.increment(SipCounter.SEND_FAILURES);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      super.close();
    } finally {
      if (ended.compareAndSet(false, true)) {
        onEnd.run();
      }
    }
  }
}
