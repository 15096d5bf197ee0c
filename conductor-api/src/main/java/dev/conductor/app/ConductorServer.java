package dev.conductor.app;

import dev.conductor.command.Command;
import dev.conductor.command.Origin;
import dev.conductor.config.ConductorConfig;
import dev.conductor.config.EntryConfig;
import dev.conductor.event.CallEventLogs;
import dev.conductor.focus.ConductorAgent;
import dev.conductor.focus.FocusBorders;
import dev.conductor.focus.FocusClocks;
import dev.conductor.focus.FocusCounter;
import dev.conductor.focus.FocusCounters;
import dev.conductor.focus.SipInbox;
import dev.conductor.http.AccessHandler;
import dev.conductor.http.AccessTable;
import dev.conductor.http.AccountAccess;
import dev.conductor.http.AccountContents;
import dev.conductor.http.AccountLimits;
import dev.conductor.http.ApiAccess;
import dev.conductor.http.EventsHandler;
import dev.conductor.http.ExportHandler;
import dev.conductor.http.FunctionHandler;
import dev.conductor.http.FunctionTable;
import dev.conductor.http.HttpCounters;
import dev.conductor.http.HttpServer;
import dev.conductor.http.ImportHandler;
import dev.conductor.http.OpenApi;
import dev.conductor.http.OperatorHandler;
import dev.conductor.http.Page;
import dev.conductor.http.RecordFunctions;
import dev.conductor.http.ReferencePage;
import dev.conductor.http.Route;
import dev.conductor.http.ServerTls;
import dev.conductor.http.XmlSocketLogin;
import dev.conductor.media.agent.MediaEngine;
import dev.conductor.media.agent.Warmup;
import dev.conductor.media.api.Codec;
import dev.conductor.media.codec.OpusLibrary;
import dev.conductor.metrics.Health;
import dev.conductor.metrics.LineScores;
import dev.conductor.metrics.Metrics;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.DialWindow;
import dev.conductor.model.Snapshots;
import dev.conductor.notify.EventStreams;
import dev.conductor.notify.XmlSocketServer;
import dev.conductor.query.AccountRenderer;
import dev.conductor.query.EventRenderer;
import dev.conductor.query.EventView;
import dev.conductor.query.Renderer;
import dev.conductor.query.ServerFacts;
import dev.conductor.signaling.sip.SipService;
import dev.conductor.store.EventReader;
import dev.conductor.store.PersonReader;
import dev.conductor.store.SqlStore;
import dev.conductor.store.StoreException;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.SystemEpochClock;
import org.agrona.concurrent.SystemNanoClock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The whole server: makes every room, joins them, opens the doors last and closes them first. The
 * thread that starts it also closes it.
 */
