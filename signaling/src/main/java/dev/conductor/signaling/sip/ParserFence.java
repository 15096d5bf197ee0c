package dev.conductor.signaling.sip;

import dev.conductor.signaling.guard.SourceGuard;
import gov.nist.javax.sip.stack.MessageChannel;
import gov.nist.javax.sip.stack.UDPMessageChannel;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What the parsers of one stack share: the scan, the counters, and how a message that cannot be
 * parsed is answered. Any thread.
 */
final class ParserFence {
  private static final Logger LOG = LoggerFactory.getLogger(ParserFence.class);

  private final LogLimit limit = new LogLimit(2);
  private final MessageScan scan;
  private final SipCounters counters;
  private final SourceGuard guard;
  private final FencedNetworkLayer layer;

  ParserFence(
      final MessageScan scan,
      final SipCounters counters,
      final SourceGuard guard,
      final FencedNetworkLayer layer) {
    this.scan = scan;
    this.counters = counters;
    this.guard = guard;
    this.layer = layer;
  }

  MessageScan scan() {
    return scan;
  }

  /** The UDP socket a channel receives on. */
  private FencedDatagramSocket socket(final MessageChannel channel) {
    return layer.datagramSocket(
        new InetSocketAddress(
            channel.getMessageProcessor().getIpAddress(), channel.getMessageProcessor().getPort()));
  }

  /** Whence the message came that this channel begins to parse; null when nobody knows. */
  InetSocketAddress source(final MessageChannel channel) {
    if (channel instanceof UDPMessageChannel) {
      return socket(channel).takeSource();
    }
    final InetAddress address = Addresses.literal(channel.getPeerAddress());
    return address == null ? null : new InetSocketAddress(address, channel.getPeerPort());
  }

  /**
   * Counts a message the stack is not to see, answers it where that is allowed, and closes its
   * connection if it came over one.
   */
  void refuse(
      final RawMessage message,
      final BadMessage problem,
      final MessageChannel channel,
      final InetSocketAddress source) {
    counters.increment(SipCounter.PARSE_FAILURES);
    if (LOG.isDebugEnabled() && limit.admit()) {
      LOG.debug("from {}: {}", source, problem.reason());
    }
    final boolean answered = source != null && !guard.isDeafTo(source.getAddress());
    final byte[] reply = answered ? BadMessageReply.to(message, problem) : null;
    if (reply != null && !guard.admit(source.getAddress(), System.nanoTime())) {
      counters.increment(SipCounter.GUARD_DROPS);
      return;
    }
    if (reply != null) {
      counters.refused(problem.status());
    }
    try {
      send(reply, channel, source);
    } catch (final IOException e) {
      counters.increment(SipCounter.SEND_FAILURES);
    }
  }

  private void send(
      final byte[] reply, final MessageChannel channel, final InetSocketAddress source)
      throws IOException {
    if (channel instanceof UDPMessageChannel) {
      if (reply != null) {
        socket(channel).send(new DatagramPacket(reply, reply.length, source));
      }
      return;
    }
    final FencedConnection connection = source == null ? null : layer.connection(source);
    if (connection != null) {
      if (reply != null) {
        connection.getOutputStream().write(reply);
      }
      connection.closeWhenDrained();
    }
  }
}
