package dev.conductor.system;

import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The one connection to a baresip's control port, held as long as the phone lives: it drops the one
 * it has when another comes. Commands and what it says are netstrings of JSON.
 */
final class BaresipLink implements Closeable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final InputStream in;
  private final OutputStream out;
  private final Closeable line;

  private BaresipLink(final InputStream in, final OutputStream out, final Closeable line) {
    this.in = in;
    this.out = out;
    this.line = line;
  }

  /** Connects to it on the loopback; an IOException when nobody listens yet. */
  static BaresipLink open(final int port) throws IOException {
    final Socket socket = new Socket();
    try {
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 200);
      socket.setSoTimeout((int) PATIENCE.toMillis());
      return new BaresipLink(socket.getInputStream(), socket.getOutputStream(), socket);
    } catch (final IOException notYet) {
      socket.close();
      throw notYet;
    }
  }

  /** The same from within a network, by a shell that begins with this doorway. */
  static BaresipLink open(final List<String> doorway, final int port) throws IOException {
    final List<String> command = new ArrayList<>(doorway);
    final String joined = "exec 3<>/dev/tcp/127.0.0.1/$0 && echo && { cat <&3 & cat >&3; }";
    command.addAll(List.of("bash", "-c", joined, Integer.toString(port)));
    final Process shell =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    if (shell.getInputStream().read() != '\n') {
      shell.destroyForcibly();
      throw new IOException("nobody listens at " + port);
    }
    return new BaresipLink(
        shell.getInputStream(), shell.getOutputStream(), shell.getOutputStream());
  }

  /** Says a command and reads on to its answer, past the events that come between. */
  void ask(final String name, final String parameter) throws IOException {
    final byte[] json =
        ("{\"command\":\"" + name + "\",\"params\":\"" + parameter + "\"}")
            .getBytes(StandardCharsets.UTF_8);
    final ByteArrayOutputStream netstring = new ByteArrayOutputStream();
    netstring.write((json.length + ":").getBytes(StandardCharsets.US_ASCII));
    netstring.write(json);
    netstring.write(',');
    out.write(netstring.toByteArray());
    out.flush();
    while (!next().contains("\"response\"")) {
      // An event.
    }
  }

  private String next() throws IOException {
    int length = 0;
    for (int digit = read(); digit != ':'; digit = read()) {
      length = 10 * length + Character.digit(digit, 10);
    }
    final byte[] said = in.readNBytes(length);
    if (said.length < length || read() != ',') {
      throw new EOFException("the phone hung up in the middle of a word");
    }
    return new String(said, StandardCharsets.UTF_8);
  }

  private int read() throws IOException {
    final int octet = in.read();
    if (octet < 0) {
      throw new EOFException("the phone's control port hung up");
    }
    return octet;
  }

  @Override
  public void close() throws IOException {
    line.close();
  }
}
