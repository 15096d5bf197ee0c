package dev.conductor.http;

import dev.conductor.config.HttpConfig;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Which pages may call the API from a browser (WHATWG Fetch, section 3.3, "CORS protocol"). Cookies
 * and other credentials of the browser's own are never let through: a page shows the token that it
 * has. Any thread; immutable.
 */
final class Cors {
  private static final String METHODS = "GET, POST";
  private static final String REQUEST_HEADERS =
      "Authorization, Content-Type, Idempotency-Key, Last-Event-ID";
  private static final String ANSWER_HEADERS =
      "Conductor-Ignored, Conductor-Request, Conductor-Seq, Retry-After";
  private static final String PREFLIGHT_KEPT_SECONDS = "600";

  private final Set<String> origins;
  private final boolean any;

  /**
   * The rules.
   *
   * @param origins the pages' origins; none of them: no page may
   */
  Cors(final List<String> origins) {
    this.origins = Set.copyOf(origins);
    this.any = origins.contains(HttpConfig.ANY_ORIGIN);
  }

  /** Whether any page may. */
  boolean isOn() {
    return !origins.isEmpty();
  }

  /** The answer to a browser that asks first whether a page may; empty for any other request. */
  Optional<Answer> preflight(final Request request) {
    final boolean asks =
        request.method().equals(HttpMethod.OPTIONS)
            && request.headers().contains(HttpHeaderNames.ACCESS_CONTROL_REQUEST_METHOD);
    if (!asks || allowed(request.headers()).isEmpty()) {
      return Optional.empty();
    }
    return Optional.of(
        Answer.text(204, "")
            .plus(new Answer.Header("Access-Control-Allow-Methods", METHODS))
            .plus(new Answer.Header("Access-Control-Allow-Headers", REQUEST_HEADERS))
            .plus(new Answer.Header("Access-Control-Max-Age", PREFLIGHT_KEPT_SECONDS)));
  }

  /** Says on an answer whether the page that asked may read it. */
  void mark(final HttpHeaders request, final HttpHeaders answer) {
    if (!any) {
      answer.add(HttpHeaderNames.VARY, HttpHeaderNames.ORIGIN);
    }
    allowed(request)
        .ifPresent(
            origin -> {
              answer.set(HttpHeaderNames.ACCESS_CONTROL_ALLOW_ORIGIN, origin);
              answer.set(HttpHeaderNames.ACCESS_CONTROL_EXPOSE_HEADERS, ANSWER_HEADERS);
            });
  }

  /** What to allow: one of ours, never a text that came in. */
  private Optional<String> allowed(final HttpHeaders request) {
    final String origin = request.get(HttpHeaderNames.ORIGIN);
    if (origin == null) {
      return Optional.empty();
    }
    if (any) {
      return Optional.of(HttpConfig.ANY_ORIGIN);
    }
    return origins.stream().filter(origin::equals).findFirst();
  }
}
