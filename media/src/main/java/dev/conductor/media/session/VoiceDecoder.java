package dev.conductor.media.session;

import dev.conductor.media.codec.AudioDecoder;
import dev.conductor.media.codec.G711;
import dev.conductor.media.dsp.Concealment;
import dev.conductor.media.dsp.Level;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.dsp.TimeScale;
import dev.conductor.media.jitter.JitterBuffer;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.util.Arrays;
import org.agrona.concurrent.UnsafeBuffer;

/**
 * Makes one frame of voice a tick out of what the jitter buffer gives, at the rate of the codec
 * that speaks. A voice without loss, jitter and drift passes unchanged.
 *
 * <p>A codec whose packets depend on each other rests while nobody hears it and while its packets
 * say silence: they are passed by in time, without being decoded. When it speaks again it is reset,
 * primed with the packet before, and faded in over 5 ms.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction but in {@link #agree}.
 * @units 16-bit linear PCM.
 */
final class VoiceDecoder {
  /** The longest packet the jitter buffer takes, and what may be left over of an earlier one. */
  private static final int FIFO_MS = 200;

  private static final int FADES_A_SECOND = 200;

  /** A codec makes up sound in steps of 2.5 ms. */
  private static final int STEPS_A_SECOND = 400;

  /** Where nothing could be left out, the next try comes so many ticks later. */
  private static final int REST_TICKS = 10;

  private static final long NS_PER_SECOND = 1_000_000_000;

  private final JitterBuffer jitter;
  private final Concealment[] concealments = new Concealment[RatePlane.values().length];
  private final TimeScale[] timeScales = new TimeScale[RatePlane.values().length];
  private final short[] frame = new short[RatePlane.MAX_FRAME_SAMPLES];

  /** What was decoded and is not played yet. */
  private short[] fifo = new short[0];

  private short[] scratch = new short[0];
  private int count;

  /** Up to here there is sound of packets in {@link #fifo}. */
  private int heardCount;

  private RatePlane plane = RatePlane.NARROW;
  private AudioDecoder decoder;
  private int fadeLeft;
  private int restTicks;

  /** The packet before, of a codec that rests. */
  private byte[] last = new byte[0];

  private final UnsafeBuffer lastBuffer = new UnsafeBuffer(last);
  private int lastLength;
  private boolean resting;

  /** Where the voice comes from while a run is on; else null. */
  private CleanLine clean;

  /** For looking at what {@link #clean} holds. */
  private final UnsafeBuffer cleanPayloads = new UnsafeBuffer(0, 0);

  private boolean heard;
  private boolean voice;
  private boolean saidSilence;

  VoiceDecoder(final JitterBuffer jitter) {
    this.jitter = jitter;
  }

  /** Makes ready for the codecs of a line, and forgets the voice before. */
  void agree(final PayloadTable payloads) {
    int maxRateHz = 0;
    boolean mayRest = false;
    for (int type = 0; type < PayloadTable.PAYLOAD_TYPES; type++) {
      final AudioDecoder agreed = payloads.decoder(type);
      if (agreed != null) {
        makeReady(RatePlane.of(agreed.rateHz()));
        maxRateHz = Math.max(maxRateHz, agreed.rateHz());
        mayRest |= !payloads.isCheap(type);
      }
    }
    final int room = maxRateHz / 1_000 * FIFO_MS;
    if (fifo.length < room) {
      fifo = new short[room];
      scratch = new short[room];
    }
    if (mayRest && last.length < payloads.maxPayloadBytes()) {
      last = new byte[payloads.maxPayloadBytes()];
      lastBuffer.wrap(last);
    }
    plane = RatePlane.of(payloads.decoder(payloads.sendType()).rateHz());
    reset();
  }

  private void makeReady(final RatePlane needed) {
    if (concealments[needed.ordinal()] == null) {
      concealments[needed.ordinal()] = new Concealment(needed.rateHz());
      timeScales[needed.ordinal()] = new TimeScale(needed.rateHz());
    }
  }

