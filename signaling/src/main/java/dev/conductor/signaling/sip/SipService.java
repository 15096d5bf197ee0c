package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.signaling.api.CallControl;
import dev.conductor.signaling.api.CallEvents;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.OutboundLine;
import dev.conductor.signaling.guard.SourceGuard;
import dev.conductor.signaling.sdp.OfferAnswer;
import dev.conductor.signaling.sdp.SrtpPolicy;
import dev.conductor.signaling.trunk.Target;
import dev.conductor.signaling.trunk.Trunk;
import dev.conductor.signaling.trunk.Trunks;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The SIP side of the server: listens on UDP and TCP, tells {@link CallEvents}, does what {@link
 * CallControl} asks. Started once, stopped once.
 *
 * <p>Threads: start and stop by one thread; the rest by any, and never waits.
 */
public final class SipService implements CallControl {
  private static final Logger LOG = LoggerFactory.getLogger(SipService.class);

  /** RFC 3261, section 13.3.1.4: 64 times T1. */
  private static final int ACK_PATIENCE_MS = 32_000;

  private static final long DRAIN_MS = 2_000;

  /** JNDI's way to say those that the system has. */
  static final String SYSTEM_NAME_SERVERS = "dns:";

  private final SipConfig config;
  private final CallEvents events;
  private final AckWatch acks;
  private final LongSupplier nanoClock;
  private final int mostTransactions;
  private final String nameServers;
  private final SipCounters counters = new SipCounters();
  private final SourceGuard guard;
  private final SenderPool senders;
  private final DialogTable dialogs;
  private final Trunks trunks;
  private volatile FencedStack stack;
  private RequestValve valve;
  private InviteHandler invites;
  private TransactionSweep sweep;
  private final Map<String, TrunkLink> links = new LinkedHashMap<>();
  private TrunkKeeper keeper;
  private volatile Outbound outbound;
  private volatile DialogWork work;

  /** Opens nothing yet. */
  public SipService(final SipConfig config, final CallEvents events) {
    this(
        config,
        events,
        ACK_PATIENCE_MS,
        System::nanoTime,
        StackSettings.mostTransactions(config),
        SYSTEM_NAME_SERVERS);
  }

  /**
   * With another patience for the ACK, another clock for sessions, another bound of transactions
   * and other name servers; for tests.
   *
   * @param nameServers as {@code dns://127.0.0.1:5353}
   */
  SipService(
      final SipConfig config,
      final CallEvents events,
      final int ackPatienceMs,
      final LongSupplier nanoClock,
      final int mostTransactions,
      final String nameServers) {
    this.mostTransactions = mostTransactions;
    this.nanoClock = nanoClock;
    this.nameServers = nameServers;
    this.config = Objects.requireNonNull(config, "config");
    this.events = Objects.requireNonNull(events, "events");
    acks = new AckWatch(ackPatienceMs);
    senders = new SenderPool(counters, config.maxDialogs());
    dialogs = new DialogTable(config.maxDialogs());
    trunks = new Trunks(config);
    guard =
        new SourceGuard(
            config, address -> trunks.ofSource(address).map(Trunk::config), System.nanoTime());
  }

  /**
   * Reads the files that the settings name: accounts, certificates and passwords.
   *
   * @throws IOException naming the setting, when one is not what it is to be
   */
  public static void checkFiles(final SipConfig config) throws IOException {
    if (config.guard().hasAccounts()) {
      LoginGate.server(config);
    }
    if (config.security().isTls()) {
      new TlsContexts(config.security(), new SipCounters());
    }
    for (final Trunk trunk : new Trunks(config).all()) {
      TrunkLink.of(trunk, config);
    }
  }

