package dev.conductor.media.agent;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.api.Codec;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.net.PortAnswer;
import dev.conductor.media.net.PortKeeper;
import dev.conductor.media.net.PortPool;
import dev.conductor.media.play.Clip;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.session.TickContext;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.CachedNanoClock;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SystemNanoClock;

/**
 * Warms the compiler before the first caller: synthetic calls, one codec after the other, in an
 * engine of its own that is stepped as fast as it goes and then thrown away. Its lines are real
 * sockets on the loopback address, from the configured ports, that echo what they are sent; so the
 * code that runs is the very code of a tick, and nobody's counters but its own are touched.
 *
 * <p>Every line feeds and hears, then only some do; rooms and volumes change, a clip plays to all,
 * a prompt to some; packets are lost and bunched. Lines join and leave in every round.
 *
 * @threading before {@link MediaEngine#start}, the thread that starts the server.
 * @allocation sockets and sessions for some lines; all is garbage after.
 */
public final class Warmup {
  private static final int LINES = 20;
  private static final int ROUND_TICKS = 200;

  /** So much is enough, however fast the machine is. */
  private static final int MAX_ROUNDS = 20;

  private static final int OPENING_TICKS = 3;
  private static final int CLOSING_TICKS = 4;

  /** The gate is at work: more microphones than a mix lets through unwatched. */
  private static final int ALL_TICK = 5;

  private static final int ROOMS_TICK = 50;
  private static final int MOVED_TICK = 130;

  private static final String CLIP = "warm-up";
  private static final int CLIP_RATE_HZ = 16_000;
  private static final int LOUDEST = 3_000;
  private static final int DIGIT_TYPE = 101;
  private static final int FIRST_DYNAMIC_TYPE = 96;

  private final NanoClock clock;
  private final long budgetNs;
  private final CachedNanoClock engineClock = new CachedNanoClock();
  private final List<WarmupEcho> echoes = new ArrayList<>();
  private final WarmupEvents events = new WarmupEvents(echoes);
  private final MediaConfig media;
  private final int firstPort;
  private final int lastPort;

  private MediaEngine engine;
  private PortKeeper keeper;
  private long endNs;
  private long callId;
  private int tick;

  /**
   * Nothing runs yet.
   *
   * @param rtp whose ports are used for the while
   * @param media says for how long at most
   */
  public Warmup(final RtpConfig rtp, final MediaConfig media) {
    this(rtp, media, SystemNanoClock.INSTANCE);
  }

  Warmup(final RtpConfig rtp, final MediaConfig media, final NanoClock clock) {
    this.clock = clock;
    this.media = media;
    budgetNs = TimeUnit.MILLISECONDS.toNanos(media.warmUpMs());
    firstPort = rtp.firstPort();
    lastPort = rtp.lastPort();
  }

  /**
   * Runs, up to the configured time for each codec. Where the ports are too few it does less, or
   * nothing.
   *
   * @return packets that went through the lines
   */
  public long run(final Collection<Codec> codecs) {
    final int middlePort = firstPort + (lastPort - firstPort) / 2;
    if (budgetNs == 0 || middlePort - firstPort < 2) {
      return 0;
    }
    engineClock.update(TickContext.TICK_NS);
    keeper = new PortKeeper(new PortPool(middlePort + 1, lastPort, 0), new MediaCounters());
    try (MediaEngine ours = engine(middlePort)) {
      engine = ours;
      engine.step();
      for (final Codec codec : codecs) {
        endNs = clock.nanoTime() + budgetNs;
        for (int round = 0; round < MAX_ROUNDS && hasTime(); round++) {
          call(codec);
        }
      }
      return engine.counters().get(MediaCounter.RTP_RECEIVED.label());
    } finally {
      keeper.closeAll();
    }
  }

  private MediaEngine engine(final int middlePort) {
    final MediaConfig one =
        new MediaConfig(
            1,
            media.silentLineProbeMs(),
            media.silentLineEndMs(),
            media.holdEndMs(),
            media.promptLanguage(),
            media.autoLevel(),
            media.waitingMusic(),
            media.warmUpMs(),
            media.ioUring());
    return new MediaEngine(
        new RtpConfig(firstPort, middlePort, 0), one, ClipLibrary.of(noise()), engineClock, 0);
  }

