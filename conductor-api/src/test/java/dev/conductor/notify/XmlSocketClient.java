package dev.conductor.notify;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;

/** A reader of the XML socket: documents, each ended by NUL. */
public final class XmlSocketClient extends EventClient {
  XmlSocketClient(final InetSocketAddress server, final int receiveBytes) throws IOException {
    super(server, receiveBytes);
  }

  /** Logs in and reads. */
  public static XmlSocketClient open(final InetSocketAddress server, final String login)
      throws IOException {
    final XmlSocketClient client = new XmlSocketClient(server, 0);
    client.send((login + "\n").getBytes(StandardCharsets.UTF_8));
    client.read();
    return client;
  }

  void send(final byte[] bytes) throws IOException {
    socket.getOutputStream().write(bytes);
    socket.getOutputStream().flush();
  }

  @Override
  void take(final InputStream in) throws IOException {
    final ByteArrayOutputStream document = new ByteArrayOutputStream();
    for (int b = in.read(); b >= 0; b = in.read()) {
      if (b == 0) {
        messages.add(Message.of("", document.toString(StandardCharsets.UTF_8)));
        document.reset();
      } else {
        document.write(b);
      }
    }
    if (document.size() > 0) {
      faults.add("a document without its end");
    }
  }
}