  /**
   * Opens the listening points and begins to answer.
   *
   * @throws IOException when an address cannot be bound, or is none, or as {@link #checkFiles}
   */
  public void start() throws IOException {
    checkFiles(config);
    final SipCore core =
        new SipCore(
            config,
            events,
            counters,
            dialogs,
            senders,
            new OfferAnswer(config.codecs()),
            SrtpPolicy.of(config.security().srtp()),
            new Addresses(config),
            new Messages(),
            trunks,
            new CallerIdentity(config, trunks),
            guard);
    final Replies replies = new Replies(core);
    stack = new FencedStack(config, counters, guard, mostTransactions);
    final FencedStack opening = stack;
    final Outgoing outgoing = new Outgoing(core, opening::layer);
    final TrunkRequests requests = new TrunkRequests(core, opening::provider);
    links();
    outbound = new Outbound(core, requests, outgoing, links);
    valve =
        new RequestValve(core, replies, new LoginGate(core, replies), outbound, mostTransactions);
    work = new DialogWork(core, replies, outgoing, acks);
    final SessionWork sessions = new SessionWork(core, work, outgoing, nanoClock);
    work.onAgreed(sessions::agreed);
    final Offers offers = new Offers(core, replies);
    invites = new InviteHandler(core, replies, work, sessions, offers);
    sweep = new TransactionSweep(opening::serverTransactions, replies, System.nanoTime());
    senders.start(stack.threads(), () -> tick(sessions));
    final UpdateHandler updates = new UpdateHandler(core, replies, work, offers);
    stack.open(new StackListener(core, replies, work, sessions, invites, updates, outbound), valve);
    valve.watch(stack.stack(), Set.copyOf(stack.localAddresses()));
    stack.layer().peerNames(this::nameOf);
    keeper =
        new TrunkKeeper(
            requests, new TrunkResolver(stack.localAddresses(), nameServers), links.values());
    keeper.start(stack.threads());
    LOG.info("SIP listens on {}, UDP and TCP", stack.localAddresses());
    if (stack.tlsPort() != 0) {
      LOG.info("SIP listens on port {} of these, TLS", stack.tlsPort());
    }
  }

  /** The name of a trunk's proxy at this address; empty where it has none. */
  private String nameOf(final InetSocketAddress proxy) {
    return links.values().stream()
        .filter(TrunkLink::tls)
        .flatMap(link -> link.state().targets().stream())
        .filter(target -> target.remote().equals(proxy))
        .map(Target::name)
        .findFirst()
        .orElse("");
  }

  private void links() throws IOException {
    for (final Trunk trunk : trunks.all()) {
      links.put(trunk.name(), TrunkLink.of(trunk, config));
    }
  }

  private void tick(final SessionWork sessions) {
    final long nowNs = System.nanoTime();
    acks.poll(nowNs, work::ackTimeout);
    sessions.watch();
    outbound.poll(nowNs);
    sweep.tick(nowNs);
  }

  /**
   * Takes no new dialogs, hangs up those that are up, then closes the sockets and ends every thread
   * of the stack. Takes some seconds.
   */
  public void stop() {
    if (stack == null) {
      return;
    }
    if (keeper == null) { // It never listened, and the stack has closed itself.
      senders.stop();
      stack = null;
      return;
    }
    keeper.stop();
    invites.close();
    outbound.cancelAll();
    dialogs.all().forEach(dialog -> end(dialog.id(), "shutdown"));
    awaitNoDialogs();
    keeper.awaitEnds();
    senders.stop();
    valve.destroy();
    stack.close();
    dialogs.all().forEach(work::stackGone);
    stack = null;
    LOG.info("SIP is closed");
  }

