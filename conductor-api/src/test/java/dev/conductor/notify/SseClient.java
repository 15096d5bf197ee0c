package dev.conductor.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * A reader of a stream on a plain socket, strict in what it takes. Reads on a thread of its own.
 */
final class SseClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();

  final List<Message> messages = new CopyOnWriteArrayList<>();
  final List<String> comments = new CopyOnWriteArrayList<>();
  final List<String> head = new CopyOnWriteArrayList<>();
  volatile boolean ended;
  private final Socket socket = new Socket();
  private Thread reader;

  /** Asks for a stream; nothing is read before {@link #read}. */
  SseClient(
      final InetSocketAddress server,
      final String query,
      final String header,
      final int receiveBytes)
      throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.connect(server);
    final String request =
        "GET /_conference/events?" + query + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  static SseClient open(final InetSocketAddress server, final String query) throws IOException {
    return open(server, query, "");
  }

  static SseClient open(final InetSocketAddress server, final String query, final String header)
      throws IOException {
    return new SseClient(server, query, header, 0).read();
  }

  /** Begins to read. */
  SseClient read() {
    reader = new Thread(this::run, "sse-client");
    reader.setDaemon(true);
    reader.start();
    return this;
  }

  String status() {
    return head.isEmpty() ? "" : head.get(0);
  }

  /** The names of the messages' events, e.g. SNAPSHOT. */
  List<String> names() {
    return messages.stream().map(message -> message.json().get("name").asText()).toList();
  }

  /** The numbers of the messages that have an id line. */
  List<Long> ids() {
    return messages.stream()
        .filter(message -> !message.id.isEmpty())
        .map(message -> Long.parseLong(message.id.substring(message.id.lastIndexOf(':') + 1)))
        .toList();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  private void run() {
    try {
      final BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
      String line = lines.readLine();
      while (line != null && !line.isEmpty()) {
        head.add(line);
        line = lines.readLine();
      }
      String id = "";
      StringBuilder data = null;
      for (line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith(": ")) {
          comments.add(line.substring(2));
        } else if (line.startsWith("id: ")) {
          id = line.substring(4);
        } else if (line.startsWith("data: ")) {
          data = data == null ? new StringBuilder() : data.append('\n');
          data.append(line.substring(6));
        } else if (line.isEmpty()) {
          if (data != null) {
            messages.add(new Message(id, data.toString()));
          }
          id = "";
          data = null;
        } else {
          messages.add(new Message("", "unexpected line: " + line));
        }
      }
    } catch (final IOException closed) {
      comments.add(closed.toString());
    }
    ended = true;
  }

  /** One message as it came. */
  record Message(String id, String data) {
    JsonNode json() {
      try {
        return JSON.readTree(data);
      } catch (final IOException notJson) {
        throw new UncheckedIOException(data, notJson);
      }
    }
  }
}
