package dev.conductor.signaling.sip;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** How a carrier is reached: it waits, and speaks to who came last. Test code, one thread. */
abstract class CarrierLine implements AutoCloseable {
  private static final int SEND_PATIENCE_MS = 10_000;

  /** {@code udp} or {@code tcp}. */
  abstract String transport();

  abstract int port();

  /** The next message; null when none came in time. */
  abstract String receive(int patienceMs) throws IOException;

  abstract void send(byte[] message) throws IOException;

  @Override
  public abstract void close();

  static CarrierLine udp() throws IOException {
    return new Udp();
  }

  static CarrierLine tcp() throws IOException {
    return new Tcp();
  }

  private static final class Udp extends CarrierLine {
    private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private InetSocketAddress server;

    Udp() throws IOException {}

    @Override
    String transport() {
      return "udp";
    }

    @Override
    int port() {
      return socket.getLocalPort();
    }

    @Override
    String receive(final int patienceMs) throws IOException {
      final DatagramPacket packet = new DatagramPacket(new byte[65_536], 65_536);
      socket.setSoTimeout(patienceMs);
      try {
        socket.receive(packet);
      } catch (final SocketTimeoutException e) {
        return null;
      }
      server = (InetSocketAddress) packet.getSocketAddress();
      return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Override
    void send(final byte[] message) throws IOException {
      socket.send(new DatagramPacket(message, message.length, server));
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** One connection, the first that comes. */
  private static final class Tcp extends CarrierLine {
    private final ServerSocket listener = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    private Wire connection;

    Tcp() throws IOException {}

    @Override
    String transport() {
      return "tcp";
    }

    @Override
    int port() {
      return listener.getLocalPort();
    }

    @Override
    String receive(final int patienceMs) throws IOException {
      try {
        return connection(patienceMs).receive(patienceMs);
      } catch (final SocketTimeoutException e) {
        return null;
      }
    }

    private Wire connection(final int patienceMs) throws IOException {
      if (connection == null) {
        listener.setSoTimeout(patienceMs);
        connection = Wire.accepted(listener.accept());
      }
      return connection;
    }

    @Override
    void send(final byte[] message) throws IOException {
      connection(SEND_PATIENCE_MS).send(message);
    }

    @Override
    public void close() {
      try {
        listener.close();
      } catch (final IOException e) {
        throw new IllegalStateException(e);
      }
      if (connection != null) {
        connection.close();
      }
    }
  }
}
