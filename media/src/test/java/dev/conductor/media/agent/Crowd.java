package dev.conductor.media.agent;

import dev.conductor.media.api.Codec;
import dev.conductor.media.api.LineSpec;
import dev.conductor.media.api.MediaEvents;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.OpusLibrary;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Very many phones in several calls of a running engine, and the conductor that lets them in and
 * moves them about: all on the calling thread, in slices of 2 ms, so that the phones' packets are
 * spread over the tick as they are in the world.
 */
final class Crowd implements AutoCloseable, MediaEvents {
  private static final long SLICE_NS = 2_000_000;
  private static final int SLICES = 10;
  private static final int PLAN_SLICES = 50;
  private static final long STALL_SLICES = 50;
  private static final int ROOMS = 4;

  private final MediaEngine engine;
  private final SplittableRandom random;
  private final int calls;
  private final Map<Codec, CrowdVoice> voices = new EnumMap<>(Codec.class);
  private final CrowdReports reports = new CrowdReports();
  private final Map<Long, CrowdPhone> phones = new HashMap<>();

  /** Those who are in their calls, so are sent to and planned for. */
  private final List<CrowdPhone> up = new ArrayList<>();

  private final long[] versions;
  private final boolean[] changed;
  private long nextSessionId = 1;
  private long sliceDueNs = System.nanoTime();
  private int slice;
  private long joins;
  private long changes;

  Crowd(final MediaEngine engine, final int calls, final long seed) {
    this.engine = engine;
    this.calls = calls;
    random = new SplittableRandom(seed);
    versions = new long[calls];
    changed = new boolean[calls];
    for (final Codec codec : Codec.values()) {
      voices.put(codec, new CrowdVoice(codec));
    }
  }

  /** Dials once, into a call of chance. */
  void dial() {
    final long sessionId = nextSessionId++;
    final CrowdVoice voice = voices.get(codec());
    final CrowdPhone phone =
        new CrowdPhone(sessionId, random.nextInt(calls), voice, random.nextInt());
    phone.room = random.nextInt(ROOMS);
    phone.muted = random.nextInt(3) > 0;
    phones.put(sessionId, phone);
    final RtpSessionSpec spec =
        new LineSpec(phone.address())
            .codec(voice.payloadType(), voice.codec())
            .rtcpTo(reports.address())
            .spec();
    if (!engine.open(sessionId, spec)) {
      throw new IllegalStateException("the engine takes nobody any more");
    }
  }

  /** Most speak G.711; Opus only where its library is the system's, which allocates nothing. */
  private Codec codec() {
    final int chance = random.nextInt(100);
    if (chance < 5) {
      return OpusLibrary.system().isNative() ? Codec.OPUS : Codec.G722;
    }
    return chance < 20 ? Codec.G722 : chance < 60 ? Codec.PCMU : Codec.PCMA;
  }

  /** Somebody hangs up. */
  void hangUp() {
    final CrowdPhone phone = up.remove(random.nextInt(up.size()));
    changed[(int) phone.callId] = true;
    engine.close(phone.sessionId);
  }

  /** Somebody is moved to another room, muted or unmuted, or turns his volume. */
  void change() {
    final CrowdPhone phone = up.get(random.nextInt(up.size()));
    switch (random.nextInt(3)) {
      case 0 -> phone.room = random.nextInt(ROOMS);
      case 1 -> phone.muted = random.nextInt(3) > 0;
      default -> phone.volumeOutSteps = random.nextInt(-1, 2);
    }
    changed[(int) phone.callId] = true;
    changes++;
  }

  /** How many dialled so far. */
  long dialled() {
    return nextSessionId - 1;
  }

  int size() {
    return up.size();
  }

  /** How many were admitted so far. */
  long joins() {
    return joins;
  }

  /** How many were moved, muted or turned so far. */
  long changes() {
    return changes;
  }

  /** The packets that all came to get, of those who are there. */
  long received() {
    return up.stream().mapToLong(CrowdPhone::received).sum();
  }

  /**
   * Lets all talk for so long.
   *
   * @param everyTick done once in each tick's time
   */
  void talk(final long durationNs, final Runnable everyTick) {
    final long endNs = System.nanoTime() + durationNs;
    while (System.nanoTime() - endNs < 0) {
      long leftNs;
      while ((leftNs = sliceDueNs - System.nanoTime()) > 0) {
        LockSupport.parkNanos(leftNs);
      }
      sliceDueNs += SLICE_NS * (-leftNs > STALL_SLICES * SLICE_NS ? STALL_SLICES : 1);
      slice(everyTick);
    }
  }

  private void slice(final Runnable everyTick) {
    slice++;
    engine.poll(this, Integer.MAX_VALUE);
    if (slice % SLICES == 0) {
      everyTick.run();
      reports.drain();
    }
    plan(slice % PLAN_SLICES);
    for (int i = 0; i < up.size(); i++) {
      final CrowdPhone phone = up.get(i);
      if ((phone.sessionId + slice) % SLICES == 0) {
        phone.turn(reports);
      }
    }
  }

  /** A call gets a new plan ten times a second at most, each call at its own moment. */
  private void plan(final int callId) {
    if (callId >= calls || !changed[callId]) {
      return;
    }
    changed[callId] = false;
    versions[callId]++;
    final List<MixPlan.Place> places = new ArrayList<>();
    for (final CrowdPhone phone : up) {
      if (phone.callId == callId) {
        places.add(
            new MixPlan.Place(
                phone.sessionId,
                phone.muted ? MixPlan.NO_MIX : phone.room,
                MixPlan.NO_MIX,
                phone.room,
                MixPlan.NO_MIX,
                0,
                phone.volumeOutSteps,
                100,
                !phone.muted));
      }
    }
    engine.plan(new MixPlan(callId, versions[callId], ROOMS, places));
  }

  @Override
  public void onOpened(final long sessionId, final InetSocketAddress localRtp) {
    final CrowdPhone phone = phones.get(sessionId);
    phone.dial(localRtp);
    engine.admit(sessionId, phone.callId);
    up.add(phone);
    changed[(int) phone.callId] = true;
    joins++;
  }

  @Override
  public void onOpenFailed(final long sessionId, final String reason) {
    throw new IllegalStateException(reason);
  }

  @Override
  public void onClosed(final long sessionId) {
    phones.remove(sessionId).close();
  }

  @Override
  public void close() {
    phones.values().forEach(CrowdPhone::close);
    reports.close();
  }

  @Override
  public void onFirstRtp(final long sessionId) {}

  @Override
  public void onDigit(final long sessionId, final char digit) {}

  @Override
  public void onInbandDigit(final long sessionId, final char digit) {}

  @Override
  public void onTalking(final long sessionId, final boolean talking) {}

  @Override
  public void onPromptEnded(final long sessionId, final long tag) {}

  @Override
  public void onSilentLine(final long sessionId, final long silentMs) {}
}
