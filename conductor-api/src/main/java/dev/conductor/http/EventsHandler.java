package dev.conductor.http;

import dev.conductor.notify.EventStreams;
import dev.conductor.notify.StreamRequest;
import dev.conductor.query.EventView;
import dev.conductor.query.Format;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Locale;

/**
 * Lets a reader of events in: checks the request as any question and gives its connection to the
 * streams. Event loops.
 */
public final class EventsHandler implements RequestHandler {
  /** Where the streams stand. */
  public static final String PATH = "/_conference/events";

  private static final String SINCE = "since";
  private static final String NAMES = "names";
  private static final int MAX_EVENT_ID = 256;
  private static final int MAX_DIGITS = 18;

  /** Its parameters. */
  static final List<Param> PARAMS =
      ApiFunction.withCommon(
          List.of(
              Param.optional(SINCE, ParamType.NUMBER)
                  .about(
                      "Number of the last event the reader has; 0 tells all. Absent: a snapshot first."),
              Param.optional(NAMES, ParamType.WORD)
                  .about("printed: the names as the document misprints them.")
                  .oneOf(List.of("printed"))));

  private final ApiAccess access;
  private final EventStreams streams;

  /**
   * A handler.
   *
   * @param access decodes and checks
   * @param streams takes the connections
   */
  public EventsHandler(final ApiAccess access, final EventStreams streams) {
    this.access = access;
    this.streams = streams;
  }

  @Override
  public void onRequest(final Request request, final Exchange exchange) {
    try {
      if (!request.method().equals(HttpMethod.GET)) {
        throw Refusal.method(request.method().name(), "GET");
      }
      final StreamRequest stream = checked(request);
      streams.open(exchange.stream(), stream);
    } catch (final Refusal refusal) {
      exchange.count(refusal.counter());
      final Format format = ApiAccess.formatOfRefusal(request);
      exchange.answer(Form.refusedRead(refusal, format));
    }
  }

  private StreamRequest checked(final Request request) {
    final Parameters parameters = access.decode(request, PARAMS);
    final EventView how = new EventView(ApiAccess.view(parameters), printed(parameters));
    final String callUid = parameters.text(Anchor.CALL.parameter());
    final Anchor anchor = callUid.isEmpty() ? Anchor.CONFERENCE : Anchor.CALL;
    final TokenScope scope = access.enter(anchor, parameters);
    final String lastEventId = request.headers().get("Last-Event-ID", "");
    if (lastEventId.length() > MAX_EVENT_ID) {
      throw Refusal.parameter("Last-Event-ID", "longer than " + MAX_EVENT_ID + " characters");
    }
    return new StreamRequest(
        callUid,
        callUid.isEmpty() ? scope.conference().conference().uid() : "",
        since(parameters),
        lastEventId,
        how);
  }

  private static long since(final Parameters parameters) {
    final String text = parameters.text(SINCE);
    if (text.isEmpty()) {
      return StreamRequest.NO_SINCE;
    }
    if (text.length() > MAX_DIGITS || !text.chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw Refusal.parameter(SINCE, Values.shown(text) + " is no event number");
    }
    return Long.parseLong(text);
  }

  private static boolean printed(final Parameters parameters) {
    final String names = parameters.text(NAMES).toLowerCase(Locale.ROOT);
    if (!names.isEmpty() && !names.equals("printed")) {
      throw Refusal.parameter(NAMES, Values.shown(names) + " is not printed");
    }
    return !names.isEmpty();
  }
}
