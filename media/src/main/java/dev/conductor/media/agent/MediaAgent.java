package dev.conductor.media.agent;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.mix.VoicePool;
import dev.conductor.media.net.PortAnswer;
import dev.conductor.media.net.PortKeeper;
import dev.conductor.media.play.CallPlayer;
import dev.conductor.media.session.LineKeys;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.SharedPacket;
import dev.conductor.media.session.TickContext;
import dev.conductor.media.status.LatestSlot;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import dev.conductor.media.status.TickHistogram;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.OneToOneConcurrentArrayQueue;
import org.agrona.concurrent.ringbuffer.RingBuffer;

/**
 * One media thread's work: every 20 ms a tick for the sessions and calls it owns.
 *
 * <p>A tick takes over what was asked and who arrived, puts the latest plans in force, receives and
 * decodes for everybody, mixes and sends call by call, sends to those in no plan, and offers what
 * there is to tell. Nobody's fault reaches another: a session that fails in a tick is counted and
 * passed over; one that fails for five seconds on end is closed, which the focus hears as {@code
 * onClosed}.
 *
 * @threading {@link #doWork} and all {@code onX}: its own thread. {@link #hasRoom} and {@link
 *     #offer}: the conductor. {@link #offerArrival}: other agents.
 * @allocation none a tick in steady state; a few hundred bytes when a session comes or goes.
 */
final class MediaAgent implements Agent {
  private static final int COMMANDS = 4_096;

  /** From here on only ends are taken. */
  private static final int COMMANDS_FOR_NEW_WORK = COMMANDS * 3 / 4;

  private static final int COMMANDS_A_TICK = 1_024;
  private static final int ARRIVALS = 1_024;
  private static final int ANSWERS = 1_024;

  private static final int FAILED_TICKS_LIMIT = 250;

  private final String name;
  private final NanoClock clock;
  private final PortKeeper keeper;
  private final MediaCounters counters;
  private final TickHistogram lateness = new TickHistogram();
  private final TickSchedule schedule = new TickSchedule();
  private final TickContext context;
  private final EventWriter events;
  private final WaitingMusic music;

  private final OneToOneConcurrentArrayQueue<AgentCommand> commands =
      new OneToOneConcurrentArrayQueue<>(COMMANDS);
  private final ManyToOneConcurrentArrayQueue<Arrival> arrivals =
      new ManyToOneConcurrentArrayQueue<>(ARRIVALS);
  private final OneToOneConcurrentArrayQueue<PortAnswer> answers =
      new OneToOneConcurrentArrayQueue<>(ANSWERS);
  private final Consumer<AgentCommand> runCommand = this::run;
  private final Consumer<Arrival> takeArrival = this::onArrival;
  private final Consumer<PortAnswer> takeAnswer = this::onAnswer;

  private final Residents residents = new Residents();
  private final VoicePool voices = new VoicePool();
  private final CallRooms rooms = new CallRooms();

  /** Commands for sessions that are on their way here. */
  private final Long2ObjectHashMap<List<AgentCommand>> expected = new Long2ObjectHashMap<>();

  /** Commands to be run again in the next tick, because another thread's queue was full. */
  private final ArrayDeque<AgentCommand> again = new ArrayDeque<>();

  MediaAgent(
      final String name,
      final NanoClock clock,
      final PortKeeper keeper,
      final RingBuffer eventRing,
      final TickContext context,
      final WaitingMusic music) {
    this.name = name;
    this.music = music;
    this.clock = clock;
    this.keeper = keeper;
    this.context = context;
    counters = context.counters();
    events = new EventWriter(eventRing);
  }

  MediaCounters counters() {
    return counters;
  }

  String whyNoIoUring() {
    return context.batch().reason();
  }

  TickHistogram lateness() {
    return lateness;
  }

  /** Sets the beginning of all ticks; before the first. */
  void start(final long epochNs) {
    schedule.start(epochNs);
  }

