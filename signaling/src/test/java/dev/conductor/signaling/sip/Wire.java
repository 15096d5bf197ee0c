package dev.conductor.signaling.sip;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;

/** How a test phone is connected: bytes out, one SIP message in. */
abstract class Wire implements AutoCloseable {
  static final int PATIENCE_MS = 4_000;

  abstract String transport();

  abstract InetSocketAddress local();

  abstract void send(byte[] message) throws IOException;

  /** The next message; null when none came in time. */
  abstract String receive(int patienceMs) throws IOException;

  @Override
  public abstract void close();

  void send(final String message) throws IOException {
    send(message.getBytes(StandardCharsets.UTF_8));
  }

  static Wire udp(final InetSocketAddress server) throws IOException {
    return new Udp(server);
  }

  static Tcp tcp(final InetSocketAddress server) throws IOException {
    return new Tcp(server);
  }

  /** Over a connection that the server opened. */
  static Wire accepted(final Socket socket) {
    return new Tcp(socket);
  }

  private static final class Udp extends Wire {
    private final DatagramSocket socket;
    private final InetSocketAddress server;

    Udp(final InetSocketAddress server) throws IOException {
      this.server = server;
      socket = new DatagramSocket(0, server.getAddress());
    }

    @Override
    String transport() {
      return "UDP";
    }

    @Override
    InetSocketAddress local() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    void send(final byte[] message) throws IOException {
      socket.send(new DatagramPacket(message, message.length, server));
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
      return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
      socket.close();
    }
  }

  /** Over TCP. */
  static final class Tcp extends Wire {
    private final Socket socket;

    Tcp(final Socket socket) {
      this.socket = socket;
    }

    Tcp(final InetSocketAddress server) throws IOException {
      socket = new Socket();
      socket.setReceiveBufferSize(4_096);
      socket.bind(new InetSocketAddress(server.getAddress(), 0));
      socket.connect(server, PATIENCE_MS);
    }

    @Override
    String transport() {
      return "TCP";
    }

    @Override
    InetSocketAddress local() {
      return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    @Override
    void send(final byte[] message) throws IOException {
      socket.getOutputStream().write(message);
    }

    @Override
    String receive(final int patienceMs) throws IOException {
      socket.setSoTimeout(patienceMs);
      final InputStream in = socket.getInputStream();
      final ByteArrayOutputStream head = new ByteArrayOutputStream();
      try {
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
          final int next = in.read();
          if (next < 0) {
            return null;
          }
          head.write(next);
        }
        final String text = head.toString(StandardCharsets.UTF_8);
        final String length = Text.header(text, "Content-Length");
        final int bytes = length == null ? 0 : Integer.parseInt(length);
        return text + new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
      } catch (final SocketTimeoutException e) {
        return null;
      }
    }

    /** Whether the server closes the connection within our patience. */
    boolean isClosedByServer() throws IOException {
      socket.setSoTimeout(PATIENCE_MS);
      try {
        while (socket.getInputStream().read() >= 0) {
          Thread.onSpinWait();
        }
        return true;
      } catch (final SocketTimeoutException e) {
        return false;
      } catch (final IOException e) {
        return true;
      }
    }

    @Override
    public void close() {
      try {
        socket.close();
      } catch (final IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }
}
