package dev.conductor.media.agent;

import dev.conductor.media.api.Codec;
import dev.conductor.media.rtp.RtpHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import org.agrona.concurrent.UnsafeBuffer;

/** One of very many far ends: it costs a write and a read a tick and no garbage. */
final class CrowdPhone implements AutoCloseable {
  private static final int REPORT_EVERY = 250;

  final long sessionId;
  final long callId;
  final CrowdVoice voice;

  /** The room it sits in, and whether it is heard there. */
  int room;

  boolean muted;
  int volumeOutSteps;

  private final DatagramChannel channel;
  private final ByteBuffer outBytes = ByteBuffer.allocateDirect(2_048);
  private final UnsafeBuffer out = new UnsafeBuffer(outBytes);
  private final ByteBuffer inBytes = ByteBuffer.allocateDirect(2_048);
  private final int ssrc;
  private InetSocketAddress serverRtcp;
  private int turns;
  private long received;

  CrowdPhone(final long sessionId, final long callId, final CrowdVoice voice, final int ssrc) {
    this.sessionId = sessionId;
    this.callId = callId;
    this.voice = voice;
    this.ssrc = ssrc;
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

  void dial(final InetSocketAddress server) {
    serverRtcp = new InetSocketAddress(server.getAddress(), server.getPort() + 1);
    try {
      channel.connect(server);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  boolean isUp() {
    return serverRtcp != null;
  }

  /** Packets that came. */
  long received() {
    return received;
  }

  /** Sends 20 ms of its voice and reads what came; now and then a report by way of the sink. */
  void turn(final CrowdReports reports) {
    final Codec codec = voice.codec();
    RtpHeader.putFirst(out, 0, turns == 0, voice.payloadType());
    RtpHeader.putSequence(out, 0, turns);
    RtpHeader.putTimestamp(out, 0, turns * (codec.clockRateHz() / 50));
    RtpHeader.putSsrc(out, 0, ssrc);
    final byte[] payload = voice.payload(turns + ssrc);
    out.putBytes(RtpHeader.FIXED_BYTES, payload);
    turns++;
    try {
      channel.write(outBytes.clear().limit(RtpHeader.FIXED_BYTES + payload.length));
      while (channel.read(inBytes.clear()) > 0) {
        received++;
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    if (turns % REPORT_EVERY == 0) {
      reports.send(ssrc, serverRtcp);
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
