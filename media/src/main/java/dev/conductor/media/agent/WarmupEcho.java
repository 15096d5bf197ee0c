package dev.conductor.media.agent;

import dev.conductor.media.net.RtpSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/**
 * The far end of a line that warms up: it sends back what it is sent, under an SSRC of its own. It
 * loses a packet now and then, and now and then it holds some back and sends them in a bunch, so
 * that what makes up for loss and jitter runs too.
 *
 * @threading the thread that warms up.
 * @allocation all at construction; an address a datagram until the socket is connected.
 */
final class WarmupEcho {
  /** Flips every bit of an SSRC, and flips them back. */
  private static final int OTHER_SSRC = -1;

  private static final int LOST_EVERY = 17;
  private static final int BUNCH_EVERY = 64;
  private static final int BUNCH = 4;

  /** No packet of ours is longer. */
  private static final int LONGEST_BYTES = 2_048;

  /** Of the first report block after a sender's report (RFC 3550, section 6.4.1). */
  private static final int BLOCK_SSRC_OFFSET = 28;

  private static final int REPORT_SSRC_OFFSET = 4;
  private static final int RTP_SSRC_OFFSET = 8;
  private static final int RTP_SEQUENCE_OFFSET = 2;

  private final RtpSocket socket;
  private final ByteBuffer[] held = new ByteBuffer[BUNCH];
  private int heldCount;
  private InetSocketAddress line;
  private InetSocketAddress lineRtcp;

  WarmupEcho(final RtpSocket socket) {
    this.socket = socket;
    for (int i = 0; i < BUNCH; i++) {
      held[i] = ByteBuffer.allocateDirect(LONGEST_BYTES);
    }
  }

  RtpSocket socket() {
    return socket;
  }

  /** Whether it knows its line. */
  boolean isUp() {
    return line != null;
  }

  /** Learns where its line is. */
  void dial(final InetSocketAddress to) {
    line = to;
    lineRtcp = new InetSocketAddress(to.getAddress(), to.getPort() + 1);
    socket.connect(to);
  }

  /** Sends back what came since the last tick. */
  void turn(final int tick) {
    final boolean holdsBack = tick % BUNCH_EVERY < BUNCH - 1;
    int length;
    while (heldCount < BUNCH && (length = socket.receive(held[heldCount])) > 0) {
      final ByteBuffer bytes = held[heldCount];
      if (bytes.getShort(RTP_SEQUENCE_OFFSET) % LOST_EVERY != 0) {
        flip(bytes, RTP_SSRC_OFFSET);
        bytes.flip().limit(length);
        heldCount++;
      }
    }
    for (int i = 0; !holdsBack && i < heldCount; i++) {
      socket.send(held[i], line);
    }
    heldCount = holdsBack ? heldCount : 0;
    turnReport();
  }

  /** A report comes back as one about our own stream. */
  private void turnReport() {
    if (heldCount > 0) {
      return;
    }
    final ByteBuffer bytes = held[0];
    final int length = socket.receiveRtcp(bytes);
    if (length >= BLOCK_SSRC_OFFSET + Integer.BYTES) {
      flip(bytes, REPORT_SSRC_OFFSET);
      flip(bytes, BLOCK_SSRC_OFFSET);
      socket.sendRtcp(bytes.flip(), lineRtcp);
    }
  }

  private static void flip(final ByteBuffer bytes, final int offset) {
    bytes.putInt(offset, bytes.getInt(offset) ^ OTHER_SSRC);
  }
}
