package dev.conductor.http;

import dev.conductor.config.ConfigLoader;
import dev.conductor.config.EventsConfig;
import dev.conductor.config.HttpConfig;
import dev.conductor.event.CallEventLogs;
import dev.conductor.model.Belongings;
import dev.conductor.model.DialWindow;
import dev.conductor.model.Erasure;
import dev.conductor.model.KeptCalls;
import dev.conductor.model.Person;
import dev.conductor.model.SecretHash;
import dev.conductor.model.Snapshots;
import dev.conductor.notify.EventStreams;
import dev.conductor.query.AccountRenderer;
import dev.conductor.query.EventRenderer;
import dev.conductor.query.Renderer;
import dev.conductor.query.Samples;
import dev.conductor.query.ServerFacts;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The real server over real sockets, with conferences made by hand and a fake conductor. */
final class ApiServer implements AutoCloseable {
  static final String TOKEN = "s3cret-tok3n";
  static final String OTHER_TOKEN = "0ther-tok3n";
  static final String CUSTOMER_KEY = "cust0mer-tok3n";

  final FakeGate gate = new FakeGate();

  /** The records of calls, by UID; some cannot be read. */
  final KeptCalls keptCalls =
      (callUid, to, failed) -> {
        if (callUid.equals("BUSY")) {
          return false;
        }
        if (callUid.equals("BROKEN")) {
          failed.run();
        } else {
          to.accept(
              callUid.equals("ENDED")
                  ? Optional.of(Samples.call("ENDED", "C1", 7, false))
                  : Optional.empty());
        }
        return true;
      };

  final HttpCounters counters = new HttpCounters();
  final Snapshots snapshots = new Snapshots();
  final CallEventLogs events = new CallEventLogs(1_000, 4_194_304);
  final EventStreams streams;
  final InetSocketAddress address;
  private final HttpServer server;
  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

  ApiServer() throws IOException {
    this(config(60_000, 1_000, 500), 10_000);
  }

  ApiServer(final HttpConfig config, final long replyMs) throws IOException {
    snapshots.publish(Samples.conference("C1", TOKEN, "K1"));
    snapshots.publish(Samples.call("K1", "C1", 42, true));
    snapshots.publish(Samples.conference("C2", OTHER_TOKEN, ""));
    snapshots.publish(Samples.call("K2", "C2", 9, false));
    snapshots.publish(Samples.conference("C3", "", ""));
    snapshots.publish(
        Samples.customer().withKeyHash(SecretHash.of(CUSTOMER_KEY, new SecureRandom())));
    final Renderer renderer = new Renderer(new ServerFacts("conf.example.org", 0), () -> 0L);
    final ApiAccess access = new ApiAccess(config, snapshots, System::nanoTime);
    streams =
        new EventStreams(
            new EventsConfig("127.0.0.1", 0, 10, 10, 5_000, 10, 1_000, 4_194_304, 10_000, false),
            events,
            (callUid, afterSeq, maxEvents, to) -> false,
            snapshots,
            new EventRenderer(renderer, snapshots));
    server =
        new HttpServer(
            config,
            ServerTls.of(config.tls()),
            counters,
            List.of(
                new Route(
                    FunctionHandler.PATH,
                    new FunctionHandler(
                        FunctionTable.of(renderer),
                        access,
                        gate,
                        keptCalls,
                        ApiServer::persons,
                        replyMs)),
                new Route(EventsHandler.PATH, new EventsHandler(access, streams, false)),
                new Route(AccessHandler.PATH, management(config, access, renderer)),
                Route.page("/healthz", () -> Page.text(200, "alive\n")),
                Route.page("/readyz", () -> Page.text(503, "store: gone\n")),
                Route.page(
                    "/broken",
                    () -> {
                      throw new IllegalStateException("on purpose");
                    })));
    address = server.start();
  }

  /** Ann is the only person of every conference. */
  private static boolean persons(
      final String conferenceUid, final Consumer<Optional<List<Person>>> to) {
    to.accept(Optional.of(List.of(Samples.person(conferenceUid))));
    return true;
  }

  private static boolean uids(
      final List<String> conferenceUids, final Consumer<Optional<Map<String, Belongings>>> to) {
    to.accept(
        Optional.of(
            conferenceUids.stream()
                .collect(
                    Collectors.toMap(
                        Function.identity(),
                        uid ->
                            new Belongings(
                                List.of(Samples.person(uid).uid()), List.of("ENDED"))))));
    return true;
  }

  private AccessHandler management(
      final HttpConfig config, final ApiAccess access, final Renderer renderer) {
    final AccountRenderer accounts = new AccountRenderer(renderer);
    final AccountContents contents = new AccountContents(ApiServer::persons, ApiServer::uids);
    return new AccessHandler(
        AccessTable.of(
            accounts,
            new AccountLimits(() -> 0L, DialWindow.EXACT, 5_000),
            contents,
            new RecordFunctions(
                renderer,
                accounts,
                keptCalls,
                (conferenceUid, personUid) ->
                    CompletableFuture.completedFuture(Erasure.of(List.of())))),
        access,
        new AccountAccess(config, snapshots, System::nanoTime),
        gate,
        accounts,
        contents);
  }

  /** The customer and his key, and these besides. */
  static String customer(final String... namesAndValues) {
    return "customer=CUST&key=" + CUSTOMER_KEY + "&" + form(namesAndValues);
  }

  /** A POST to the Conference Management API. */
  HttpResponse<String> access(final String function, final String form) {
    return send(
        request("/_access/" + function)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form)));
  }

  static HttpConfig config(final int idleMs, final int maxConnections, final int burst) {
    return settings(
        Map.of(
            "http.max-connections", Integer.toString(maxConnections),
            "http.idle-ms", Integer.toString(idleMs),
            "http.request-ms", Integer.toString(Math.min(10_000, idleMs)),
            "http.requests-per-second", "1",
            "http.request-burst", Integer.toString(burst)));
  }

  /** The defaults but for these, on a port that the system chooses. */
  static HttpConfig settings(final Map<String, String> flags) {
    final Map<String, String> all = new HashMap<>(Map.of("http.port", "0"));
    all.putAll(flags);
    return ConfigLoader.load(Optional.empty(), Map.of(), all).http();
  }

  /** A form from names and values in turn, encoded. */
  static String form(final String... namesAndValues) {
    final StringBuilder out = new StringBuilder();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      out.append(i == 0 ? "" : "&")
          .append(encoded(namesAndValues[i]))
          .append('=')
          .append(encoded(namesAndValues[i + 1]));
    }
    return out.toString();
  }

  /** A form with the call and its token, and these besides. */
  static String call(final String... namesAndValues) {
    return "callUID=K1&securityToken=" + TOKEN + "&" + form(namesAndValues);
  }

  HttpResponse<String> get(final String function, final String query) {
    return send(request("/_conference/" + function + "?" + query).GET());
  }

  HttpResponse<String> post(final String function, final String form) {
    return post(function, form, "application/x-www-form-urlencoded");
  }

  HttpResponse<String> post(final String function, final String body, final String type) {
    return send(
        request("/_conference/" + function)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(final String pathAndQuery) {
    return HttpRequest.newBuilder(
            URI.create("http://127.0.0.1:" + address.getPort() + pathAndQuery))
        .timeout(Duration.ofSeconds(20));
  }

  HttpResponse<String> send(final HttpRequest.Builder request) {
    try {
      return client.send(request.build(), BodyHandlers.ofString(StandardCharsets.UTF_8));
    } catch (final IOException e) {
      throw new AssertionError(e);
    } catch (final InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private static String encoded(final String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    server.stop();
  }
}
