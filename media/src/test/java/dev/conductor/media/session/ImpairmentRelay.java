package dev.conductor.media.session;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A bad network, by a hand-moved clock: datagrams go in when they are sent and come out when they
 * arrive, unless they are lost. It knows nothing of what is in them. The same seed gives the same
 * weather.
 */
public final class ImpairmentRelay {
  private static final long NS_PER_MS = 1_000_000;

  /** One datagram on its way. */
  public record Datagram(byte[] bytes, long arrivalNs, long order) {}

  private final SplittableRandom random;
  private final PriorityQueue<Datagram> onTheWay =
      new PriorityQueue<>(
          (a, b) ->
              a.arrivalNs == b.arrivalNs
                  ? Long.compare(a.order, b.order)
                  : Long.compare(a.arrivalNs, b.arrivalNs));
  private long order;
  private boolean burst;
  private long latestNs = Long.MIN_VALUE;

  /** Of a hundred datagrams so many begin a loss. */
  public double lossPercent;

  /** Of a hundred lost ones so many are followed by another lost one. */
  public double burstPercent;

  /** A datagram is late by anything from 0 to this. */
  public double jitterMs;

  /** The next datagram is late by this besides. */
  public double stallMs;

  /** Whether a datagram may overtake another. */
  public boolean reorders = true;

  /** Of a hundred datagrams so many come twice. */
  public double duplicatePercent;

  /** How many arrived. */
  public long delivered;

  /** The weather of this seed; a clear one until it is made worse. */
  public ImpairmentRelay(final long seed) {
    random = new SplittableRandom(seed);
  }

  /** Sends a datagram on its way. */
  public void send(final byte[] bytes, final long sentNs) {
    final double lost = burst ? burstPercent : lossPercent;
    burst = lost > 0 && random.nextDouble(100) < lost;
    if (burst) {
      return;
    }
    final boolean twice = duplicatePercent > 0 && random.nextDouble(100) < duplicatePercent;
    for (int copies = twice ? 2 : 1; copies > 0; copies--) {
      final double lateMs = random.nextDouble() * jitterMs + stallMs;
      stallMs = 0;
      long arrivalNs = sentNs + (long) (lateMs * NS_PER_MS);
      if (!reorders) {
        arrivalNs = Math.max(arrivalNs, latestNs);
        latestNs = arrivalNs;
      }
      onTheWay.add(new Datagram(bytes, arrivalNs, order++));
    }
  }

  /** The next datagram that has arrived by now, or null. */
  public Datagram poll(final long nowNs) {
    if (onTheWay.isEmpty() || onTheWay.peek().arrivalNs > nowNs) {
      return null;
    }
    delivered++;
    return onTheWay.remove();
  }
}
