package dev.conductor.signaling.sip;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A name server on the loopback (RFC 1035) with the SRV and NAPTR records it was given; of other
 * names it says that there is none. It has a thread of its own.
 */
final class DnsServer implements AutoCloseable {
  private static final int SRV = 33;
  private static final int NAPTR = 35;
  private static final int HEADER_BYTES = 12;
  private static final int ANSWER = 0x8580;
  private static final int NO_SUCH_NAME = 3;
  private static final int QUESTION_NAME = 0xC00C;

  private record Key(String name, int type) {}

  private final Map<Key, List<byte[]>> records = new ConcurrentHashMap<>();
  private final DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
  private final Thread thread = new Thread(this::run, "dns");

  DnsServer() throws SocketException {
    thread.start();
  }

  /** As JNDI wants to be told of it. */
  String url() {
    return "dns://127.0.0.1:" + socket.getLocalPort();
  }

  /** Adds an SRV record (RFC 2782). */
  void srv(
      final String name, final int priority, final int weight, final int port, final String target)
      throws IOException {
    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    final DataOutputStream out = new DataOutputStream(data);
    out.writeShort(priority);
    out.writeShort(weight);
    out.writeShort(port);
    writeName(out, target);
    add(name, SRV, data.toByteArray());
  }

  /** Adds a NAPTR record (RFC 3403) that leads to SRV records. */
  void naptr(
      final String name,
      final int order,
      final int preference,
      final String service,
      final String replacement)
      throws IOException {
    final ByteArrayOutputStream data = new ByteArrayOutputStream();
    final DataOutputStream out = new DataOutputStream(data);
    out.writeShort(order);
    out.writeShort(preference);
    writeText(out, "s");
    writeText(out, service);
    writeText(out, "");
    writeName(out, replacement);
    add(name, NAPTR, data.toByteArray());
  }

  private void add(final String name, final int type, final byte[] data) {
    records
        .computeIfAbsent(
            new Key(name.toLowerCase(Locale.ROOT), type), key -> new CopyOnWriteArrayList<>())
        .add(data);
  }

  private void run() {
    try {
      while (!socket.isClosed()) {
        final DatagramPacket packet = new DatagramPacket(new byte[1_500], 1_500);
        socket.receive(packet);
        final byte[] answer = answer(ByteBuffer.wrap(packet.getData(), 0, packet.getLength()));
        socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
      }
    } catch (final IOException closed) {
      // That is the end.
      return;
    }
  }

  private byte[] answer(final ByteBuffer query) throws IOException {
    final short id = query.getShort();
    query.position(HEADER_BYTES);
    final StringBuilder name = new StringBuilder();
    for (int length = query.get(); length > 0; length = query.get()) {
      final byte[] label = new byte[length];
      query.get(label);
      name.append(name.length() == 0 ? "" : ".")
          .append(new String(label, StandardCharsets.US_ASCII));
    }
    final int type = query.getShort();
    query.getShort();
    final int questionEnd = query.position();
    final List<byte[]> found =
        records.getOrDefault(new Key(name.toString().toLowerCase(Locale.ROOT), type), List.of());
    final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    final DataOutputStream out = new DataOutputStream(bytes);
    out.writeShort(id);
    out.writeShort(ANSWER | (found.isEmpty() ? NO_SUCH_NAME : 0));
    out.writeShort(1);
    out.writeShort(found.size());
    out.writeInt(0);
    out.write(query.array(), HEADER_BYTES, questionEnd - HEADER_BYTES);
    for (final byte[] data : found) {
      out.writeShort(QUESTION_NAME);
      out.writeShort(type);
      out.writeShort(1);
      out.writeInt(1);
      out.writeShort(data.length);
      out.write(data);
    }
    return bytes.toByteArray();
  }

  private static void writeName(final DataOutputStream out, final String name) throws IOException {
    for (final String label : name.split("\\.")) {
      writeText(out, label);
    }
    out.writeByte(0);
  }

  private static void writeText(final DataOutputStream out, final String text) throws IOException {
    out.writeByte(text.length());
    out.write(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public void close() {
    socket.close();
    try {
      thread.join();
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
