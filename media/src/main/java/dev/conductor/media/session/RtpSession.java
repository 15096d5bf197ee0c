package dev.conductor.media.session;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.codec.G711;
import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.net.RtpSocket;
import dev.conductor.media.play.Clip;
import dev.conductor.media.play.PromptPlayer;
import dev.conductor.media.status.LineGauges;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.net.InetAddress;
import java.util.List;
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
 * @allocation all at construction, about 30 KiB; none a packet once the far end is known, but an
 *     address a packet where that is matched by its addresses and the socket never connected.
 * @units frames of 16-bit linear PCM; times in nanoseconds.
 */
public final class RtpSession {
  /** Reports and figures can wait for so long. */
  private static final int CARE_TICKS = 5;

  private final long id;
  private final SessionEvents events;
  private final LineSecurity security;
  private final SourceLearner learner;
  private final RtpSender sender;
  private final RtcpSession rtcp;
  private final RtpReceiver receiver;
  private final LineMonitor monitor;
  private final SilentLineTimer silence;
  private final TalkJudge talk;
  private final PromptPlayer prompts = new PromptPlayer();

  private RtpSessionSpec spec;
  private boolean sends;
  private PayloadTable payloads;
  private VoiceEncoder encoder;
  private RtpSocket socket;

  /** His place in the plan in force, or null. */
  private MixPlan.Place place;

  /** Whether somebody may hear him, or his talking is watched. */
  private boolean needed;

  /** Whether he was needed until this tick: what he says goes out by a ramp. */
  private boolean lingers;

  /** Whether nothing came in the latest tick. */
  private boolean silent;

  /** Where all that a tick needs is while nothing happens; null while something does. */
  private CleanLine line;

  /** Whether a prompt may be playing. */
  private boolean prompted;

  private long servedTick = Long.MIN_VALUE;

  /**
   * A session without a socket.
   *
   * @param keys of the spec's
   * @param settings what the operator chose for every line
   * @param random where the stream's first numbers come from; its own
   * @param counters of the agent that will own it
   */
  public RtpSession(
      final long id,
      final RtpSessionSpec spec,
      final LineKeys keys,
      final SessionSettings settings,
      final RandomGenerator random,
      final MediaCounters counters) {
    this.id = id;
    this.spec = spec;
    sends = spec.sends() && !spec.hold();
    events = new SessionEvents(id);
    learner = new SourceLearner(spec);
    security = new LineSecurity(keys);
    sender = new RtpSender(random, security);
    rtcp = new RtcpSession(id, spec, learner, sender, security, random);
    receiver = new RtpReceiver(id, sender, learner, events, rtcp, security, counters);
    monitor = new LineMonitor(id, rtcp, receiver);
    silence = new SilentLineTimer(settings.silentLineProbeMs());
    talk = new TalkJudge(events, settings.autoLevel());
    payloads = new PayloadTable(spec);
    encoder = new VoiceEncoder(spec.payloads().get(0));
    receiver.listen(payloads, spec.isHeard());
  }

  /** Its number. */
  public long id() {
    return id;
  }

  /** Where it asked to be bound. */
  public InetAddress bindAddress() {
    return spec.bindAddress();
  }

  /** Its figures, for any thread to read. */
  public LineGauges gauges() {
    return monitor.gauges();
  }

  /** Counts with these from now on: another agent owns it. */
  public void countWith(final MediaCounters counters) {
    receiver.countWith(counters);
  }

  /** Its socket is there. */
  public void opened(final RtpSocket bound, final TickContext context) {
    socket = bound;
    events.opened(bound.local());
    silence.expect(spec.isHeard(), context.nowNs());
    context.counters().increment(MediaCounter.SESSIONS_OPENED);
  }

  /** There is no socket for it: once told, it is over. */
  public void openFailed(final String reason) {
    discard();
    events.openFailed(reason);
  }

  /** Gives back what its coders hold: it will not be used any more. Any thread. */
  public void discard() {
    payloads.close();
    encoder.close();
  }

  /** Takes over what a new offer and answer agreed; the socket stays. */
  public void update(final RtpSessionSpec newSpec, final LineKeys keys, final TickContext context) {
    catchUp();
    security.update(keys);
    final boolean sameCodecs = newSpec.hasFormatsOf(spec);
    final boolean wasWanted = spec.isHeard();
    spec = newSpec;
    sends = spec.sends() && !spec.hold();
    learner.update(newSpec);
    rtcp.update(newSpec);
    if (socket != null) {
      socket.disconnect();
    }
    if (wasWanted != spec.isHeard()) {
      talk.stop();
    }
    if (!sameCodecs || wasWanted != spec.isHeard()) {
      payloads.close();
      payloads = new PayloadTable(newSpec);
      encoder.close();
      encoder = new VoiceEncoder(newSpec.payloads().get(0));
      receiver.listen(payloads, spec.isHeard());
    }
    if (wasWanted != spec.isHeard()) {
      // A refresh of what was agreed does not make a dead line a fresh one.
      silence.expect(spec.isHeard(), context.nowNs());
    }
  }

