package dev.conductor.media.net;

import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.io.IOException;
import java.nio.ByteBuffer;
import org.agrona.BitUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What the connected sockets of one agent send and receive, by one call of the system for many of
 * them, where it is a Linux that has io_uring for us. Where not, each socket is used by itself; the
 * batch is then off, and everything else the same.
 *
 * <p>To receive, an agent {@link #ask}s for some sockets, {@link #fetch}es, and then receives from
 * each of them, before it asks again. What is sent waits until the batch is full, or for {@link
 * #flush}, which an agent calls at the end of a tick and before it lets go of any socket.
 *
 * @threading one media agent; opened before it starts, closed after.
 * @allocation all at the opening, off the heap; then none.
 */
public final class DatagramBatch implements AutoCloseable {
  /**
   * So many at once: enough to make little of a call of the system, and so few that their datagrams
   * stay in the cache beside all else that a tick needs.
   */
  public static final int SIZE = 64;

  /** The longest datagram that is read whole is one byte shorter. */
  private static final int DATAGRAM_BYTES = 2_048;

  /** A line more than the length, or else all would lie in the same few places of the cache. */
  private static final int STRIDE = DATAGRAM_BYTES + BitUtil.CACHE_LINE_LENGTH;

  private final MediaCounters counters;
  private final PeerSocket[] sockets = new PeerSocket[SIZE];
  private final UnsafeBuffer datagrams = new UnsafeBuffer(0, 0);
  private final String reason;

  /** Null while it is off. */
  Uring ring;

  private int asked;
  private int waiting;
  private long run;

  private DatagramBatch(final MediaCounters counters, final boolean wanted) {
    this.counters = counters;
    String why = wanted ? "" : "it is switched off";
    if (wanted) {
      try {
        ring = Uring.open(SIZE, STRIDE);
        datagrams.wrap(ring.memory());
      } catch (final IOException none) {
        why = none.getMessage();
      }
    }
    reason = why;
  }

  /**
   * One that is on if that is wanted and the system can.
   *
   * @param counters of the agent
   */
  public static DatagramBatch open(final MediaCounters counters, final boolean wanted) {
    return new DatagramBatch(counters, wanted);
  }

  /** Whether many go by one call. */
  public boolean isOn() {
    return ring != null;
  }

  /** Why it was off from the beginning; empty where it was on. */
  public String reason() {
    return reason;
  }

  /** Asks for a datagram of a socket, if it is connected; for {@link #SIZE} of them at most. */
  public void ask(final PeerSocket socket) {
    if (waiting > 0) {
      flush();
    }
    if (ring == null || !socket.isConnected()) {
      return;
    }
    sockets[asked] = socket;
    ring.ask(asked, Uring.RECEIVE, socket.file(), DATAGRAM_BYTES);
    asked++;
  }

  /** Fetches what was asked for; each socket has its own then, until the next fetch. */
  public void fetch() {
    run++;
    final int count = asked;
    asked = 0;
    if (count == 0 || !isDone()) {
      return;
    }
    for (int i = 0; i < count; i++) {
      final int number = ring.number(i);
      sockets[number].fetched(this, number, ring.result(i));
    }
    ring.done(count);
  }

  /** Which fetch was the last. */
  long run() {
    return run;
  }

  /** Copies what was fetched. */
  void copy(final int number, final ByteBuffer into, final int bytes) {
    datagrams.getBytes(number * STRIDE, into, 0, bytes);
  }

  /** Takes a datagram that a connected socket is to send. */
  void send(final PeerSocket socket, final ByteBuffer from) {
    final int bytes = from.remaining();
    sockets[waiting] = socket;
    datagrams.putBytes(waiting * STRIDE, from, from.position(), bytes);
    ring.ask(waiting, Uring.SEND, socket.file(), bytes);
    waiting++;
    if (waiting == SIZE) {
      flush();
    }
  }

  /** Sends what waits. */
  public void flush() {
    final int count = waiting;
    waiting = 0;
    if (count == 0 || !isDone()) {
      return;
    }
    for (int i = 0; i < count; i++) {
      sockets[ring.number(i)].sent(ring.result(i));
    }
    ring.done(count);
  }

  /** A ring that does not do what it is asked to is done with: each socket goes by itself on. */
  private boolean isDone() {
    if (ring == null) {
      return false;
    }
    if (ring.submit()) {
      return true;
    }
    counters.increment(MediaCounter.RTP_BATCHES_LOST);
    close();
    return false;
  }

  @Override
  public void close() {
    if (ring != null) {
      ring.close();
      ring = null;
    }
  }
}
