package dev.conductor.media.session;

import dev.conductor.media.codec.G711;
import dev.conductor.media.dsp.Concealment;
import dev.conductor.media.dsp.VoiceActivity;
import dev.conductor.media.jitter.CleanRun;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.net.RtpSocket;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import dev.conductor.media.status.MediaCounter;
import java.nio.ByteBuffer;
import org.agrona.DirectBuffer;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * All that a tick touches of a line while it is in a {@link CleanRun}, nobody talks on it, and it
 * is sent what others are sent: one object, so that a walk along a thousand lines finds each in a
 * few lines of the processor's cache. The session itself sleeps; it is woken for what it has to
 * judge or to report, and by {@link RtpSession#catchUp}, after which everything in it is as if each
 * tick had gone through it.
 *
 * <p>Payloads are kept as they came, and decoded only for who wants to hear them. What the quietest
 * frames were is gathered, and told as often as it must be.
 *
 * @threading the media agent that owns the session.
 * @allocation one small object at construction, then none.
 * @units 16-bit linear PCM at 8 kHz; times in nanoseconds.
 */
public class CleanLine extends CleanRun {
  /** {@link #receive}: the run is over; the session is to receive. */
  public static final int BROKEN = 0;

  /** {@link #receive}: all is done. */
  public static final int QUIET = 1;

  /** {@link #receive}: the session is to be told to {@link RtpSession#hear}. */
  public static final int HEARD = 2;

  /** In place of a length: not read yet. */
  static final int UNREAD = Integer.MIN_VALUE;

  /** Frames that concealment is told of at the end. */
  private static final int REMEMBERED = 4;

  /** Bytes of room for the payloads of a run. */
  static final int KEPT_BYTES = (REMEMBERED + MAX_HELD) * SAMPLES;

  private static final long NEVER = Long.MIN_VALUE;

  private RtpSocket socket;
  private G711 law;
  private VoiceActivity activity;
  private Concealment concealment;

  /** The place where payloads are kept, in {@link RunPayloads}. */
  private final int place;

  /** The latest payloads, as a ring: what is held, and what was played. Others' are beside them. */
  private final byte[] payloads;

  /** Where in that they begin. */
  private final int payloadsAt;

  /** How many there are in it. */
  private int payloadsKept;

  private int payloadCount;

  private long lastTick = NEVER;
  private long quietTick = NEVER;

  /** When the session is to be seen at the latest. */
  private long careTick;

  /** When the socket is to be read until it is empty. */
  private long sweepTick;

  private int unusedLength = UNREAD;
  private int sum;

  private boolean quiet;
  private int energy;
  private int quietFloor;

  /** The least level since {@link #quietFloor} was asked for. */
  private int quietLeast;

  /** The judge of talk takes frames by spans: the least level of each that it was not told of. */
  private final int[] spans;

  private final int spansAt;

  /** Where behind them the sums of the frames that are held begin, as a ring. */
  private final int sumsAt;

  private int spanCount;

  /** Frames of the first of them; the others are whole. */
  private int firstSpanFrames;

  /** The same of the span that is not over. */
  private int spanLeast;

  private int spanFrames;
  private int spanEnd;

  private int noiseCount;
  private int noiseAtOnce;
  private int noiseLeast;

  private SharedPackets group;
  private SharedPacket packet;
  private int ourSsrc;
  private int ourType;
  private int ourSequence;
  private int ourTimestamp;
  private int ourTicks;
  private long sentTick = NEVER;
  private long sentNs;
  private int sentCount;
  private int sentOctets;

  /** No line yet. */
  protected CleanLine(final RunPayloads rooms) {
    place = rooms.take();
    payloads = rooms.shelf(place);
    payloadsAt = RunPayloads.offset(place);
    spans = rooms.levels(place);
    spansAt = RunPayloads.levelsOffset(place);
    sumsAt = spansAt + RunPayloads.LEVELS;
  }

  /** Gives back what it kept payloads in; no run will begin. */
  public final void discard(final RunPayloads rooms) {
    rooms.giveBack(place);
  }

  /** As {@link CleanRun#readAhead}, for {@link #receive}. */
  protected final long readAheadToReceive() {
    final RtpSocket near = socket;
    return readAhead() + lastTick + sum + noiseLeast + (near == null ? 0 : near.readAhead());
  }

  /** As {@link CleanRun#readAhead}, for {@link #share}. */
  protected final long readAheadToShare() {
    return readAhead() + sentTick + ourSequence + sentOctets;
  }

  /** A run has begun: from the next tick on everything goes through here. */
  final void begin(
      final RtpSocket connected,
      final G711 codec,
      final Concealment heardBy,
      final VoiceActivity judgedBy,
      final long tick) {
    socket = connected;
    law = codec;
    concealment = heardBy;
    activity = judgedBy;
    lastTick = tick;
    payloadCount = 0;
    payloadsKept = REMEMBERED + Math.max(1, held());
    quiet = false;
    noiseCount = 0;
    noiseAtOnce = heardBy.framesAtOnce();
    noiseLeast = Integer.MAX_VALUE;
    sentTick = NEVER;
    sentCount = 0;
    sentOctets = 0;
  }

  /**
   * The packets that are held come first, one after the other.
   *
   * @param wrapper to be wrapped around what is kept
   */
  final void hold(final DirectBuffer from, final int offset, final UnsafeBuffer wrapper) {
    from.getBytes(offset, payloads, payload(payloadCount), SAMPLES);
    wrapper.wrap(payloads);
    spans[sumsAt + payloadCount] = law.sumAbsolute(wrapper, payload(payloadCount), SAMPLES);
    payloadCount++;
  }

  /** In which ticks the session is to be seen next, and the socket to be read empty. */
  final void look(final long care, final long sweep) {
    careTick = care;
    sweepTick = sweep;
  }

  /** The line is quiet: until it is not the session need not judge its frames. */
  final void beQuiet(final int threshold) {
    quiet = true;
    energy = threshold;
    beginQuiet();
  }

  private void beginQuiet() {
    quietFloor = activity.quietFloor();
    quietLeast = Integer.MAX_VALUE;
    spanCount = 0;
    spanFrames = 0;
    spanEnd = activity.quietFramesAtOnce();
    firstSpanFrames = spanEnd;
    spanLeast = Integer.MAX_VALUE;
  }

  /** Asks for the packet of the next tick. */
  protected final void askForPacket(final DatagramBatch batch) {
    batch.ask(socket);
  }

  /**
   * Reads the packet of a tick.
   *
   * @return {@link #BROKEN}, {@link #QUIET}, {@link #HEARD}
   */
  public final int receive(final TickContext context) {
    final long tick = context.tick();
    if (tick != lastTick + 1 || !socket.isConnected()) {
      return BROKEN;
    }
    final int length = socket.receive(context.inBytes(), context.batch());
    final UnsafeBuffer in = context.in();
    if (!takes(in, length, context.dueNs() - RtpReceiver.MEAN_AGE_NS, context.dueNs())) {
      unusedLength = length;
      return BROKEN;
    }
    lastTick = tick;
    context.counters().increment(MediaCounter.RTP_RECEIVED);
    context.counters().increment(MediaCounter.JITTER_PLAYED);
    context.counters().increment(MediaCounter.JITTER_RESTED);
    in.getBytes(RtpHeader.FIXED_BYTES, payloads, payload(payloadCount), SAMPLES);
    sum = law.sumAbsolute(in, RtpHeader.FIXED_BYTES, SAMPLES);
    if (held() > 0) {
      sum = holdSum(sum);
    }
    payloadCount++;
    noteNoise();
    if (quiet) {
      noteQuiet();
    }
    final boolean spare = !context.isBehind();
    if (spare && tick >= sweepTick && !isEmpty(context)) {
      return HEARD;
    }
    if (!quiet || spare && tick >= careTick) {
      return HEARD;
    }
    quietTick = tick;
    return QUIET;
  }

  /** Keeps the sum of the newest frame in the place of that of the frame whose turn it is. */
  private int holdSum(final int newest) {
    final int at = sumsAt + payloadCount % held();
    final int due = spans[at];
    spans[at] = newest;
    return due;
  }

  /** Reads once more; what was read is the session's to use. */
  private boolean isEmpty(final TickContext context) {
    final int length = socket.receive(context.inBytes(), context.batch());
    unusedLength = length == RtpSocket.NOTHING ? UNREAD : length;
    return unusedLength == UNREAD;
  }

  private void noteNoise() {
    noiseLeast = Math.min(noiseLeast, sum);
    noiseCount++;
    if (noiseCount == noiseAtOnce) {
      tellNoise();
    }
  }

  private void tellNoise() {
    if (noiseCount > 0) {
      concealment.heardFrames(noiseCount, noiseLeast);
    }
    noiseCount = 0;
    noiseAtOnce = concealment.framesAtOnce();
    noiseLeast = Integer.MAX_VALUE;
  }

  private void noteQuiet() {
    final int level = VoiceActivity.level(sum, SAMPLES);
    // The floor may have risen since it was asked for, as what was quieter was forgotten: then a
    // frame may seem to be no quiet one, and the session judges.
    if (!VoiceActivity.isQuietFrame(level, Math.min(quietFloor, quietLeast), energy)) {
      tellQuiet();
      quiet = false;
      return;
    }
    quietLeast = Math.min(quietLeast, level);
    spanLeast = Math.min(spanLeast, level);
    spanFrames++;
    if (spanFrames == spanEnd) {
      endSpan();
    }
  }

  private void endSpan() {
    spans[spansAt + spanCount] = spanLeast;
    spanCount++;
    spanFrames = 0;
    spanEnd = VoiceActivity.SPAN_FRAMES;
    spanLeast = Integer.MAX_VALUE;
    if (spanCount == RunPayloads.LEVELS) {
      tellQuiet();
      beginQuiet();
    }
  }

  private void tellQuiet() {
    final int level = VoiceActivity.level(sum, SAMPLES);
    for (int i = 0; i < spanCount; i++) {
      final int frames = i == 0 ? firstSpanFrames : VoiceActivity.SPAN_FRAMES;
      activity.onQuietFrames(frames, spans[spansAt + i], level);
    }
    if (spanFrames > 0) {
      activity.onQuietFrames(spanFrames, spanLeast, level);
    }
    spanCount = 0;
    spanFrames = 0;
  }

  /** Whether the tick's packet was received here. */
  public final boolean isReceived(final long tick) {
    return lastTick == tick && isOn();
  }

  /** Whether in this tick nothing but the sending is left to be done. */
  public final boolean isQuiet(final long tick) {
    return quietTick == tick && isOn();
  }

  /** Whether there is anything in the frame but digital silence. */
  public final boolean hasSound() {
    return sum > 0;
  }

  /** The sum of the frame's absolute samples. */
  final int sumAbsolute() {
    return sum;
  }

  /** Whether the frame in hand is to be judged by the session. */
  final boolean isToBeJudged() {
    return !quiet;
  }

  /** Decodes the latest frame. */
  final void decode(final UnsafeBuffer wrapper, final short[] frame) {
    wrapper.wrap(payloads);
    law.decode(wrapper, payload(frames() - 1), SAMPLES, frame, 0);
  }

  /** Where a payload is kept. */
  private int payload(final int number) {
    return payloadsAt + number % payloadsKept * SAMPLES;
  }

  /** Frames played since the run began. */
  private int frames() {
    return payloadCount - held();
  }

  /** Whether a frame was played since the run began. */
  final boolean hasFrame() {
    return frames() > 0;
  }

  /** What payloads are kept in, wrapped. */
  final UnsafeBuffer payloads(final UnsafeBuffer wrapper) {
    wrapper.wrap(payloads);
    return wrapper;
  }

  @Override
  protected final int payloadOffset(final int back) {
    return payload(payloadCount - 1 - back);
  }

  /** Whether something was read that the run has no use for. */
  final boolean hasUnused() {
    return unusedLength != UNREAD;
  }

  /** What was read and the run has no use for, or {@link #UNREAD}. Once. */
  final int takeUnused() {
    final int length = unusedLength;
    unusedLength = UNREAD;
    return length;
  }

  /**
   * Tells concealment and the judge of talk what they have not been told.
   *
   * @param scratch room for some frames
   */
  final void endVoice(final UnsafeBuffer wrapper, final short[] scratch) {
    tellNoise();
    tellQuiet();
    quiet = false;
    final int kept = Math.min(frames(), REMEMBERED);
    wrapper.wrap(payloads);
    for (int i = 0; i < kept; i++) {
      law.decode(wrapper, payload(frames() - kept + i), SAMPLES, scratch, i * SAMPLES);
    }
    if (kept > 0) {
      concealment.heardLatest(scratch, 0, kept * SAMPLES);
    }
  }

  /** When the far end was heard last. */
  final long heardNs() {
    return lastNs();
  }

  /** The tick whose packet was received here last, or in which the run began. */
  final long lastTick() {
    return lastTick;
  }

  /** Goes on with sharing what was just shared. */
  final void beginSharing(
      final SharedPackets with,
      final SharedPacket shared,
      final RtpSender sender,
      final int payloadType,
      final long tick) {
    group = with;
    packet = shared;
    ourSsrc = sender.ssrc();
    ourType = payloadType;
    ourSequence = sender.nextSequence();
    ourTimestamp = sender.timestamp();
    ourTicks = sender.ticksPerFrame();
    sentTick = tick;
    sentCount = 0;
    sentOctets = 0;
  }

  /** Whether it was sent this group's packet in the tick before, and may go on so. */
  public final boolean goesOnWith(final SharedPackets with, final long tick) {
    return group == with && sentTick == tick - 1 && socket.isConnected();
  }

  /** The packet that is shared. */
  public final SharedPacket packet() {
    return packet;
  }

  /**
   * Sends the packet that is shared.
   *
   * @return false when the network refused
   */
  public final boolean share(final TickContext context) {
    final UnsafeBuffer buffer = packet.packet().buffer();
    ourTimestamp += ourTicks;
    RtpHeader.putFirst(buffer, 0, false, ourType);
    RtpHeader.putSequence(buffer, 0, ourSequence);
    RtpHeader.putTimestamp(buffer, 0, ourTimestamp);
    RtpHeader.putSsrc(buffer, 0, ourSsrc);
    final ByteBuffer bytes = packet.packet().bytes();
    bytes.clear().limit(RtpHeader.FIXED_BYTES + packet.payloadBytes());
    ourSequence = Sequences.next(ourSequence);
    sentTick = context.tick();
    final int sent = socket.send(bytes, null, context.batch());
    if (sent > 0) {
      sentCount++;
      sentOctets += sent - RtpHeader.FIXED_BYTES;
      sentNs = context.nowNs();
    }
    context.counters().increment(RtpSender.counterOf(sent));
    return sent != RtpSocket.FAULT;
  }

  /** Tells the sender and the encoder of what was sent here, if anything was. */
  final void endSharing(final RtpSender sender, final VoiceEncoder encoder) {
    if (sentTick == NEVER) {
      return;
    }
    sender.onSentElsewhere(ourSequence, ourTimestamp, sentTick);
    if (sentCount > 0) {
      sender.countSent(sentCount, sentOctets, sentNs);
    }
    encoder.onShared(sentTick);
    sentTick = NEVER;
    group = null;
    packet = null;
  }
}
