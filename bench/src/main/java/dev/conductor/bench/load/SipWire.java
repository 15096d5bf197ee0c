package dev.conductor.bench.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.function.BiConsumer;

/**
 * The UDP socket that many calls share: gives each the answers it waits for, answers what the
 * server asks. One thread.
 */
final class SipWire implements AutoCloseable {
  private static final int MAX_DATAGRAM_BYTES = 65_535;
  private static final int BUFFER_BYTES = 1 << 21;

  private final DatagramChannel channel = DatagramChannel.open();
  private final ByteBuffer in = ByteBuffer.allocate(MAX_DATAGRAM_BYTES);
  private final InetSocketAddress server;
  private final String via;
  private final Map<String, SipCall> byId = new HashMap<>();
  private final BiConsumer<SipCall, Long> onUp;

  /**
   * Opens it on a free port.
   *
   * @param onUp told of a call that comes up, and when
   */
  SipWire(
      final InetAddress local, final InetSocketAddress server, final BiConsumer<SipCall, Long> onUp)
      throws IOException {
    this.server = server;
    this.onUp = onUp;
    channel.configureBlocking(false);
    channel.setOption(StandardSocketOptions.SO_RCVBUF, BUFFER_BYTES);
    channel.bind(new InetSocketAddress(local, 0));
    via = local.getHostAddress() + ':' + ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /** Itself, as {@code host:port}. */
  String via() {
    return via;
  }

  /** From now on what is of this Call-ID is the call's. */
  void add(final String callId, final SipCall call) {
    byId.put(callId, call);
  }

  /** Forgets a call. */
  void remove(final String callId) {
    byId.remove(callId);
  }

  /** Hands on all that came. */
  void receive(final long nowNs) {
    try {
      in.clear();
      for (SocketAddress from = channel.receive(in); from != null; from = channel.receive(in)) {
        onMessage(SipText.of(in.array(), in.position()), nowNs);
        in.clear();
      }
    } catch (final IOException lost) {
      throw new UncheckedIOException("SIP socket", lost);
    }
  }

  private void onMessage(final SipText message, final long nowNs) {
    final SipCall call = byId.get(message.header("Call-ID"));
    if (message.isResponse()) {
      if (call != null) {
        final boolean dialling = call.state() == SipCall.State.DIALLING;
        call.onResponse(message, nowNs);
        if (dialling && call.state() == SipCall.State.UP) {
          onUp.accept(call, nowNs);
        }
      }
    } else if (!message.method().equals("ACK")) {
      if (call != null && message.method().equals("BYE")) {
        call.onBye();
      }
      send(
          "SIP/2.0 200 OK\r\n"
              + message.allOf("Via")
              + message.allOf("From")
              + message.allOf("To")
              + message.allOf("Call-ID")
              + message.allOf("CSeq")
              + "Content-Length: 0\r\n\r\n");
    }
  }

  /** Sends to the server. */
  void send(final String message) {
    try {
      channel.send(ByteBuffer.wrap(message.getBytes(StandardCharsets.UTF_8)), server);
    } catch (final IOException lost) {
      throw new UncheckedIOException("SIP socket", lost);
    }
  }

  /** Closes the socket. */
  @Override
  public void close() throws IOException {
    channel.close();
  }
}