  /**
   * Takes a place in the plan now in force. Being muted, unwatched or moved ends a talk.
   *
   * @param newPlace null for none
   */
  public void follow(final MixPlan.Place newPlace) {
    if (!TalkJudge.goesOn(place, newPlace)) {
      catchUp();
      talk.stop();
    }
    place = newPlace;
    final boolean watched = place != null && place.watched();
    talk.watch(watched);
    lingers |= needed;
    needed = watched || place != null && place.feeds();
    if (place != null && place.energy() != talk.energy()) {
      catchUp();
      talk.energy(place.energy());
    }
  }

  /** Plays clips over what he hears. */
  public void prompt(final List<Clip> clips, final long tag) {
    catchUp();
    prompts.start(clips, 0, tag);
    prompted = true;
  }

  /** Plays clips after those that play. */
  public void queuePrompt(final List<Clip> clips, final int gainSteps, final long tag) {
    catchUp();
    prompts.queue(clips, gainSteps, tag);
    prompted = true;
  }

  /** Stops the prompt. */
  public void stopPrompt() {
    prompts.stop();
  }

  /** Whether this tick was served already, by the agent that had it before. */
  public boolean isServed(final long tick) {
    return servedTick >= tick;
  }

  /** Ticks before this one were skipped. */
  public void onSkipped(final TickContext context, final long ticks) {
    catchUp();
    receiver.onSkipped(ticks);
    encoder.onSkipped(context.tick());
  }

  /** Asks for what it will {@link #receive} first. */
  public void askForPacket(final DatagramBatch batch) {
    if (socket != null) {
      batch.ask(socket);
    }
  }

  /**
   * Reads what came and makes this tick's {@link #voice}.
   *
   * @param mayRun where the session may rest as long as nothing happens; what it was read there and
   *     not used is taken from there
   */
  public void receive(final TickContext context, final CleanLine mayRun) {
    catchUp();
    servedTick = context.tick();
    if (socket == null) {
      return;
    }
    if (!receiver.receive(context, socket, needed || lingers, mayRun.takeUnused())) {
      onNothingHeard(context);
    } else if (silent) {
      silent = false;
      events.lineSpeaks();
    }
    lingers = false;
    talk.judge(receiver.voice());
    care(context);
    beginRun(context, mayRun);
  }

  private void beginRun(final TickContext context, final CleanLine mayRun) {
    if (prompted || events.isWaiting() || !socket.isConnected() || security.isOn()) {
      return;
    }
    final G711 law = receiver.beginRun(mayRun);
    if (law == null) {
      return;
    }
    line = mayRun;
    line.begin(socket, law, receiver.voice().hearer(), talk.activity(), context.tick());
    receiver.voice().beginRun(line);
    rest(context);
  }

  /** Says when it is to be seen again, and whether until then somebody must judge the voice. */
  private void rest(final TickContext context) {
    final long tick = context.tick();
    if (line.isToBeJudged() && talk.isQuiet()) {
      line.beQuiet(talk.energy());
    }
    final long turn = monitor.nextTurn(tick, !line.isToBeJudged());
    line.look(Math.min(rtcp.nextSweep(tick), turn), receiver.nextSweep(tick));
  }

  /** Judges the frame that came in a run, and cares for what is due. */
  public void hear(final TickContext context) {
    if (line.isToBeJudged()) {
      talk.judge(receiver.voice());
    }
    if (line.hasUnused()) {
      final CleanLine ended = line;
      catchUp();
      receiver.readOn(context, socket, ended.takeUnused());
    }
    care(context);
    if (line != null) {
      rest(context);
    }
  }

  private void care(final TickContext context) {
    if (!context.isBehind() && (context.tick() + id) % CARE_TICKS == 0) {
      if (line != null) {
        receiver.countRun(line);
        if (rtcp.isReportDue(context)) {
          endSharing();
        }
      }
      rtcp.onTick(context, socket);
      monitor.onTick(context);
    }
  }

