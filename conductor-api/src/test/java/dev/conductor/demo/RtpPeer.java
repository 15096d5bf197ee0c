package dev.conductor.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The other end of a phone's sound, read by the test. */
final class RtpPeer implements AutoCloseable {
  private static final int WAIT_MS = 5_000;
  private final DatagramSocket socket;

  RtpPeer() {
    try {
      socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    } catch (final SocketException noSocket) {
      throw new UncheckedIOException(noSocket);
    }
  }

  /** One packet as it came. */
  record Packet(
      boolean marker,
      int payloadType,
      int sequence,
      int timestamp,
      int ssrc,
      byte[] payload,
      long arrivedNs) {
    boolean isEventEnd() {
      return (payload[1] & 0x80) != 0;
    }

    int eventSamples() {
      return ByteBuffer.wrap(payload).getShort(2);
    }
  }

  int port() {
    return socket.getLocalPort();
  }

  /** The next packets, which must come. */
  List<Packet> take(final int count) {
    final List<Packet> packets = new ArrayList<>();
    while (packets.size() < count) {
      final Packet packet = receive(WAIT_MS);
      if (packet == null) {
        throw new AssertionError("only " + packets.size() + " of " + count + " packets came");
      }
      packets.add(packet);
    }
    return packets;
  }

  /** What has come, until nothing more does for a while or a second has passed. */
  List<Packet> drain() {
    final List<Packet> packets = new ArrayList<>();
    final long endNs = System.nanoTime() + 1_000_000_000L;
    Packet packet = receive(150);
    while (packet != null && packet.arrivedNs() - endNs < 0) {
      packets.add(packet);
      packet = receive(150);
    }
    return packets;
  }

  /** Sends a PCMU packet of one source, its timestamp following its sequence. */
  void send(final int port, final int sequence, final byte[] payload) {
    final ByteBuffer packet = ByteBuffer.allocate(12 + payload.length);
    packet.put((byte) 0x80).put((byte) 0).putShort((short) sequence);
    packet.putInt((short) sequence * 160).putInt(77).put(payload);
    sendRaw(port, packet.array());
  }

  void sendRaw(final int port, final byte[] bytes) {
    final InetSocketAddress to = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try {
      socket.send(new DatagramPacket(bytes, bytes.length, to));
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Packet receive(final int waitMs) {
    final DatagramPacket datagram = new DatagramPacket(new byte[2_048], 2_048);
    try {
      socket.setSoTimeout(waitMs);
      socket.receive(datagram);
    } catch (final SocketTimeoutException nothing) {
      return null;
    } catch (final IOException failed) {
      throw new UncheckedIOException(failed);
    }
    final ByteBuffer bytes = ByteBuffer.wrap(datagram.getData(), 0, datagram.getLength());
    return new Packet(
        (bytes.get(1) & 0x80) != 0,
        bytes.get(1) & 0x7F,
        bytes.getShort(2) & 0xFFFF,
        bytes.getInt(4),
        bytes.getInt(8),
        Arrays.copyOfRange(datagram.getData(), 12, datagram.getLength()),
        System.nanoTime());
  }

  @Override
  public void close() {
    socket.close();
  }
}
