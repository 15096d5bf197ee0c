package dev.conductor.notify;

import dev.conductor.config.ConfigLoader;
import dev.conductor.config.EventsConfig;
import dev.conductor.config.HttpConfig;
import dev.conductor.event.CallEventLogs;
import dev.conductor.event.Event;
import dev.conductor.event.EventSamples;
import dev.conductor.event.KeptEvents;
import dev.conductor.http.ApiAccess;
import dev.conductor.http.EventsHandler;
import dev.conductor.http.HttpCounters;
import dev.conductor.http.HttpServer;
import dev.conductor.http.Route;
import dev.conductor.http.ServerTls;
import dev.conductor.http.XmlSocketLogin;
import dev.conductor.model.Booking;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.ConferenceStatus;
import dev.conductor.model.Custom;
import dev.conductor.model.Customer;
import dev.conductor.model.PageTexts;
import dev.conductor.model.Snapshots;
import dev.conductor.query.EventRenderer;
import dev.conductor.query.Renderer;
import dev.conductor.query.ServerFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;

/** The streams over real sockets, all three transports; the test is the conductor. */
final class StreamsServer implements AutoCloseable {
  static final String CALL = "CALL1";
  static final String TOKEN = "securityToken=token";
  static final int KEPT = 256;
  static final long STALLED_MS = 1_000;

  /** Has nothing. */
  private static final KeptEvents NO_DISK =
      (callUid, afterSeq, maxEvents, to) -> {
        to.accept(List.of());
        return true;
      };

  final Snapshots snapshots = new Snapshots();
  final CallEventLogs logs = new CallEventLogs(KEPT, 4_194_304);
  final EventStreams streams;
  final InetSocketAddress http;
  final InetSocketAddress xml;
  final List<EventClient> clients = new ArrayList<>();

  /** Of the caller the events are about: makes them as long as one likes. */
  String notes = "";

  long head;
  private final HttpServer server;
  private final XmlSocketServer socket;

  /** With usual limits. */
  StreamsServer(final int heartbeatMs, final int maxReaders) throws IOException {
    this(
        new EventsConfig(
            "127.0.0.1", 0, 1_000, 100, 5_000, maxReaders, KEPT, 4_194_304, heartbeatMs, false));
  }

  StreamsServer(final EventsConfig events) throws IOException {
    final EventRenderer renderer =
        new EventRenderer(
            new Renderer(new ServerFacts("localhost", 0), () -> EventSamples.TIME_MS), snapshots);
    streams = new EventStreams(events, logs, NO_DISK, snapshots, renderer, STALLED_MS);
    final HttpConfig config =
        ConfigLoader.load(Optional.empty(), Map.of(), Map.of("http.port", "0")).http();
    final ApiAccess access = new ApiAccess(config, snapshots, System::nanoTime);
    final EventsHandler handler = new EventsHandler(access, streams, events.printedNames());
    server =
        new HttpServer(
            config,
            ServerTls.of(config.tls()),
            new HttpCounters(),
            List.of(new Route(EventsHandler.PATH, handler)));
    http = server.start();
    socket = XmlSocketServer.bind(events, Optional.empty());
    xml = socket.address();
    socket.open(streams, new XmlSocketLogin(access, events.printedNames(), new HttpCounters()));
    publishConference("");
  }

  void openCall(final String callUid) {
    head = 0;
    snapshots.publish(EventSamples.snapshot(callUid, 0, "A"));
    publishConference(callUid);
    logs.onCallOpened(EventSamples.CONFERENCE, callUid);
  }

  /** One batch, as the conductor lays it down: the snapshot, the events, the flush. */
  void append(final String callUid, final int events) {
    snapshots.publish(EventSamples.snapshot(callUid, head + events, "A"));
    for (int i = 0; i < events; i++) {
      logs.append(event(callUid, ++head));
    }
    logs.flush();
  }

  private Event event(final String callUid, final long seq) {
    final Event plain = EventSamples.logged(callUid, seq);
    final Caller caller =
        EventSamples.caller(callUid, "A", false)
            .withTexts(
                new Caller.Texts("A", "", notes, "", "", List.of(), EventSamples.pairs("k", "v")));
    return new Event(
        seq, plain.timeMs(), callUid, plain.source(), plain.name(), caller, plain.cause());
  }

  void closeCall(final String callUid) {
    final Event end = EventSamples.end(callUid, ++head);
    final var last = EventSamples.snapshot(callUid, head, "A");
    snapshots.publish(
        new CallSnapshot(
            last.call().closed(EventSamples.TIME_MS), last.callers(), last.breakouts(), head));
    publishConference("");
    logs.append(end);
    logs.flush();
    logs.onCallClosed(EventSamples.CONFERENCE, callUid);
  }

  /** Remembers a client, to close it at the end. */
  <C extends EventClient> C keep(final C client) {
    clients.add(client);
    return client;
  }

  long count(final NotifyCounter counter) {
    return streams.counts().get(counter);
  }

  static void await(final String what, final Callable<Boolean> condition) {
    Awaitility.await(what)
        .atMost(Duration.ofSeconds(60))
        .pollInterval(Duration.ofMillis(5))
        .until(condition);
  }

  static void awaitMessages(final EventClient client, final int count) {
    await(count + " messages", () -> client.messages.size() >= count);
  }

  private void publishConference(final String activeCall) {
    final Conference conference =
        new Conference(
            EventSamples.CONFERENCE,
            "CUSTOMER",
            "Demo",
            "+15550100",
            List.of(),
            "token",
            "UTC",
            ConferenceStatus.IDLE,
            new Conference.Defaults(List.of(), false, true, false, false),
            new Conference.Texts("", "", "", Custom.none()),
            List.of(),
            List.of(),
            activeCall,
            Booking.NONE);
    final Customer customer =
        new Customer(
            "CUSTOMER",
            "Acme",
            "ACTIVE",
            "",
            "UTC",
            false,
            false,
            false,
            false,
            "",
            Custom.none(),
            "",
            PageTexts.NONE);
    snapshots.publish(new ConferenceSnapshot(conference, customer));
  }

  @Override
  public void close() {
    for (final EventClient client : clients) {
      try {
        client.close();
      } catch (final IOException already) {
        client.faults.add(already.toString());
      }
    }
    socket.close();
    server.stop();
  }
}