  /**
   * Ends a run, if there is one: everything here is as if each tick had gone through it. Whoever
   * changes anything does this first.
   */
  public void catchUp() {
    if (line == null) {
      return;
    }
    final CleanLine ended = line;
    line = null;
    servedTick = Math.max(servedTick, ended.lastTick());
    receiver.endRun(ended);
    receiver.voice().endRun();
    ended.endSharing(sender, encoder);
  }

  private void endSharing() {
    if (line != null) {
      line.endSharing(sender, encoder);
    }
  }

  private void onNothingHeard(final TickContext context) {
    if (!silent) {
      silent = true;
      if (receiver.hasSpoken()) {
        learner.heard(receiver.heardNs());
        silence.onPacket(receiver.heardNs());
      }
    }
    final long silentMs = silence.dueMs(context.nowNs());
    if (silentMs > 0) {
      events.silentLine(silentMs);
    }
    if (socket.isConnected() && spec.isHeard() && learner.isSilent(context.nowNs())) {
      // It may come back from another port; only an unconnected socket can hear that.
      socket.disconnect();
    }
  }

  /** Whether there is a voice in this tick. */
  public boolean hasVoice() {
    return receiver.voice().hasVoice();
  }

  /** The frame of this tick, if {@link #hasVoice}; his until the next. */
  public short[] voice() {
    return receiver.voice().frame();
  }

  /** The rate of {@link #voice}. */
  public RatePlane voicePlane() {
    return receiver.voice().plane();
  }

  /** Whether his line has sound above its own noise, or had lately. */
  public boolean isLineOpen() {
    return talk.isLineOpen();
  }

  /** The gain that levels his voice, besides his volume. */
  public int levelQ15() {
    return talk.levelQ15();
  }

  /** The rate at which he hears. */
  public RatePlane hearsAt() {
    return encoder.plane();
  }

  /** The codec he is sent. */
  public RtpSessionSpec.Payload sentBy() {
    return encoder.payload();
  }

  /** Whether what he is sent depends on what he was sent before. */
  public boolean isSentWithState() {
    return encoder.hasState();
  }

  /** Whether sound goes to him in this tick: to somewhere, and not on hold. */
  public boolean isSending() {
    return sends && socket != null && (socket.isConnected() || learner.target() != null);
  }

  /**
   * Whether he may be sent what his group is sent. To be asked once a tick.
   *
   * @param group of those who hear what he hears; null where nobody does
   */
  public boolean mayShare(final SharedPackets group, final TickContext context) {
    endSharing();
    prompted = prompted && prompts.isPlaying();
    return encoder.mayShare(prompted ? null : group, context.tick());
  }

  /** The packet he was sent with this group last, or null where he was not. */
  public SharedPacket sharedWith(final SharedPackets group) {
    return encoder.sharedWith(group);
  }

  /** Begins to be sent what others are sent, before the frame of the tick is made. */
  public void join(final SharedPacket packet, final TickContext context) {
    encoder.join(packet, context.tick());
  }

  /**
   * Sends what he shares with others.
   *
   * @param packet made for this tick
   * @return false when the network refused
   */
  public boolean sendShared(
      final TickContext context, final SharedPackets group, final SharedPacket packet) {
    encoder.share(group, packet, context.tick());
    if (!isSending()) {
      return true;
    }
    final boolean sent = send(context, packet.packet(), packet.payloadBytes());
    if (sent && line != null && !encoder.hasState()) {
      line.beginSharing(group, packet, sender, encoder.payloadType(), context.tick());
    }
    return sent;
  }

  /**
   * Sends what he alone hears, with his prompt over it.
   *
   * @param room a frame of sums at the rate he hears at; changed
   * @return false when the network refused
   */
  public boolean send(final TickContext context, final int[] room) {
    if (socket == null) {
      return true;
    }
    endSharing();
    if (prompts.isPlaying()) {
      prompts.mixInto(room, encoder.plane());
      if (prompts.pollEnded()) {
        events.promptEnded(prompts.tag());
      }
    }
    return !isSending() || send(context, context.out(), encoder.encode(context, room));
  }

  private boolean send(
      final TickContext context, final PacketBuffer packet, final int payloadBytes) {
    final int sent =
        sender.send(
            context,
            packet,
            payloadBytes,
            encoder.payloadType(),
            encoder.ticksPerFrame(),
            socket,
            socket.isConnected() ? null : learner.target());
    context.counters().increment(RtpSender.counterOf(sent));
    return sent != RtpSocket.FAULT;
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
    catchUp();
    final RtpSocket last = socket;
    if (last != null) {
      rtcp.bye(context, last);
      context.counters().increment(MediaCounter.SESSIONS_CLOSED);
    }
    socket = null;
    discard();
    talk.tellEnd();
    events.closed();
    return last;
  }
}
