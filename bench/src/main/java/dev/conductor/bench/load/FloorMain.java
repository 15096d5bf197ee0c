package dev.conductor.bench.load;

import dev.conductor.media.status.TickHistogram;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * The floor: what receiving and sending alone costs. One thread, woken every 20 ms on an absolute
 * schedule as a media agent is; at each tick it reads one packet from each of its connected sockets
 * and writes one, the sound just read with a sequence number of its own. Nothing is decoded,
 * nothing is decided. A twenty-fifth of the sockets is read until empty at each tick, as the server
 * sweeps RTCP, so that a stall leaves no packet waiting for good.
 *
 * <p>It is told by lines: {@code connect <port>,<port>,...} starts it, {@code report} asks for the
 * lateness of its ticks, the end of standard input ends the process.
 */
public final class FloorMain implements Runnable {
  private static final long TICK_NS = 20_000_000;
  private static final int SWEEP = 25;
  private static final int SEQUENCE_OFFSET = 2;
  private static final int SSRC_OFFSET = 8;
  private static final int SSRC = 0x464C_4F52;

  private final TickHistogram lateness = new TickHistogram();
  private final ByteBuffer packet = ByteBuffer.allocateDirect(Frames.BYTES);
  private final DatagramChannel[] channels;

  private FloorMain(final InetAddress local, final int count) throws IOException {
    channels = new DatagramChannel[count];
    for (int i = 0; i < count; i++) {
      channels[i] = DatagramChannel.open();
      channels[i].configureBlocking(false);
      channels[i].bind(new InetSocketAddress(local, 0));
    }
    packet.put(0, (byte) 0x80);
  }

  /**
   * Runs until standard input ends.
   *
   * @param arguments the local address and the number of sockets
   */
  public static void main(final String... arguments) throws IOException {
    final InetAddress local = InetAddress.getByName(arguments[0]);
    final FloorMain floor = new FloorMain(local, Integer.parseInt(arguments[1]));
    System.out.println(floor.ports());
    final BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      if (line.startsWith("connect ")) {
        floor.connect(local, line.substring("connect ".length()).split(","));
        final Thread thread = new Thread(floor, "floor");
        thread.setDaemon(true);
        thread.start();
      } else {
        System.out.println(floor.report());
      }
    }
    System.exit(0);
  }

  private String ports() throws IOException {
    final StringBuilder ports = new StringBuilder();
    for (final DatagramChannel channel : channels) {
      ports.append(ports.isEmpty() ? "" : ",");
      ports.append(((InetSocketAddress) channel.getLocalAddress()).getPort());
    }
    return ports.toString();
  }

  private void connect(final InetAddress local, final String[] ports) throws IOException {
    for (int i = 0; i < channels.length; i++) {
      channels[i].connect(new InetSocketAddress(local, Integer.parseInt(ports[i])));
    }
  }

  private String report() {
    return String.format(
        Locale.ROOT, "%d,%d", lateness.valueAtPercentileNs(50), lateness.valueAtPercentileNs(99));
  }

  /** The ticks; the floor's own thread. */
  @Override
  public void run() {
    long dueNs = System.nanoTime() + TICK_NS;
    for (int tick = 0; ; tick++) {
      Parking.until(dueNs);
      lateness.record(System.nanoTime() - dueNs);
      for (int i = 0; i < channels.length; i++) {
        exchange(channels[i], tick, i % SWEEP == tick % SWEEP);
      }
      dueNs += TICK_NS;
    }
  }

  private void exchange(final DatagramChannel channel, final int tick, final boolean sweep) {
    try {
      packet.clear();
      while (channel.read(packet) > 0 && sweep) {
        packet.clear();
      }
      packet.clear();
      packet.putShort(SEQUENCE_OFFSET, (short) tick);
      packet.putInt(SSRC_OFFSET, SSRC);
      channel.write(packet);
    } catch (final IOException gone) {
      throw new UncheckedIOException("the other end closed its socket", gone);
    }
  }
}
