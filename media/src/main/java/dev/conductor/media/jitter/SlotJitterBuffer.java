package dev.conductor.media.jitter;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import org.agrona.DirectBuffer;

/**
 * A jitter buffer of 32 slots that plays by time.
 *
 * <p>A stream starts at the first tick that begins at least <em>h</em> after its first packet came,
 * <em>h</em> being three times the measured jitter, 4 to 60 ms. From then on every tick plays the
 * next 20 ms by timestamp. A hole with later sound behind it is concealed and passed. With nothing
 * behind it nobody can tell yet whether the sound is lost or late: the playhead stays, and what was
 * made up meanwhile is a debt. If the sound was lost, the debt pays for the hole and no delay is
 * added; if it was late, it is played, and the delay has grown by what it was late.
 *
 * <p>A delay shrinks in two ways. When for ten seconds every packet has waited 20 ms longer than
 * <em>h</em> asks for, 20 ms are left out. When some packet would have waited for more than 120 ms
 * at its turn, all but the latest is thrown away.
 *
 * <p>A packet far from the stream in sequence, timestamp or SSRC is a stray, until the next one
 * follows it in sequence: then the stream goes on there (RFC 3550, A.1). 200 ms without sound end a
 * stream; what follows starts as the first did.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction: 32 payloads of the greatest length.
 * @units times in nanoseconds; durations and timestamps in ticks of the payload's clock.
 */
public final class SlotJitterBuffer implements JitterBuffer {
  private static final int NO_SLOT = -1;
  private static final int FRAME_MS = 20;
  private static final int CAP_MS = 120;
  private static final int IDLE_MS = 200;
  private static final int JUMP_MS = 1_000;
  private static final int JUMP_PACKETS = 100;
  private static final int SHRINK_AFTER_TICKS = 500;
  private static final long NS_PER_MS = 1_000_000;

  private final Slots slots;
  private final SequenceWindow window = new SequenceWindow();
  private final JitterEstimate estimate;
  private final int ticksPerMs;
  private MediaCounters counters;

  /** Whether there is a stream, played or not. */
  private boolean known;

  private int ssrc;
  private int newestTimestamp;

  private boolean strayed;
  private int straySsrc;
  private int strayNext;
  private int strayTimestamp;

  private boolean playing;

  /** Whether the playhead says where the stream is; it does so while the stream rests, too. */
  private boolean played;

  private long nowNs;

  /** Timestamp of what is played next. */
  private int playhead;

  private int debtTicks;
  private int concealedTicks;
  private int ticksInWindow;
  private long leastWaitNs;

  private int answerTicks;
  private int answerSlot;
  private int answerFromTicks;
  private boolean answerFresh;

  /**
   * An empty buffer.
   *
   * @param clockRateHz of the payload's timestamps
   * @param maxPayloadBytes the longest payload that is taken
   * @param counters of the agent that owns the session
   */
  public SlotJitterBuffer(
      final int clockRateHz, final int maxPayloadBytes, final MediaCounters counters) {
    ticksPerMs = clockRateHz / 1_000;
    slots = new Slots(maxPayloadBytes);
    estimate = new JitterEstimate(NS_PER_MS / ticksPerMs);
    this.counters = counters;
  }

  @Override
  public void countWith(final MediaCounters newCounters) {
    counters = newCounters;
  }

  @Override
  public void put(
      final DirectBuffer packet,
      final int offset,
      final int payloadOffset,
      final int payloadLength,
      final int durationTicks,
      final long arrivalNs) {
    if (payloadLength > slots.payloadBytes() || durationTicks <= 0) {
      counters.increment(MediaCounter.RTP_BAD_LENGTH);
      return;
    }
    if (!fits(packet, offset)) {
      return;
    }
    final int sequence = RtpHeader.sequence(packet, offset);
    final int timestamp = RtpHeader.timestamp(packet, offset);
    if (window.isSeen(sequence)) {
      counters.increment(MediaCounter.JITTER_DUPLICATE);
      return;
    }
    if (window.isOlder(sequence) || isPast(timestamp, durationTicks)) {
      counters.increment(MediaCounter.JITTER_LATE);
      return;
    }
    if (window.isNewest(sequence)) {
      estimate.onPacket(timestamp, arrivalNs);
    }
    window.add(sequence);
    if (Sequences.timestampDistance(timestamp, newestTimestamp) > 0) {
      newestTimestamp = timestamp;
    }
    if (slots.isFull()) {
      free(slots.first(), MediaCounter.JITTER_OVERFLOW);
    }
    slots.put(packet, offset, payloadOffset, payloadLength, durationTicks, arrivalNs);
  }

