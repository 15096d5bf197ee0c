package dev.conductor.media.session;

import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.net.RtpSocket;
import dev.conductor.media.rtp.NtpTime;
import dev.conductor.media.rtp.ReceptionStatistics;
import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.rtp.RtcpWriter;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.random.RandomGenerator;

/**
 * RTCP of one line (RFC 3550, section 6): counts what comes and goes, reports it to the far end, on
 * hold too, and takes the far end's reports.
 *
 * <p>A report is a sender report when RTP went out since the report before the last, else a
 * receiver report; it has a block when RTP came since the last. Its name is made of 96 random bits
 * that last as long as the session (RFC 7022, section 4.2). A goodbye ends a stream that began.
 *
 * <p>With rtcp-mux (RFC 5761) ours goes over the RTP port. What comes there is taken for RTCP
 * whether that was agreed or not, unless its second byte is that of an agreed payload type.
 *
 * <p>The RTCP socket is read every half second. Once the far end has reported there, every tenth of
 * a second: the later its report is read, the longer the round trip looks to it.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction, but for the address of a datagram on the RTCP socket.
 * @units times in nanoseconds.
 */
final class RtcpSession {
  private static final int SWEEP_TICKS = 25;
  private static final int SWEEP_TICKS_HEARD = 5;
  private static final int READ_LIMIT = 4;
  private static final int PAYLOAD_TYPES = 128;
  private static final int NAME_BYTES = 12;
  private static final long NS_A_SECOND = 1_000_000_000L;
  private static final double MS_A_SECOND = 1_000;

  private final long sessionId;
  private final RtpSender sender;
  private final LineSecurity security;
  private final RtcpAddresses addresses;
  private final RtcpSchedule schedule;
  private final ReceptionStatistics reception = new ReceptionStatistics();
  private final FarEndReports farEnd = new FarEndReports();
  private final RtcpWriter writer = new RtcpWriter();
  private final byte[] name;

  private final boolean[] agreed = new boolean[PAYLOAD_TYPES];
  private int sendRateHz;
  private boolean mux;

  private boolean heardOnRtcpPort;
  private long sweptNs;

  /** The source our figures are of. */
  private int ssrc;

  private int packetsAtLastReport;
  private int packetsAtReportBefore;
  private boolean reported;

  RtcpSession(
      final long sessionId,
      final RtpSessionSpec spec,
      final SourceLearner learner,
      final RtpSender sender,
      final LineSecurity security,
      final RandomGenerator random) {
    this.sessionId = sessionId;
    this.sender = sender;
    this.security = security;
    addresses = new RtcpAddresses(learner, spec);
    schedule = new RtcpSchedule(random);
    ssrc = sender.ssrc();
    final byte[] bits = new byte[NAME_BYTES];
    random.nextBytes(bits);
    name = Base64.getEncoder().encodeToString(bits).getBytes(StandardCharsets.US_ASCII);
    learnPayloads(spec);
  }

  /** Takes over a new offer and answer. */
  void update(final RtpSessionSpec spec) {
    if (addresses.update(spec)) {
      farEnd.forget();
      heardOnRtcpPort = false;
    }
    learnPayloads(spec);
  }

  private void learnPayloads(final RtpSessionSpec spec) {
    Arrays.fill(agreed, false);
    for (final RtpSessionSpec.Payload payload : spec.payloads()) {
      agreed[payload.payloadType()] = true;
    }
    for (final int payloadType : spec.digitPayloadTypes()) {
      agreed[payloadType] = true;
    }
    sendRateHz = spec.payloads().get(0).codec().clockRateHz();
    mux = spec.rtcpMux();
  }

  /** How the far end's stream arrives. */
  ReceptionStatistics reception() {
    return reception;
  }

  /** What the far end told. */
  FarEndReports farEnd() {
    return farEnd;
  }

  /** The jitter the far end measures of our stream; NaN while it has not told. */
  double remoteJitterMs() {
    return Double.isNaN(farEnd.loss())
        ? Double.NaN
        : farEnd.jitterTicks() * MS_A_SECOND / sendRateHz;
  }

  /**
   * Takes a datagram of the RTP socket, if it is RTCP.
   *
   * @param lengthBytes of it, in {@link TickContext#in}
   * @return whether it was RTCP, good or bad
   */
  boolean takes(final TickContext context, final RtpSocket socket, final int lengthBytes) {
    if (!RtcpPacket.isRtcp(context.in(), 0, lengthBytes)
        || agreed[RtpHeader.payloadType(context.in(), 0)]) {
      return false;
    }
    onSealed(context, socket.source(), lengthBytes, TickContext.TICK_NS);
    return true;
  }

  private boolean onSealed(
      final TickContext context,
      final InetSocketAddress source,
      final int sealedBytes,
      final long waitNs) {
    final int lengthBytes = security.openRtcp(context, sealedBytes);
    return lengthBytes >= 0 && onDatagram(context, source, lengthBytes, waitNs);
  }

