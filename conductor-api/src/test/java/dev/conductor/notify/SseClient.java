package dev.conductor.notify;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A reader of Server-Sent Events. */
public final class SseClient extends EventClient {
  final List<String> comments = new CopyOnWriteArrayList<>();
  final List<String> head = new CopyOnWriteArrayList<>();

  /** Asks for a stream; nothing is read before {@link #read}. */
  SseClient(
      final InetSocketAddress server,
      final String query,
      final String header,
      final int receiveBytes)
      throws IOException {
    super(server, receiveBytes);
    final String request =
        "GET /_conference/events?" + query + " HTTP/1.1\r\nHost: x\r\n" + header + "\r\n";
    socket.getOutputStream().write(request.getBytes(StandardCharsets.UTF_8));
  }

  static SseClient open(final InetSocketAddress server, final String query, final String header)
      throws IOException {
    final SseClient client = new SseClient(server, query, header, 0);
    client.read();
    return client;
  }

  /** Asks for a stream and reads it. */
  public static SseClient open(final InetSocketAddress server, final String query)
      throws IOException {
    return open(server, query, "");
  }

  String status() {
    return head.isEmpty() ? "" : head.get(0);
  }

  /** The numbers of the messages that have an id line. */
  List<Long> ids() {
    return copy()
        .filter(message -> !message.id().isEmpty())
        .map(message -> Long.parseLong(message.id().substring(message.id().lastIndexOf(':') + 1)))
        .toList();
  }

  @Override
  void take(final InputStream in) throws IOException {
    final BufferedReader lines =
        new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8));
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
          messages.add(Message.of(id, data.toString()));
        }
        id = "";
        data = null;
      } else if (status().contains("200")) {
        faults.add("unexpected line: " + line);
      }
    }
  }
}
