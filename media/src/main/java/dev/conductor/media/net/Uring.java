package dev.conductor.media.net;

import com.sun.jna.Native;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * An io_uring of Linux: many sends or receipts by one system call. Each is asked not to wait, so
 * all that was asked is done when the call returns, in the order it was asked for. Layouts and
 * numbers are those of {@code linux/io_uring.h}.
 *
 * @threading one at a time.
 * @allocation all at {@link #open}, off the heap; then none.
 */
final class Uring implements AutoCloseable {
  /** Operation: send on a connected socket. */
  static final byte SEND = 26;

  /** Operation: receive. */
  static final byte RECEIVE = 27;

  /** What a result is where nothing was there, or no room was: {@code -EAGAIN}. */
  static final int AGAIN = -11;

  /** What a result is where the far end's port is closed: {@code -ECONNREFUSED}. */
  static final int REFUSED = -111;

  private static final int DONT_WAIT = 0x40;
  private static final int TRIES = 100_000;

  private static final int SQE_BYTES = 64;
  private static final int SQE_FILE = 4;
  private static final int SQE_ADDRESS = 16;
  private static final int SQE_LENGTH = 24;
  private static final int SQE_MESSAGE_FLAGS = 28;
  private static final int SQE_USER_DATA = 32;
  private static final int CQE_BYTES = 16;
  private static final int CQE_RESULT = 8;

  private static final int PARAMETERS_BYTES = 120;
  private static final int SQ_ENTRIES = 0;
  private static final int CQ_ENTRIES = 4;
  private static final int FLAGS = 8;
  private static final int FEATURES = 20;
  private static final int SQ_TAIL = 44;
  private static final int SQ_MASK = 48;
  private static final int SQ_ARRAY = 64;
  private static final int CQ_HEAD = 80;
  private static final int CQ_TAIL = 84;
  private static final int CQ_MASK = 88;
  private static final int CQ_CQES = 100;
  private static final int SINGLE_MAPPING = 1;

  /** A request that cannot be begun does not keep the others back; since Linux 5.18. */
  private static final int SUBMIT_ALL = 1 << 7;

  private static final long RINGS_OFFSET = 0;
  private static final long SQES_OFFSET = 0x1000_0000L;

  /** Its number. */
  final int file;

  private final ByteBuffer memory;
  private final UnsafeBuffer rings = new UnsafeBuffer(0, 0);
  private final UnsafeBuffer sqes = new UnsafeBuffer(0, 0);
  private final int sqTailAt;
  private final int sqMask;
  private final int sqArrayAt;
  private final int cqHeadAt;
  private final int cqTailAt;
  private final int cqMask;
  private final int cqesAt;
  private int asked;

  private Uring(final int file, final UnsafeBuffer parameters, final int bytes) throws IOException {
    this.file = file;
    memory = BufferUtil.allocateDirectAligned(bytes, BitUtil.CACHE_LINE_LENGTH);
    final int sqEntries = parameters.getInt(SQ_ENTRIES);
    final int cqEntries = parameters.getInt(CQ_ENTRIES);
    sqArrayAt = parameters.getInt(SQ_ARRAY);
    cqHeadAt = parameters.getInt(CQ_HEAD);
    cqTailAt = parameters.getInt(CQ_TAIL);
    cqesAt = parameters.getInt(CQ_CQES);
    sqTailAt = parameters.getInt(SQ_TAIL);
    map(
        rings,
        RINGS_OFFSET,
        Math.max(sqArrayAt + sqEntries * Integer.BYTES, cqesAt + cqEntries * CQE_BYTES));
    map(sqes, SQES_OFFSET, sqEntries * SQE_BYTES);
    sqMask = rings.getInt(parameters.getInt(SQ_MASK));
    cqMask = rings.getInt(parameters.getInt(CQ_MASK));
  }

  /**
   * One with room for so many requests.
   *
   * @param entries a power of two
   * @param stride bytes of room for each one's datagram
   * @throws IOException where the system has none for us; the message says why
   */
  static Uring open(final int entries, final int stride) throws IOException {
    Kernel.check();
    SocketFiles.check();
    final ByteBuffer bytes =
        BufferUtil.allocateDirectAligned(PARAMETERS_BYTES, BitUtil.CACHE_LINE_LENGTH);
    final UnsafeBuffer parameters = new UnsafeBuffer(bytes);
    int file = setUp(entries, parameters, SUBMIT_ALL);
    if (file < 0) {
      file = setUp(entries, parameters, 0);
    }
    if (file < 0) {
      throw new IOException("the system refuses one, error " + Native.getLastError());
    }
    if ((parameters.getInt(FEATURES) & SINGLE_MAPPING) == 0) {
      Kernel.close(file);
      throw new IOException("the system's is too old");
    }
    final Uring made = new Uring(file, parameters, entries * stride);
    made.prepare(entries, stride);
    try {
      made.tryOut();
      return made;
    } catch (final IOException | RuntimeException unusable) {
      made.close();
      throw new IOException("the system's cannot be used: " + unusable.getMessage(), unusable);
    }
  }

  private static int setUp(final int entries, final UnsafeBuffer parameters, final int flags) {
    parameters.setMemory(0, PARAMETERS_BYTES, (byte) 0);
    parameters.putInt(FLAGS, flags);
    return (int)
        Kernel.syscall(Kernel.IO_URING_SETUP, entries, parameters.addressOffset(), 0, 0, 0, 0);
  }

  private void map(final UnsafeBuffer over, final long offset, final int bytes) throws IOException {
    final long address =
        Kernel.mmap(0, bytes, Kernel.READ_AND_WRITE, Kernel.SHARED_AND_THERE, file, offset);
    if (address == Kernel.FAILED) {
      final int error = Native.getLastError();
      close();
      throw new IOException("its memory cannot be reached, error " + error);
    }
    over.wrap(address, bytes);
  }

  /** Sets of each request what never changes. */
  private void prepare(final int entries, final int stride) {
    final long address = BufferUtil.address(memory);
    for (int i = 0; i < entries; i++) {
      sqes.setMemory(i * SQE_BYTES, SQE_BYTES, (byte) 0);
      sqes.putLong(i * SQE_BYTES + SQE_ADDRESS, address + (long) i * stride);
      sqes.putInt(i * SQE_BYTES + SQE_MESSAGE_FLAGS, DONT_WAIT);
      sqes.putLong(i * SQE_BYTES + SQE_USER_DATA, i);
    }
  }

  /** Where request number n has its datagram, at n times the stride. */
  ByteBuffer memory() {
    return memory;
  }

  /** Has a socket say something to itself: what is not there must not be waited for. */
  private void tryOut() throws IOException {
    try (DatagramChannel channel = DatagramChannel.open()) {
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
      channel.connect(channel.getLocalAddress());
      final int socket = SocketFiles.of(channel);
      expect(AGAIN, tryOut(RECEIVE, socket));
      expect(1, tryOut(SEND, socket));
      int received = tryOut(RECEIVE, socket);
      for (int i = 0; i < TRIES && received == AGAIN; i++) {
        // A system under load may take a moment from one socket to another.
        Thread.yield();
        received = tryOut(RECEIVE, socket);
      }
      expect(1, received);
    }
  }

  private int tryOut(final byte operation, final int socket) throws IOException {
    ask(0, operation, socket, 1);
    if (!submit()) {
      throw new IOException("it does not do at once what it is asked to");
    }
    final int result = result(0);
    done(1);
    return result;
  }

  private static void expect(final int expected, final int result) throws IOException {
    if (result != expected) {
      throw new IOException("a trial came to " + result + ", not to " + expected);
    }
  }

  /** Asks for an operation on a file; request {@code number} must be the one after the last. */
  void ask(final int number, final byte operation, final int socket, final int bytes) {
    final int sqe = number * SQE_BYTES;
    sqes.putByte(sqe, operation);
    sqes.putInt(sqe + SQE_FILE, socket);
    sqes.putInt(sqe + SQE_LENGTH, bytes);
    final int tail = rings.getInt(sqTailAt) + asked;
    rings.putInt(sqArrayAt + (tail & sqMask) * Integer.BYTES, number);
    asked++;
  }

  /**
   * Has all done that was asked for.
   *
   * @return false when not all was: then nobody knows what was, and it is of no use any more
   */
  boolean submit() {
    final int count = asked;
    asked = 0;
    rings.putIntRelease(sqTailAt, rings.getInt(sqTailAt) + count);
    final long taken = Kernel.syscall(Kernel.IO_URING_ENTER, file, count, 0, 0, 0, 0);
    return taken == count && rings.getIntVolatile(cqTailAt) - rings.getInt(cqHeadAt) == count;
  }

  /** What came of the request of this place among those last done: bytes, or an error below 0. */
  int result(final int place) {
    return rings.getInt(cqe(place) + CQE_RESULT);
  }

  /** Which request that was. */
  int number(final int place) {
    return (int) rings.getLong(cqe(place));
  }

  private int cqe(final int place) {
    return cqesAt + (rings.getInt(cqHeadAt) + place & cqMask) * CQE_BYTES;
  }

  /** The results of so many were read. */
  void done(final int count) {
    rings.putIntRelease(cqHeadAt, rings.getInt(cqHeadAt) + count);
  }

  @Override
  public void close() {
    if (sqes.capacity() > 0) {
      Kernel.munmap(sqes.addressOffset(), sqes.capacity());
      sqes.wrap(0, 0);
    }
    if (rings.capacity() > 0) {
      Kernel.munmap(rings.addressOffset(), rings.capacity());
      rings.wrap(0, 0);
    }
    Kernel.close(file);
  }
}
