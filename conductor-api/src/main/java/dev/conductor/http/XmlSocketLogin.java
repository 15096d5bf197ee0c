package dev.conductor.http;

import dev.conductor.notify.SocketLogin;
import dev.conductor.notify.StreamRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;

/**
 * Checks login lines of the XML socket: a line is the query of a request for events, so it is
 * decoded, its token compared and its rate taken as that of a request. Event loops.
 */
public final class XmlSocketLogin implements SocketLogin {
  private static final byte[] NO_BODY = {};

  private final EventRequests requests;
  private final HttpCounters counters;

  /**
   * A check.
   *
   * @param access decodes and checks
   * @param printedNames whether readers that do not say get the document's misprints
   * @param counters counts refusals, as those of requests
   */
  public XmlSocketLogin(
      final ApiAccess access, final boolean printedNames, final HttpCounters counters) {
    this.requests = new EventRequests(access, printedNames);
    this.counters = counters;
  }

  @Override
  public StreamRequest check(final String line) throws Refused {
    if (!StandardCharsets.US_ASCII.newEncoder().canEncode(line)) {
      throw new Refused("login: not ASCII; percent-encode what is not");
    }
    final Request request =
        Request.of(
            HttpMethod.GET,
            EventsHandler.PATH + '?' + line,
            new DefaultHttpHeaders(),
            NO_BODY,
            false);
    try {
      return requests.ofLogin(request);
    } catch (final Refusal refusal) {
      counters.increment(refusal.counter());
      throw new Refused(refusal.getMessage());
    }
  }
}
