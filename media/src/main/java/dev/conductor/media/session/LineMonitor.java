package dev.conductor.media.session;

import dev.conductor.media.dsp.Level;
import dev.conductor.media.jitter.JitterBuffer;
import dev.conductor.media.rtp.ReceptionStatistics;
import dev.conductor.media.status.LineGauges;

/**
 * Tells once a second, through its gauges, how the line does.
 *
 * <p>The level is that of the loudest of five frames of the second. The score is of the last ten
 * seconds or so: what was lost or came too late counts less each second. Its delay is half the
 * round trip, what the jitter buffer holds and a packet's own length; what of these is not known
 * counts as none.
 *
 * @threading the media agent that owns the session; the gauges are read by anybody.
 * @allocation none after construction.
 */
final class LineMonitor {
  private static final int TELL_TICKS = 50;
  private static final int LISTEN_TICKS = 10;
  private static final double NS_A_MS = 1_000_000;
  private static final double PACKET_MS = 20;
  private static final double SMOOTHING = 8;

  private final long sessionId;
  private final RtcpSession rtcp;
  private final VoiceDecoder voice;
  private final JitterBuffer jitter;
  private final LineGauges gauges = new LineGauges();

  private int loudestDb = Level.SILENCE_DBOV;
  private long receivedBefore;
  private long lostBefore;
  private long lateBefore;
  private double loss;

  LineMonitor(final long sessionId, final RtcpSession rtcp, final RtpReceiver receiver) {
    this.sessionId = sessionId;
    this.rtcp = rtcp;
    voice = receiver.voice();
    jitter = receiver.jitter();
  }

  /** Where it tells. */
  LineGauges gauges() {
    return gauges;
  }

  /**
   * The next tick in which {@link #onTick} has anything to do. A quiet line is heard when it is
   * told of, and not in between: each look at it fetches memory that nothing else has touched.
   */
  long nextTurn(final long tick, final boolean quiet) {
    final int everyTicks = quiet ? TELL_TICKS : LISTEN_TICKS;
    return tick + everyTicks - (tick + sessionId) % everyTicks;
  }

  /** Listens, and tells when it is time. */
  void onTick(final TickContext context) {
    final long turn = context.tick() + sessionId;
    if (turn % LISTEN_TICKS == 0 && voice.isHeard()) {
      final short[] frame = voice.frame();
      loudestDb = Math.max(loudestDb, Level.dbov(frame, 0, voice.plane().frameSamples()));
    }
    if (turn % TELL_TICKS == 0) {
      tell();
    }
  }

  private void tell() {
    final ReceptionStatistics reception = rtcp.reception();
    final FarEndReports farEnd = rtcp.farEnd();
    final double roundTripMs =
        farEnd.roundTrip().isKnown() ? farEnd.roundTrip().roundTripNs() / NS_A_MS : Double.NaN;
    gauges.received(reception.packets());
    gauges.lost(reception.totalLost());
    gauges.roundTripMs(roundTripMs);
    gauges.remoteLoss(farEnd.loss());
    gauges.remoteJitterMs(rtcp.remoteJitterMs());
    gauges.late(jitter.latePackets());
    gauges.depthMs(jitter.depthMs());
    gauges.levelDb(loudestDb);
    loudestDb = Level.SILENCE_DBOV;
    if (reception.isHeard()) {
      gauges.jitterMs(reception.jitterMs());
      measureLoss(reception);
      final double delayMs = orNone(roundTripMs) / 2 + orNone(gauges.depthMs()) + PACKET_MS;
      gauges.mos(VoiceQuality.mos(delayMs, loss));
    }
  }

  private void measureLoss(final ReceptionStatistics reception) {
    final long lostNow = reception.totalLost() - lostBefore;
    final long lateNow = gauges.late() - lateBefore;
    final long sentNow = reception.packets() - receivedBefore + lostNow;
    receivedBefore = reception.packets();
    lostBefore = reception.totalLost();
    lateBefore = gauges.late();
    if (sentNow > 0) {
      final double lossNow = Math.max(0, Math.min(1, (double) (lostNow + lateNow) / sentNow));
      loss += (lossNow - loss) / SMOOTHING;
    }
  }

  private static double orNone(final double figure) {
    return Double.isNaN(figure) ? 0 : figure;
  }
}
