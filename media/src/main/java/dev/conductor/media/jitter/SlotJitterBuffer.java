package dev.conductor.media.jitter;

import dev.conductor.media.rtp.ReceptionStatistics;
import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.rtp.Sequences;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import org.agrona.DirectBuffer;

/**
 * A jitter buffer of 32 slots that plays by time.
 *
 * <p>A stream starts at the first tick that begins at least 4 ms after its first packet came, or
 * later by what other packets were later of late. From then on the sound goes on by timestamp; 200
 * ms without any end it, and what follows starts as the first did. A hole with later sound behind
 * it is concealed and passed. With nothing behind it nobody can tell yet whether the sound is lost
 * or late: what was played is made longer, and what was made up meanwhile is a debt. If the sound
 * was lost, the debt pays for the hole and no delay is added; if it was late, it is played, and the
 * delay has grown by what it was late.
 *
 * <p>When for some seconds even the latest packet had waited longer than it had to, the owner is
 * asked to leave that much out: in a pause at once, in speech after a second, near the cap without
 * delay. When packets come too late again and again, it is asked to make the sound longer. Delay
 * that was taken back too soon is remembered for longer. As a last resort, when some packet would
 * have waited for more than 120 ms at its turn, all but the latest is thrown away.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction: 32 payloads of the greatest length.
 * @units times in nanoseconds; durations and timestamps in ticks of the payload's clock.
 */
public final class SlotJitterBuffer extends SlotAnswer {
  private static final int CAP_MS = 120;
  private static final int IDLE_MS = 200;
  private static final long NS_PER_MS = 1_000_000;
  private static final long FRAME_NS = 20 * NS_PER_MS;

  private final SequenceWindow window = new SequenceWindow();
  private final StreamFinder stream = new StreamFinder(window);
  private final TransitWindow transits = new TransitWindow();
  private final DelayControl delay = new DelayControl(transits);
  private final LineFigures figures = new LineFigures();
  private MediaCounters counters;

  private boolean playing;

  /** Whether the playhead says where the stream is; it does so while the stream rests, too. */
  private boolean played;

  private long nowNs;

  /** Sound given out before this tick and not played yet. */
  private long unplayedNs;

  /** Sound given out in this tick. */
  private int givenTicks;

  /** Timestamp of what is given out next. */
  private int playhead;

  private int playedSequence;
  private int playedType;
  private int debtTicks;
  private int idleTicks;

  /** An empty buffer that takes payloads of so many bytes, and counts with these. */
  public SlotJitterBuffer(final int maxPayloadBytes, final MediaCounters counters) {
    slots = new Slots(maxPayloadBytes);
    this.counters = counters;
  }

  @Override
  public void countWith(final MediaCounters newCounters) {
    counters = newCounters;
  }

  /** Makes room for longer payloads; what is held is discarded. */
  public void roomFor(final int maxPayloadBytes) {
    reset();
    if (maxPayloadBytes > slots.payloadBytes()) {
      slots = new Slots(maxPayloadBytes);
    }
  }

  /**
   * Begins a run after a tick, if that found nothing missing or late, and what is held is to be
   * played next, each came a tick after the other, and none waits for longer than it has to.
   *
   * @param ageNs how long before its tick a packet is taken to have come
   * @return whether it began
   */
  public boolean begin(final CleanRun run, final ReceptionStatistics reception, final long ageNs) {
    final int held = slots.count();
    if (!playing
        || held > CleanRun.MAX_HELD
        || figures.depthNs() != ageNs + held * FRAME_NS
        || debtTicks != 0
        || unplayedNs != 0
        || transits.ticksPerMs() * 1_000 != CleanRun.RATE_HZ
        || held > 0 && !isHeldInStep()) {
      return false;
    }
    final int nextTimestamp = playhead + held * CleanRun.SAMPLES;
    run.next(stream.ssrc(), playedType, sequenceAhead(held + 1), nextTimestamp, held);
    return stream.isAt(sequenceAhead(held), nextTimestamp, CleanRun.SAMPLES)
        && delay.begin(run)
        && run.begin(reception);
  }

  private int sequenceAhead(final int packets) {
    return Sequences.unsigned(playedSequence + packets);
  }

