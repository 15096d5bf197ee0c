package dev.conductor.demo;

import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.AudioEncoder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The sound of one phone: one UDP socket, a packet every packet time on an absolute schedule, and
 * what comes back (RFC 3550, section 5.1). The pool's thread only, but where said otherwise.
 */
final class RtpLine {
  private static final int HEADER_BYTES = 12;
  private static final int MAX_PACKET_BYTES = 1_500;
  private static final int RATE_HZ = 8_000;
  private static final int VERSION_BITS = 0x80;
  private static final int MARKER = 0x80;
  private static final int MAX_READS = 32;
  private static final long MAX_CATCH_UP_NS = 200_000_000;
  private static final int EVENT_VOLUME = 10;
  private static final int SOCKET_TRIES = 64;

  private final PhoneOptions options;
  private final Hearing hearing;
  private final KeySender keys = new KeySender(this::sendEvent);
  private final AudioEncoder encoder;
  private final ByteBuffer out = ByteBuffer.allocateDirect(MAX_PACKET_BYTES);
  private final UnsafeBuffer outBuffer = new UnsafeBuffer(out);
  private final short[] frame;
  private final int ssrc;

  private DatagramChannel channel;
  private Voice voice = Voice.silence();
  private boolean sending;
  private int eventType = SessionText.NONE;
  private int sequence;
  private int timestamp;
  private boolean markNext = true;
  private long nextSendNs;

  RtpLine(final PhoneOptions options, final Hearing hearing, final SplittableRandom random) {
    this.options = options;
    this.hearing = hearing;
    this.encoder = options.codec().encoder();
    this.frame = new short[options.packetMs() * RATE_HZ / 1_000];
    this.ssrc = random.nextInt();
    this.sequence = random.nextInt(1 << 15);
    this.timestamp = random.nextInt();
  }

  /** A socket on an even port, as RTP has it (RFC 3550, section 11). Any thread. */
  static DatagramChannel open(final InetAddress local) throws IOException {
    for (int i = 0; i < SOCKET_TRIES; i++) {
      final DatagramChannel channel = DatagramChannel.open();
      channel.configureBlocking(false);
      channel.bind(new InetSocketAddress(local, 0));
      if (port(channel) % 2 == 0) {
        return channel;
      }
      channel.close();
    }
    throw new IOException("no even UDP port is free on " + local.getHostAddress());
  }

  /** The port of the socket in use. */
  int port() throws IOException {
    return port(channel);
  }

  static int port(final DatagramChannel channel) throws IOException {
    return ((InetSocketAddress) channel.getLocalAddress()).getPort();
  }

  /** Sends and receives through this socket from now on; the one before is closed. */
  void use(final DatagramChannel next) throws IOException {
    if (channel != null && channel != next) {
      channel.close();
    }
    channel = next;
  }

  /**
   * Takes what was agreed.
   *
   * @param firstSendNs when the first packet leaves, if sound may be sent and was not before
   */
  void agree(final SessionText session, final long firstSendNs) throws IOException {
    final boolean sends = options.sendsRtp() && session.receives();
    if (session.address() != null && !session.address().equals(channel.getRemoteAddress())) {
      channel.disconnect();
      channel.connect(session.address());
    }
    eventType = session.telephoneEventType();
    if (sends && !sending) {
      nextSendNs = firstSendNs;
      markNext = true;
    }
    sending = sends;
  }

  void voice(final Voice next) {
    voice = next;
  }

  /** Sends no more until something else is agreed. */
  void fallSilent() {
    sending = false;
  }

  void key(final String digits, final CompletableFuture<Void> done) {
    keys.add(digits, done);
  }

  /** Does what is due: reads what came, sends what it is time for. */
  void onSlot(final long nowNs, final ByteBuffer in) {
    if (channel == null || !channel.isConnected()) {
      return;
    }
    receive(nowNs, in);
    final long intervalNs = options.packetMs() * 1_000_000L;
    while (sending && nowNs - nextSendNs >= 0) {
      if (nowNs - nextSendNs > MAX_CATCH_UP_NS) {
        final long missed = (nowNs - nextSendNs) / intervalNs;
        nextSendNs += missed * intervalNs;
        timestamp += (int) missed * frame.length;
        markNext = true;
      }
      sendInterval();
      nextSendNs += intervalNs;
    }
  }

  /** Sends and hears nothing from now on. */
  void close() {
    sending = false;
    keys.abandon();
    try {
      use(null);
    } catch (final IOException ignored) {
      // It is of no use any more, whatever the system says of it.
    }
  }