  /** The frame, as many samples as its {@link #plane} says; valid until the next tick. */
  short[] frame() {
    if (clean != null && clean.hasFrame()) {
      clean.decode(cleanPayloads, frame);
    }
    return frame;
  }

  /** The sum of the frame's absolute samples. */
  int sumAbsolute() {
    return clean != null && clean.hasFrame()
        ? clean.sumAbsolute()
        : Level.sumAbsolute(frame, 0, plane.frameSamples());
  }

  /** The codec that speaks, where it is G.711 and the tick left nothing unfinished; else null. */
  G711 cleanCodec() {
    final boolean clean =
        count == 0
            && heard
            && fadeLeft == 0
            && concealment().isIdle()
            && concealment().framesAtOnce() > 0;
    return clean && decoder instanceof G711 law ? law : null;
  }

  /** What is to hear the voice of a run. */
  Concealment hearer() {
    return concealment();
  }

  /** The voice comes from there, and not from {@link #decode}, until {@link #endRun}. */
  void beginRun(final CleanLine line) {
    clean = line;
    for (int ahead = 1; ahead <= jitter.held(); ahead++) {
      line.hold(jitter.payload(), jitter.heldPayloadOffset(ahead), cleanPayloads);
    }
  }

  /** Ends a run: whatever may come next. */
  void endRun() {
    if (clean.hasFrame()) {
      clean.decode(cleanPayloads, frame);
      voice = clean.sumAbsolute() > 0;
    }
    clean.endVoice(cleanPayloads, scratch);
    clean = null;
  }

  /** The rate of the frame. */
  RatePlane plane() {
    return plane;
  }

  /** Whether any of the frame came from packets. */
  boolean isHeard() {
    return heard;
  }

  /** Whether there is something to be heard in the frame. */
  boolean hasVoice() {
    return clean != null && clean.hasFrame() ? clean.sumAbsolute() > 0 : voice;
  }

  /** Whether the line sends nothing, or packets that say so, in pauses. */
  boolean usesDtx() {
    return saidSilence || jitter.usesDtx();
  }

  /**
   * Drops what was decoded and not played of less than a frame: where ticks were skipped the sound
   * is cut anyway, and a line whose frames are its packets again can be in a run.
   */
  void keepWholeFrames() {
    drop(count % plane.frameSamples());
  }

  /** Drops all that was decoded and not played. */
  void dropUnplayed() {
    drop(count);
  }

  private void drop(final int dropped) {
    count -= dropped;
    heardCount = Math.max(0, heardCount - dropped);
    System.arraycopy(fifo, dropped, fifo, 0, count);
    jitter.end(fifoNs());
  }

  private long fifoNs() {
    return count * NS_PER_SECOND / plane.rateHz();
  }

  /** There is no frame in this tick. */
  void none() {
    heard = false;
    voice = false;
  }

  private void reset() {
    none();
    count = 0;
    heardCount = 0;
    decoder = null;
    fadeLeft = 0;
    lastLength = 0;
    resting = false;
    saidSilence = false;
    concealment().reset();
  }

  private Concealment concealment() {
    return concealments[plane.ordinal()];
  }

  /**
   * Makes the frame of this tick.
   *
   * @param pressed whether a key is down: its tone, which some phones send besides, is left out
   * @param needed whether somebody may hear the frame or its talking is watched
   */
  void decode(
      final TickContext context,
      final PayloadTable payloads,
      final boolean pressed,
      final boolean needed) {
    jitter.begin(context.dueNs());
    while (count < plane.frameSamples()) {
      fill(payloads, pressed, needed, context.counters());
    }
    final int surplusTicks = context.isBehind() ? 0 : jitter.surplusTicks();
    if (surplusTicks > 0) {
      shrink(toSamples(surplusTicks), payloads, pressed, needed);
    } else if (surplusTicks < 0) {
      stretch(payloads, pressed, needed);
    }
    giveOut();
    jitter.end(fifoNs());
  }

