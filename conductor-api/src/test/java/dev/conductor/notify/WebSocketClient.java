package dev.conductor.notify;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader over WebSocket (RFC 6455) that can be rude. Answers pings while it is told to. */
public final class WebSocketClient extends EventClient {
  static final int TEXT = 1;
  static final int BINARY = 2;
  static final int CLOSE = 8;
  static final int PING = 9;
  static final int PONG = 10;
  private static final byte[] MASK = {1, 2, 3, 4};

  final List<String> head = new CopyOnWriteArrayList<>();
  final List<String> pings = new CopyOnWriteArrayList<>();
  final List<String> pongs = new CopyOnWriteArrayList<>();

  /** Pieces of the largest message. */
  volatile int mostFragments;

  /** Status of the server's close frame; 0 while there is none, -1 for one without. */
  volatile int closeStatus;

  volatile boolean answersPings = true;

  /** Asks for the upgrade; nothing is read before {@link #read}. */
  WebSocketClient(
      final InetSocketAddress server,
      final String query,
      final String headers,
      final int receiveBytes)
      throws IOException {
    super(server, receiveBytes);
    final String request =
        "GET /_conference/events?"
            + query
            + " HTTP/1.1\r\nHost: x\r\nConnection: keep-alive, Upgrade\r\nUpgrade: websocket\r\n"
            + headers
            + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  static WebSocketClient asking(
      final InetSocketAddress server, final String query, final int receiveBytes)
      throws IOException {
    final String headers =
        "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
            + "Sec-WebSocket-Extensions: permessage-deflate; client_max_window_bits\r\n";
    return new WebSocketClient(server, query, headers, receiveBytes);
  }

  /** Asks for the upgrade, offering compression, and reads. */
  public static WebSocketClient open(final InetSocketAddress server, final String query)
      throws IOException {
    final WebSocketClient client = asking(server, query, 0);
    client.read();
    return client;
  }

  String status() {
    return head.isEmpty() ? "" : head.get(0);
  }

  /** Sends one frame, whole. */
  void send(final int opcode, final byte[] payload, final boolean masked) throws IOException {
    final ByteArrayOutputStream frame = new ByteArrayOutputStream();
    frame.write(0x80 | opcode);
    final int maskBit = masked ? 0x80 : 0;
    if (payload.length < 126) {
      frame.write(maskBit | payload.length);
    } else {
      frame.write(maskBit | 126);
      frame.write(payload.length >> 8);
      frame.write(payload.length & 0xFF);
    }
    if (masked) {
      frame.writeBytes(MASK);
    }
    for (int i = 0; i < payload.length; i++) {
      frame.write(masked ? payload[i] ^ MASK[i & 3] : payload[i]);
    }
    synchronized (this) {
      socket.getOutputStream().write(frame.toByteArray());
      socket.getOutputStream().flush();
    }
  }

  @Override
  void take(final InputStream from) throws IOException {
    final DataInputStream in = new DataInputStream(from);
    for (String line = line(in); !line.isEmpty(); line = line(in)) {
      head.add(line);
    }
    if (!status().contains(" 101 ")) {
      return;
    }
    final ByteArrayOutputStream message = new ByteArrayOutputStream();
    int fragments = 0;
    for (int first = in.read(); first >= 0; first = in.read()) {
      if ((first & 0x70) != 0) {
        faults.add("a reserved bit is set");
      }
      final byte[] payload = payload(in);
      final int opcode = first & 0x0F;
      if (opcode >= CLOSE) {
        onControl(opcode, payload);
        continue;
      }
      if (opcode != (fragments == 0 ? TEXT : 0)) {
        faults.add("unexpected opcode " + opcode);
      }
      message.writeBytes(payload);
      fragments++;
      mostFragments = Math.max(mostFragments, fragments);
      if ((first & 0x80) != 0) {
        messages.add(Message.of("", message.toString(StandardCharsets.UTF_8)));
        message.reset();
        fragments = 0;
      }
    }
  }

  private void onControl(final int opcode, final byte[] payload) throws IOException {
    switch (opcode) {
      case PING -> {
        pings.add(new String(payload, StandardCharsets.UTF_8));
        if (answersPings) {
          send(PONG, payload, true);
        }
      }
      case PONG -> pongs.add(new String(payload, StandardCharsets.UTF_8));
      case CLOSE ->
          closeStatus = payload.length < 2 ? -1 : (payload[0] & 0xFF) << 8 | payload[1] & 0xFF;
      default -> faults.add("unexpected opcode " + opcode);
    }
  }

  private byte[] payload(final DataInputStream in) throws IOException {
    final int second = in.readUnsignedByte();
    if ((second & 0x80) != 0) {
      faults.add("the server masks");
    }
    long length = second & 0x7F;
    if (length == 126) {
      length = in.readUnsignedShort();
    } else if (length == 127) {
      length = in.readLong();
    }
    final byte[] payload = new byte[(int) length];
    in.readFully(payload);
    return payload;
  }

  private static String line(final DataInputStream in) throws IOException {
    final StringBuilder line = new StringBuilder();
    for (int b = in.readUnsignedByte(); b != '\n'; b = in.readUnsignedByte()) {
      if (b != '\r') {
        line.append((char) b);
      }
    }
    return line.toString();
  }
}