  private static Clip noise() {
    final SplittableRandom random = new SplittableRandom(1);
    final short[] samples = new short[CLIP_RATE_HZ];
    for (int i = 0; i < samples.length; i++) {
      // Syllables, four a second.
      final int loudest = i / (CLIP_RATE_HZ / 8) % 2 == 0 ? LOUDEST : 1;
      samples[i] = (short) random.nextInt(-loudest, loudest + 1);
    }
    return new Clip(CLIP, CLIP_RATE_HZ, samples);
  }

  private boolean hasTime() {
    return clock.nanoTime() - endNs < 0;
  }

  private void call(final Codec codec) {
    callId++;
    openLines(codec);
    for (tick = 0; tick < ROUND_TICKS && hasTime(); tick++) {
      direct();
      step();
    }
    closeLines();
  }

  private void openLines(final Codec codec) {
    events.expect(sessionId(0));
    for (int i = 0; i < LINES; i++) {
      keeper.open(i, InetAddress.getLoopbackAddress(), this::onEcho);
    }
    keeper.doWork(engineClock.nanoTime());
    for (int i = 0; i < echoes.size(); i++) {
      engine.open(sessionId(i), spec(codec, i));
    }
    for (int i = 0; i < OPENING_TICKS; i++) {
      step();
    }
    for (int i = 0; i < echoes.size(); i++) {
      engine.admit(sessionId(i), callId);
    }
  }

  private boolean onEcho(final PortAnswer answer) {
    if (answer.socket() != null) {
      echoes.add(new WarmupEcho(answer.socket()));
    }
    return true;
  }

  private long sessionId(final int line) {
    return callId * LINES + line;
  }

  private RtpSessionSpec spec(final Codec codec, final int line) {
    final int type = codec.staticPayloadType();
    return new RtpSessionSpec(
        InetAddress.getLoopbackAddress(),
        echoes.get(line).socket().local(),
        null,
        List.of(new RtpSessionSpec.Payload(type < 0 ? FIRST_DYNAMIC_TYPE : type, codec)),
        // Where keys are not agreed on they are listened for.
        line % 4 == 0 ? List.of() : List.of(DIGIT_TYPE),
        false,
        null,
        true,
        true,
        false,
        true,
        null,
        null);
  }

  private void direct() {
    switch (tick) {
      case ALL_TICK -> plan(1, 1, 0);
      case ROOMS_TICK -> {
        engine.play(callId, CLIP, 0, true);
        plan(4, 2, -4);
      }
      case MOVED_TICK -> {
        engine.stopPlay(callId);
        engine.prompt(sessionId(0), List.of(CLIP), 0);
        plan(5, 3, -1);
      }
      default -> {
        // Goes on as it is.
      }
    }
  }

  /** Every so many lines feed a room; who feeds one hears another as well. */
  private void plan(final int feedsEvery, final int rooms, final int volumeSteps) {
    final List<MixPlan.Place> places = new ArrayList<>(LINES);
    for (int i = 0; i < echoes.size(); i++) {
      final int room = i % rooms;
      final boolean feeds = i % feedsEvery == 0;
      final int other = feeds && rooms > 1 ? (room + 1) % rooms : MixPlan.NO_MIX;
      places.add(
          new MixPlan.Place(
              sessionId(i),
              feeds ? room : MixPlan.NO_MIX,
              MixPlan.NO_MIX,
              room,
              other,
              feeds ? volumeSteps : 0,
              volumeSteps,
              100,
              feeds));
    }
    engine.plan(new MixPlan(callId, tick, rooms, places));
  }

  private void step() {
    engineClock.advance(TickContext.TICK_NS);
    engine.step();
    engine.poll(events, Integer.MAX_VALUE);
    for (final WarmupEcho echo : echoes) {
      if (echo.isUp()) {
        echo.turn(tick);
      }
    }
  }

  private void closeLines() {
    for (int i = 0; i < echoes.size(); i++) {
      engine.close(sessionId(i));
    }
    engine.endCall(callId);
    for (int i = 0; i < CLOSING_TICKS; i++) {
      step();
    }
    echoes.forEach(echo -> keeper.close(echo.socket()));
    echoes.clear();
    keeper.doWork(engineClock.nanoTime());
  }
}