  private void fill(
      final PayloadTable payloads,
      final boolean pressed,
      final boolean needed,
      final MediaCounters counters) {
    final int wanted = plane.frameSamples() - count;
    switch (jitter.next(Math.max(1, toTicks(wanted)))) {
      case PLAY -> play(payloads, pressed, needed);
      case CONCEAL -> conceal(toSamples(jitter.ticks()), payloads, counters);
      case STRETCH -> makeUp(toSamples(jitter.ticks()));
      default -> silence(wanted);
    }
  }

  private int toTicks(final int samples) {
    final long ticks = (long) samples * jitter.clockRateHz();
    return (int) ((ticks + plane.rateHz() - 1) / plane.rateHz());
  }

  private int toSamples(final int ticks) {
    return (int) ((long) ticks * plane.rateHz() / jitter.clockRateHz());
  }

  private void play(final PayloadTable payloads, final boolean pressed, final boolean needed) {
    final int type = jitter.payloadType();
    turnTo(payloads.decoder(type));
    if (mustRest(payloads.isCheap(type), needed)) {
      rest();
      return;
    }
    wake();
    final int decoded =
        decoder.decode(
            jitter.payload(), jitter.payloadOffset(), jitter.payloadLength(), fifo, count);
    final int from = Math.min(decoded, toSamples(jitter.fromTicks()));
    final int samples = decoded - from;
    if (from > 0) {
      System.arraycopy(fifo, count + from, fifo, count, samples);
    }
    fadeIn(samples);
    if (pressed) {
      concealment().fill(fifo, count, samples);
      count += samples;
      return;
    }
    if (!decoder.concealsItself()) {
      if (jitter.isLate()) {
        joinInStep(samples);
      }
      if (count == 0) {
        concealment().beginFrame();
      }
      concealment().heard(fifo, count, samples);
    }
    count += samples;
    heardCount = count;
  }

  /** Sound that is late can wait a little more, until it goes on where the made up one is. */
  private void joinInStep(final int samples) {
    final int more = concealment().samplesToStep(fifo, count, samples);
    if (more > 0 && count + more + samples <= fifo.length) {
      System.arraycopy(fifo, count, fifo, count + more, samples);
      makeUp(more);
    }
  }

  /** Another decoder speaks; where its rate is another, what is left of the old one is dropped. */
  private void turnTo(final AudioDecoder next) {
    if (next == decoder) {
      return;
    }
    if (decoder != null) {
      next.reset();
      lastLength = 0;
    }
    decoder = next;
    if (next.rateHz() != plane.rateHz()) {
      plane = RatePlane.of(next.rateHz());
      count = 0;
      heardCount = 0;
      concealment().reset();
      fadeLeft = plane.rateHz() / FADES_A_SECOND;
    }
  }

  private boolean mustRest(final boolean cheap, final boolean needed) {
    if (cheap) {
      return false;
    }
    final boolean silent =
        decoder.isSilence(jitter.payload(), jitter.payloadOffset(), jitter.payloadLength());
    saidSilence |= silent;
    return silent || !needed;
  }

  private void rest() {
    resting = true;
    lastLength = jitter.payloadLength();
    jitter.payload().getBytes(jitter.payloadOffset(), last, 0, lastLength);
    silence(toSamples(jitter.ticks()));
  }

  private void wake() {
    if (!resting) {
      return;
    }
    resting = false;
    decoder.reset();
    concealment().reset();
    if (lastLength > 0) {
      decoder.decode(lastBuffer, 0, lastLength, scratch, 0);
      lastLength = 0;
    }
    fadeLeft = plane.rateHz() / FADES_A_SECOND;
  }

  private void fadeIn(final int samples) {
    final int fade = plane.rateHz() / FADES_A_SECOND;
    for (int i = count; i < count + samples && fadeLeft > 0; i++) {
      fifo[i] = (short) (fifo[i] * (fade - fadeLeft) / fade);
      fadeLeft--;
    }
  }

