package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.LineSpec;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.SrtpProfile;
import dev.conductor.media.rtp.SrtpReceiver;
import dev.conductor.media.rtp.SrtpSender;
import dev.conductor.media.rtp.TelephoneEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The far end of one session: real sockets on the loopback address, PCMU. It holds the port above
 * its own as well, so that what is sent there reaches no other phone.
 */
final class Phone implements AutoCloseable {
  static final int EVENT_TYPE = LineSpec.EVENT_TYPE;

  private static final int TRIES = 100;

  private final DatagramChannel channel;
  private final DatagramChannel rtcp;
  private final ByteBuffer outBytes = ByteBuffer.allocateDirect(2_048);
  private final UnsafeBuffer out = new UnsafeBuffer(outBytes);
  private final ByteBuffer inBytes = ByteBuffer.allocateDirect(2_048);
  private final UnsafeBuffer in = new UnsafeBuffer(inBytes);
  private final G711Ulaw codec = new G711Ulaw();
  static final int FRAME_SAMPLES = 160;

  private final short[] samples = new short[FRAME_SAMPLES];
  private SrtpSender protector;
  private SrtpReceiver opener;
  private int receivedBytes;
  private InetSocketAddress server;
  private InetSocketAddress source;
  int ssrc = 4_711;
  int sequence = 65_500;
  int timestamp = -10_000;

  Phone() {
    this(InetAddress.getLoopbackAddress());
  }

  /** A phone at this address of the machine. */
  Phone(final InetAddress at) {
    final DatagramChannel[] pair = twoInARow(at);
    channel = pair[0];
    rtcp = pair[1];
  }

  private static DatagramChannel[] twoInARow(final InetAddress at) {
    for (int tries = 0; tries < TRIES; tries++) {
      final DatagramChannel first = bound(at, 0);
      final DatagramChannel second = bound(at, portOf(first) + 1);
      if (second != null) {
        return new DatagramChannel[] {first, second};
      }
      close(first);
    }
    throw new IllegalStateException("no two ports in a row");
  }

  private static int portOf(final DatagramChannel channel) {
    return channel.socket().getLocalPort();
  }

  /** Null where the port is taken or none. */
  private static DatagramChannel bound(final InetAddress at, final int port) {
    try {
      final DatagramChannel channel = DatagramChannel.open();
      channel.configureBlocking(false);
      try {
        channel.bind(new InetSocketAddress(at, port));
        return channel;
      } catch (final IOException e) {
        channel.close();
        return null;
      }
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void close(final DatagramChannel channel) {
    try {
      channel.close();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  InetSocketAddress address() {
    try {
      return (InetSocketAddress) channel.getLocalAddress();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Protects what it sends, and expects what it gets to be protected, from now on. */
  void keys(final SrtpProfile profile, final byte[] own, final byte[] servers) {
    protector = new SrtpSender(profile, own);
    opener = new SrtpReceiver(profile, servers);
  }

  void dial(final InetSocketAddress to) {
    server = to;
  }

  InetSocketAddress server() {
    return server;
  }

  /** Sends 20 ms of one code word's sound; that sample is what others get to hear of it. */
  short say(final int code) {
    final byte[] payload = new byte[FRAME_SAMPLES];
    Arrays.fill(payload, (byte) code);
    send(payload);
    return codecSample(code);
  }

  short codecSample(final int code) {
    final short[] one = new short[1];
    codec.decode(new UnsafeBuffer(new byte[] {(byte) code}), 0, 1, one, 0);
    return one[0];
  }

  /** A packet is lost on its way. */
  void lose() {
    sequence++;
    timestamp += FRAME_SAMPLES;
  }

  void send(final byte[] payload) {
    header(0, timestamp);
    out.putBytes(RtpHeader.FIXED_BYTES, payload);
    timestamp += payload.length;
    sendRaw(RtpHeader.FIXED_BYTES + payload.length);
  }

  void press(final char digit, final int eventTimestamp, final boolean end, final int ticks) {
    header(EVENT_TYPE, eventTimestamp);
    final int event = TelephoneEvent.eventOf(digit);
    TelephoneEvent.put(out, RtpHeader.FIXED_BYTES, event, end, -10, ticks);
    sendRaw(RtpHeader.FIXED_BYTES + TelephoneEvent.BYTES);
  }

  private void header(final int payloadType, final int packetTimestamp) {
    RtpHeader.putFirst(out, 0, false, payloadType);
    RtpHeader.putSequence(out, 0, sequence++);
    RtpHeader.putTimestamp(out, 0, packetTimestamp);
    RtpHeader.putSsrc(out, 0, ssrc);
  }

  /** Sends the very bytes of the packet before once more. */
  void resendLatest() {
    try {
      channel.send(outBytes.rewind(), server);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void sendBytes(final byte[] bytes) {
    out.putBytes(0, bytes);
    sendRaw(bytes.length);
  }

  private void sendRaw(final int bareLength) {
    final int length = protector == null ? bareLength : protector.protectRtp(out, bareLength, out);
    try {
      channel.send(outBytes.clear().limit(length), server);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Sends RTCP from its RTCP port to the server's. */
  void sendRtcp(final byte[] bytes) {
    sendRtcp(bytes, new InetSocketAddress(server.getAddress(), server.getPort() + 1));
  }

  void sendRtcp(final byte[] bytes, final InetSocketAddress to) {
    try {
      rtcp.send(ByteBuffer.wrap(bytes), to);
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As if its RTCP port had never been open. */
  void closeRtcp() {
    close(rtcp);
  }

  /** Reads one packet, which the accessors then tell of; false when there is none. */
  boolean receive() {
    return receive(channel);
  }

  /** Reads one RTCP datagram in the same way. */
  boolean receiveRtcp() {
    return receive(rtcp);
  }

  private boolean receive(final DatagramChannel from) {
    try {
      inBytes.clear();
      source = (InetSocketAddress) from.receive(inBytes);
      receivedBytes = inBytes.position();
      if (source != null && opener != null) {
        receivedBytes =
            from == rtcp
                ? opener.unprotectRtcp(in, receivedBytes)
                : opener.unprotectRtp(in, receivedBytes);
      }
      return source != null;
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Reads all there is; how many packets. */
  int drain() {
    int count = 0;
    while (receive()) {
      count++;
    }
    return count;
  }

  /** Where the packet read last came from. */
  InetSocketAddress source() {
    return source;
  }

  UnsafeBuffer packet() {
    return in;
  }

  /** Of the packet read last; negative when it is not protected as it should be. */
  int length() {
    return receivedBytes;
  }

  /** The samples of the packet read last. */
  short[] heard() {
    assertThat(receivedBytes).as("a packet as it should be").isPositive();
    codec.decode(in, RtpHeader.FIXED_BYTES, length() - RtpHeader.FIXED_BYTES, samples, 0);
    return samples;
  }

  /** What a sample becomes on its way through the codec. */
  short throughCodec(final int sample) {
    final UnsafeBuffer code = new UnsafeBuffer(new byte[1]);
    codec.encode(new short[] {(short) sample}, 0, 1, code, 0);
    return codecSample(code.getByte(0));
  }

  @Override
  public void close() {
    close(channel);
    close(rtcp);
  }
}
