package dev.conductor.bench;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.agent.MediaEngine;
import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MediaEvents;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.G711Ulaw;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.rtp.RtpHeader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * One call in a whole media engine, stepped by hand, with a phone on the loopback address for each
 * caller: PCMU, three talk, all send and hear.
 */
final class LoopbackCall implements AutoCloseable {
  private static final long TICK_NS = 20_000_000;
  private static final long CALL = 1;
  private static final int TALKERS = 3;
  private static final int FIRST_PORT = 20_000;
  private static final int LAST_PORT = 29_999;
  private static final int MAX_TICKS = 2_000;
  private static final int ENERGY = 100;
  private static final int PACKET_BYTES = RtpHeader.FIXED_BYTES + RatePlane.NARROW.frameSamples();

  /** 2026-01-01T00:00:00Z in nanoseconds since 1970. */
  private static final long WALL_OFFSET_NS = 1_767_225_600_000_000_000L;

  private final InetAddress loopback = InetAddress.getLoopbackAddress();
  private final CachedNanoClock clock = new CachedNanoClock();
  private final List<DatagramChannel> phones = new ArrayList<>();
  private final VoiceFrames voice = new VoiceFrames(RatePlane.NARROW);
  private final short[] silence = new short[RatePlane.NARROW.frameSamples()];
  private final G711Ulaw codec = new G711Ulaw();
  private final ByteBuffer outBytes = ByteBuffer.allocateDirect(PACKET_BYTES);
  private final UnsafeBuffer out = new UnsafeBuffer(outBytes);
  private final ByteBuffer in = ByteBuffer.allocateDirect(2 * PACKET_BYTES);
  private final MediaEngine engine;
  private final Lines lines;
  private long ticks;

  /** Opens everything and lets all callers in. */
  LoopbackCall(final int callers) throws IOException {
    engine =
        new MediaEngine(
            new RtpConfig(FIRST_PORT, LAST_PORT, 0),
            new MediaConfig(1, 30_000, 300_000, 7_200_000, "en", false, Path.of(""), 0, true),
            ClipLibrary.of(),
            clock,
            WALL_OFFSET_NS);
    engine.step();
    lines = new Lines(callers);
    try {
      for (int i = 0; i < callers; i++) {
        phones.add(phone());
      }
      open();
      for (int i = 0; i < callers; i++) {
        phones.get(i).connect(lines.openedAt[i]);
      }
      admit();
      pass();
      receive();
    } catch (final IOException | RuntimeException e) {
      close();
      throw e;
    }
  }

  private DatagramChannel phone() throws IOException {
    final DatagramChannel phone = DatagramChannel.open();
    phone.configureBlocking(false);
    return phone.bind(new InetSocketAddress(loopback, 0));
  }

  /** Opens all lines, as many at a time as the engine takes. */
  private void open() throws IOException {
    while (lines.opened < phones.size()) {
      for (int i = 0; i < phones.size(); i++) {
        if (!lines.asked[i]) {
          lines.asked[i] = engine.open(i, spec(phones.get(i)));
        }
      }
      pass();
    }
  }

  private RtpSessionSpec spec(final DatagramChannel phone) throws IOException {
    return new RtpSessionSpec(
        loopback,
        (InetSocketAddress) phone.getLocalAddress(),
        null,
        List.of(new RtpSessionSpec.Payload(0, Codec.PCMU)),
        List.of(),
        false,
        null,
        true,
        true,
        false,
        true,
        null,
        null);
  }

  /** Lets all callers into one room, where the first few are heard. */
  private void admit() {
    final List<MixPlan.Place> places = new ArrayList<>();
    final int none = MixPlan.NO_MIX;
    for (int i = 0; i < phones.size(); i++) {
      while (!engine.admit(i, CALL)) {
        pass();
      }
      final int feeds = i < TALKERS ? 0 : none;
      places.add(new MixPlan.Place(i, feeds, none, 0, none, 0, 0, ENERGY, i < TALKERS));
    }
    engine.plan(new MixPlan(CALL, 1, 1, places));
  }

  /** Lets a tick pass that nobody measures. */
  private void pass() {
    advance();
    tick();
    if (ticks > MAX_TICKS) {
      throw new IllegalStateException("no call of " + phones.size() + ": " + lines.lastFailure);
    }
  }

  /** Makes the next tick due, and takes what the engine tells. */
  void advance() {
    ticks++;
    clock.advance(TICK_NS);
    engine.poll(lines, Integer.MAX_VALUE);
  }

  /** Sends 20 ms from every phone. */
  void send() throws IOException {
    RtpHeader.putFirst(out, 0, false, 0);
    RtpHeader.putSequence(out, 0, (int) ticks);
    RtpHeader.putTimestamp(out, 0, (int) ticks * silence.length);
    for (int i = 0; i < phones.size(); i++) {
      final short[] frame = i < TALKERS ? voice.frame((int) ticks + 37 * i) : silence;
      RtpHeader.putSsrc(out, 0, i + 1);
      codec.encode(frame, 0, frame.length, out, RtpHeader.FIXED_BYTES);
      phones.get(i).write(outBytes.clear());
    }
  }

  /** What is measured. */
  int tick() {
    return engine.step();
  }

  /** Reads all that came to the phones; how many packets. */
  int receive() throws IOException {
    int packets = 0;
    for (int i = 0; i < phones.size(); i++) {
      while (phones.get(i).read(in.clear()) > 0) {
        packets++;
      }
    }
    return packets;
  }

  @Override
  public void close() {
    engine.close();
    for (final DatagramChannel phone : phones) {
      try {
        phone.close();
      } catch (final IOException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** Which lines are open, and where. */
  private static final class Lines implements MediaEvents {
    private final boolean[] asked;
    private final InetSocketAddress[] openedAt;
    private int opened;
    private String lastFailure = "none failed";

    Lines(final int callers) {
      asked = new boolean[callers];
      openedAt = new InetSocketAddress[callers];
    }

    @Override
    public void onOpened(final long sessionId, final InetSocketAddress localRtp) {
      openedAt[(int) sessionId] = localRtp;
      opened++;
    }

    @Override
    public void onOpenFailed(final long sessionId, final String reason) {
      // Somebody else holds those ports; the next ones may be free.
      lastFailure = reason;
      asked[(int) sessionId] = false;
    }

    @Override
    public void onFirstRtp(final long sessionId) {
      // Everybody sends.
    }

    @Override
    public void onDigit(final long sessionId, final char digit) {
      // Nobody presses a key.
    }

    @Override
    public void onInbandDigit(final long sessionId, final char digit) {
      // Nobody is listened to for keys.
    }

    @Override
    public void onTalking(final long sessionId, final boolean talking) {
      // Nobody looks.
    }

    @Override
    public void onPromptEnded(final long sessionId, final long tag) {
      // Nobody is told anything.
    }

    @Override
    public void onSilentLine(final long sessionId, final long silentMs) {
      // Everybody sends.
    }

    @Override
    public void onClosed(final long sessionId) {
      // Nobody hangs up.
    }
  }
}
