package dev.conductor.media.session;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.dsp.Gain;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.dsp.TalkDetector;
import dev.conductor.media.net.RtpSocket;
import dev.conductor.media.play.Clip;
import dev.conductor.media.play.PromptPlayer;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * One caller's sound. In a tick its agent calls {@link #receive}, mixes {@link #voice}, gives what
 * the caller is to hear to {@link #send}, and then {@link #offerEvents}.
 *
 * <p>It has no socket until {@link #opened} brings one, and none after {@link #end}; between, on
 * every tick, a packet goes out unless the line is on hold or takes nothing.
 *
 * @threading made by the conductor, then owned by one media agent at a time; handed over between
 *     ticks.
 * @allocation all at construction, about 30 KiB; none a packet once the far end is known.
 * @units frames of 16-bit linear PCM at 8 kHz; times in nanoseconds.
 */
public final class RtpSession {
  private static final int FRAME_SAMPLES = TickContext.FRAME_SAMPLES;
  private static final int RTCP_SWEEP_TICKS = 25;
  private static final int RTCP_LIMIT = 4;
  private static final int DEFAULT_ENERGY = 100;
  private static final long NEVER = Long.MIN_VALUE;

  private final long id;
  private final SessionEvents events;
  private final SourceLearner learner;
  private final RtpSender sender;
  private final RtpReceiver receiver;
  private final SilentLineTimer silence;
  private final TalkDetector talk = new TalkDetector(FRAME_SAMPLES, DEFAULT_ENERGY);
  private final PromptPlayer prompts = new PromptPlayer();

  private RtpSessionSpec spec;
  private PayloadTable payloads;
  private RtpSocket socket;

  /** His place in the plan in force, or null. */
  private MixPlan.Place place;

  private long servedTick = NEVER;

  /**
   * A session without a socket.
   *
   * @param probeMs after how much silence of a line that may send it is told
   * @param random where the stream's first numbers come from; its own
   * @param counters of the agent that will own it
   */
  public RtpSession(
      final long id,
      final RtpSessionSpec spec,
      final long probeMs,
      final RandomGenerator random,
      final MediaCounters counters) {
    this.id = id;
    this.spec = spec;
    events = new SessionEvents(id);
    learner = new SourceLearner(spec);
    sender = new RtpSender(random);
    receiver = new RtpReceiver(id, sender, learner, events, counters);
    silence = new SilentLineTimer(probeMs);
    payloads = new PayloadTable(spec);
    receiver.listen(payloads, isWanted());
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** Where it asked to be bound. */
  public InetAddress bindAddress() {
    return spec.bindAddress();
  }

  /** Whether it has a socket. */
  public boolean isOpen() {
    return socket != null;
  }

  /** Counts with these from now on: another agent owns it. */
  public void countWith(final MediaCounters counters) {
    receiver.countWith(counters);
  }

  /** Its socket is there. */
  public void opened(final RtpSocket bound, final TickContext context) {
    socket = bound;
    events.opened(bound.local());
    silence.expect(isWanted(), context.nowNs());
    context.counters().increment(MediaCounter.SESSIONS_OPENED);
  }

  /** There is no socket for it: once told, it is over. */
  public void openFailed(final String reason) {
    events.openFailed(reason);
  }

  /** Takes over what a new offer and answer agreed; the socket stays. */
  public void update(final RtpSessionSpec newSpec, final TickContext context) {
    final boolean sameCodecs =
        newSpec.payloads().equals(spec.payloads())
            && newSpec.digitPayloadTypes().equals(spec.digitPayloadTypes());
    final boolean wasWanted = isWanted();
    spec = newSpec;
    learner.update(newSpec);
    if (socket != null) {
      socket.disconnect();
    }
    if (wasWanted != isWanted()) {
      talk.stop();
      events.talking(false);
    }
    if (!sameCodecs || wasWanted != isWanted()) {
      payloads = new PayloadTable(newSpec);
      receiver.listen(payloads, isWanted());
    }
    silence.expect(isWanted(), context.nowNs());
  }

  /**
   * Takes a place in the plan now in force. Being muted, unwatched or moved ends a talk.
   *
   * @param newPlace null for none
   */
  public void follow(final MixPlan.Place newPlace) {
    if (!isSamePlace(place, newPlace)) {
      talk.stop();
      events.talking(false);
    }
    place = newPlace;
    if (place != null) {
      talk.energy(place.energy());
    }
  }

  private static boolean isSamePlace(final MixPlan.Place before, final MixPlan.Place after) {
    return before != null
        && after != null
        && before.watched() == after.watched()
        && before.feedsFirst() == after.feedsFirst()
        && before.feedsSecond() == after.feedsSecond();
  }

  /** Plays clips over what he hears. */
  public void prompt(final List<Clip> clips, final long tag) {
    prompts.start(clips, 0, tag);
  }

  /** Stops the prompt. */
  public void stopPrompt() {
    prompts.stop();
  }

  /** Whether this tick was served already, by the agent that had it before. */
  public boolean isServed(final long tick) {
    return servedTick >= tick;
  }

  /** Ticks were skipped. */
  public void onSkipped() {
    receiver.onSkipped();
  }

  /** Reads what came and makes this tick's {@link #voice}. */
  public void receive(final TickContext context) {
    servedTick = context.tick();
    if (socket == null) {
      return;
    }
    if (receiver.receive(context, socket)) {
      silence.onPacket(context.nowNs());
      events.lineSpeaks();
    } else {
      onNothingHeard(context);
    }
    judgeTalk();
    if ((context.tick() + id) % RTCP_SWEEP_TICKS == 0) {
      final int discarded = socket.discardRtcp(context.inBytes(), RTCP_LIMIT);
      context.counters().add(MediaCounter.RTCP_RECEIVED, discarded);
    }
  }

  private void onNothingHeard(final TickContext context) {
    final long silentMs = silence.dueMs(context.nowNs());
    if (silentMs > 0) {
      events.silentLine(silentMs);
    }
    if (socket.isConnected() && isWanted() && learner.isSilent(context.nowNs())) {
      // It may come back from another port; only an unconnected socket can hear that.
      socket.disconnect();
    }
  }

  private void judgeTalk() {
    if (place == null || !place.watched()) {
      return;
    }
    final VoiceDecoder voice = receiver.voice();
    events.talking(voice.isHeard() ? talk.onFrame(voice.frame()) : talk.onMissing());
  }

  /** Whether there is a voice in this tick. */
  public boolean hasVoice() {
    return receiver.voice().hasVoice();
  }

  /** The frame of this tick, if {@link #hasVoice}. */
  public short[] voice() {
    return receiver.voice().frame();
  }

  /**
   * Sends what he hears, with his prompt over it.
   *
   * @param heard a frame; changed when a prompt plays
   * @return false when the network refused
   */
  public boolean send(final TickContext context, final short[] heard) {
    if (socket == null) {
      return true;
    }
    if (prompts.isPlaying()) {
      playPrompt(heard, context.sums());
      if (prompts.pollEnded()) {
        events.promptEnded(prompts.tag());
      }
    }
    final InetSocketAddress target = learner.target();
    if (!spec.sends() || spec.hold() || target == null) {
      return true;
    }
    final int sent =
        sender.send(context, heard, payloads.encoder(), payloads.sendType(), socket, target);
    context.counters().increment(counterOf(sent));
    return sent != RtpSocket.FAULT;
  }

  private void playPrompt(final short[] heard, final int[] sums) {
    for (int i = 0; i < FRAME_SAMPLES; i++) {
      sums[i] = heard[i];
    }
    prompts.mixInto(sums, RatePlane.NARROW);
    for (int i = 0; i < FRAME_SAMPLES; i++) {
      heard[i] = Gain.saturate(sums[i]);
    }
  }

  private static MediaCounter counterOf(final int sent) {
    return switch (sent) {
      case RtpSocket.NO_ROOM -> MediaCounter.RTP_SHORT_SENDS;
      case RtpSocket.UNREACHABLE -> MediaCounter.RTP_PORT_UNREACHABLE;
      case RtpSocket.FAULT -> MediaCounter.RTP_SENDS_REFUSED;
      default -> MediaCounter.RTP_SENT;
    };
  }

  /** Offers what is to be told; false when there was no room for all of it. */
  public boolean offerEvents(final SessionEventSink sink) {
    return events.offerTo(sink);
  }

  /** Whether its end was told: it may be forgotten. */
  public boolean isEnded() {
    return events.isEnded();
  }

  /**
   * Ends it. Its socket is the caller's, to be closed.
   *
   * @return null when there was none
   */
  public RtpSocket end(final TickContext context) {
    final RtpSocket last = socket;
    if (last != null) {
      context.counters().increment(MediaCounter.SESSIONS_CLOSED);
    }
    socket = null;
    events.talking(false);
    events.closed();
    return last;
  }

  private boolean isWanted() {
    return spec.receives() && !spec.hold();
  }

  @Override
  public String toString() {
    return "RtpSession " + id + " to " + Objects.toString(learner.target());
  }
}