  private boolean isHeldInStep() {
    final long nextArrivalNs = nowNs - figures.depthNs() + FRAME_NS;
    return delay.surplusNs() == 0
        && slots.isRow(sequenceAhead(1), playhead, playedType, nextArrivalNs);
  }

  @Override
  public int heldPayloadOffset(final int ahead) {
    return slots.payloadOffset(slots.find(sequenceAhead(ahead)));
  }

  /**
   * Goes on after a run as if each of its packets had been put in and played.
   *
   * @param payloads what {@link CleanRun#payloadOffset} tells places of
   */
  public void end(
      final CleanRun run, final ReceptionStatistics reception, final DirectBuffer payloads) {
    run.end(reception);
    if (run.packets() == 0) {
      return;
    }
    final int newest = run.nextTimestamp() - CleanRun.SAMPLES;
    stream.addRun(run.packets(), newest);
    delay.end(run);
    figures.onPlayed(run.waitedNs());
    for (int back = Math.min(run.held(), run.packets()) - 1; back >= 0; back--) {
      slots.replace(
          slots.first(),
          Sequences.unsigned(run.lastSequence() - back),
          newest - back * CleanRun.SAMPLES,
          run.lastArrivalNs() - back * FRAME_NS,
          payloads,
          run.payloadOffset(back));
    }
    playhead = run.nextTimestamp() - run.held() * CleanRun.SAMPLES;
    playedSequence = Sequences.unsigned(run.lastSequence() - run.held());
  }

  @Override
  public boolean put(
      final DirectBuffer packet,
      final int offset,
      final int payloadOffset,
      final int payloadLength,
      final int durationTicks,
      final int clockRateHz,
      final long arrivalNs) {
    if (payloadLength > slots.payloadBytes()
        || durationTicks <= 0
        || durationTicks > clockRateHz / 1_000 * CAP_MS) {
      counters.increment(MediaCounter.RTP_BAD_LENGTH);
      return false;
    }
    if (!fits(packet, offset, clockRateHz)) {
      return false;
    }
    final int sequence = RtpHeader.sequence(packet, offset);
    final int timestamp = RtpHeader.timestamp(packet, offset);
    if (window.isSeen(sequence)) {
      counters.increment(MediaCounter.JITTER_DUPLICATE);
      return false;
    }
    if (window.isOlder(sequence) || isPast(timestamp, durationTicks)) {
      if (!stream.isStepBack(sequence)) {
        figures.onLate(counters);
        delay.onLate(timestamp, arrivalNs);
        return false;
      }
      startAt(packet, offset, clockRateHz);
    }
    if (!playing && slots.count() == 0) {
      delay.resume(timestamp, arrivalNs);
    }
    delay.onPacket(timestamp, arrivalNs);
    stream.add(sequence, timestamp);
    if (slots.isFull()) {
      free(slots.first(), MediaCounter.JITTER_OVERFLOW);
    }
    slots.put(packet, offset, payloadOffset, payloadLength, durationTicks, arrivalNs);
    return true;
  }

  private boolean isPast(final int timestamp, final int durationTicks) {
    return played && Sequences.timestampDistance(timestamp + durationTicks, playhead) <= 0;
  }

  /** Whether a packet belongs to the stream; one that begins a stream makes it so. */
  private boolean fits(final DirectBuffer packet, final int offset, final int clockRateHz) {
    final boolean empty = !playing && slots.count() == 0;
    final StreamFinder.Place place = stream.placeOf(packet, offset, clockRateHz, !playing, empty);
    if (place == StreamFinder.Place.FIRST) {
      startAt(packet, offset, clockRateHz);
    } else if (place == StreamFinder.Place.STRAY) {
      counters.increment(MediaCounter.JITTER_STRAY);
    } else if (place == StreamFinder.Place.PAST) {
      figures.onLate(counters);
    }
    return place == StreamFinder.Place.FIRST || place == StreamFinder.Place.WITHIN;
  }

  private void startAt(final DirectBuffer packet, final int offset, final int clockRateHz) {
    if (stream.isKnown()) {
      counters.increment(MediaCounter.JITTER_RESYNCS);
      reset();
    }
    if (clockRateHz / 1_000 != transits.ticksPerMs()) {
      transits.clock(clockRateHz);
    }
    stream.startAt(packet, offset, clockRateHz);
  }

