package dev.conductor.media.session;

import dev.conductor.media.codec.G711;
import dev.conductor.media.jitter.JitterBuffer;
import dev.conductor.media.jitter.SlotJitterBuffer;
import dev.conductor.media.net.RtpSocket;
import dev.conductor.media.rtp.DigitReceiver;
import dev.conductor.media.rtp.ReceptionStatistics;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.TelephoneEvent;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.net.InetSocketAddress;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * The far end's side of one line's stream: reads the socket, checks each packet and hands it on to
 * the jitter buffer or to the keys.
 *
 * <p>One read a tick is the rule. Only where more may wait are there up to eight: while a stream
 * starts or its buffer is behind, from a tick that found nothing until the socket was read empty,
 * and once a second besides, so that nothing ages in the kernel unseen. While ticks are late a
 * tick's sound is read, and that of each tick that was skipped; what waits behind it is for the
 * ticks that are due. Once they are in time again all is read.
 *
 * <p>Where the far end is matched by its addresses the kernel cannot drop strangers for us: what
 * they send is read and thrown away, more of it in a tick, so that it does not hold up the far end.
 *
 * <p>The kernel does not tell when a packet came, only that it was within the tick before the read.
 * The middle of that tick is taken.
 *
 * @threading the media agent that owns the session.
 * @allocation none a packet once the socket is connected; an address a packet where it never is.
 * @units times in nanoseconds.
 */
final class RtpReceiver {
  private static final int READ_LIMIT = 8;

  /** While strangers' datagrams come as well. */
  private static final int READ_LIMIT_UNCONNECTED = 64;

  private static final int SWEEP_TICKS = 50;

  /** So much more is read in a tick for those that were skipped; the rest in the next one. */
  private static final int MAX_STALLED_READS = 23;

  /** After a minute of them the socket has long been full. */
  private static final int MAX_STALLED_TICKS = 3_000;

  private static final int FRAME_MS = 20;

  static final long MEAN_AGE_NS = 10_000_000;

  private final long sessionId;
  private final RtpSender sender;
  private final SourceLearner learner;
  private final SessionEvents events;
  private final RtcpSession rtcp;
  private final LineSecurity security;
  private final ReceptionStatistics reception;
  private final SlotJitterBuffer jitter;
  private final DigitReceiver digits = new DigitReceiver();
  private final VoiceDecoder voice;
  private final InbandDigits inband;

  private PayloadTable payloads;
  private boolean wanted;
  private boolean moreMayWait = true;

  /**
   * Whether ticks were late when it was read last: then what waits belongs to those that are due.
   */
  private boolean hurried;

  /** Ticks that were skipped and whose sound was not read yet: it is too old to be heard. */
  private int stalledTicks;

  /** Of the sound that went to the jitter buffer in this tick. */
  private final SoundProgress progress = new SoundProgress();

  private boolean spoke;

  /** The far end that was found in this tick, to be connected to; null for none. */
  private InetSocketAddress settled;

  private boolean heardNow;
  private long heardNs;

  /** Wrapped around what a run kept, for a moment. */
  private final UnsafeBuffer runPayloads = new UnsafeBuffer(0, 0);

  /** Whether a key may be down. */
  private boolean keyed;

  private boolean listensInband;

  RtpReceiver(
      final long sessionId,
      final RtpSender sender,
      final SourceLearner learner,
      final SessionEvents events,
      final RtcpSession rtcp,
      final LineSecurity security,
      final MediaCounters counters) {
    this.sessionId = sessionId;
    this.sender = sender;
    this.learner = learner;
    this.events = events;
    this.rtcp = rtcp;
    this.security = security;
    reception = rtcp.reception();
    jitter = new SlotJitterBuffer(PayloadTable.MAX_G711_BYTES, counters);
    voice = new VoiceDecoder(jitter);
    inband = new InbandDigits(events);
  }