  private boolean isPast(final int timestamp, final int durationTicks) {
    return played && Sequences.timestampDistance(timestamp + durationTicks, playhead) <= 0;
  }

  /** Whether a packet belongs to the stream; one that begins a stream makes it so. */
  private boolean fits(final DirectBuffer packet, final int offset) {
    final int packetSsrc = RtpHeader.ssrc(packet, offset);
    final int sequence = RtpHeader.sequence(packet, offset);
    final int timestamp = RtpHeader.timestamp(packet, offset);
    if (known && packetSsrc == ssrc && isNear(sequence, timestamp)) {
      strayed = false;
      return true;
    }
    final boolean follows =
        strayed
            && packetSsrc == straySsrc
            && sequence == strayNext
            && isWithinJump(Sequences.timestampDistance(timestamp, strayTimestamp));
    if (!known || follows || !playing && slots.count() == 0) {
      startAt(packetSsrc, sequence, timestamp);
      return true;
    }
    counters.increment(MediaCounter.JITTER_STRAY);
    strayed = true;
    straySsrc = packetSsrc;
    strayNext = Sequences.next(sequence);
    strayTimestamp = timestamp;
    return false;
  }

  private boolean isNear(final int sequence, final int timestamp) {
    final int packets = window.distance(sequence);
    if (packets < -JUMP_PACKETS || packets > JUMP_PACKETS) {
      return false;
    }
    // A stream at rest may go on at any later time.
    final int ahead = Sequences.timestampDistance(timestamp, newestTimestamp);
    return isWithinJump(ahead) || !playing && ahead > 0;
  }

  private boolean isWithinJump(final int distanceTicks) {
    final int limit = JUMP_MS * ticksPerMs;
    return distanceTicks >= -limit && distanceTicks <= limit;
  }

  private void startAt(final int newSsrc, final int sequence, final int timestamp) {
    if (known) {
      counters.increment(MediaCounter.JITTER_RESYNCS);
      reset();
    }
    known = true;
    ssrc = newSsrc;
    newestTimestamp = timestamp;
    window.startAt(sequence);
  }

  @Override
  public void begin(final long tickNs) {
    nowNs = tickNs;
    if (!playing) {
      if (slots.count() == 0 || nowNs - slots.earliestArrivalNs() < estimate.delayNs()) {
        return;
      }
      start();
    }
    cutToCap();
    shrinkIfLate();
  }

  private void start() {
    playing = true;
    played = true;
    playhead = slots.timestamp(slots.first());
    debtTicks = 0;
    concealedTicks = 0;
    startWindow();
  }

  private void startWindow() {
    ticksInWindow = 0;
    leastWaitNs = Long.MAX_VALUE;
  }

  /** When some packet would have waited for too long at its turn, goes on with the latest. */
  private void cutToCap() {
    if (slots.count() == 0) {
      return;
    }
    payDebt(slots.timestamp(slots.first()));
    final long tickNs = NS_PER_MS / ticksPerMs;
    final long excessNs = slots.longestWaitNs(nowNs, playhead, tickNs) - CAP_MS * NS_PER_MS;
    if (excessNs <= 0) {
      return;
    }
    final int last = slots.last();
    final int delayTicks = (int) (estimate.delayNs() / tickNs);
    final int keepTicks = Math.max(FRAME_MS * ticksPerMs, slots.durationTicks(last)) + delayTicks;
    moveTo(playhead + (int) (excessNs / tickNs) + 1);
    moveTo(slots.timestamp(last) + slots.durationTicks(last) - keepTicks);
    startWindow();
  }

  /** Passes by what is missing before the next sound, as far as it was made up already. */
  private void payDebt(final int nextTimestamp) {
    final int missingTicks = Sequences.timestampDistance(nextTimestamp, playhead);
    final int paidTicks = Math.max(0, Math.min(missingTicks, debtTicks));
    debtTicks -= paidTicks;
    playhead += paidTicks;
  }

  private void shrinkIfLate() {
    ticksInWindow++;
    if (ticksInWindow < SHRINK_AFTER_TICKS) {
      return;
    }
    final int frameTicks = FRAME_MS * ticksPerMs;
    final boolean waitsTooLong =
        leastWaitNs != Long.MAX_VALUE && leastWaitNs - estimate.delayNs() >= FRAME_MS * NS_PER_MS;
    if (waitsTooLong && heldTicks() >= 2 * frameTicks) {
      moveTo(playhead + frameTicks);
    }
    startWindow();
  }

