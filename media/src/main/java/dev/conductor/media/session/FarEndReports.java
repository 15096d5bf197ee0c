package dev.conductor.media.session;

import dev.conductor.media.rtp.NtpTime;
import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.rtp.RtcpReader;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;

/**
 * What one far end told over RTCP: when it reported last, how it hears us, that it left. A goodbye
 * is noted and not acted on: whether a line ends is signalling's word.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units times in nanoseconds.
 */
final class FarEndReports {
  private static final double FRACTION_UNITS = 256;

  /** An echo older than this measures nothing worth knowing. */
  private static final long LONGEST_ROUND_TRIP_NS = 10_000_000_000L;

  private final RtcpReader reader = new RtcpReader();
  private final RoundTrip roundTrip = new RoundTrip();

  private boolean reported;
  private int reporter;
  private int reportTime;
  private long reportNs;

  private double loss = Double.NaN;
  private int cumulativeLost;
  private long jitterTicks;
  private boolean left;

  /**
   * Reads a datagram that came from the far end.
   *
   * @param lengthBytes of it, in {@link TickContext#in}
   * @param ownSsrc ours, about which it reports
   * @param waitNs how long it may have waited to be read
   * @return whether it was RTCP
   */
  boolean onDatagram(
      final TickContext context, final int lengthBytes, final int ownSsrc, final long waitNs) {
    final MediaCounters counters = context.counters();
    final int packets = reader.wrap(context.in(), 0, lengthBytes);
    if (packets < 0) {
      counters.increment(RtcpFaults.counterOf(packets));
      return false;
    }
    while (reader.next()) {
      if (reader.isReport()) {
        onReport(context, ownSsrc, waitNs);
      } else if (reader.type() == RtcpPacket.BYE && !reader.saysBye(ownSsrc)) {
        left = true;
        counters.increment(MediaCounter.RTCP_BYES);
      }
    }
    return true;
  }

  private void onReport(final TickContext context, final int ownSsrc, final long waitNs) {
    if (reader.ssrc() == ownSsrc) {
      // RTP tells a loop from a collision (its sequence numbers do); a report cannot.
      context.counters().increment(MediaCounter.RTCP_LOOPED);
      return;
    }
    if (reader.type() == RtcpPacket.SENDER_REPORT) {
      reported = true;
      reporter = reader.ssrc();
      reportTime = NtpTime.middle(reader.ntpTime());
      reportNs = context.nowNs();
    }
    left = false;
    if (reader.findBlock(ownSsrc)) {
      loss = reader.fractionLost() / FRACTION_UNITS;
      cumulativeLost = reader.cumulativeLost();
      jitterTicks = reader.jitterTicks();
      if (reader.lastReport() != 0) {
        onEcho(context, waitNs);
      }
    }
  }

  private void onEcho(final TickContext context, final long waitNs) {
    final int now = NtpTime.middle(NtpTime.of(context.wallNs()));
    final int backAt = reader.lastReport() + reader.sinceLastReport();
    final long seenNs = NtpTime.distanceNs(now, backAt);
    if (seenNs <= -TickContext.TICK_NS || seenNs > LONGEST_ROUND_TRIP_NS) {
      context.counters().increment(MediaCounter.RTCP_BAD_ECHO);
    } else {
      // The tick's time is a little before the read; on the shortest ways that shows.
      roundTrip.onEcho(Math.max(0, seenNs), waitNs);
    }
  }

  /** Whether it sent a sender report as this source. */
  boolean hasReported(final int ssrc) {
    return reported && reporter == ssrc;
  }

  /** The middle of the NTP time in its last sender report. */
  int reportTime() {
    return reportTime;
  }

  /** When that report was read: never before it came, so that nobody's round trip gets negative. */
  long reportNs() {
    return reportNs;
  }

  /** The part of our packets it lost lately: 0..1, NaN while it has not told. */
  double loss() {
    return loss;
  }

  /** Our packets it lost in all, as it told last. */
  int cumulativeLost() {
    return cumulativeLost;
  }

  /** The jitter it measures, in ticks of our stream's clock. */
  long jitterTicks() {
    return jitterTicks;
  }

  /** The round trip to it. */
  RoundTrip roundTrip() {
    return roundTrip;
  }

  /** Whether it said goodbye and reported nothing since. */
  boolean hasLeft() {
    return left;
  }

  /** Another far end: what the former told is void. */
  void forget() {
    reported = false;
    loss = Double.NaN;
    roundTrip.forget();
    left = false;
  }
}