  private int sweepTicks() {
    return heardOnRtcpPort ? SWEEP_TICKS_HEARD : SWEEP_TICKS;
  }

  /** The next tick in which the RTCP socket is read. */
  long nextSweep(final long tick) {
    return tick + sweepTicks() - (tick + sessionId) % sweepTicks();
  }

  /** Whether {@link #onTick} is about to report how the far end's stream arrives. */
  boolean isReportDue(final TickContext context) {
    return schedule.isDue(context.nowNs());
  }

  /** Reads what came on the RTCP socket and reports when it is time. */
  void onTick(final TickContext context, final RtpSocket socket) {
    if ((context.tick() + sessionId) % sweepTicks() == 0) {
      sweep(context, socket);
    }
    if (ssrc != sender.ssrc()) {
      bye(context, socket);
      beginStream();
    }
    if (schedule.poll(context.nowNs())) {
      report(context, socket, false);
    }
  }

  private void sweep(final TickContext context, final RtpSocket socket) {
    final long waitNs = context.nowNs() - sweptNs;
    sweptNs = context.nowNs();
    for (int reads = 0; reads < READ_LIMIT; reads++) {
      final int length = socket.receiveRtcp(context.inBytes());
      if (length == RtpSocket.NOTHING) {
        return;
      }
      if (length == RtpSocket.FAULT) {
        context.counters().increment(MediaCounter.RTCP_SOCKET_FAULTS);
        return;
      }
      if (onSealed(context, socket.rtcpSource(), length, waitNs)) {
        heardOnRtcpPort = true;
        addresses.learn(socket.rtcpSource());
      }
    }
  }

  private boolean onDatagram(
      final TickContext context,
      final InetSocketAddress source,
      final int lengthBytes,
      final long waitNs) {
    context.counters().increment(MediaCounter.RTCP_RECEIVED);
    if (!addresses.accepts(source)) {
      context.counters().increment(MediaCounter.RTCP_UNKNOWN_SOURCE);
      return false;
    }
    if (lengthBytes == TickContext.DATAGRAM_BYTES) {
      context.counters().increment(MediaCounter.RTCP_TOO_LONG);
      return false;
    }
    return farEnd.onDatagram(context, lengthBytes, ssrc, waitNs);
  }

  /** Says goodbye of the stream, if it ever began. */
  void bye(final TickContext context, final RtpSocket socket) {
    try {
      if (reported || sender.sentPackets() > 0) {
        report(context, socket, true);
      }
    } catch (final RuntimeException unsaid) {
      // A line that is given up because nothing can be protected on it must end all the same.
      context.counters().increment(MediaCounter.SESSION_FAULTS);
    }
  }

  /** We took another SSRC: its figures begin at nothing. */
  private void beginStream() {
    ssrc = sender.ssrc();
    sender.countAnew();
    packetsAtLastReport = 0;
    packetsAtReportBefore = 0;
    reported = false;
  }

  private void report(final TickContext context, final RtpSocket socket, final boolean last) {
    final InetSocketAddress target = mux ? addresses.rtpTarget() : addresses.target();
    if (target == null) {
      return;
    }
    writer.wrap(context.out().buffer(), 0);
    final int sentPackets = sender.sentPackets();
    if (sentPackets != packetsAtReportBefore) {
      writer.senderReport(
          ssrc,
          NtpTime.of(context.wallNs()),
          timestampAt(context),
          sentPackets,
          sender.sentOctets());
    } else {
      writer.receiverReport(ssrc);
    }
    packetsAtReportBefore = packetsAtLastReport;
    packetsAtLastReport = sentPackets;
    if (reception.isHeardSinceReport()) {
      block(context);
    }
    writer.cname(ssrc, name);
    if (last) {
      writer.bye(ssrc);
    }
    final int lengthBytes = security.protectRtcp(context.out().buffer(), writer.lengthBytes());
    if (lengthBytes < 0) {
      context.counters().increment(MediaCounter.RTCP_SENDS_REFUSED);
      return;
    }
    final ByteBuffer bytes = context.out().bytes();
    bytes.clear().limit(lengthBytes);
    final int sent = mux ? socket.send(bytes, target) : socket.sendRtcp(bytes, target);
    context
        .counters()
        .increment(sent > 0 ? MediaCounter.RTCP_SENT : MediaCounter.RTCP_SENDS_REFUSED);
    reported = true;
  }

  private void block(final TickContext context) {
    final boolean echo = farEnd.hasReported(reception.ssrc());
    writer.block(
        reception.ssrc(),
        reception.takeFractionLost(),
        reception.cumulativeLost(),
        reception.highestSequence(),
        reception.jitterTicks(),
        echo ? farEnd.reportTime() : 0,
        echo ? NtpTime.shortOf(context.nowNs() - farEnd.reportNs()) : 0);
  }

  /** Our stream's timestamp at this moment, which may be between two packets. */
  private int timestampAt(final TickContext context) {
    final long sinceNs = context.nowNs() - sender.sentNs();
    return sender.timestamp() + (int) (sinceNs * sendRateHz / NS_A_SECOND);
  }
}