  @Override
  public void begin(final long tickNs) {
    nowNs = tickNs;
    givenTicks = 0;
    delay.begin(nowNs);
    if (!playing) {
      final int first = slots.first();
      if (first == Slots.NO_SLOT || !delay.isDue(slots.timestamp(first), slots.arrivalNs(first))) {
        return;
      }
      start();
    }
    cutToCap();
    if (debtTicks == 0) {
      delay.measure(playhead, nowNs + unplayedNs, figures.depthNs());
    }
  }

  private void start() {
    playing = true;
    played = true;
    final int first = slots.first();
    if (debtTicks > 0 && slots.sequence(first) == Sequences.next(playedSequence)) {
      figures.onPause();
    }
    playhead = slots.timestamp(first);
    debtTicks = 0;
    idleTicks = 0;
  }

  /** When some packet would have waited for too long at its turn, goes on with the latest. */
  private void cutToCap() {
    if (slots.count() == 0) {
      return;
    }
    payDebt(slots.first());
    final long excessNs =
        slots.longestWaitNs(nowNs + unplayedNs, playhead, transits) - CAP_MS * NS_PER_MS;
    if (excessNs <= 0) {
      return;
    }
    final int frameTicks = transits.toTicks(FRAME_NS);
    final int keepTicks =
        Math.max(frameTicks, slots.durationTicks(slots.last())) + transits.toTicks(delay.keptNs());
    final int endTimestamp = slots.endTimestamp();
    moveTo(playhead + transits.toTicks(excessNs) + 1);
    moveTo(endTimestamp - keepTicks);
    // A packet the cut went through has waited no less for it.
    int first = slots.first();
    while (first != Slots.NO_SLOT
        && nowNs + unplayedNs - slots.arrivalNs(first) > CAP_MS * NS_PER_MS) {
      moveTo(slots.timestamp(first) + slots.durationTicks(first));
      first = slots.first();
    }
  }

  /** Passes by what is missing before the next sound, as far as it was made up already. */
  private void payDebt(final int next) {
    final int missingTicks = Sequences.timestampDistance(slots.timestamp(next), playhead);
    final int paidTicks = Math.max(0, Math.min(missingTicks, debtTicks));
    if (paidTicks > 0) {
      debtTicks -= paidTicks;
      playhead += paidTicks;
      onMissing(next, paidTicks);
    }
  }

  /** Sound is missing before this packet: it was lost, or never sent in a pause. */
  private void onMissing(final int next, final int ticks) {
    if (slots.sequence(next) == Sequences.next(playedSequence)) {
      figures.onPause();
      return;
    }
    figures.onConcealed(transits.toNs(ticks), counters);
  }

  /** Moves the playhead forward; packets wholly behind it are freed. */
  private void moveTo(final int timestamp) {
    if (Sequences.timestampDistance(timestamp, playhead) <= 0) {
      return;
    }
    playhead = timestamp;
    debtTicks = 0;
    int first = slots.first();
    while (first != Slots.NO_SLOT && isPast(slots.timestamp(first), slots.durationTicks(first))) {
      playedSequence = slots.sequence(first);
      free(first, MediaCounter.JITTER_OVERFLOW);
      first = slots.first();
    }
  }

  @Override
  public Answer next(final int wantedTicks) {
    answerTicks = wantedTicks;
    if (!playing) {
      return Answer.WAIT;
    }
    final int slot = firstUnplayed();
    if (slot == Slots.NO_SLOT) {
      return stretch(wantedTicks);
    }
    payDebt(slot);
    final int ahead = Sequences.timestampDistance(slots.timestamp(slot), playhead);
    return ahead > 0 ? conceal(slot, ahead, wantedTicks) : play(slot, -ahead);
  }

  private int firstUnplayed() {
    int slot = slots.first();
    while (slot != Slots.NO_SLOT && isPast(slots.timestamp(slot), slots.durationTicks(slot))) {
      // Two packets that claim the same time: the other one was played.
      free(slot, MediaCounter.JITTER_LATE);
      slot = slots.first();
    }
    return slot;
  }

