package dev.conductor.media.agent;

import dev.conductor.media.rtp.RtcpWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** One RTCP port for a whole crowd, so that it costs a socket and not five hundred. */
final class CrowdReports implements AutoCloseable {
  private final DatagramChannel channel;
  private final ByteBuffer outBytes = ByteBuffer.allocateDirect(512);
  private final UnsafeBuffer out = new UnsafeBuffer(outBytes);
  private final ByteBuffer inBytes = ByteBuffer.allocateDirect(2_048);
  private final RtcpWriter writer = new RtcpWriter();

  CrowdReports() {
    try {
      channel = DatagramChannel.open();
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), channel.socket().getLocalPort());
  }

  /** Sends a report of a phone's stream. */
  void send(final int ssrc, final InetSocketAddress to) {
    writer.wrap(out, 0);
    writer.senderReport(ssrc, 1, 2, 3, 4);
    writer.block(ssrc + 1, 1, 2, 3, 4, 0, 0);
    try {
      channel.send(outBytes.clear().limit(writer.lengthBytes()), to);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Throws away what came. */
  void drain() {
    try {
      while (channel.receive(inBytes.clear()) != null) {
        inBytes.clear();
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
