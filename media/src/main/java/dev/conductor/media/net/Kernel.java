package dev.conductor.media.net;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import java.io.IOException;
import java.util.Locale;

/**
 * The calls of Linux that its io_uring needs. They are mapped directly and take numbers alone,
 * addresses included, so that a call leaves nothing on the heap. Names and numbers are those of
 * {@code linux/io_uring.h}; the system calls have the same ones on every kind of processor.
 *
 * @threading any.
 * @allocation none a call.
 */
final class Kernel {
  static final long IO_URING_SETUP = 425;
  static final long IO_URING_ENTER = 426;

  static final int READ_AND_WRITE = 3;

  /** Shared, and its pages there at once. */
  static final int SHARED_AND_THERE = 0x8001;

  /** {@link #mmap}: it failed. */
  static final long FAILED = -1;

  private static final int ADDRESS_BYTES = 8;

  /** Why the calls are not there; empty where they are. */
  private static final String PROBLEM = bind();

  private Kernel() {}

  private static String bind() {
    if (!"linux".equals(System.getProperty("os.name").toLowerCase(Locale.ROOT))) {
      return "the system is not Linux";
    }
    try {
      if (Native.POINTER_SIZE != ADDRESS_BYTES) {
        return "the system is not one of 64 bits";
      }
      Native.register(Kernel.class, NativeLibrary.getProcess());
      return "";
    } catch (final LinkageError | RuntimeException unusable) {
      return "the system's calls cannot be reached: " + unusable.getMessage();
    }
  }

  /**
   * Looks whether the calls are there.
   *
   * @throws IOException when they are not
   */
  static void check() throws IOException {
    if (!PROBLEM.isEmpty()) {
      throw new IOException(PROBLEM);
    }
  }

  static native long syscall(
      long number, long first, long second, long third, long fourth, long fifth, long sixth);

  static native long mmap(
      long address, long bytes, int protection, int flags, int file, long offset);

  static native int munmap(long address, long bytes);

  static native int close(int file);
}
