package dev.conductor.http;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Finds the handler of a path. Immutable; any thread. */
final class Router {
  private final Map<String, RequestHandler> exact;
  private final List<Route> under;

  Router(final List<Route> routes) {
    exact = routes.stream().collect(Collectors.toUnmodifiableMap(Route::path, Route::handler));
    under = routes.stream().filter(route -> route.isFolder()).toList();
  }

  /** The handler; for a path that has none, one that answers 404. */
  RequestHandler find(final String path) {
    final RequestHandler handler = exact.get(path);
    if (handler != null) {
      return handler;
    }
    for (final Route route : under) {
      if (path.startsWith(route.path())) {
        return route.handler();
      }
    }
    return Router::notFound;
  }

  private static void notFound(final Request request, final Exchange exchange) {
    exchange.count(HttpCounter.REFUSED_NOT_FOUND);
    exchange.answer(Answer.text(404, "there is nothing here"));
  }
}