  void countWith(final MediaCounters counters) {
    jitter.countWith(counters);
  }

  /** Listens with these codecs, or throws away what comes. Makes room for what they may bring. */
  void listen(final PayloadTable newPayloads, final boolean isWanted) {
    payloads = newPayloads;
    wanted = isWanted;
    moreMayWait = true;
    jitter.roomFor(newPayloads.maxPayloadBytes());
    voice.agree(newPayloads);
    listensInband = !payloads.takesEvents();
    inband.listen(listensInband);
  }

  /** Ticks were skipped: what waits in the socket looks like jitter, and is none. */
  void onSkipped(final long ticks) {
    stalledTicks = (int) Math.min(MAX_STALLED_TICKS, stalledTicks + ticks);
    jitter.relearn();
  }

  /** Whether the far end was ever heard. */
  boolean hasSpoken() {
    return spoke;
  }

  /** When the far end was heard last, if ever. */
  long heardNs() {
    return heardNs;
  }

  VoiceDecoder voice() {
    return voice;
  }

  /** What is held, how long it waits and what was missing. */
  JitterBuffer jitter() {
    return jitter;
  }

  /**
   * Reads what came and makes the frame of this tick.
   *
   * @param needed whether somebody may hear the voice or its talking is watched
   * @param firstLength of a datagram that was read already, or {@link CleanLine#UNREAD}
   * @return whether a valid packet came
   */
  boolean receive(
      final TickContext context,
      final RtpSocket socket,
      final boolean needed,
      final int firstLength) {
    heardNow = false;
    read(context, socket, firstLength);
    if (wanted) {
      keyed = keyed && digits.isPressed(context.nowNs());
      voice.decode(context, payloads, keyed, needed || listensInband);
      if (listensInband && inband.onFrame(voice.frame(), voice.plane(), context.counters())) {
        voice.none();
      }
    } else {
      voice.none();
    }
    return heardNow;
  }

  /**
   * Begins a run where a run could go on in the next tick: the far end was heard, and nothing is
   * unfinished.
   *
   * @return the codec that speaks, or null where no run began
   */
  G711 beginRun(final CleanLine line) {
    if (!heardNow || moreMayWait && !hurried || stalledTicks > 0 || keyed || listensInband) {
      return null;
    }
    final G711 law = voice.cleanCodec();
    return law != null && jitter.begin(line, reception, MEAN_AGE_NS) ? law : null;
  }

  /** Statistics and figures are where they would be without the run, which goes on. */
  void countRun(final CleanLine line) {
    if (line.hasFrame()) {
      line.count(reception);
    }
  }

  /** A run is over: jitter buffer and statistics are where they would be without it. */
  void endRun(final CleanLine line) {
    jitter.end(line, reception, line.payloads(runPayloads));
    if (line.hasFrame()) {
      progress.goesOnFrom(line.nextTimestamp());
      heardNs = line.heardNs();
    }
  }

  /** Reads on, as {@link #read}, until the socket is empty: a packet more than ticks was found. */
  void readOn(final TickContext context, final RtpSocket socket, final int firstLength) {
    moreMayWait = true;
    read(context, socket, firstLength);
  }

  /** The next tick in which the socket is to be read until it is empty. */
  long nextSweep(final long tick) {
    return tick + SWEEP_TICKS - (tick + sessionId) % SWEEP_TICKS;
  }

  private boolean isSweep(final TickContext context) {
    return (context.tick() + sessionId) % SWEEP_TICKS == 0;
  }