  /** When the next tick is to begin. */
  long nextTickNs() {
    return schedule.nextNs();
  }

  /** Whether new work is taken. Called by the conductor. */
  boolean hasRoom() {
    return commands.size() < COMMANDS_FOR_NEW_WORK;
  }

  /** Asks something. Called by the conductor; false when the queue is full to its end. */
  boolean offer(final AgentCommand command) {
    return commands.offer(command);
  }

  /** Hands a session over. Called by the agent that gives it away. */
  boolean offerArrival(final Arrival arrival) {
    return arrivals.offer(arrival);
  }

  @Override
  public String roleName() {
    return name;
  }

  @Override
  public int doWork() {
    final long nowNs = clock.nanoTime();
    if (!schedule.isDue(nowNs)) {
      return 0;
    }
    lateness.record(schedule.latenessNs(nowNs));
    final long skipped = schedule.skip(nowNs);
    context.ticksDue(schedule.dueAfter(nowNs));
    final long dueNs = schedule.begin();
    context.begin(nowNs, dueNs, schedule.tick());
    counters.increment(MediaCounter.TICKS);
    try {
      takeOver(skipped);
      music.tick();
      receive();
      give();
      rooms.giveShared(this, context);
    } finally {
      context.batch().flush();
    }
    return 1;
  }

  /** Gives back what its sockets are used by; no tick will come. */
  @Override
  public void onClose() {
    context.batch().close();
  }

  private void takeOver(final long skipped) {
    counters.add(MediaCounter.TICKS_SKIPPED, skipped);
    for (int i = again.size(); i > 0; i--) {
      run(again.remove());
    }
    commands.drain(runCommand, COMMANDS_A_TICK);
    answers.drain(takeAnswer, ANSWERS);
    arrivals.drain(takeArrival, ARRIVALS);
    rooms.begin(residents, context);
    for (int i = 0; skipped > 0 && i < residents.count(); i++) {
      residents.at(i).session.onSkipped(context, skipped);
    }
  }

  private void run(final AgentCommand command) {
    try {
      command.run(this);
    } catch (final RuntimeException e) {
      counters.increment(MediaCounter.COMMANDS_FAILED);
    }
  }

  /** Reads and decodes for everybody; a voice goes to its call while it is at hand. */
  private void receive() {
    final int count = residents.count();
    for (int i = 0; i < count; i++) {
      final Resident resident = residents.toServe(i, context);
      try {
        resident.serve(context);
      } catch (final RuntimeException e) {
        onFault(resident);
      }
    }
  }

  /**
   * Sends to everybody and settles what there is, those first who were read last: their memory is
   * still near.
   */
  private void give() {
    for (int i = residents.count() - 1; i >= 0; i--) {
      final Resident resident = residents.toGive(i);
      if (resident.served) {
        give(resident);
      }
      if (resident.failed || !resident.isQuiet(context.tick())) {
        settleSafely(resident, i);
      }
    }
  }

  private void give(final Resident resident) {
    try {
      if (resident.seat == Resident.NO_SEAT) {
        Arrays.fill(context.room(), 0);
        send(resident, context.room());
      } else {
        resident.room.give(this, resident, context);
      }
    } catch (final RuntimeException e) {
      onFault(resident);
    }
  }

  /** Sends what one alone hears; whatever goes wrong stays with this session. */
  void send(final Resident resident, final int[] room) {
    try {
      resident.failed |= !resident.session.send(context, room);
    } catch (final RuntimeException e) {
      onFault(resident);
    }
  }

  /** The same where the line goes on as in the tick before. */
  void goOnSharing(final Resident resident) {
    try {
      resident.failed |= !resident.share(context);
    } catch (final RuntimeException e) {
      onFault(resident);
    }
  }

