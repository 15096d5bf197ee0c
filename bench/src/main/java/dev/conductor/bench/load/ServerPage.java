package dev.conductor.bench.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** The server's own figures, read from its {@code /metrics} over HTTP. Any thread. */
final class ServerPage {
  private static final Duration WAIT = Duration.ofSeconds(10);
  private static final int OK = 200;

  private final HttpClient client = HttpClient.newHttpClient();
  private final InetSocketAddress server;

  ServerPage(final InetSocketAddress server) {
    this.server = server;
  }

  /** Whether it is ready to take calls. */
  boolean isReady() {
    try {
      final HttpResponse<String> answer =
          client.send(request("/readyz"), HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == OK;
    } catch (final IOException notYet) {
      return false;
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  /** Asks for the figures; the asking thread goes on. */
  CompletableFuture<Map<String, Double>> ask() {
    return client
        .sendAsync(request("/metrics"), HttpResponse.BodyHandlers.ofString())
        .thenApply(answer -> figures(answer.body()));
  }

  private HttpRequest request(final String path) {
    final String host = server.getAddress().getHostAddress();
    final URI uri = URI.create("http://" + host + ':' + server.getPort() + path);
    return HttpRequest.newBuilder(uri).timeout(WAIT).build();
  }

  /** Reads Prometheus' text format: a name, with labels if they have no blank, and a number. */
  static Map<String, Double> figures(final String page) {
    final Map<String, Double> figures = new HashMap<>();
    for (final String line : page.split("\n")) {
      final String[] parts = line.split(" ");
      if (!line.startsWith("#") && parts.length == 2) {
        figures.put(parts[0], Double.valueOf(parts[1]));
      }
    }
    return figures;
  }
}
