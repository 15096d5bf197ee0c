package dev.conductor.media.session;

import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.net.DatagramBatch;
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

  /** The longest datagram that is read whole. */
  static final int DATAGRAM_BYTES = PacketBuffer.BYTES;

  private final MediaCounters counters;
  private final long wallOffsetNs;
  private final DatagramBatch batch;
  private final PacketBuffer in = new PacketBuffer();
  private final PacketBuffer out = new PacketBuffer();
  private final PacketBuffer sealed = new PacketBuffer();
  private final int[] room = new int[RatePlane.MAX_FRAME_SAMPLES];
  private final short[] heard = new short[RatePlane.MAX_FRAME_SAMPLES];
  private long nowNs;
  private long dueNs;
  private long tick;
  private int ticksDue;

  /**
   * A context that counts with these.
   *
   * @param wallOffsetNs what makes {@link #nowNs} a time since 1970
   * @param batch by which the connected sockets are read and written
   */
  public TickContext(
      final MediaCounters counters, final long wallOffsetNs, final DatagramBatch batch) {
    this.counters = counters;
    this.batch = batch;
    this.wallOffsetNs = wallOffsetNs;
  }

  /**
   * Begins a tick.
   *
   * @param tickBeginNs when it begins
   * @param tickDueNs when it was to begin
   */
  public void begin(final long tickBeginNs, final long tickDueNs, final long tickNumber) {
    nowNs = tickBeginNs;
    dueNs = tickDueNs;
    tick = tickNumber;
  }

  /** Says how many ticks are due already, right after the one just begun. */
  public void ticksDue(final int ticks) {
    ticksDue = ticks;
  }

  /** How many ticks are due already, right after this one. */
  int ticksDue() {
    return ticksDue;
  }

  /** Whether there is no time for what can wait, or be left out for once. */
  boolean isBehind() {
    return ticksDue > 0;
  }

  /** The agent's batch of datagrams. */
  public DatagramBatch batch() {
    return batch;
  }

  /** The agent's counters. */
  public MediaCounters counters() {
    return counters;
  }

  /** When the tick began. */
  public long nowNs() {
    return nowNs;
  }

  /**
   * When the tick was to begin: what the waiting of packets is reckoned by, or else each lateness
   * of ours would be taken for the line's.
   */
  long dueNs() {
    return dueNs;
  }

  /** When the tick began, since 1970, for the far end's eyes: only reports say it. */
  long wallNs() {
    return nowNs + wallOffsetNs;
  }

  /** The tick's number; it rises by more than one when ticks were skipped. */
  public long tick() {
    return tick;
  }

  /** A datagram is read into this. */
  ByteBuffer inBytes() {
    return in.bytes();
  }

  /** The same memory as {@link #inBytes}. */
  UnsafeBuffer in() {
    return in.buffer();
  }

  /** A datagram is sent from this. */
  PacketBuffer out() {
    return out;
  }

  /** A protected packet is sent from this. */
  PacketBuffer sealed() {
    return sealed;
  }

  /** Room for a frame of sums: what one listener hears. */
  public int[] room() {
    return room;
  }

  /** Room for a frame of samples: the same, limited. */
  short[] heard() {
    return heard;
  }
}
