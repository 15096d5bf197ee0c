package dev.conductor.http;

import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;

/**
 * A whole request. Used by one event loop.
 *
 * @param method GET, POST, ...
 * @param path the target up to the question mark, as sent
 * @param query the target after it, as sent; empty for none
 * @param headers its headers
 * @param body its body; never changed
 * @param keepAlive whether the client wants the connection to stay (RFC 9112, section 9.3)
 */
record Request(
    HttpMethod method,
    String path,
    String query,
    HttpHeaders headers,
    byte[] body,
    boolean keepAlive) {
  private static final byte[] EMPTY = {};

  /** A request to this target. */
  static Request of(
      final HttpMethod method,
      final String target,
      final HttpHeaders headers,
      final byte[] body,
      final boolean keepAlive) {
    final String local = withoutAuthority(target);
    final int mark = local.indexOf('?');
    final String path = mark < 0 ? local : local.substring(0, mark);
    final String query = mark < 0 ? "" : local.substring(mark + 1);
    return new Request(method, path, query, headers, body, keepAlive);
  }

  /** The head of a request whose body is not taken; the last one of its connection. */
  static Request headOf(final HttpMethod method, final String target, final HttpHeaders headers) {
    return of(method, target, headers, EMPTY, false);
  }

  /** The same without its body; the last one of its connection. */
  Request headOnly() {
    return new Request(method, path, query, headers, EMPTY, false);
  }

  /** A target may be a whole URI (RFC 9112, section 3.2.2). */
  private static String withoutAuthority(final String target) {
    final int scheme = target.indexOf("://");
    if (target.startsWith("/") || scheme < 0) {
      return target;
    }
    final int path = target.indexOf('/', scheme + "://".length());
    return path < 0 ? "/" : target.substring(path);
  }

  /** The body, byte by byte as characters: only ASCII is to be looked for in it. */
  String bodyAsLatin1() {
    return new String(body, StandardCharsets.ISO_8859_1);
  }
}