  /**
   * Reads what there is. While ticks are late it reads one tick's sound, and that of each tick that
   * was skipped, of which the latest is kept. What belongs to ticks that are due stays where it is:
   * so a line can be at rest however late it is, and to be late costs no more than to be in time.
   *
   * @param firstLength of a datagram that was read already, or {@link CleanLine#UNREAD}
   */
  void read(final TickContext context, final RtpSocket socket, final int firstLength) {
    final boolean hurry = context.isBehind();
    moreMayWait |= !hurry && (hurried || stalledTicks > 0 || isSweep(context));
    hurried = hurry;
    progress.begin();
    final int dueMs = (1 + stalledTicks) * FRAME_MS;
    final int limit =
        (learner.isMatchedByAddress() ? READ_LIMIT_UNCONNECTED : READ_LIMIT)
            + Math.min(stalledTicks, MAX_STALLED_READS);
    for (int reads = 0; reads < limit; reads++) {
      final boolean isRead = reads == 0 && firstLength != CleanLine.UNREAD;
      final int length = isRead ? firstLength : socket.receive(context.inBytes(), context.batch());
      if (length < 0) {
        settle(context, socket);
        // Found nothing at first: then the next ones may come in a bunch.
        moreMayWait = reads == 0;
        endStall(1 + context.ticksDue(), stalledTicks);
        if (length == RtpSocket.UNREACHABLE) {
          context.counters().increment(MediaCounter.RTP_PORT_UNREACHABLE);
        } else if (length == RtpSocket.FAULT) {
          context.counters().increment(MediaCounter.RTP_SOCKET_FAULTS);
        }
        return;
      }
      context.counters().increment(MediaCounter.RTP_RECEIVED);
      onDatagram(context, socket, length);
      if (hurry
          ? progress.passedMs() >= dueMs && settled == null
          : !moreMayWait && !jitter.isBehind()) {
        endStall(1, stalledTicks);
        return;
      }
    }
    moreMayWait = true;
    // A frame of it is this tick's own, unless there is more that is too old.
    final long read = Math.max(0, progress.passedMs() / FRAME_MS - 1);
    endStall(read < stalledTicks ? 0 : 1, read);
    context.counters().increment(MediaCounter.RTP_READ_LIMIT);
  }

  /**
   * What skipped ticks would have played was read: throws it away.
   *
   * @param ticks whose sound is kept
   * @param read how many of the skipped ticks have their sound read
   */
  private void endStall(final int ticks, final long read) {
    if (stalledTicks > 0) {
      final int kept = (ticks * FRAME_MS + progress.packetMs() - 1) / progress.packetMs();
      if (jitter.held() > kept) {
        jitter.keepLatest(kept);
        voice.dropUnplayed();
      } else {
        voice.keepWholeFrames();
      }
      stalledTicks = (int) Math.max(0, stalledTicks - read);
    }
  }

  private void onDatagram(final TickContext context, final RtpSocket socket, final int bytes) {
    if (bytes == TickContext.DATAGRAM_BYTES) {
      context.counters().increment(MediaCounter.RTP_TOO_LONG);
      return;
    }
    if (!rtcp.takes(context, socket, bytes)) {
      final int length = security.openRtp(context, bytes);
      if (length >= 0) {
        onRtp(context, socket, length);
      }
    }
  }

  private void onRtp(final TickContext context, final RtpSocket socket, final int length) {
    final MediaCounters counters = context.counters();
    final int payloadOffset = RtpHeader.payloadOffset(context.in(), 0, length);
    if (payloadOffset < 0) {
      counters.increment(RtpFaults.counterOf(payloadOffset));
      return;
    }
    final int payloadLength = RtpHeader.payloadLength(context.in(), 0, length, payloadOffset);
    if (payloadLength < 0) {
      counters.increment(RtpFaults.counterOf(payloadLength));
      return;
    }
    if (isFromFarEnd(context, socket)) {
      final PayloadTable.Format format = payloads.format(RtpHeader.payloadType(context.in(), 0));
      reception.onPacket(
          RtpHeader.ssrc(context.in(), 0),
          RtpHeader.sequence(context.in(), 0),
          RtpHeader.timestamp(context.in(), 0),
          format == null || format.isEvent() ? ReceptionStatistics.UNTIMED : format.clockRateHz(),
          payloadLength,
          context.dueNs() - MEAN_AGE_NS);
      onPacket(context, format, payloadOffset, payloadLength);
    }
  }

