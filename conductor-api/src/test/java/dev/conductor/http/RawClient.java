package dev.conductor.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** A socket that sends what it likes and reads answers one by one. */
final class RawClient implements AutoCloseable {
  /** An answer as it came. */
  record Reply(String head, String body) {
    int status() {
      return Integer.parseInt(head.split(" ")[1]);
    }
  }

  private final Socket socket = new Socket();
  private final InputStream in;

  RawClient(final InetSocketAddress address) throws IOException {
    socket.setSoTimeout(15_000);
    socket.setTcpNoDelay(true);
    socket.connect(address);
    in = socket.getInputStream();
  }

  void send(final String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.ISO_8859_1));
    socket.getOutputStream().flush();
  }

  /** The next answer; fails when the server closes instead. */
  Reply reply() throws IOException {
    final StringBuilder head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      head.append((char) read());
    }
    final ByteArrayOutputStream body = new ByteArrayOutputStream();
    for (int left = length(head.toString()); left > 0; left--) {
      body.write(read());
    }
    return new Reply(head.toString(), body.toString(StandardCharsets.UTF_8));
  }

  /** The next line of what comes, without its end. */
  String line() throws IOException {
    final StringBuilder line = new StringBuilder();
    for (int b = read(); b != '\n'; b = read()) {
      line.append((char) b);
    }
    return line.toString();
  }

  /** True when the server has closed and nothing more is to read; false when something came. */
  boolean isAtEnd() throws IOException {
    return in.read() < 0;
  }

  private int read() throws IOException {
    final int b = in.read();
    if (b < 0) {
      throw new IOException("closed by the server");
    }
    return b;
  }

  private static int length(final String head) {
    for (final String line : head.split("\r\n")) {
      if (line.toLowerCase(Locale.ROOT).startsWith("content-length:")) {
        return Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
      }
    }
    return 0;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