  private void receive(final long nowNs, final ByteBuffer in) {
    for (int i = 0; i < MAX_READS; i++) {
      in.clear();
      try {
        if (channel.read(in) <= 0) {
          return;
        }
      } catch (final IOException unreachable) {
        // The far end closed its port: a packet lost, as on any network.
        continue;
      }
      in.flip();
      hearing.onPacket(in, nowNs);
    }
  }

  private void sendInterval() {
    voice.fill(frame);
    if (eventType == SessionText.NONE || !keys.onInterval(timestamp, frame.length)) {
      header(options.codec().payloadType(), timestamp, markNext);
      markNext = false;
      final int bytes = encoder.encode(frame, 0, frame.length, outBuffer, HEADER_BYTES);
      write(HEADER_BYTES + bytes);
    }
    timestamp += frame.length;
  }

  private void sendEvent(
      final int startTimestamp,
      final int event,
      final boolean end,
      final int durationSamples,
      final boolean first) {
    header(eventType, startTimestamp, first);
    out.put(HEADER_BYTES, (byte) event);
    out.put(HEADER_BYTES + 1, (byte) ((end ? 0x80 : 0) | EVENT_VOLUME));
    out.putShort(HEADER_BYTES + 2, (short) durationSamples);
    write(HEADER_BYTES + 4);
  }

  private void header(final int payloadType, final int at, final boolean marked) {
    out.put(0, (byte) VERSION_BITS);
    out.put(1, (byte) ((marked ? MARKER : 0) | payloadType));
    out.putShort(2, (short) sequence++);
    out.putInt(4, at);
    out.putInt(8, ssrc);
  }

  private void write(final int bytes) {
    out.clear().limit(bytes);
    try {
      channel.write(out);
    } catch (final IOException unreachable) {
      // As on any network: the packet is lost, the phone goes on.
    }
    out.clear();
  }

  /** What comes in on a line. Written by the pool's thread, its figures read by any. */
  static final class Hearing {
    private final int payloadType;
    private final AudioDecoder decoder;
    private final Ear ear = new Ear();
    private final short[] samples = new short[MAX_PACKET_BYTES];
    private final UnsafeBuffer buffer = new UnsafeBuffer(new byte[0]);
    private volatile Received received = Received.NOTHING;
    private volatile long lastPacketNs;
    private volatile SoundListener listener = (heard, count, atNs) -> {};
    private boolean begun;
    private int ssrc;
    private int nextSequence;

    Hearing(final PhoneCodec codec) {
      payloadType = codec.payloadType();
      decoder = codec.decoder();
    }

    Ear ear() {
      return ear;
    }

    Received received() {
      return received;
    }

    long lastPacketNs() {
      return lastPacketNs;
    }

    void listener(final SoundListener next) {
      listener = next;
    }

    void onPacket(final ByteBuffer in, final long nowNs) {
      final int payloadAt = payloadOffset(in);
      if (payloadAt < 0) {
        received = received.plus(new Received(0, 0, 0, 1, 0));
        return;
      }
      final boolean sameSource = begun && in.getInt(8) == ssrc;
      final int ahead = sameSource ? (short) (in.getShort(2) - nextSequence) : 0;
      if (ahead < 0) {
        received = received.plus(new Received(0, 0, 1, 0, 0));
        return;
      }
      final long waitMs = begun ? (nowNs - lastPacketNs) / 1_000_000 : 0;
      received = received.plus(new Received(1, ahead, 0, 0, waitMs));
      begun = true;
      ssrc = in.getInt(8);
      nextSequence = (short) (in.getShort(2) + 1);
      lastPacketNs = nowNs;
      buffer.wrap(in, payloadAt, in.limit() - payloadAt);
      final int count = decoder.decode(buffer, 0, in.limit() - payloadAt, samples, 0);
      ear.add(in.getInt(4), samples, count);
      listener.onSound(samples, count, nowNs);
    }

    /** Where the sound begins; -1 if this is no RTP of the agreed payload type. */
    private int payloadOffset(final ByteBuffer in) {
      final int length = in.limit();
      if (length < HEADER_BYTES || (in.get(0) & 0xC0) != VERSION_BITS) {
        return -1;
      }
      final int sources = in.get(0) & 0x0F;
      final boolean plain = (in.get(0) & 0x30) == 0;
      final int at = HEADER_BYTES + 4 * sources;
      final boolean fits = at < length && length - at <= samples.length;
      return plain && fits && (in.get(1) & 0x7F) == payloadType ? at : -1;
    }
  }
}
