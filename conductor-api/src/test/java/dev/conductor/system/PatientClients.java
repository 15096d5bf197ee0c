package dev.conductor.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.function.IntFunction;

/**
 * Clients of an HTTP server, each on a connection of its own, each of which sends its next command
 * when its last was answered {@code TRUE}. One thread serves them all, so that they cost the
 * machine little beside the server.
 */
final class PatientClients implements AutoCloseable {
  private static final byte[] TRUE = "\r\n\r\nTRUE".getBytes(StandardCharsets.US_ASCII);
  private static final int ANSWER_BYTES = 4_096;
  private static final long WAIT_MS = 30_000;

  private final Selector selector = Selector.open();

  /** Connects them; the function makes the form of a client's command. */
  PatientClients(final InetSocketAddress server, final int count, final IntFunction<Forms> forms)
      throws IOException {
    for (int i = 0; i < count; i++) {
      final SocketChannel channel = SocketChannel.open(server);
      channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
      channel.configureBlocking(false);
      channel.register(selector, SelectionKey.OP_READ, new Client(channel, forms.apply(i)));
    }
  }

  /** What a client sends: a form for each of its commands. */
  @FunctionalInterface
  interface Forms {
    String of(int command);
  }

  /** Lets them work for so long; answers how many commands were answered. */
  int workFor(final long forNs) throws IOException {
    final long endNs = System.nanoTime() + forNs;
    int waiting = 0;
    int answered = 0;
    for (final SelectionKey key : selector.keys()) {
      ((Client) key.attachment()).send();
      waiting++;
    }
    while (waiting > 0) {
      assertThat(selector.select(WAIT_MS)).as("answers within %d ms", WAIT_MS).isPositive();
      for (final SelectionKey key : selector.selectedKeys()) {
        final Client client = (Client) key.attachment();
        if (client.isAnswered()) {
          answered++;
          if (System.nanoTime() - endNs < 0) {
            client.send();
          } else {
            waiting--;
          }
        }
      }
      selector.selectedKeys().clear();
    }
    return answered;
  }

  @Override
  public void close() throws IOException {
    for (final SelectionKey key : selector.keys()) {
      key.channel().close();
    }
    selector.close();
  }

  /** One of them. */
  private static final class Client {
    private final SocketChannel channel;
    private final Forms forms;
    private final ByteBuffer answer = ByteBuffer.allocate(ANSWER_BYTES);
    private int commands;

    Client(final SocketChannel channel, final Forms forms) {
      this.channel = channel;
      this.forms = forms;
    }

    void send() throws IOException {
      answer.clear();
      final String form = forms.of(commands++);
      final String request =
          "POST /_conference/updateCustomValue HTTP/1.1\r\nHost: localhost\r\n"
              + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
              + form.length()
              + "\r\n\r\n"
              + form;
      final ByteBuffer bytes = ByteBuffer.wrap(request.getBytes(StandardCharsets.US_ASCII));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
    }

    /** Reads on; whether the answer is there, which must be {@code TRUE}. */
    boolean isAnswered() throws IOException {
      final int read = channel.read(answer);
      if (read >= 0 && endsWithTrue()) {
        return true;
      }
      final String soFar = new String(answer.array(), 0, answer.position(), StandardCharsets.UTF_8);
      assertThat(soFar).as("an answer").doesNotContainPattern("\r\n\r\n(?!T)[^ ]");
      assertThat(read).as("an answer of TRUE, after: %s", soFar).isNotNegative();
      return false;
    }

    private boolean endsWithTrue() {
      final int begin = answer.position() - TRUE.length;
      for (int i = 0; i < TRUE.length; i++) {
        if (begin < 0 || answer.get(begin + i) != TRUE[i]) {
          return false;
        }
      }
      return true;
    }
  }
}
