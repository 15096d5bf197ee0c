package dev.conductor.media.agent;

import dev.conductor.config.MediaConfig;
import dev.conductor.config.RtpConfig;
import dev.conductor.media.api.LineStatistics;
import dev.conductor.media.api.MediaCommands;
import dev.conductor.media.api.MediaEventSource;
import dev.conductor.media.api.MediaEvents;
import dev.conductor.media.api.MediaStatistics;
import dev.conductor.media.api.MixPlan;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.media.api.TickLateness;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.net.PortKeeper;
import dev.conductor.media.net.PortPool;
import dev.conductor.media.play.CallPlayer;
import dev.conductor.media.play.Clip;
import dev.conductor.media.play.ClipLibrary;
import dev.conductor.media.session.LineKeys;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.SessionSettings;
import dev.conductor.media.session.TickContext;
import dev.conductor.media.status.LatestSlot;
import dev.conductor.media.status.MediaCounter;
import dev.conductor.media.status.MediaCounters;
import java.nio.ByteBuffer;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.agrona.BitUtil;
import org.agrona.BufferUtil;
import org.agrona.collections.Long2ObjectHashMap;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.NanoClock;
import org.agrona.concurrent.SleepingMillisIdleStrategy;
import org.agrona.concurrent.SystemNanoClock;
import org.agrona.concurrent.UnsafeBuffer;
import org.agrona.concurrent.ringbuffer.OneToOneRingBuffer;
import org.agrona.concurrent.ringbuffer.RingBuffer;
import org.agrona.concurrent.ringbuffer.RingBufferDescriptor;

/**
 * All of media: the agents, the port keeper and their threads, behind the three interfaces the rest
 * of the house knows.
 *
 * <p>Either {@link #start} gives every agent a thread, or a test calls {@link #step} itself with a
 * clock it moves by hand; never both.
 *
 * <p>The hatch to each agent is bounded: from three quarters full on new work is refused and
 * counted, the rest is kept for ends. Plans, and the news that a call begins or ends, are never
 * refused.
 *
 * @threading {@link MediaCommands} and {@link MediaEventSource}: the conductor only. {@link
 *     MediaStatistics}: any thread. Start, step and close: the thread that made it.
 * @allocation at a command, a few objects; at an open, the session with all it will ever need.
 */