  private boolean isFromFarEnd(final TickContext context, final RtpSocket socket) {
    final int ssrc = RtpHeader.ssrc(context.in(), 0);
    final int sequence = RtpHeader.sequence(context.in(), 0);
    if (ssrc == sender.ssrc()) {
      if (sender.isOurs(sequence, RtpHeader.timestamp(context.in(), 0))) {
        context.counters().increment(MediaCounter.RTP_LOOPED);
        return false;
      }
    }
    if (!isKnownSource(context, socket, ssrc, sequence)) {
      context.counters().increment(MediaCounter.RTP_UNKNOWN_SOURCE);
      return false;
    }
    if (ssrc == sender.ssrc()) {
      sender.changeSsrc();
      context.counters().increment(MediaCounter.RTP_SSRC_COLLISIONS);
    }
    return true;
  }

  private boolean isKnownSource(
      final TickContext context, final RtpSocket socket, final int ssrc, final int sequence) {
    if (socket.isConnected()) {
      return true;
    }
    final boolean agreed = payloads.isAgreed(RtpHeader.payloadType(context.in(), 0));
    final long learnedBefore = learner.learned();
    if (!learner.accepts(socket.source(), ssrc, sequence, agreed, context.nowNs())) {
      return false;
    }
    if (learner.isMatchedByAddress()) {
      return true;
    }
    context.counters().add(MediaCounter.RTP_SOURCES_LEARNED, learner.learned() - learnedBefore);
    settled = socket.source();
    moreMayWait = true;
    return true;
  }

  /** Connects to the far end once the socket is read empty, for connecting empties it. */
  private void settle(final TickContext context, final RtpSocket socket) {
    if (settled != null && !socket.connect(settled)) {
      context.counters().increment(MediaCounter.RTP_SOCKET_FAULTS);
    }
    settled = null;
  }

  private void onPacket(
      final TickContext context,
      final PayloadTable.Format format,
      final int payloadOffset,
      final int payloadLength) {
    heardNow = true;
    heardNs = context.nowNs();
    if (!spoke) {
      spoke = true;
      events.firstRtp();
    }
    final MediaCounters counters = context.counters();
    if (!wanted) {
      counters.increment(MediaCounter.RTP_NOT_WANTED);
    } else if (format == null) {
      counters.increment(MediaCounter.RTP_UNKNOWN_PAYLOAD);
    } else if (format.isEvent()) {
      onEvent(context, payloadOffset, payloadLength);
    } else {
      onSound(context, format, payloadOffset, payloadLength);
    }
  }

  private void onSound(
      final TickContext context,
      final PayloadTable.Format format,
      final int payloadOffset,
      final int payloadLength) {
    final int durationTicks = format.durationTicks(context.in(), payloadOffset, payloadLength);
    final boolean taken =
        jitter.put(
            context.in(),
            0,
            payloadOffset,
            payloadLength,
            durationTicks,
            format.clockRateHz(),
            context.dueNs() - MEAN_AGE_NS);
    if (taken) {
      final int timestamp = RtpHeader.timestamp(context.in(), 0);
      progress.onSound(timestamp, durationTicks, format.clockRateHz());
    }
  }

  private void onEvent(
      final TickContext context, final int payloadOffset, final int payloadLength) {
    if (payloadLength < TelephoneEvent.BYTES) {
      context.counters().increment(MediaCounter.RTP_BAD_LENGTH);
      return;
    }
    context.counters().increment(MediaCounter.RTP_EVENTS);
    keyed = true;
    final char digit = digits.onPacket(context.in(), 0, payloadOffset, context.nowNs());
    if (digit != TelephoneEvent.NO_DIGIT) {
      events.digit(digit, context.counters());
    }
  }
}
