package dev.conductor.http;

import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.function.Supplier;

/**
 * Where requests to a path go. Immutable.
 *
 * @param path an exact path; or, ending in {@code /}, all paths under it that have no route of
 *     their own; {@code /} itself is exact
 * @param handler takes the requests
 */
public record Route(String path, RequestHandler handler) {
  /** Checks the path. */
  public Route {
    if (!path.startsWith("/")) {
      throw new IllegalArgumentException("path: " + path);
    }
  }

  /** Whether it leads to what is under its path. */
  boolean isFolder() {
    return path.length() > 1 && path.endsWith("/");
  }

  /** A path that only leads to another. */
  public static Route redirect(final String path, final String to) {
    return new Route(
        path,
        (request, exchange) ->
            exchange.answer(
                Answer.text(302, "see " + to).with(List.of(new Answer.Header("Location", to)))));
  }

  /** A page to be had by GET; the supplier is asked each time, on an event loop. */
  public static Route page(final String path, final Supplier<Page> supplier) {
    return new Route(path, (request, exchange) -> answer(request, exchange, supplier));
  }

  private static void answer(
      final Request request, final Exchange exchange, final Supplier<Page> supplier) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      exchange.count(HttpCounter.REFUSED_METHOD);
      exchange.answer(
          Answer.text(405, "only GET is allowed")
              .with(List.of(new Answer.Header("Allow", "GET, HEAD"))));
      return;
    }
    final Page page = supplier.get();
    exchange.answer(Answer.of(page.status(), page.contentType(), page.text()));
  }
}
