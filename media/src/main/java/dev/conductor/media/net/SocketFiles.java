package dev.conductor.media.net;

import java.io.IOException;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.nio.channels.DatagramChannel;

/**
 * The system's number of a channel. The JDK tells it only where {@code java.base/sun.nio.ch} is
 * exported to us.
 *
 * @threading any.
 * @allocation a little a call.
 */
final class SocketFiles {
  /** {@link #of}: it is not told. */
  static final int UNKNOWN = -1;

  private static final MethodHandle NUMBER = find();

  private SocketFiles() {}

  private static MethodHandle find() {
    try {
      final Class<?> channel = Class.forName("sun.nio.ch.SelChImpl");
      return MethodHandles.lookup()
          .findVirtual(channel, "getFDVal", MethodType.methodType(int.class));
    } catch (final ReflectiveOperationException | RuntimeException hidden) {
      return null;
    }
  }

  /**
   * Looks whether it is told.
   *
   * @throws IOException when it is not
   */
  static void check() throws IOException {
    if (NUMBER == null) {
      throw new IOException("the JVM was not started with --add-exports java.base/sun.nio.ch");
    }
  }

  /** The number of an open channel, or {@link #UNKNOWN}. */
  static int of(final DatagramChannel channel) {
    if (NUMBER == null) {
      return UNKNOWN;
    }
    try {
      return (int) NUMBER.invoke(channel);
    } catch (final Error fatal) {
      throw fatal;
    } catch (final Throwable hidden) {
      return UNKNOWN;
    }
  }
}