public final class MediaEngine
    implements MediaCommands, MediaEventSource, MediaStatistics, AutoCloseable {
  private static final int EVENT_RING_BYTES = 1 << 19;

  /** So that what a tick asks for is there before the next, and a wake-up is not for nothing. */
  private static final int KEEPER_IDLE_MS = 10;

  private final ClipLibrary clips;
  private final SessionSettings sessionSettings;
  private final NanoClock clock;
  private final SecureRandom random = new SecureRandom();

  private final MediaCounters conductorCounters = new MediaCounters();
  private final MediaCounters keeperCounters = new MediaCounters();
  private final PortKeeper keeper;
  private final KeeperAgent keeperAgent;
  private final MediaAgent[] agents;
  private final RingBuffer[] eventRings;
  private final List<AgentRunner> runners = new ArrayList<>();
  private boolean begun;

  private final EventReader reader = new EventReader(this::forget);
  private final Long2ObjectHashMap<Route> sessionRoutes = new Long2ObjectHashMap<>();

  private final OpenLines lines = new OpenLines();
  private final Long2ObjectHashMap<Home> homes = new Long2ObjectHashMap<>();

  /** Sessions on each agent, as far as the conductor knows. */
  private final int[] loads;

  private final LateCommands late = new LateCommands();

  private int nextRing;

  /**
   * An engine on the system's clock. Nothing runs before {@link #start}.
   *
   * @param wallOffsetNs what makes {@link System#nanoTime} a time since 1970; only what reports say
   *     of the time of day depends on it
   */
  public MediaEngine(
      final RtpConfig rtp,
      final MediaConfig media,
      final ClipLibrary clips,
      final long wallOffsetNs) {
    this(rtp, media, clips, SystemNanoClock.INSTANCE, wallOffsetNs);
  }

  /**
   * An engine on a clock of the caller's, to be stepped by hand.
   *
   * @param clock read once a step by each agent and by the keeper
   * @param wallOffsetNs what makes the clock's time one since 1970
   */
  public MediaEngine(
      final RtpConfig rtp,
      final MediaConfig media,
      final ClipLibrary clips,
      final NanoClock clock,
      final long wallOffsetNs) {
    this.clips = clips;
    this.clock = clock;
    sessionSettings = new SessionSettings(media.silentLineProbeMs(), media.autoLevel());
    final long quarantineNs = TimeUnit.MILLISECONDS.toNanos(rtp.quarantineMs());
    keeper =
        new PortKeeper(new PortPool(rtp.firstPort(), rtp.lastPort(), quarantineNs), keeperCounters);
    keeperAgent = new KeeperAgent(keeper, clock);
    final int cores = Runtime.getRuntime().availableProcessors();
    final int count = media.agents() > 0 ? media.agents() : Math.max(1, cores - 1);
    agents = new MediaAgent[count];
    eventRings = new RingBuffer[count];
    loads = new int[count];
    for (int i = 0; i < count; i++) {
      eventRings[i] = new OneToOneRingBuffer(new UnsafeBuffer(ringMemory()));
      final WaitingMusic music = new WaitingMusic(clips.get(MixPlan.MUSIC_CLIP));
      final MediaCounters counters = new MediaCounters();
      final TickContext context =
          new TickContext(counters, wallOffsetNs, DatagramBatch.open(counters, media.ioUring()));
      agents[i] = new MediaAgent("media-" + i, clock, keeper, eventRings[i], context, music);
    }
  }

  /** Memory that begins at a cache line; what lies on the heap may not. */
  private static ByteBuffer ringMemory() {
    return BufferUtil.allocateDirectAligned(
        EVENT_RING_BYTES + RingBufferDescriptor.TRAILER_LENGTH, BitUtil.CACHE_LINE_LENGTH);
  }

  /** Starts the threads: {@code media-0}, {@code media-1}, ... and {@code media-ports}. */
  public void start() {
    if (begun) {
      throw new IllegalStateException("started already");
    }
    // Evenly over a tick: agents that all wake at once would keep one another from the cores.
    begin(TickContext.TICK_NS / agents.length);
    run(keeperAgent, keeperCounters, new SleepingMillisIdleStrategy(KEEPER_IDLE_MS));
    for (final MediaAgent agent : agents) {
      run(agent, agent.counters(), new TickIdleStrategy(clock, agent));
    }
  }

  /** Why not all agents' packets go by io_uring; empty where they do. */
  public String whyNoIoUring() {
    return Arrays.stream(agents)
        .map(MediaAgent::whyNoIoUring)
        .filter(why -> !why.isEmpty())
        .findFirst()
        .orElse("");
  }

  private void begin(final long apartNs) {
    begun = true;
    final long epochNs = clock.nanoTime();
    for (int i = 0; i < agents.length; i++) {
      agents[i].start(epochNs + i * apartNs);
    }
  }

  private void run(final Agent agent, final MediaCounters counters, final IdleStrategy idle) {
    // A fault is counted on the thread it happened on; the agent goes on with its next cycle.
    final AgentRunner runner =
        new AgentRunner(idle, fault -> counters.increment(MediaCounter.AGENT_FAULTS), null, agent);
    runners.add(runner);
    AgentRunner.startOnThread(runner);
  }

  /**
   * Lets the keeper and every agent work once, on the calling thread. The first step sets the
   * beginning of all ticks, the same for every agent; the first tick is due 20 ms later.
   *
   * @return how much was done; 0 when nothing is due
   */
  public int step() {
    if (!runners.isEmpty()) {
      throw new IllegalStateException("threads are running");
    }
    if (!begun) {
      begin(0);
    }
    int work = keeperAgent.doWork();
    for (final MediaAgent agent : agents) {
      work += agent.doWork();
    }
    return work;
  }

  @Override
  public boolean open(final long sessionId, final RtpSessionSpec spec) {
    final int index = leastLoaded();
    final MediaAgent agent = agents[index];
    if (sessionRoutes.containsKey(sessionId)) {
      throw new IllegalArgumentException("session " + sessionId + " is open");
    }
    if (!agent.hasRoom()) {
      return refuse();
    }
    final RtpSession session =
        new RtpSession(
            sessionId,
            spec,
            LineKeys.of(spec.keys()),
            sessionSettings,
            new SplittableRandom(random.nextLong()),
            agent.counters());
    if (!agent.offer(owner -> owner.onOpen(session))) {
      session.discard();
      return refuse();
    }
    sessionRoutes.put(sessionId, new Route(index));
    lines.add(sessionId, session.gauges());
    loads[index]++;
    return true;
  }

  private int leastLoaded() {
    int least = 0;
    for (int i = 1; i < loads.length; i++) {
      least = loads[i] < loads[least] ? i : least;
    }
    return least;
  }

  @Override
  public boolean update(final long sessionId, final RtpSessionSpec spec) {
    final LineKeys keys = LineKeys.of(spec.keys());
    return ask(sessionId, agent -> agent.onUpdate(sessionId, spec, keys));
  }

  @Override
  public boolean admit(final long sessionId, final long callId) {
    final Route route = sessionRoutes.get(sessionId);
    if (route == null) {
      return true;
    }
    if (route.admitted) {
      throw new IllegalStateException("session " + sessionId + " was admitted already");
    }
    final Home home = home(callId);
    final MediaAgent from = agents[route.agentIndex];
    final MediaAgent to = agents[home.agentIndex];
    if (!from.hasRoom() || !to.hasRoom()) {
      return refuse();
    }
    if (from != to) {
      late.offer(to, agent -> agent.onExpect(sessionId));
    }
    late.offer(from, agent -> agent.onAdmit(sessionId, callId, to));
    loads[route.agentIndex]--;
    loads[home.agentIndex]++;
    route.agentIndex = home.agentIndex;
    route.admitted = true;
    return true;
  }

  @Override
  public boolean close(final long sessionId) {
    final Route route = sessionRoutes.get(sessionId);
    if (route == null) {
      return true;
    }
    final MediaAgent agent = agents[route.agentIndex];
    final AgentCommand command = owner -> owner.onClose(sessionId);
    late.offer();
    if (!late.isEmpty()) {
      // It must not overtake the session's own admission, which may be among what waits.
      late.add(agent, command);
      return true;
    }
    return agent.offer(command) || refuse();
  }

  @Override
  public void plan(final MixPlan plan) {
    late.offer();
    home(plan.callId()).plans.put(plan);
  }

  /** The home of a call; a new call gets the least loaded agent. */
  private Home home(final long callId) {
    Home home = homes.get(callId);
    if (home == null) {
      final Home made = new Home(leastLoaded());
      homes.put(callId, made);
      late.offer(agents[made.agentIndex], agent -> agent.onCall(callId, made.plans));
      home = made;
    }
    return home;
  }

  @Override
  public void endCall(final long callId) {
    final Home home = homes.remove(callId);
    if (home != null) {
      late.offer(agents[home.agentIndex], agent -> agent.onEndCall(callId));
    }
  }

  @Override
  public boolean prompt(final long sessionId, final List<String> names, final long tag) {
    final List<Clip> found = clips.find(names, conductorCounters);
    return ask(sessionId, agent -> agent.onAsk(sessionId, session -> session.prompt(found, tag)));
  }

  @Override
  public boolean queuePrompt(
      final long sessionId, final List<String> names, final int gainSteps, final long tag) {
    final List<Clip> found = clips.find(names, conductorCounters);
    return ask(
        sessionId,
        agent -> agent.onAsk(sessionId, session -> session.queuePrompt(found, gainSteps, tag)));
  }

  @Override
  public boolean play(
      final long callId, final String name, final int gainSteps, final boolean loops) {
    final List<Clip> found = clips.find(List.of(name), conductorCounters);
    return found.isEmpty()
        || askCall(
            callId,
            agent ->
                agent.onPlayer(callId, player -> player.start(found.get(0), gainSteps, loops)));
  }

  @Override
  public boolean stopPlay(final long callId) {
    return askCall(callId, agent -> agent.onPlayer(callId, CallPlayer::stop));
  }

  /** Asks something of a call; of one that is no more there is nothing to ask. */
  private boolean askCall(final long callId, final AgentCommand command) {
    final Home home = homes.get(callId);
    return home == null || ask(agents[home.agentIndex], command);
  }

  @Override
  public boolean stopPrompt(final long sessionId) {
    return ask(sessionId, agent -> agent.onAsk(sessionId, RtpSession::stopPrompt));
  }

  /** Asks something of a session; of one that is gone there is nothing to ask. */
  private boolean ask(final long sessionId, final AgentCommand command) {
    final Route route = sessionRoutes.get(sessionId);
    return route == null || ask(agents[route.agentIndex], command);
  }

  private boolean ask(final MediaAgent agent, final AgentCommand command) {
    late.offer();
    return late.isEmpty() && agent.hasRoom() && agent.offer(command) || refuse();
  }

  private boolean refuse() {
    conductorCounters.increment(MediaCounter.COMMANDS_REFUSED);
    return false;
  }

  @Override
  public int poll(final MediaEvents handler, final int limit) {
    late.offer();
    reader.handler(handler);
    int events = 0;
    for (int i = 0; i < eventRings.length && events < limit; i++) {
      events += eventRings[nextRing].read(reader, limit - events);
      nextRing = (nextRing + 1) % eventRings.length;
    }
    return events;
  }

  private void forget(final long sessionId) {
    final Route route = sessionRoutes.remove(sessionId);
    lines.remove(sessionId);
    if (route != null) {
      loads[route.agentIndex]--;
    }
  }

  @Override
  public Map<String, Long> counters() {
    final Map<String, Long> all = new TreeMap<>();
    for (final MediaCounter counter : MediaCounter.values()) {
      all.put(counter.label(), count(counter));
    }
    return all;
  }

  private long count(final MediaCounter counter) {
    long sum = conductorCounters.get(counter) + keeperCounters.get(counter);
    for (final MediaAgent agent : agents) {
      sum += agent.counters().get(counter);
    }
    return sum;
  }

  @Override
  public int sessions() {
    // Closed first: a session closed in between is then not missed but still counted as open.
    final long closed = count(MediaCounter.SESSIONS_CLOSED);
    return (int) (count(MediaCounter.SESSIONS_OPENED) - closed);
  }

  @Override
  public TickLateness tickLateness() {
    return LatenessCounts.of(agents);
  }

  @Override
  public LineStatistics line(final long sessionId) {
    return lines.of(sessionId);
  }

  @Override
  public List<LineStatistics> lines() {
    return lines.all();
  }

  /** Stops the agents' threads, then the keeper's, then closes every socket. */
  @Override
  public void close() {
    for (int i = runners.size() - 1; i >= 0; i--) {
      runners.get(i).close();
    }
    if (runners.isEmpty()) {
      for (final MediaAgent agent : agents) {
        agent.onClose();
      }
    }
    keeper.closeAll();
  }

  /**
   * Which agent owns a session, or will when it has arrived there.
   *
   * @threading the conductor.
   * @allocation one a session.
   */
  private static final class Route {
    private int agentIndex;
    private boolean admitted;

    Route(final int agentIndex) {
      this.agentIndex = agentIndex;
    }
  }

  /**
   * A call's home agent and the slot its plans go through.
   *
   * @threading the conductor; the slot is shared with the home agent.
   * @allocation one a call.
   */
  private static final class Home {
    private final int agentIndex;
    private final LatestSlot<MixPlan> plans = new LatestSlot<>();

    Home(final int agentIndex) {
      this.agentIndex = agentIndex;
    }
  }
}
