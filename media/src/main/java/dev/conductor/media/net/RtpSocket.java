package dev.conductor.media.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;

/**
 * The two sockets of one session: RTP on an even port, RTCP on the odd one above (RFC 3550, section
 * 11). Neither ever blocks. This is the RTP socket, which may be connected, and has the other with
 * it, which never is.
 *
 * @threading bound and closed by the port keeper; in between used by the media agent that owns the
 *     session.
 * @allocation as {@link PeerSocket}; for RTCP an address a datagram.
 */
public final class RtpSocket extends PeerSocket {
  private final DatagramChannel rtcp;
  private InetSocketAddress rtcpSource;

  private RtpSocket(
      final DatagramChannel rtp, final DatagramChannel rtcp, final InetSocketAddress local) {
    super(rtp, local);
    this.rtcp = rtcp;
  }

  /**
   * Opens and binds both. The port keeper only.
   *
   * @param port an even one
   * @throws IOException if either cannot be bound; then neither is open
   */
  static RtpSocket bind(final InetAddress address, final int port) throws IOException {
    final DatagramChannel rtp = bindOne(address, port);
    try {
      final DatagramChannel rtcp = bindOne(address, port + 1);
      return new RtpSocket(rtp, rtcp, new InetSocketAddress(address, port));
    } catch (final IOException | RuntimeException e) {
      closeOne(rtp);
      throw e;
    }
  }

  /** Closes both. The port keeper only. */
  @Override
  public void close() {
    super.close();
    closeOne(rtcp);
  }

  /** From whom the RTCP datagram last received came. */
  public InetSocketAddress rtcpSource() {
    return rtcpSource;
  }

  /**
   * Reads one RTCP datagram, at most as long as the buffer. This socket is never connected, so
   * strangers' come too, and a far end that has closed its port is never told of.
   *
   * @param into a direct buffer; cleared before, holds the datagram from index 0 after
   * @return bytes, or {@link #NOTHING}, {@link #FAULT}
   */
  public int receiveRtcp(final ByteBuffer into) {
    into.clear();
    try {
      rtcpSource = (InetSocketAddress) rtcp.receive(into);
      return rtcpSource == null ? NOTHING : into.position();
    } catch (final IOException e) {
      return FAULT;
    }
  }

  /**
   * Sends one RTCP datagram from the RTCP port.
   *
   * @param from a direct buffer from its position to its limit
   * @return bytes sent, or {@link #NO_ROOM}, {@link #FAULT}
   */
  public int sendRtcp(final ByteBuffer from, final InetSocketAddress to) {
    try {
      return rtcp.send(from, to);
    } catch (final IOException | RuntimeException e) {
      // Another host's refusal, or a target of another family: a report lost, and no more.
      return FAULT;
    }
  }
}
