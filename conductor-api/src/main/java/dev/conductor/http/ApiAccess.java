package dev.conductor.http;

import dev.conductor.config.HttpConfig;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Snapshots;
import dev.conductor.query.Format;
import dev.conductor.query.View;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What every request to {@code /_conference} goes through before it does anything: its parameters
 * are decoded, its token checked, its rate taken. Any thread.
 */
public final class ApiAccess {
  private static final Pattern TYPE =
      Pattern.compile("(?:^|&)type=[\\s+]*(json|xml)(?![a-z0-9])", Pattern.CASE_INSENSITIVE);

  private final FormDecoder decoder;
  private final TokenCheck tokens;
  private final RateLimit rates;

  /**
   * The access to the API.
   *
   * @param config limits
   * @param snapshots where tokens are found
   * @param nowNs a clock that never goes back, for rates
   */
  public ApiAccess(final HttpConfig config, final Snapshots snapshots, final LongSupplier nowNs) {
    this.decoder = new FormDecoder(config.limits().maxParameters());
    this.tokens = new TokenCheck(snapshots);
    this.rates =
        new RateLimit(config.rates().requestsPerSecond(), config.rates().requestBurst(), nowNs);
  }

  /** The parameters of a request, sorted by a function's table; none of them is asked for yet. */
  Parameters decode(final Request request, final List<Param> table) {
    return Parameters.of(decoder.decode(request), table);
  }

  /** The call a request names that is in memory no longer, if it ever was; empty for none. */
  String callOfRecord(final Anchor anchor, final Parameters parameters) {
    return tokens.callOfRecord(
        anchor,
        parameters.text(Anchor.CALL.parameter()),
        parameters.text(Anchor.CONFERENCE.parameter()));
  }

  /** What the request's token opens, one request of its rate taken. */
  TokenScope enter(final Anchor anchor, final Parameters parameters) {
    return enter(anchor, parameters, Optional.empty());
  }

  /**
   * The same.
   *
   * @param kept the record of the call it names, where memory does not have it
   */
  TokenScope enter(
      final Anchor anchor, final Parameters parameters, final Optional<CallSnapshot> kept) {
    final TokenScope scope =
        tokens.check(
            anchor,
            parameters.text(Anchor.CALL.parameter()),
            parameters.text(Anchor.CONFERENCE.parameter()),
            parameters.text(FormDecoder.TOKEN),
            kept);
    final long waitNs = rates.take(scope.conference().conference().uid());
    if (waitNs > 0) {
      throw Refusal.tooOften(1 + (waitNs - 1) / TimeUnit.SECONDS.toNanos(1));
    }
    return scope;
  }

  /** Format and dates a request asks for. */
  static View view(final Parameters parameters) {
    return view(parameters, Format.XML);
  }

  /** The same where this format is meant when none is asked for. */
  static View view(final Parameters parameters, final Format otherwise) {
    final String type = parameters.find("type").orElse(otherwise.name());
    final Format format =
        Format.fromWire(type)
            .orElseThrow(
                () -> Refusal.parameter("type", Values.shown(type) + " is neither XML nor JSON"));
    final String dates = parameters.text("dates");
    if (!dates.isEmpty() && !dates.equalsIgnoreCase("iso")) {
      throw Refusal.parameter("dates", Values.shown(dates) + " is not iso");
    }
    return new View(format, !dates.isEmpty());
  }

  /** The format for a refusal, found even where the parameters cannot be decoded. */
  static Format formatOfRefusal(final Request request) {
    return formatOfRefusal(request, Format.XML);
  }

  /** The same where this format is meant when none is asked for. */
  static Format formatOfRefusal(final Request request, final Format otherwise) {
    for (final String text : List.of(request.query(), request.bodyAsLatin1())) {
      final Matcher type = TYPE.matcher(text);
      if (type.find()) {
        return Format.valueOf(type.group(1).toUpperCase(Locale.ROOT));
      }
    }
    return otherwise;
  }
}