  /** Moves the playhead forward; packets wholly behind it are freed. */
  private void moveTo(final int timestamp) {
    if (Sequences.timestampDistance(timestamp, playhead) <= 0) {
      return;
    }
    playhead = timestamp;
    debtTicks = 0;
    int first = slots.first();
    while (first != NO_SLOT && isPast(slots.timestamp(first), slots.durationTicks(first))) {
      free(first, MediaCounter.JITTER_OVERFLOW);
      first = slots.first();
    }
  }

  private int heldTicks() {
    final int last = slots.last();
    return last == NO_SLOT
        ? 0
        : Sequences.timestampDistance(slots.timestamp(last) + slots.durationTicks(last), playhead);
  }

  @Override
  public Answer next(final int wantedTicks) {
    answerTicks = wantedTicks;
    if (!playing) {
      return Answer.WAIT;
    }
    final int slot = firstUnplayed();
    if (slot == NO_SLOT) {
      debtTicks += wantedTicks;
      return conceal(wantedTicks);
    }
    payDebt(slots.timestamp(slot));
    final int ahead = Sequences.timestampDistance(slots.timestamp(slot), playhead);
    if (ahead > 0) {
      answerTicks = Math.min(ahead, wantedTicks);
      playhead += answerTicks;
      return conceal(answerTicks);
    }
    return play(slot, -ahead, wantedTicks);
  }

  private int firstUnplayed() {
    int slot = slots.first();
    while (slot != NO_SLOT && isPast(slots.timestamp(slot), slots.durationTicks(slot))) {
      // Two packets that claim the same time: the other one was played.
      free(slot, MediaCounter.JITTER_LATE);
      slot = slots.first();
    }
    return slot;
  }

  private Answer conceal(final int concealed) {
    concealedTicks += concealed;
    if (concealedTicks < IDLE_MS * ticksPerMs || slots.count() > 0) {
      return Answer.CONCEAL;
    }
    playing = false;
    return Answer.WAIT;
  }

  private Answer play(final int slot, final int fromTicks, final int wantedTicks) {
    final int leftTicks = slots.durationTicks(slot) - fromTicks;
    answerSlot = slot;
    answerFromTicks = fromTicks;
    answerTicks = Math.min(leftTicks, wantedTicks);
    answerFresh = slots.touch(slot);
    if (answerFresh) {
      leastWaitNs = Math.min(leastWaitNs, nowNs - slots.arrivalNs(slot));
    }
    playhead += answerTicks;
    debtTicks = 0;
    concealedTicks = 0;
    if (answerTicks == leftTicks) {
      free(slot, MediaCounter.JITTER_PLAYED);
    }
    return Answer.PLAY;
  }

  /** Frees a slot: what was played from counts as played, else for the reason given. */
  private void free(final int slot, final MediaCounter reason) {
    counters.increment(slots.isTouched(slot) ? MediaCounter.JITTER_PLAYED : reason);
    slots.free(slot);
  }

  @Override
  public int ticks() {
    return answerTicks;
  }

  @Override
  public boolean isFresh() {
    return answerFresh;
  }

  @Override
  public int fromTicks() {
    return answerFromTicks;
  }

  @Override
  public DirectBuffer payload() {
    return slots.payload();
  }

  @Override
  public int payloadOffset() {
    return slots.payloadOffset(answerSlot);
  }

  @Override
  public int payloadLength() {
    return slots.payloadLength(answerSlot);
  }

  @Override
  public int payloadType() {
    return slots.payloadType(answerSlot);
  }

  @Override
  public boolean isBehind() {
    return !playing || heldTicks() < FRAME_MS * ticksPerMs;
  }

  /** After PLAY: the timestamp of the first tick that is to be played. */
  int playedTimestamp() {
    return playhead - answerTicks;
  }

  @Override
  public int held() {
    return slots.count();
  }

  @Override
  public void relearn() {
    estimate.relearn();
    startWindow();
  }

  @Override
  public void reset() {
    while (slots.count() > 0) {
      free(slots.first(), MediaCounter.JITTER_DISCARDED);
    }
    known = false;
    strayed = false;
    playing = false;
    played = false;
    estimate.relearn();
  }
}
