package dev.conductor.signaling.sip;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/**
 * The writing side of one TCP connection: writing never waits. Bytes go into a bounded buffer; at
 * most one thread a connection drains it, and only while there is something to drain. So a peer
 * that does not read holds up nobody but itself, whichever thread of the stack writes to it, and is
 * cut off when the buffer is full or a write has hung too long.
 *
 * <p>Threads: any writes.
 */
final class Outlet extends OutputStream {
  private static final int MAX_PENDING_BYTES = 256 * 1_024;
  private static final long MAX_WRITE_NS = 10_000_000_000L;
  private static final byte[] PONG = {'\r', '\n'};

  /** Closes the connection. */
  @FunctionalInterface
  interface Closer {
    /** Closes; never fails. */
    void close();
  }

  private final Object lock = new Object();
  private final ArrayDeque<byte[]> pending = new ArrayDeque<>();
  private final OutputStream socket;
  private final Executor drainers;
  private final Closer closer;
  private final Runnable onStuck;

  private int pendingBytes;
  private long writeBeganNs;
  private boolean draining;
  private boolean closeWhenDrained;
  private boolean closed;

  /**
   * Over a socket's stream.
   *
   * @param drainers lends a thread for as long as there is something to write
   * @param onStuck told once when the peer is cut off because it does not read
   */
  Outlet(
      final OutputStream socket,
      final Executor drainers,
      final Closer closer,
      final Runnable onStuck) {
    this.socket = socket;
    this.drainers = drainers;
    this.closer = closer;
    this.onStuck = onStuck;
  }

  @Override
  public void write(final int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(final byte[] bytes, final int offset, final int length) throws IOException {
    boolean stuck = false;
    boolean start = false;
    synchronized (lock) {
      if (closed || closeWhenDrained) {
        throw new IOException("connection is closed");
      }
      stuck =
          pendingBytes + length > MAX_PENDING_BYTES
              || draining && System.nanoTime() - writeBeganNs > MAX_WRITE_NS;
      if (!stuck) {
        pending.add(Arrays.copyOfRange(bytes, offset, offset + length));
        pendingBytes += length;
        start = !draining;
        if (start) {
          draining = true;
          writeBeganNs = System.nanoTime();
        }
      }
    }
    if (stuck) {
      onStuck.run();
      close();
      throw new IOException("peer does not read");
    }
    if (start) {
      startDraining();
    }
  }

  /** Answers a keep-alive (RFC 5626, section 4.4.1); of a connection that is ending, not. */
  void pong() {
    try {
      write(PONG, 0, PONG.length);
    } catch (final IOException ending) {
      close();
    }
  }

  private void startDraining() throws IOException {
    try {
      drainers.execute(this::drain);
    } catch (final RejectedExecutionException e) {
      close();
      throw new IOException("no thread to write with", e);
    }
  }

  /** Closes the connection once all that waits has been written; nothing more is taken. */
  void closeWhenDrained() {
    final boolean now;
    synchronized (lock) {
      closeWhenDrained = true;
      now = !draining;
    }
    if (now) {
      close();
    }
  }

  private void drain() {
    while (true) {
      final byte[] next;
      final boolean finish;
      synchronized (lock) {
        next = closed ? null : pending.poll();
        finish = next == null && closeWhenDrained;
        if (next == null) {
          draining = false;
        } else {
          writeBeganNs = System.nanoTime();
        }
      }
      if (next == null) {
        if (finish) {
          close();
        }
        return;
      }
      try {
        socket.write(next);
        synchronized (lock) {
          pendingBytes -= next.length;
        }
      } catch (final IOException e) {
        close();
      }
    }
  }

  @Override
  public void close() {
    synchronized (lock) {
      if (closed) {
        return;
      }
      closed = true;
      pending.clear();
    }
    closer.close();
  }
}