  private Answer stretch(final int wantedTicks) {
    debtTicks += wantedTicks;
    idleTicks += wantedTicks;
    givenTicks += wantedTicks;
    if (idleTicks < IDLE_MS * transits.ticksPerMs()) {
      return Answer.STRETCH;
    }
    playing = false;
    return Answer.WAIT;
  }

  /** Fills a hole: up to the packet behind it, which may tell what was in it, or short of that. */
  private Answer conceal(final int next, final int ahead, final int wantedTicks) {
    final int nextTicks = slots.durationTicks(next);
    answerSlot = next;
    answerNextHeld = ahead <= nextTicks;
    answerTicks = answerNextHeld ? ahead : Math.min(wantedTicks, ahead - nextTicks);
    playhead += answerTicks;
    givenTicks += answerTicks;
    onMissing(next, answerTicks);
    return Answer.CONCEAL;
  }

  private Answer play(final int slot, final int fromTicks) {
    answerSlot = slot;
    answerFromTicks = fromTicks;
    answerTicks = slots.durationTicks(slot) - fromTicks;
    answerLate = debtTicks > 0;
    if (answerLate) {
      counters.increment(MediaCounter.JITTER_STRETCHED);
      delay.onMissed();
    }
    figures.onPlayed(nowNs + unplayedNs + transits.toNs(givenTicks) - slots.arrivalNs(slot));
    playhead += answerTicks;
    givenTicks += answerTicks;
    playedSequence = slots.sequence(slot);
    playedType = slots.payloadType(slot);
    debtTicks = 0;
    idleTicks = 0;
    free(slot, MediaCounter.JITTER_PLAYED);
    return Answer.PLAY;
  }

  private void free(final int slot, final MediaCounter outcome) {
    counters.increment(outcome);
    slots.free(slot);
  }

  @Override
  public void end(final long givenAndUnplayedNs) {
    unplayedNs = givenAndUnplayedNs;
  }

  @Override
  public int clockRateHz() {
    return stream.clockRateHz();
  }

  @Override
  public boolean isNextPlayable() {
    if (!playing) {
      return false;
    }
    final int first = firstUnplayed();
    return first != Slots.NO_SLOT
        && slots.payloadType(first) == playedType
        && Sequences.timestampDistance(slots.timestamp(first), playhead) <= 0;
  }

  @Override
  public int surplusTicks() {
    return transits.toTicks(delay.surplusNs());
  }

  @Override
  public boolean isUrgent() {
    return delay.isUrgent();
  }

  @Override
  public void scaled(final boolean shorter) {
    delay.scaled(shorter);
    counters.increment(shorter ? MediaCounter.JITTER_SHRUNK : MediaCounter.JITTER_STRETCHED);
  }

  @Override
  public boolean isBehind() {
    return !playing
        || slots.count() == 0
        || unplayedNs + transits.toNs(Sequences.timestampDistance(slots.endTimestamp(), playhead))
            < FRAME_NS;
  }

  /** After PLAY: where it begins. */
  int playedTimestamp() {
    return playhead - answerTicks;
  }

  @Override
  public int held() {
    return slots.count();
  }

  @Override
  public int depthMs() {
    return playing ? (int) (figures.depthNs() / NS_PER_MS) : 0;
  }

  @Override
  public int targetMs() {
    return (int) (delay.targetNs() / NS_PER_MS);
  }

  @Override
  public long concealedMs() {
    return figures.concealedMs();
  }

  @Override
  public long latePackets() {
    return figures.latePackets();
  }

  @Override
  public boolean usesDtx() {
    return figures.usesDtx();
  }

  @Override
  public void keepLatest(final int packets) {
    stopAndDrop(packets, MediaCounter.JITTER_OVERFLOW);
    relearn();
    final int last = slots.last();
    if (last != Slots.NO_SLOT) {
      delay.onPacket(slots.timestamp(last), slots.arrivalNs(last));
    }
  }

  private void stopAndDrop(final int kept, final MediaCounter outcome) {
    while (slots.count() > kept) {
      free(slots.first(), outcome);
    }
    playing = false;
    debtTicks = 0;
  }

  @Override
  public void relearn() {
    delay.forget();
  }

  @Override
  public void reset() {
    stopAndDrop(0, MediaCounter.JITTER_DISCARDED);
    stream.forget();
    played = false;
    unplayedNs = 0;
    relearn();
  }
}
