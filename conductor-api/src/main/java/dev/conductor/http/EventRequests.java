package dev.conductor.http;

import dev.conductor.notify.StreamRequest;
import dev.conductor.query.EventView;
import dev.conductor.query.Format;
import dev.conductor.query.View;
import java.util.List;
import java.util.Locale;

/**
 * Makes checked requests for a stream of events from parameters, for every transport. Any thread;
 * immutable.
 */
final class EventRequests {
  private static final String SINCE = "since";
  private static final String NAMES = "names";
  private static final String SNAPSHOT = "snapshot";
  private static final int MAX_EVENT_ID = 256;
  private static final int MAX_DIGITS = 18;

  private static final Param SINCE_PARAM =
      Param.optional(SINCE, ParamType.WORD)
          .about("Number of the last event the reader has; 0 tells all. Absent: a snapshot first.");

  private static final Param NAMES_PARAM =
      Param.optional(NAMES, ParamType.WORD)
          .about("printed: the names as the document misprints them.")
          .oneOf(List.of("printed"));

  /** What a request over HTTP takes. */
  static final List<Param> PARAMS = ApiFunction.withCommon(List.of(SINCE_PARAM, NAMES_PARAM));

  private static final List<Param> LOGIN_PARAMS =
      ApiFunction.withCommon(
          List.of(SINCE_PARAM, NAMES_PARAM, Param.optional(SNAPSHOT, ParamType.BOOLEAN)));

  private final ApiAccess access;
  private final boolean printedNames;

  /**
   * Requests checked by this access.
   *
   * @param printedNames whether those that do not say get the document's misprints
   */
  EventRequests(final ApiAccess access, final boolean printedNames) {
    this.access = access;
    this.printedNames = printedNames;
  }

  /** A request over HTTP; without a number it wants a snapshot. */
  StreamRequest ofHttp(final Request request) {
    final Parameters parameters = access.decode(request, PARAMS);
    final String lastEventId = request.headers().get("Last-Event-ID", "");
    if (lastEventId.length() > MAX_EVENT_ID) {
      throw Refusal.parameter("Last-Event-ID", "longer than " + MAX_EVENT_ID + " characters");
    }
    return of(parameters, ApiAccess.view(parameters), lastEventId, StreamRequest.WITH_SNAPSHOT);
  }

  /** A login to the XML socket; without a number it wants what is new. */
  StreamRequest ofLogin(final Request request) {
    final Parameters parameters = access.decode(request, LOGIN_PARAMS);
    final View view = ApiAccess.view(parameters);
    if (view.format() != Format.XML) {
      throw Refusal.parameter("type", "this socket speaks XML alone");
    }
    final boolean snapshot = parameters.flag(SNAPSHOT);
    if (snapshot && !parameters.text(SINCE).isEmpty()) {
      throw Refusal.parameter(SNAPSHOT, "not beside since");
    }
    return of(
        parameters, view, "", snapshot ? StreamRequest.WITH_SNAPSHOT : StreamRequest.FROM_NOW);
  }

  private StreamRequest of(
      final Parameters parameters,
      final View view,
      final String lastEventId,
      final long withoutSince) {
    final boolean printed = printed(parameters);
    final String callUid = parameters.text(Anchor.CALL.parameter());
    final Anchor anchor = callUid.isEmpty() ? Anchor.CONFERENCE : Anchor.CALL;
    final TokenScope scope = access.enter(anchor, parameters);
    final String since = parameters.text(SINCE);
    final boolean isPlace = since.indexOf(':') >= 0;
    return new StreamRequest(
        callUid,
        callUid.isEmpty() ? scope.conference().conference().uid() : "",
        since.isEmpty() || isPlace ? withoutSince : number(since),
        lastEventId.isEmpty() && isPlace ? place(since) : lastEventId,
        new EventView(view, printed));
  }

  private static long number(final String since) {
    if (!isNumber(since)) {
      throw Refusal.parameter(SINCE, Values.shown(since) + " is no event number");
    }
    return Long.parseLong(since);
  }

  /** A number with its call, as {@code Last-Event-ID} has it: for those who cannot send headers. */
  private static String place(final String since) {
    if (since.length() > MAX_EVENT_ID || !isNumber(since.substring(since.lastIndexOf(':') + 1))) {
      throw Refusal.parameter(SINCE, Values.shown(since) + " is not callUID:number");
    }
    return since;
  }

  private static boolean isNumber(final String text) {
    return !text.isEmpty()
        && text.length() <= MAX_DIGITS
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private boolean printed(final Parameters parameters) {
    final String names = parameters.text(NAMES).toLowerCase(Locale.ROOT);
    return switch (names) {
      case "" -> printedNames;
      case "printed" -> true;
      case "plain" -> false;
      default ->
          throw Refusal.parameter(NAMES, Values.shown(names) + " is neither printed nor plain");
    };
  }
}
