package dev.conductor.bench.load;

import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.status.MediaCounters;
import dev.conductor.media.status.TickHistogram;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

/**
 * All callers and the one thread that sends and receives for them: whoever calls {@link #run}. It
 * wakes every millisecond on an absolute schedule; in each of the 20 slots of a packet time a
 * twentieth of the callers reads once (every sixteenth time until nothing is left) and sends once,
 * many of them by one call of the system where it can, so that they leave the CPU to who is
 * measured. After a stall what was missed is sent at once, so that everybody sends 50 packets a
 * second.
 */
final class Swarm implements AutoCloseable {
  /** Slots of a packet time. */
  static final int SLOTS = 20;

  /** Packets a second. */
  static final int PACKETS_PER_SECOND = 50;

  /** Largest packet that is read whole. */
  static final int MAX_PACKET_BYTES = 1_500;

  private static final long SLOT_NS = 1_000_000;
  private static final long WATCH_NS = 250_000;
  private static final long FORGOTTEN_NS = 200_000_000;
  private static final int DRAIN_EVERY = 16;
  private static final int MAX_READS = 32;

  private final List<LoadCaller> callers = new ArrayList<>();
  private final List<Runnable> works = new ArrayList<>();
  private final ByteBuffer in = ByteBuffer.allocateDirect(MAX_PACKET_BYTES);
  private final DatagramBatch batch = DatagramBatch.open(new MediaCounters(), true);
  private List<LoadCaller> watched = List.of();
  private TickHistogram lateness = new TickHistogram();
  private TickHistogram watchGaps = new TickHistogram();
  private boolean sending = true;
  private long slot;
  private long nextSlotNs;
  private long lastWatchNs;

  /**
   * Opens the sockets.
   *
   * @param plan how many call, and how many of them talk; those are spread over them
   */
  Swarm(final InetAddress local, final LoadPlan plan, final SplittableRandom random)
      throws IOException {
    final Frames frames = new Frames(plan.talkers(), plan.silent(), random);
    for (int i = 0; i < plan.callers(); i++) {
      final int talker = plan.talkers() * i / plan.callers();
      final boolean first = i == 0 || talker != plan.talkers() * (i - 1) / plan.callers();
      final boolean talks = plan.talkers() > 0 && first;
      callers.add(new LoadCaller(local, i, talks ? talker : LoadCaller.NO_TALKER, frames));
    }
  }

  /** How packets go: many by one call of the system, or why not. */
  String way() {
    return batch.isOn() ? "by io_uring" : "one by one, as " + batch.reason();
  }

  List<LoadCaller> callers() {
    return callers;
  }

  /** The callers of a slot are those from here to the first of the next. */
  int firstOfSlot(final int number) {
    return (int) ((long) callers.size() * number / SLOTS);
  }

  /** Does this in every slot as well. */
  void addWork(final Runnable work) {
    works.add(work);
  }

  /** Whether who is connected sends. */
  void sending(final boolean now) {
    sending = now;
  }

  /** Reads these four times a millisecond, for their packets' times of arrival. */
  void watch(final List<LoadCaller> whom) {
    watched = List.copyOf(whom);
    watchGaps = new TickHistogram();
    lastWatchNs = 0;
  }

  /** How late slots began since the last {@link #mark}. */
  TickHistogram lateness() {
    return lateness;
  }

  /** How long a packet for one of the watched may have waited to be read. */
  TickHistogram watchGaps() {
    return watchGaps;
  }

  /** Begins to measure anew. */
  Totals mark() {
    lateness = new TickHistogram();
    return totals();
  }

  /** The sums over all callers. */
  Totals totals() {
    long sent = 0;
    long unsent = 0;
    long received = 0;
    long gaps = 0;
    long duplicates = 0;
    for (final LoadCaller caller : callers) {
      sent += caller.sent();
      unsent += caller.unsent();
      received += caller.received();
      gaps += caller.gaps();
      duplicates += caller.duplicates();
    }
    return new Totals(sent, unsent, received, gaps, duplicates);
  }

  /**
   * Runs for so long.
   *
   * @return how long it really was, in nanoseconds
   */
  long run(final long forNs) {
    final long beganNs = System.nanoTime();
    run(() -> false, forNs);
    return System.nanoTime() - beganNs;
  }

  /**
   * Runs until it is done.
   *
   * @param limitNs but no longer than this
   * @return whether it was done in time
   */
  boolean run(final BooleanSupplier done, final long limitNs) {
    final long beganNs = System.nanoTime();
    if (beganNs - nextSlotNs > FORGOTTEN_NS) {
      nextSlotNs = beganNs;
    }
    long nowNs = beganNs;
    while (nowNs - beganNs < limitNs) {
      if (nowNs - nextSlotNs >= 0) {
        lateness.record(nowNs - nextSlotNs);
        onSlot();
        nextSlotNs += SLOT_NS;
        if (done.getAsBoolean()) {
          return true;
        }
      } else if (watched.isEmpty()) {
        Parking.until(nextSlotNs);
      } else {
        Parking.until(Math.min(nextSlotNs, nowNs + WATCH_NS));
        onWatch();
      }
      nowNs = System.nanoTime();
    }
    return false;
  }

  private void onSlot() {
    final int number = (int) (slot % SLOTS);
    final int end = firstOfSlot(number + 1);
    for (int first = firstOfSlot(number); first < end; first += DatagramBatch.SIZE) {
      exchange(callers.subList(first, Math.min(end, first + DatagramBatch.SIZE)), slot / SLOTS);
    }
    batch.flush();
    onWatch();
    works.forEach(Runnable::run);
    slot++;
  }

  private void exchange(final List<LoadCaller> some, final long round) {
    for (final LoadCaller caller : some) {
      caller.ask(batch);
    }
    batch.fetch();
    for (final LoadCaller caller : some) {
      if (caller.isConnected()) {
        final boolean drains = (round + caller.index()) % DRAIN_EVERY == 0;
        caller.receive(in, batch, drains ? MAX_READS : 1);
      }
    }
    for (final LoadCaller caller : some) {
      if (caller.isConnected()) {
        if (sending) {
          caller.send(batch);
        } else {
          caller.pass();
        }
      }
    }
  }

  private void onWatch() {
    if (watched.isEmpty()) {
      return;
    }
    final long nowNs = System.nanoTime();
    if (lastWatchNs != 0) {
      watchGaps.record(nowNs - lastWatchNs);
    }
    lastWatchNs = nowNs;
    for (final LoadCaller caller : watched) {
      caller.receive(in, batch, MAX_READS);
    }
  }

  /** Closes the sockets. */
  @Override
  public void close() {
    callers.forEach(LoadCaller::close);
    batch.close();
  }

  /**
   * Sums over all callers, in packets.
   *
   * @param unsent those the system would not take
   * @param gaps missing by their sequence numbers
   * @param duplicates came twice or out of order
   */
  record Totals(long sent, long unsent, long received, long gaps, long duplicates) {
    /** What came since. */
    Totals since(final Totals before) {
      return new Totals(
          sent - before.sent,
          unsent - before.unsent,
          received - before.received,
          gaps - before.gaps,
          duplicates - before.duplicates);
    }
  }
}
