package dev.conductor.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Datagrams in a file as packet analysers read it (libpcap's, of raw IPv4), without an interface
 * and without the right to listen on one. Any thread.
 */
final class Capture implements AutoCloseable {
  private static final int MAGIC = 0xa1b2c3d4;
  private static final short MAJOR = 2;
  private static final short MINOR = 4;
  private static final int RAW_IP = 101;
  private static final int MAX_BYTES = 65_535;
  private static final int IP_HEADER = 20;
  private static final int UDP_HEADER = 8;
  private static final byte VERSION_AND_LENGTH = 0x45;
  private static final byte TIME_TO_LIVE = 64;
  private static final byte UDP = 17;

  private final FileChannel file;

  /** Begins the file. */
  Capture(final Path path) throws IOException {
    file = FileChannel.open(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    final ByteBuffer header = ByteBuffer.allocate(24);
    header.putInt(MAGIC).putShort(MAJOR).putShort(MINOR).putInt(0).putInt(0);
    header.putInt(MAX_BYTES).putInt(RAW_IP).flip();
    file.write(header);
  }

  /** Adds a datagram; its checksums are left out, which says that nobody checks them. */
  synchronized void add(
      final InetSocketAddress source, final InetSocketAddress target, final ByteBuffer payload) {
    final long nowUs = System.currentTimeMillis() * 1_000;
    final int udpLength = UDP_HEADER + payload.remaining();
    final int length = IP_HEADER + udpLength;
    final ByteBuffer packet = ByteBuffer.allocate(16 + length);
    packet.putInt((int) (nowUs / 1_000_000)).putInt((int) (nowUs % 1_000_000));
    packet.putInt(length).putInt(length);
    packet.put(VERSION_AND_LENGTH).put((byte) 0).putShort((short) length).putInt(0);
    packet.put(TIME_TO_LIVE).put(UDP).putShort((short) 0);
    packet.put(source.getAddress().getAddress()).put(target.getAddress().getAddress());
    packet.putShort((short) source.getPort()).putShort((short) target.getPort());
    packet.putShort((short) udpLength).putShort((short) 0);
    packet.put(payload.duplicate()).flip();
    try {
      file.write(packet);
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
