package dev.conductor.media.session;

import dev.conductor.media.status.MediaCounters;
import java.nio.ByteBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * What an agent lends its sessions for the length of a tick: the time, its counters, room for a
 * datagram each way.
 *
 * @threading one media agent.
 * @allocation none after construction.
 * @units times in nanoseconds; ticks are counted since the engine's start, the same on all agents.
 */
public final class TickContext {
  /** How long a tick lasts. */
  public static final long TICK_NS = 20_000_000;

  /** Samples of a frame: 20 ms at 8 kHz. */
  public static final int FRAME_SAMPLES = 160;

  /** The longest datagram that is read whole. */
  static final int DATAGRAM_BYTES = 2_048;

  private final MediaCounters counters;
  private final ByteBuffer inBytes = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
  private final UnsafeBuffer in = new UnsafeBuffer(inBytes);
  private final ByteBuffer outBytes = ByteBuffer.allocateDirect(DATAGRAM_BYTES);
  private final UnsafeBuffer out = new UnsafeBuffer(outBytes);
  private final int[] sums = new int[FRAME_SAMPLES];
  private long nowNs;
  private long tick;

  /** A context that counts with these. */
  public TickContext(final MediaCounters counters) {
    this.counters = counters;
  }

  /** Begins a tick. */
  public void begin(final long tickBeginNs, final long tickNumber) {
    nowNs = tickBeginNs;
    tick = tickNumber;
  }

  /** The agent's counters. */
  public MediaCounters counters() {
    return counters;
  }

  /** When the tick began. */
  public long nowNs() {
    return nowNs;
  }

  /** The tick's number; it rises by more than one when ticks were skipped. */
  public long tick() {
    return tick;
  }

  /** Room for a frame of sums that are not limited yet. */
  int[] sums() {
    return sums;
  }

  /** A datagram is read into this. */
  ByteBuffer inBytes() {
    return inBytes;
  }

  /** The same memory as {@link #inBytes}. */
  UnsafeBuffer in() {
    return in;
  }

  /** A datagram is sent from this. */
  ByteBuffer outBytes() {
    return outBytes;
  }

  /** The same memory as {@link #outBytes}. */
  UnsafeBuffer out() {
    return out;
  }
}