public final class ConductorServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(ConductorServer.class);

  /** Where in the data folder the clips are. */
  static final String AUDIO_FOLDER = "audio";

  private static final long CLOSE_CALLS_MS = 3_000;

  private final Deque<AutoCloseable> opened = new ArrayDeque<>();
  private final ConductorConfig config;
  private final Snapshots snapshots = new Snapshots();
  private final FocusCounters focusCounters = new FocusCounters();
  private final HttpCounters httpCounters = new HttpCounters();
  private final Metrics metrics = new Metrics();
  private SqlStore store;
  private AudioFolder audio;
  private EventReader eventReader;
  private PersonReader persons;
  private MediaEngine media;
  private SipService sip;
  private ConductorAgent conductor;
  private EventStreams streams;
  private ServerTls tls;
  private XmlSocketServer xmlSocket;
  private InetSocketAddress httpAddress;

  private ConductorServer(final ConductorConfig config) {
    this.config = config;
  }

  /**
   * Starts a server; when this returns, calls are answered.
   *
   * @param config the settings
   * @param seeds conferences to store first, in place of those with the same UID
   * @throws StartException when a part cannot start; nothing is left open
   */
  public static ConductorServer start(
      final ConductorConfig config, final List<ConferenceSeed> seeds) throws StartException {
    checkFiles(config);
    final ConductorServer server = new ConductorServer(config);
    try {
      server.open(seeds);
      return server;
    } catch (final IOException | StoreException failed) {
      server.close();
      throw new StartException(reason(failed), failed);
    } catch (final RuntimeException fault) {
      server.close();
      throw fault;
    }
  }

  private static String reason(final Throwable failed) {
    final Throwable cause = failed.getCause();
    return cause == null
            || cause.getMessage() == null
            || failed.getMessage().contains(cause.getMessage())
        ? failed.getMessage()
        : failed.getMessage() + ": " + cause.getMessage();
  }

  /**
   * Reads the files that the settings name, and keeps nothing of them.
   *
   * @throws StartException naming the setting, when one is not what it is to be
   */
  static void checkFiles(final ConductorConfig config) throws StartException {
    try {
      ServerTls.of(config.http().tls()).close();
      SipService.checkFiles(config.sip());
      Sounds.checkMusic(config.media());
    } catch (final IOException failed) {
      throw new StartException(reason(failed), failed);
    }
  }

  /** What makes {@link System#nanoTime} a time since 1970. */
  private static long wallOffsetNs() {
    return TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()) - System.nanoTime();
  }

  private void open(final List<ConferenceSeed> seeds) throws IOException {
    tls = ServerTls.of(config.http().tls());
    opened.push(tls);
    xmlSocket = XmlSocketServer.bind(config.events(), tls.context());
    opened.push(xmlSocket);
    final ServerFacts facts =
        new ServerFacts(advertisedHost(), xmlSocket.address().getPort(), dialWindow());
    final Renderer renderer = new Renderer(facts, System::currentTimeMillis);
    final EventRenderer events = new EventRenderer(renderer, snapshots);
    store = SqlStore.open(config.data(), event -> events.event(event, EventView.KEPT));
    opened.push(store);
    eventReader = store.openReader();
    opened.push(eventReader);
    persons = store.openPersonReader();
    opened.push(persons);
    seeds.forEach(store::saveConference);

    warmUp();
    audio = AudioFolder.read(config.data().dir().resolve(AUDIO_FOLDER), AudioFolder.Limits.USUAL);
    media =
        new MediaEngine(
            config.rtp(), config.media(), Sounds.load(config.media(), audio), wallOffsetNs());
    opened.push(media);
    media.start();
    tellOpus();
    tellPackets();

    final SipInbox inbox =
        new SipInbox(config.sip().maxDialogs(), SystemNanoClock.INSTANCE, focusCounters);
    store.onOutcomes(inbox.wakeup()::call);
    sip = new SipService(config.sip(), inbox);
    final CallEventLogs logs =
        new CallEventLogs(config.events().maxEventsBehind(), config.events().maxBytesBehind());
    startConductor(inbox, logs);
    streams = new EventStreams(config.events(), logs, eventReader, snapshots, events);
    startHttp(renderer);
    opened.push(sip::stop);
    sip.start();
    LOG.info("ready");
  }

  private void warmUp() {
    final List<Codec> codecs =
        Arrays.stream(Codec.values())
            .filter(codec -> config.sip().codecs().contains(nameInSettings(codec)))
            .toList();
    final long startNs = System.nanoTime();
    final long packets = new Warmup(config.rtp(), config.media()).run(codecs);
    final long tookMs = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - startNs);
    LOG.info("warmed up by {} packets of {} codecs in {} ms", packets, codecs.size(), tookMs);
  }

  private static String nameInSettings(final Codec codec) {
    return codec.encodingName().toUpperCase(Locale.ROOT);
  }

  private void tellOpus() {
    final OpusLibrary opus = OpusLibrary.system();
    if (opus.isNative()) {
      LOG.info("Opus by {} {}", opus.name(), opus.version());
    } else if (config.sip().codecs().contains("OPUS")) {
      LOG.warn(
          "Opus by {} ({}): it takes several times the CPU and allocates; install libopus 1.3 or"
              + " newer",
          opus.name(),
          opus.reason());
    }
  }

  private void tellPackets() {
    final String why = media.whyNoIoUring();
    if (why.isEmpty()) {
      LOG.info("packets by io_uring");
    } else {
      LOG.info("packets one by one, at more CPU: no io_uring ({})", why);
    }
  }

  private void startConductor(final SipInbox inbox, final CallEventLogs logs) {
    final FocusClocks clocks =
        FocusClocks.of(SystemEpochClock.INSTANCE, SystemNanoClock.INSTANCE, new SecureRandom());
    conductor =
        new ConductorAgent(
            config,
            inbox,
            new FocusBorders(
                sip, media, media, media::line, store, snapshots, logs, audio.catalog()),
            clocks,
            focusCounters);
    final AgentRunner runner =
        new AgentRunner(
            inbox.wakeup(),
            fault -> LOG.error("the conductor met a fault of its own", fault),
            null,
            conductor);
    opened.push(runner);
    AgentRunner.startOnThread(runner);
  }

  private void startHttp(final Renderer renderer) throws IOException {
    final ApiAccess access = new ApiAccess(config.http(), snapshots, System::nanoTime);
    final boolean printedNames = config.events().printedNames();
    final EventsHandler events = new EventsHandler(access, streams, printedNames);
    final FunctionTable functions = FunctionTable.of(renderer);
    final AccountRenderer accounts = new AccountRenderer(renderer);
    final AccountContents contents = new AccountContents(persons, persons);
    final AccountLimits limits =
        new AccountLimits(
            System::currentTimeMillis, dialWindow(), config.entry().maxCallersPerCall());
    final AccessTable management =
        AccessTable.of(
            accounts,
            limits,
            contents,
            new RecordFunctions(renderer, accounts, eventReader, store));
    final AccountAccess keys = new AccountAccess(config.http(), snapshots, System::nanoTime);
    final Health health = health();
    measure();
    final List<ExportHandler> exports =
        ExportHandler.all(access, keys, new Exports(config.data()), config.data().dir());
    opened.push(exports.get(0));
    final List<Route> routes = new ArrayList<>();
    exports.forEach(export -> routes.add(new Route(export.path(), export)));
    ImportHandler.all(access, keys, conductor, limits)
        .forEach(one -> routes.add(new Route(one.path(), one)));
    routes.addAll(
        List.of(
            new Route(
                FunctionHandler.PATH,
                new FunctionHandler(functions, access, conductor, eventReader, persons)),
            new Route(EventsHandler.PATH, events),
            new Route(
                OperatorHandler.PATH,
                new OperatorHandler(config.http(), OperatorKey.of(config.data().dir()), conductor)),
            new Route(
                AccessHandler.PATH,
                new AccessHandler(management, access, keys, conductor, accounts, contents)),
            Route.redirect("/", ReferencePage.PATH),
            Route.page(
                OpenApi.PATH, fixed(OpenApi.CONTENT_TYPE, OpenApi.of(functions, management))),
            Route.page(
                ReferencePage.PATH,
                fixed(ReferencePage.CONTENT_TYPE, ReferencePage.of(functions, management))),
            Route.page("/healthz", () -> page(health.alive())),
            Route.page("/readyz", () -> page(health.ready())),
            Route.page("/metrics", () -> new Page(200, Metrics.CONTENT_TYPE, metrics.page()))));
    final HttpServer http = new HttpServer(config.http(), tls, httpCounters, routes);
    xmlSocket.open(streams, new XmlSocketLogin(access, printedNames, httpCounters));
    opened.push(http);
    httpAddress = http.start();
  }

  private Health health() {
    final Health health =
        new Health(
            () -> focusCounters.get(FocusCounter.TURNS),
            () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
    health.addCheck("store", store::failing);
    health.addCheck(
        "sip",
        () -> sip.localAddresses().isEmpty() ? Optional.of("not listening") : Optional.empty());
    return health;
  }

  private static Supplier<Page> fixed(final String contentType, final String text) {
    final Page page = new Page(200, contentType, text);
    return () -> page;
  }

  private static Page page(final Health.Answer answer) {
    return Page.text(answer.status(), answer.text());
  }

  private void measure() {
    metrics.addTotals("", media::counters, CounterHelp.MEDIA);
    metrics.addTotals("audio", audio::counters, CounterHelp.AUDIO);
    metrics.addTotals("sip", sip::counters, CounterHelp.SIP);
    metrics.addTotals("http", httpCounters::toMap, CounterHelp.HTTP);
    metrics.addTotals("focus", focusCounters::toMap, CounterHelp.FOCUS);
    metrics.addTotals("store", store::counters, CounterHelp.STORE);
    metrics.addTotals("events", streams::counters, CounterHelp.EVENTS);
    metrics.addLevel("media.sessions", "RTP sessions open", media::sessions);
    metrics.addLevels(
        "media_lines",
        "RTP sessions by the estimated score of the voice that comes, in the words of ITU-T G.109",
        "score",
        () -> LineScores.count(media.lines()));
    metrics.addLevel("sip.dialogs", "SIP dialogs up", sip::dialogsUp);
    metrics.addLevel("sip.transactions", "SIP transactions kept", sip::transactions);
    metrics.addLevel("sip.stack.dialogs", "SIP dialogs the stack keeps", sip::stackDialogs);
    metrics.addLevel("sip.sources", "addresses whose requests are counted", sip::guardedSources);
    metrics.addLevel("sip.trunks.up", "trunks that can be called through", sip::trunksUp);
    for (final String trunk : sip.trunks()) {
      metrics.addLevel(
          "sip.trunk.up",
          "1 where the trunk can be called through, else 0",
          "trunk",
          trunk,
          () -> sip.isTrunkUp(trunk) ? 1 : 0);
    }
    metrics.addLevel("store.waiting", "batches on their way to the disk", store::waiting);
    metrics.addLevel("events.readers", "event streams open", streams::openStreams);
    metrics.addLevel(
        "events.queue.bytes.max",
        "the most that ever waited for one event reader",
        streams::largestQueueBytes);
    metrics.addLateness("media_tick_lateness_seconds", "how late ticks began", media::tickLateness);
  }

  private DialWindow dialWindow() {
    final EntryConfig.Window window = config.entry().window();
    return new DialWindow(window.windowEarlyMs(), window.windowGraceMs());
  }

  private String advertisedHost() {
    return config.sip().advertisedAddress().isEmpty()
        ? config.http().host()
        : config.sip().advertisedAddress();
  }

  /** The addresses SIP really listens on. */
  public List<InetSocketAddress> sipAddresses() {
    return sip.localAddresses();
  }

  /** The port of SIP over TLS, on each of these addresses; 0 where it is off. */
  public int sipTlsPort() {
    return sip.tlsPort();
  }

  /** The address HTTP really listens on. */
  public InetSocketAddress httpAddress() {
    return httpAddress;
  }

  /** Where the API stands, without a slash at the end. */
  public String httpUrl() {
    final String host = httpAddress.getAddress().getHostAddress();
    return (config.http().tls().isOn() ? "https://" : "http://")
        + (host.contains(":") ? "[" + host + "]" : host)
        + ":"
        + httpAddress.getPort();
  }

  /** The address the XML socket really listens on. */
  public InetSocketAddress xmlSocketAddress() {
    return xmlSocket.address();
  }

  /** All figures, as {@code /metrics} shows them. */
  public String metrics() {
    return metrics.page();
  }

  /** The settings it runs with. */
  ConductorConfig config() {
    return config;
  }

  /** What it keeps things in. */
  SqlStore store() {
    return store;
  }

  /** Closes every call, then the doors, then the rooms; what was accepted is stored. */
  @Override
  public void close() {
    if (conductor != null) {
      closeCalls();
    }
    while (!opened.isEmpty()) {
      try {
        opened.pop().close();
      } catch (final Exception failed) {
        LOG.warn("while stopping", failed);
      }
    }
  }

  /** As a host would, so that readers of events see the end and every caller gets his BYE. */
  private void closeCalls() {
    final List<String> up =
        snapshots.conferences().stream()
            .map(there -> there.conference().activeCallUid())
            .filter(uid -> !uid.isEmpty())
            .toList();
    LOG.info("stopping; calls to close: {}", up.size());
    final CountDownLatch open = new CountDownLatch(up.size());
    for (final String callUid : up) {
      final Command close = new Command.CloseCall(Origin.of(Origin.By.SYSTEM), callUid);
      if (!conductor.offer(close, answer -> open.countDown())) {
        open.countDown();
      }
    }
    try {
      if (!open.await(CLOSE_CALLS_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("not all calls were closed in time");
      }
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