  /** Fills a hole, from the copy that the packet behind it may carry. */
  private void conceal(
      final int samples, final PayloadTable payloads, final MediaCounters counters) {
    final boolean recoverable =
        !resting
            && decoder != null
            && jitter.isNextHeld()
            && decoder.concealsItself()
            && payloads.decoder(jitter.payloadType()) == decoder
            && samples % (plane.rateHz() / STEPS_A_SECOND) == 0;
    if (recoverable) {
      decoder.recover(
          jitter.payload(), jitter.payloadOffset(), jitter.payloadLength(), fifo, count, samples);
      count += samples;
      counters.increment(MediaCounter.JITTER_RECOVERED);
      return;
    }
    makeUp(samples);
  }

  private void makeUp(final int samples) {
    if (resting || decoder == null || samples <= 0) {
      silence(samples);
      return;
    }
    if (decoder.concealsItself()) {
      final int step = plane.rateHz() / STEPS_A_SECOND;
      decoder.conceal(scratch, 0, (samples + step - 1) / step * step);
      System.arraycopy(scratch, 0, fifo, count, samples);
    } else {
      concealment().fill(fifo, count, samples);
    }
    count += samples;
  }

  private void silence(final int samples) {
    final int end = count + Math.max(0, samples);
    Arrays.fill(fifo, count, end, (short) 0);
    count = end;
  }

  /** Leaves out what waits too long, in a pause if that can wait. */
  private void shrink(
      final int surplus, final PayloadTable payloads, final boolean pressed, final boolean needed) {
    final int frameSamples = plane.frameSamples();
    playMore(payloads, pressed, needed);
    final int most = Math.min(surplus, count - frameSamples);
    if (most <= 0 || --restTicks > 0) {
      return;
    }
    if (resting) {
      count -= most;
      heardCount = Math.min(heardCount, count);
      jitter.scaled(true);
      return;
    }
    final TimeScale scale = timeScales[plane.ordinal()];
    final boolean pause = scale.isPause(fifo, 0, count);
    final boolean scrap = most < plane.rateHz() / STEPS_A_SECOND;
    if (!pause && (scrap || needed && !jitter.isUrgent())) {
      restTicks = scrap ? REST_TICKS : restTicks;
      return;
    }
    System.arraycopy(fifo, 0, scratch, 0, count);
    // In a pause to the last sample: a line that holds nothing is the cheapest there is.
    final int left =
        pause ? scale.shrinkPause(scratch, 0, count, most) : scale.shrink(scratch, 0, count);
    if (left < count && count - left <= most) {
      System.arraycopy(scratch, 0, fifo, 0, left);
      heardCount = Math.min(heardCount, left);
      count = left;
      jitter.scaled(true);
    } else {
      restTicks = REST_TICKS;
    }
  }

  private void stretch(final PayloadTable payloads, final boolean pressed, final boolean needed) {
    playMore(payloads, pressed, needed);
    final int longer = timeScales[plane.ordinal()].stretch(fifo, 0, count, fifo.length);
    if (longer > count) {
      heardCount = heardCount == count ? longer : heardCount;
      count = longer;
      jitter.scaled(false);
    }
  }

  /** Time is scaled over more than a frame. */
  private void playMore(final PayloadTable payloads, final boolean pressed, final boolean needed) {
    final RatePlane before = plane;
    while (count < 2 * plane.frameSamples() && plane == before && jitter.isNextPlayable()) {
      jitter.next(1);
      play(payloads, pressed, needed);
    }
  }

  private void giveOut() {
    final int samples = plane.frameSamples();
    System.arraycopy(fifo, 0, frame, 0, samples);
    int bits = 0;
    for (int i = 0; i < samples; i++) {
      bits |= frame[i];
    }
    voice = bits != 0;
    heard = heardCount > 0;
    heardCount = Math.max(0, heardCount - samples);
    count -= samples;
    System.arraycopy(fifo, samples, fifo, 0, count);
  }
}
