package dev.conductor.system;

import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.play.Tone;
import dev.conductor.media.rtp.RtpHeader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.UnsafeBuffer;

/** Somebody who was not asked, and sends a tone as a phone would, on a thread of his own. */
final class Sprayer implements AutoCloseable {
  private static final int SAMPLES = 160;
  private static final int PACKET_BYTES = RtpHeader.FIXED_BYTES + SAMPLES;
  private static final long FRAME_NS = 20_000_000;
  private static final int SSRC = 4_242;

  private final DatagramChannel channel = DatagramChannel.open();
  private final InetSocketAddress to;
  private final Tone tone;
  private final Thread thread = new Thread(this::run, "sprayer");
  private volatile boolean running = true;

  /** Makes one at this address. */
  Sprayer(final String from, final InetSocketAddress to, final Tone tone) throws IOException {
    this.to = to;
    this.tone = tone;
    channel.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
  }

  /** Begins. */
  void start() {
    thread.start();
  }

  private void run() {
    final ByteBuffer bytes = ByteBuffer.allocate(PACKET_BYTES);
    final UnsafeBuffer packet = new UnsafeBuffer(bytes);
    final G711Ulaw codec = new G711Ulaw();
    final short[] frame = new short[SAMPLES];
    long dueNs = System.nanoTime();
    for (int sent = 0; running; sent++) {
      tone.fill(frame);
      RtpHeader.putFirst(packet, 0, sent == 0, 0);
      RtpHeader.putSequence(packet, 0, sent);
      RtpHeader.putTimestamp(packet, 0, sent * SAMPLES);
      RtpHeader.putSsrc(packet, 0, SSRC);
      codec.encode(frame, 0, SAMPLES, packet, RtpHeader.FIXED_BYTES);
      try {
        channel.send(bytes.clear(), to);
      } catch (final IOException failed) {
        throw new UncheckedIOException(failed);
      }
      dueNs += FRAME_NS;
      while (running && dueNs - System.nanoTime() > 0) {
        LockSupport.parkNanos(dueNs - System.nanoTime());
      }
    }
  }

  @Override
  public void close() throws IOException {
    running = false;
    try {
      thread.join();
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    channel.close();
  }
}