  private void awaitNoDialogs() {
    final long deadlineNs = System.nanoTime() + DRAIN_MS * 1_000_000;
    while (dialogs.up() > 0 && deadlineNs - System.nanoTime() > 0) {
      try {
        Thread.sleep(10);
      } catch (final InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
    }
  }

  /** The addresses we listen on, UDP and TCP alike, with the port really bound. */
  public List<InetSocketAddress> localAddresses() {
    return stack == null ? List.of() : stack.localAddresses();
  }

  /** The port really bound, the same for every address; 0 before start. */
  public int port() {
    final List<InetSocketAddress> addresses = localAddresses();
    return addresses.isEmpty() ? 0 : addresses.get(0).getPort();
  }

  /** The port of TLS, the same for every address; 0 where it is off. */
  public int tlsPort() {
    return stack == null ? 0 : stack.tlsPort();
  }

  /** Dialogs up, those that wait for an answer included. */
  public int dialogsUp() {
    return dialogs.up();
  }

  /** Transactions that the stack keeps; they end some 32 s after their last message. */
  public int transactions() {
    final FencedStack running = stack;
    return running == null ? 0 : running.transactions();
  }

  /** Dialogs that the stack keeps, those that are over since a few seconds included. */
  public int stackDialogs() {
    final FencedStack running = stack;
    return running == null ? 0 : running.stackDialogs();
  }

  /** Sources whose requests are counted; bounded. */
  public int guardedSources() {
    return guard.sources();
  }

  /** All counts by name. */
  public Map<String, Long> counters() {
    return counters.toMap();
  }

  /** One count. */
  public long count(final SipCounter counter) {
    return counters.get(counter);
  }

  /** What gives up requests that were never answered. */
  TransactionSweep sweep() {
    return sweep;
  }

  /** The stack, for tests of its fences. */
  FencedStack stack() {
    return stack;
  }

  @Override
  public boolean accept(final DialogId dialog, final InetSocketAddress localRtp) {
    Objects.requireNonNull(localRtp, "localRtp");
    return ask(dialog, false, known -> work.acceptNow(known, localRtp));
  }

  @Override
  public boolean refuse(final DialogId dialog, final int status, final String reason) {
    if (status < 400 || status > 699) {
      throw new IllegalArgumentException("status " + status + " is not in 400..699");
    }
    return ask(dialog, true, known -> work.refuseNow(known, status, reason));
  }

  @Override
  public boolean end(final DialogId dialog, final String reason) {
    final String why = reason == null ? "" : reason;
    return outbound.cancel(dialog) || ask(dialog, true, known -> work.endNow(known, why));
  }

  @Override
  public boolean probe(final DialogId dialog) {
    return ask(dialog, false, known -> work.probeNow(known));
  }

  @Override
  public boolean hasRoute(final String number) {
    return !trunks.routes(number).isEmpty();
  }

  @Override
  public Optional<OutboundLine> lineTo(final String number) {
    return outbound.lineTo(number);
  }

  @Override
  public boolean dial(
      final OutboundLine line, final String number, final InetSocketAddress localRtp) {
    return outbound.dial(line, number, localRtp);
  }

  /** Trunks that can be called through now. */
  public int trunksUp() {
    return (int) links.values().stream().filter(link -> link.state().isUp()).count();
  }

  /** The names of all trunks that calls can be placed through, up or not. */
  public List<String> trunks() {
    return trunks.all().stream()
        .filter(trunk -> !trunk.config().proxies().isEmpty())
        .map(Trunk::name)
        .toList();
  }

  /** Whether this trunk can be called through now. */
  public boolean isTrunkUp(final String name) {
    final TrunkLink link = links.get(name);
    return link != null && link.state().isUp();
  }

  private boolean ask(final DialogId id, final boolean ends, final Consumer<SipDialog> job) {
    final SipDialog dialog = dialogs.get(id);
    return dialog == null || senders.offer(dialog.lane(), ends, () -> doFor(dialog, job));
  }

  private void doFor(final SipDialog dialog, final Consumer<SipDialog> job) {
    try {
      job.accept(dialog);
    } catch (final RuntimeException e) {
      counters.increment(SipCounter.UNEXPECTED);
      LOG.error("dialog {} cannot go on", dialog.id().value(), e);
      work.broken(dialog);
    }
  }
}
