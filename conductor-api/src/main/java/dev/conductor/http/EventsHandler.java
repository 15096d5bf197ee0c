package dev.conductor.http;

import dev.conductor.notify.EventStreams;
import dev.conductor.notify.StreamRequest;
import dev.conductor.query.Format;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpVersion;
import java.util.Base64;

/**
 * Lets a reader of events in: checks the request as any question and gives its connection to the
 * streams, as Server-Sent Events or, where the client asks for that upgrade, as a WebSocket. Event
 * loops.
 */
public final class EventsHandler implements RequestHandler {
  /** Where the streams stand. */
  public static final String PATH = "/_conference/events";

  private static final String WEB_SOCKET_VERSION = "13";
  private static final int KEY_BYTES = 16;

  private final EventRequests requests;
  private final EventStreams streams;

  /**
   * A handler.
   *
   * @param access decodes and checks
   * @param streams takes the connections
   * @param printedNames whether readers that do not say get the document's misprints
   */
  public EventsHandler(
      final ApiAccess access, final EventStreams streams, final boolean printedNames) {
    this.requests = new EventRequests(access, printedNames);
    this.streams = streams;
  }

  @Override
  public void onRequest(final Request request, final Exchange exchange) {
    try {
      if (!request.method().equals(HttpMethod.GET)) {
        throw Refusal.method(request.method().name(), "GET");
      }
      final boolean upgrade = wantsWebSocket(request.headers());
      if (upgrade) {
        checkHandshake(request.headers());
      }
      final StreamRequest stream = requests.ofHttp(request);
      if (upgrade) {
        streams.upgrade(exchange.stream(), stream, handshake(request));
      } else {
        streams.open(exchange.stream(), stream);
      }
    } catch (final Refusal refusal) {
      exchange.count(refusal.counter());
      final Format format = ApiAccess.formatOfRefusal(request);
      exchange.answer(Form.refusedRead(refusal, format));
    }
  }

  private static boolean wantsWebSocket(final HttpHeaders headers) {
    return headers.containsValue(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE, true)
        && headers.containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  /** What RFC 6455, section 4.2.1, asks of a client. */
  private static void checkHandshake(final HttpHeaders headers) {
    if (!WEB_SOCKET_VERSION.equals(headers.get(HttpHeaderNames.SEC_WEBSOCKET_VERSION))) {
      throw Refusal.webSocketVersion(WEB_SOCKET_VERSION);
    }
    final String key = headers.get(HttpHeaderNames.SEC_WEBSOCKET_KEY, "");
    if (!isKey(key)) {
      throw Refusal.malformed("Sec-WebSocket-Key: not 16 bytes in Base64");
    }
  }

  private static boolean isKey(final String key) {
    try {
      return Base64.getDecoder().decode(key).length == KEY_BYTES;
    } catch (final IllegalArgumentException notBase64) {
      return false;
    }
  }

  private static FullHttpRequest handshake(final Request request) {
    return new DefaultFullHttpRequest(
        HttpVersion.HTTP_1_1,
        HttpMethod.GET,
        request.path(),
        Unpooled.EMPTY_BUFFER,
        request.headers(),
        EmptyHttpHeaders.INSTANCE);
  }
}
