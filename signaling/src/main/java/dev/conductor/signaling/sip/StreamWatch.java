package dev.conductor.signaling.sip;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;

/**
 * What comes on a connection, waited for so long and no longer: for the next message as long as a
 * connection may be idle, for the rest of one that has begun as long as a message may take. The
 * stack closes a connection whose read waited too long. Keep-alives of the peer are answered here
 * and the stack sees none: it answers them only once it has had a message on the connection. One
 * thread reads.
 */
final class StreamWatch extends FilterInputStream {
  private final StreamFrame frame = new StreamFrame();
  private final Socket socket;
  private final int idleMs;
  private final int messageMs;
  private final SipCounters counters;
  private final Runnable onPing;
  private long begun;
  private long deadlineNs;

  /** The stream's end, kept back for one byte; null where it ends without a fault. */
  private IOException fault;

  private boolean over;

  /**
   * Watches from now on.
   *
   * @param socket whose reads it limits
   * @param idleMs without a byte between messages
   * @param messageMs from the first byte of a message to its last
   * @param onPing answers a keep-alive; run by the reading thread, once a read at most
   */
  StreamWatch(
      final InputStream in,
      final Socket socket,
      final int idleMs,
      final int messageMs,
      final SipCounters counters,
      final Runnable onPing) {
    super(in);
    this.socket = socket;
    this.idleMs = idleMs;
    this.messageMs = messageMs;
    this.counters = counters;
    this.onPing = onPing;
  }

  @Override
  public int read() throws IOException {
    final byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
  }

  /**
   * {@inheritDoc} A return at the stream's end is followed by a space: the stack adds an empty line
   * there, and a return on top of a return ends its thread (PipelinedMsgParser.readLine).
   */
  @Override
  public int read(final byte[] bytes, final int offset, final int length) throws IOException {
    if (over) {
      return end();
    }
    int read;
    try {
      read = readOn(bytes, offset, length);
    } catch (final IOException e) {
      fault = e;
      read = -1;
    }
    over = read < 0;
    if (over && frame.endsInReturn()) {
      bytes[offset] = ' ';
      return 1;
    }
    return over ? end() : read;
  }

  private int end() throws IOException {
    if (fault != null) {
      throw fault;
    }
    return -1;
  }

  /** Something of a message; waits on while only line ends come between messages. */
  private int readOn(final byte[] bytes, final int offset, final int length) throws IOException {
    int kept = 0;
    while (kept == 0) {
      final int read = readOnce(bytes, offset, length);
      if (read <= 0) {
        return read;
      }
      kept = take(bytes, offset, read);
      if (frame.takePing()) {
        onPing.run();
      }
    }
    return kept;
  }

  private int readOnce(final byte[] bytes, final int offset, final int length) throws IOException {
    final boolean partial = frame.isPartial();
    try {
      socket.setSoTimeout(partial ? leftMs() : idleMs);
      return super.read(bytes, offset, length);
    } catch (final SocketTimeoutException e) {
      counters.increment(partial ? SipCounter.CONNECTIONS_SLOW : SipCounter.CONNECTIONS_IDLE);
      throw e;
    }
  }

  private int leftMs() throws SocketTimeoutException {
    final long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
    if (leftMs <= 0) {
      // However often a byte comes.
      throw new SocketTimeoutException("a message takes too long");
    }
    return (int) Math.min(leftMs, idleMs);
  }

  private int take(final byte[] bytes, final int offset, final int length) {
    final int kept = frame.take(bytes, offset, length);
    if (frame.messages() != begun) {
      begun = frame.messages();
      deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(messageMs);
    }
    return kept;
  }
}
