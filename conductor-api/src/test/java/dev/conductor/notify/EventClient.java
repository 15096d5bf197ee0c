package dev.conductor.notify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** A reader of events on a plain socket, strict in what it takes. Reads on a thread of its own. */
public abstract class EventClient implements AutoCloseable {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Pattern JSON_HEAD =
      Pattern.compile(
          "\\{\"seq\":(\\d+),\"time\":\"[^\"]*\",\"callUID\":\"(\\w*)\",\"source\":\"\\w+\",\"name\":\"(\\w+)\",.*",
          Pattern.DOTALL);
  private static final Pattern XML_HEAD =
      Pattern.compile(
          "<event><seq>(\\d+)</seq><time>[^<]*</time><callUID/?>(\\w*)(?:</callUID>)?<source>\\w+</source><name>(\\w+)</name>.*",
          Pattern.DOTALL);

  /** What came, in order; to be copied before it is walked through while more comes. */
  public final List<Message> messages = Collections.synchronizedList(new ArrayList<>());

  /** Why it ended, where it ended by a fault. */
  final List<String> faults = new CopyOnWriteArrayList<>();

  volatile boolean ended;
  final Socket socket = new Socket();

  /** Connects; with a receive buffer of a certain size, 0 for the usual. */
  EventClient(final InetSocketAddress server, final int receiveBytes) throws IOException {
    if (receiveBytes > 0) {
      socket.setReceiveBufferSize(receiveBytes);
    }
    socket.setTcpNoDelay(true);
    socket.connect(server);
  }

  /** Takes everything up to the end. */
  abstract void take(InputStream in) throws IOException;

  /** Begins to read. */
  EventClient read() {
    final Thread reader = new Thread(this::run, "event-client");
    reader.setDaemon(true);
    reader.start();
    return this;
  }

  private void run() {
    try {
      take(new BufferedInputStream(socket.getInputStream(), 65_536));
    } catch (final IOException closed) {
      faults.add(closed.toString());
    }
    ended = true;
  }

  /** The names of the messages' events, e.g. SNAPSHOT. */
  List<String> names() {
    return copy().map(Message::name).toList();
  }

  /** The numbers of all logged events and snapshots, in order. */
  public List<Long> seqs() {
    return copy().filter(Message::isNumbered).map(Message::seq).toList();
  }

  /** Those that have come so far. */
  Stream<Message> copy() {
    return Stream.of(messages.toArray(new Message[0]));
  }

  /** The last message; null before the first. */
  Message last() {
    return messages.isEmpty() ? null : messages.get(messages.size() - 1);
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }

  /**
   * One document as it came.
   *
   * @param id of Server-Sent Events, else empty
   */
  public record Message(String id, String data, String callUid, String name, long seq) {
    static Message of(final String id, final String data) {
      final Matcher head = (data.startsWith("{") ? JSON_HEAD : XML_HEAD).matcher(data);
      if (!head.lookingAt()) {
        throw new AssertionError(data);
      }
      return new Message(id, data, head.group(2), head.group(3), Long.parseLong(head.group(1)));
    }

    /** Whether it has a number of its own. */
    boolean isNumbered() {
      return !List.of("GAP", "HELLO", "HEARTBEAT", "ERROR", "TALKING").contains(name);
    }

    public JsonNode json() {
      return parsed(data);
    }

    private static JsonNode parsed(final String data) {
      try {
        return JSON.readTree(data);
      } catch (final IOException notJson) {
        throw new UncheckedIOException(data, notJson);
      }
    }

    /** The root of the document, by a strict parser. */
    public Element xml() {
      return xml(data);
    }

    private static Element xml(final String data) {
      try {
        return DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(data)))
            .getDocumentElement();
      } catch (final SAXException | ParserConfigurationException | IOException notXml) {
        throw new AssertionError(data, notXml);
      }
    }
  }
}
