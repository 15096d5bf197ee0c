package dev.conductor.bench.load;

import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.net.PeerSocket;
import dev.conductor.media.rtp.RtpHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;

/** One caller's sound: a socket, what it sends and what comes back. The swarm's thread only. */
final class LoadCaller {
  /** Packets of a burst: 100 ms. */
  static final int BURST_PACKETS = 5;

  /** A caller that is none of the talkers. */
  static final int NO_TALKER = -1;

  private static final int TYPE_OFFSET = 1;
  private static final byte MARKER = (byte) 0x80;
  private static final int SEQUENCE_OFFSET = 2;
  private static final int TIMESTAMP_OFFSET = 4;
  private static final int SSRC_OFFSET = 8;
  private static final int VERSION_MASK = 0xC0;
  private static final int VERSION_BITS = 0x80;
  private static final int SAMPLE_NS = 125_000;

  private final PeerSocket socket;
  private final Frames frames;
  private final int index;
  private final int talker;
  private InetSocketAddress remote;
  private KeyPackets keys;
  private Onset onset;
  private OnsetListener listener;

  private short sequence;
  private int timestamp;
  private boolean marker = true;
  private boolean quiet;
  private int burstLeft;
  private long burstSentNs;

  private boolean begun;
  private int ssrc;
  private short nextSequence;
  private long sent;
  private long unsent;
  private long received;
  private long gaps;
  private long duplicates;

  LoadCaller(final InetAddress local, final int index, final int talker, final Frames frames)
      throws IOException {
    this.index = index;
    this.talker = talker;
    this.frames = frames;
    this.sequence = (short) index;
    this.timestamp = index * Frames.SAMPLES;
    socket = PeerSocket.bind(local);
  }

  /** Is told where a burst begins. */
  @FunctionalInterface
  interface OnsetListener {
    /**
     * A burst begins.
     *
     * @param atNs when its first sample may be played, if the packet is played as it is read
     */
    void onOnset(LoadCaller hearer, long atNs);
  }

  int index() {
    return index;
  }

  int port() {
    return socket.port();
  }

  /** Sends from now on, to there. */
  void connect(final InetSocketAddress to) throws IOException {
    if (!socket.connect(to)) {
      throw new IOException("no way to " + to);
    }
    remote = to;
  }

  /** Whether it knows where to send. */
  boolean isConnected() {
    return remote != null;
  }

  /** Keys these soon. */
  void key(final KeyPackets pin) {
    keys = pin;
  }

  /** Whether the talker says nothing for a while; others never say anything. */
  void quiet(final boolean now) {
    quiet = now;
  }

  /** Listens for bursts from now on, or no more. */
  void listen(final OnsetListener to) {
    listener = to;
    onset = to == null ? null : new Onset();
  }

  /** The next packets are a burst. */
  void burst() {
    burstLeft = BURST_PACKETS;
    burstSentNs = 0;
  }

  /** When the first packet of the burst was handed to the network, 0 while it was not. */
  long burstSentNs() {
    return burstSentNs;
  }

  /** Sends this packet time's packet: the first of a burst now, any other with the batch. */
  void send(final DatagramBatch batch) {
    final boolean timed = burstLeft == BURST_PACKETS;
    final ByteBuffer event = keys == null ? null : keys.next(timestamp);
    if (keys != null && keys.isDone()) {
      // Or each packet would have to look at them, far from all else that it needs.
      keys = null;
    }
    final ByteBuffer packet = event == null ? sound() : event;
    if (event == null) {
      packet.put(TYPE_OFFSET, marker ? MARKER : 0);
      packet.putInt(TIMESTAMP_OFFSET, timestamp);
      marker = false;
    }
    packet.putShort(SEQUENCE_OFFSET, sequence++);
    packet.putInt(SSRC_OFFSET, index + 1);
    timestamp += Frames.SAMPLES;
    packet.clear();
    if (!socket.isConnected()) {
      // It was refused three times in a row. A phone sends on, and counts what is refused.
      socket.connect(remote);
    }
    if ((timed ? socket.send(packet, remote) : socket.send(packet, remote, batch)) > 0) {
      sent++;
    } else {
      unsent++;
    }
  }

  /** Lets this packet time pass, as a phone does that suppresses silence (RFC 3551, 4.1). */
  void pass() {
    timestamp += Frames.SAMPLES;
    marker = true;
  }

  private ByteBuffer sound() {
    if (burstLeft > 0) {
      if (burstLeft == BURST_PACKETS) {
        burstSentNs = System.nanoTime();
      }
      burstLeft--;
      return frames.burst();
    }
    final int number = timestamp / Frames.SAMPLES;
    return talker == NO_TALKER || quiet ? frames.noise(number) : frames.tone(talker, number);
  }

  /** Asks the batch for a packet, for {@link #receive} to take once that was fetched. */
  void ask(final DatagramBatch batch) {
    batch.ask(socket);
  }

  /**
   * Reads what came.
   *
   * @param in a direct buffer to read into
   * @param batch may have fetched the first
   * @param maxReads reads at most
   */
  void receive(final ByteBuffer in, final DatagramBatch batch, final int maxReads) {
    for (int i = 0; i < maxReads; i++) {
      final int length = socket.receive(in, batch);
      if (length == PeerSocket.NOTHING) {
        return;
      }
      if (length > RtpHeader.FIXED_BYTES && (in.get(0) & VERSION_MASK) == VERSION_BITS) {
        onPacket(in.clear().limit(length));
      }
    }
  }

  private void onPacket(final ByteBuffer in) {
    final short arrived = in.getShort(SEQUENCE_OFFSET);
    received++;
    if (begun && in.getInt(SSRC_OFFSET) == ssrc) {
      final int ahead = (short) (arrived - nextSequence);
      if (ahead < 0) {
        duplicates++;
        return;
      }
      gaps += ahead;
    }
    begun = true;
    ssrc = in.getInt(SSRC_OFFSET);
    nextSequence = (short) (arrived + 1);
    if (onset != null) {
      final long nowNs = System.nanoTime();
      final int at = onset.find(in);
      if (at != Onset.NONE) {
        listener.onOnset(this, nowNs + (long) at * SAMPLE_NS);
      }
    }
  }

  long sent() {
    return sent;
  }

  /** Packets the system would not take. */
  long unsent() {
    return unsent;
  }

  long received() {
    return received;
  }

  /** Packets missing in the sequence numbers received. */
  long gaps() {
    return gaps;
  }

  /** Packets that came twice or out of order. */
  long duplicates() {
    return duplicates;
  }

  void close() {
    socket.close();
  }
}