  /** Sends what one shares with others; whatever goes wrong stays with this session. */
  void sendShared(final Resident resident, final SharedPacket packet) {
    try {
      resident.failed |= !resident.session.sendShared(context, resident.packets, packet);
    } catch (final RuntimeException e) {
      onFault(resident);
    }
  }

  /** Something of a session failed; the others go on. */
  void onFault(final Resident resident) {
    resident.failed = true;
    counters.increment(MediaCounter.SESSION_FAULTS);
  }

  private void settleSafely(final Resident resident, final int index) {
    try {
      settle(resident, index);
    } catch (final RuntimeException e) {
      onFault(resident);
    }
  }

  /** After the sending: tells what is to be told, and moves on who opens, leaves or ends. */
  private void settle(final Resident resident, final int index) {
    resident.failedTicks = resident.failed ? resident.failedTicks + 1 : 0;
    resident.failed = false;
    if (resident.failedTicks >= FAILED_TICKS_LIMIT && resident.state == Resident.State.OPEN) {
      counters.increment(MediaCounter.SESSIONS_GIVEN_UP);
      end(resident);
    }
    if (!resident.session.offerEvents(events)) {
      counters.increment(MediaCounter.HATCH_WAITS);
    }
    if (resident.state != Resident.State.OPEN) {
      moveOn(resident);
      if (resident.session.isEnded() && resident.state == Resident.State.ENDED) {
        residents.remove(index);
      } else if (resident.state == Resident.State.LEAVING) {
        leave(resident, index);
      }
    }
  }

  private void moveOn(final Resident resident) {
    if (resident.state == Resident.State.NEW) {
      ask(resident);
    } else if (resident.state == Resident.State.CLOSING) {
      // Nothing of it may wait to be sent when its socket's number is somebody else's.
      context.batch().flush();
      if (resident.toClose == null || keeper.close(resident.toClose)) {
        resident.toClose = null;
        resident.state = Resident.State.ENDED;
      } else {
        counters.increment(MediaCounter.HATCH_WAITS);
      }
    }
  }

  private void ask(final Resident resident) {
    final RtpSession session = resident.session;
    if (keeper.open(session.id(), session.bindAddress(), answers::offer)) {
      resident.state = Resident.State.OPENING;
    } else {
      counters.increment(MediaCounter.HATCH_WAITS);
    }
  }

  private void leave(final Resident resident, final int index) {
    final RtpSession session = resident.session;
    session.catchUp();
    context.batch().flush();
    if (resident.destination.offerArrival(new Arrival(session.id(), resident.callId, session))) {
      residents.remove(index);
    } else {
      counters.increment(MediaCounter.HATCH_WAITS);
    }
  }

  /** A session enters the lobby. Its first packet leaves once the keeper answered. */
  void onOpen(final RtpSession session) {
    final Resident resident = residents.add(session, Resident.State.NEW);
    ask(resident);
  }

  private void onAnswer(final PortAnswer answer) {
    final Resident resident = residents.get(answer.sessionId());
    if (answer.socket() == null) {
      resident.state = Resident.State.ENDED;
      if (!resident.closeWhenOpened) {
        resident.session.openFailed(answer.reason());
      }
      return;
    }
    if (resident.closeWhenOpened) {
      resident.toClose = answer.socket();
      resident.state = Resident.State.CLOSING;
      return;
    }
    resident.state = Resident.State.OPEN;
    resident.session.opened(answer.socket(), context);
  }

  /** A new offer and answer for a session. */
  void onUpdate(final long sessionId, final RtpSessionSpec spec, final LineKeys keys) {
    final Resident resident = find(sessionId, agent -> agent.onUpdate(sessionId, spec, keys));
    if (resident != null && resident.isAlive()) {
      resident.session.update(spec, keys, context);
    }
  }

  /** Something asked of a session's prompts. */
  void onAsk(final long sessionId, final Consumer<RtpSession> asked) {
    final Resident resident = find(sessionId, agent -> agent.onAsk(sessionId, asked));
    if (resident != null) {
      asked.accept(resident.session);
    }
  }

