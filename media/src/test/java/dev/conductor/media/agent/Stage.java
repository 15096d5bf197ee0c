package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.LineStatistics;
import dev.conductor.media.api.MediaEvents;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.play.Clip;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.status.MediaCounter;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.agrona.concurrent.CachedNanoClock;

/** An engine stepped by hand, with real sockets and phones at their other ends. */
final class Stage implements AutoCloseable, MediaEvents {
  static final long TICK_NS = 20_000_000;
  static final long CALL = 1;
  private static final int RAMP_SAMPLES = 40;

  /** 2026-01-01T00:00:00Z in nanoseconds since 1970. */
  static final long WALL_OFFSET_NS = 1_767_225_600_000_000_000L;

  private static final int LOWEST_PORT = 10_000;
  private static final int BLOCKS = 500;
  private static final int BLOCK_PORTS = 40;

  /** Below the ports that the system gives to phones; other tests may run beside this one. */
  static final int FIRST_PORT = firstPort();

  final CachedNanoClock clock = new CachedNanoClock();
  final MediaEngine engine;
  final Map<Long, Phone> phones = new HashMap<>();
  final Map<Long, InetSocketAddress> opened = new HashMap<>();
  LineStatistics lastClosed;
  final List<String> events = new ArrayList<>();
  private long version;

  Stage(final int agents, final Clip... clips) {
    this(agents, FIRST_PORT, FIRST_PORT + 999, 0, clips);
  }

  /** One with io_uring where the system has it, or without. */
  Stage(final int agents, final boolean ioUring) {
    this(agents, FIRST_PORT, FIRST_PORT + 999, 0, ioUring);
  }

  Stage(
      final int agents,
      final int firstPort,
      final int lastPort,
      final int quarantineMs,
      final Clip... clips) {
    this(agents, firstPort, lastPort, quarantineMs, true, clips);
  }

  private Stage(
      final int agents,
      final int firstPort,
      final int lastPort,
      final int quarantineMs,
      final boolean ioUring,
      final Clip... clips) {
    // As on a host that has been up for three hours.
    clock.update(10_000_000_000_000L);
    engine =
        new MediaEngine(
            new RtpConfig(firstPort, lastPort, quarantineMs),
            new MediaConfig(
                agents, 30_000, 300_000, 7_200_000, "en", false, Path.of(""), 0, ioUring),
            ClipLibrary.of(clips),
            clock,
            WALL_OFFSET_NS);
    engine.step();
  }

  private static int firstPort() {
    final int first = (int) (ProcessHandle.current().pid() % BLOCKS);
    for (int block = 0; block < BLOCKS; block++) {
      final int port = LOWEST_PORT + (first + block) % BLOCKS * BLOCK_PORTS;
      if (IntStream.range(port, port + BLOCK_PORTS).allMatch(Stage::isFree)) {
        return port;
      }
    }
    throw new IllegalStateException("no ports are free");
  }

  /** An even port that is free, with the one above it. */
  static int freePair() {
    return IntStream.iterate(FIRST_PORT + 1_000, port -> port + 2)
        .filter(port -> isFree(port) && isFree(port + 1))
        .findFirst()
        .orElseThrow();
  }

  private static boolean isFree(final int port) {
    try (DatagramSocket socket = new DatagramSocket(port, InetAddress.getLoopbackAddress())) {
      return socket.isBound();
    } catch (final SocketException e) {
      return false;
    }
  }

  static RtpSessionSpec spec(final InetSocketAddress remote) {
    return spec(remote, true, true, false);
  }

  static RtpSessionSpec spec(
      final InetSocketAddress remote,
      final boolean sends,
      final boolean receives,
      final boolean hold) {
    return new LineSpec(remote).flow(sends, receives, hold).spec();
  }

  /** Opens a session with a phone at its other end. */
  Phone open(final long sessionId) {
    final Phone phone = new Phone();
    phones.put(sessionId, phone);
    assertThat(engine.open(sessionId, spec(phone.address()))).isTrue();
    ticks(2);
    phone.dial(opened.get(sessionId));
    phone.drain();
    return phone;
  }

  /** Opens sessions 1..count, admits them all and lets them arrive. */
  void openCall(final int count) {
    for (long id = 1; id <= count; id++) {
      open(id);
      assertThat(engine.admit(id, CALL)).isTrue();
    }
    ticks(3);
    phones.values().forEach(Phone::drain);
  }

  static MixPlan.Place place(final long sessionId, final int feeds, final int hears) {
    return new MixPlan.Place(
        sessionId, feeds, MixPlan.NO_MIX, hears, MixPlan.NO_MIX, 0, 0, 100, feeds >= 0);
  }

  void plan(final MixPlan.Place... places) {
    version++;
    engine.plan(new MixPlan(CALL, version, 4, Arrays.asList(places)));
  }

  /** A code word below half of full scale, so that two of them need no limiter. */
  static int halfScale(final SplittableRandom random) {
    return random.nextInt(0x10, 0x80) | random.nextInt(2) << 7;
  }

  /** Lets one tick pass and fetches what it tells. */
  void tick() {
    clock.advance(TICK_NS);
    engine.step();
    engine.poll(this, Integer.MAX_VALUE);
  }

  void ticks(final int count) {
    for (int i = 0; i < count; i++) {
      tick();
    }
  }

  long count(final MediaCounter counter) {
    return engine.counters().get(counter.label());
  }

  /**
   * Asserts that this tick's packet to a phone holds one sample throughout, but for the first 5 ms,
   * in which gains may move.
   */
  void assertHears(final long sessionId, final int sum) {
    final Phone phone = phones.get(sessionId);
    assertThat(phone.receive()).as("a packet for " + sessionId).isTrue();
    final short expected = phone.throughCodec(Math.max(-32_767, Math.min(32_767, sum)));
    assertThat(Arrays.copyOfRange(phone.heard(), RAMP_SAMPLES, Phone.FRAME_SAMPLES))
        .as("heard by " + sessionId)
        .containsOnly(expected);
    assertThat(phone.receive()).as("a second packet for " + sessionId).isFalse();
  }

  @Override
  public void close() {
    engine.close();
    phones.values().forEach(Phone::close);
  }

  @Override
  public void onOpened(final long sessionId, final InetSocketAddress localRtp) {
    opened.put(sessionId, localRtp);
    events.add("opened " + sessionId);
  }

  @Override
  public void onOpenFailed(final long sessionId, final String reason) {
    events.add("failed " + sessionId + " " + reason);
  }

  @Override
  public void onFirstRtp(final long sessionId) {
    events.add("first " + sessionId);
  }

  @Override
  public void onDigit(final long sessionId, final char digit) {
    events.add("digit " + sessionId + " " + digit);
  }

  @Override
  public void onInbandDigit(final long sessionId, final char digit) {
    events.add("in-band " + sessionId + " " + digit);
  }

  @Override
  public void onTalking(final long sessionId, final boolean talking) {
    events.add("talking " + sessionId + " " + talking);
  }

  @Override
  public void onPromptEnded(final long sessionId, final long tag) {
    events.add("prompt " + sessionId + " " + tag);
  }

  @Override
  public void onSilentLine(final long sessionId, final long silentMs) {
    events.add("silent " + sessionId + " " + silentMs);
  }

  @Override
  public void onClosed(final long sessionId) {
    events.add("closed " + sessionId);
    lastClosed = engine.line(sessionId);
  }
}
