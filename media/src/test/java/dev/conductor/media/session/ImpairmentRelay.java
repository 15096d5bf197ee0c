package dev.conductor.media.session;

import java.util.PriorityQueue;
import java.util.SplittableRandom;

/**
 * A bad network, by a hand-moved clock: datagrams go in when they are sent and come out when they
 * arrive, unless they are lost. It knows nothing of what is in them. The same seed gives the same
 * weather.
 */
final class ImpairmentRelay {
  private static final long NS_PER_MS = 1_000_000;

  /** One datagram on its way. */
  record Datagram(byte[] bytes, long arrivalNs, long order) {}

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
  double lossPercent;

  /** Of a hundred lost ones so many are followed by another lost one. */
  double burstPercent;

  /** A datagram is late by anything from 0 to this. */
  double jitterMs;

  /** The next datagram is late by this besides. */
  double stallMs;

  /** Whether a datagram may overtake another. */
  boolean reorders = true;

  /** Of a hundred datagrams so many come twice. */
  double duplicatePercent;

  long delivered;

  ImpairmentRelay(final long seed) {
    random = new SplittableRandom(seed);
  }

  /** Sends a datagram on its way. */
  void send(final byte[] bytes, final long sentNs) {
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
  Datagram poll(final long nowNs) {
    if (onTheWay.isEmpty() || onTheWay.peek().arrivalNs > nowNs) {
      return null;
    }
    delivered++;
    return onTheWay.remove();
  }
}