  /** Something asked of what plays to everybody in a call. */
  void onPlayer(final long callId, final Consumer<CallPlayer> asked) {
    final CallRoom room = rooms.get(callId);
    if (room != null) {
      asked.accept(room.player());
    }
  }

  /** The end of a session. */
  void onClose(final long sessionId) {
    final Resident resident = find(sessionId, agent -> agent.onClose(sessionId));
    if (resident != null) {
      end(resident);
    }
  }

  /** The session, or null: then the command is kept if the session is on its way. */
  private Resident find(final long sessionId, final AgentCommand again) {
    final Resident resident = residents.get(sessionId);
    if (resident == null) {
      final List<AgentCommand> waiting = expected.get(sessionId);
      if (waiting != null) {
        waiting.add(again);
      }
    }
    return resident;
  }

  private void end(final Resident resident) {
    switch (resident.state) {
      case NEW, OPENING -> {
        resident.session.end(context);
        resident.closeWhenOpened = resident.state == Resident.State.OPENING;
        if (resident.state == Resident.State.NEW) {
          resident.state = Resident.State.ENDED;
        }
      }
      case OPEN -> {
        leaveRoom(resident);
        resident.toClose = resident.session.end(context);
        resident.state = Resident.State.CLOSING;
      }
      default -> {
        // On its way or over already: who has it now ends it.
      }
    }
  }

  private static void leaveRoom(final Resident resident) {
    if (resident.room != null) {
      resident.room.leave(resident);
    }
  }

  /** A session of this agent's lobby goes to its call's home agent, which may be this one. */
  void onAdmit(final long sessionId, final long callId, final MediaAgent home) {
    final Resident resident = residents.get(sessionId);
    if (resident == null || resident.state != Resident.State.OPEN) {
      if (home != this && !home.offerArrival(new Arrival(sessionId, callId, null))) {
        again.add(agent -> agent.onAdmit(sessionId, callId, home));
      }
      return;
    }
    resident.callId = callId;
    if (home == this) {
      enterRoom(resident);
    } else {
      resident.destination = home;
      resident.state = Resident.State.LEAVING;
    }
  }

  /** A session is on its way here: what is asked of it meanwhile is kept. */
  void onExpect(final long sessionId) {
    if (residents.get(sessionId) == null) {
      expected.put(sessionId, new ArrayList<>());
    }
  }

  private void onArrival(final Arrival arrival) {
    final List<AgentCommand> waiting = expected.remove(arrival.sessionId());
    if (arrival.session() == null) {
      return;
    }
    counters.increment(MediaCounter.SESSIONS_HANDED_OVER);
    final Resident resident = residents.add(arrival.session(), Resident.State.OPEN);
    resident.callId = arrival.callId();
    resident.session.countWith(counters);
    enterRoom(resident);
    if (waiting != null) {
      waiting.forEach(runCommand);
    }
  }

  private void enterRoom(final Resident resident) {
    final CallRoom room = rooms.get(resident.callId);
    if (room != null) {
      room.enter(resident);
    }
  }

  /** A call makes this agent its home. */
  void onCall(final long callId, final LatestSlot<MixPlan> plans) {
    final CallRoom room = new CallRoom(callId, plans, voices, music);
    rooms.add(callId, room);
    for (int i = 0; i < residents.count(); i++) {
      final Resident resident = residents.at(i);
      if (resident.callId == callId && resident.room == null) {
        room.enter(resident);
      }
    }
  }

  /** A call is over; who is still in it hears nothing any more. */
  void onEndCall(final long callId) {
    final CallRoom room = rooms.remove(callId);
    if (room != null) {
      for (int i = 0; i < residents.count(); i++) {
        final Resident resident = residents.at(i);
        if (resident.room == room) {
          room.leave(resident);
        }
      }
      room.close();
    }
  }
}
