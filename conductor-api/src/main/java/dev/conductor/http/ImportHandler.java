package dev.conductor.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.command.Accepted;
import dev.conductor.command.CommandGate;
import dev.conductor.command.Origin;
import dev.conductor.http.SheetReader.Fault;
import dev.conductor.query.Envelope;
import dev.conductor.query.Format;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts what a file holds into the store as one change: the body is the file, the parameters stand
 * in the query. Rows that cannot be had are named by line and left out. Event loops.
 */
public final class ImportHandler implements RequestHandler {
  /** How their paths begin; bodies there may be larger than others. */
  static final String PATHS = AccessHandler.PATH + "import";

  private static final Logger LOG = LoggerFactory.getLogger(ImportHandler.class);
  private static final List<Param> COMMON =
      List.of(
          Param.required(AccessFunction.CUSTOMER, ParamType.UID),
          Param.required(AccessFunction.KEY, ParamType.TOKEN),
          Param.optional("type", ParamType.WORD));
  private static final long REPLY_MS = 60_000;
  private static final byte[] NO_BODY = {};

  private final ImportKind kind;
  private final List<Param> params;
  private final ApiAccess requests;
  private final AccountAccess access;
  private final CommandGate gate;

  private ImportHandler(
      final ImportKind kind,
      final ApiAccess requests,
      final AccountAccess access,
      final CommandGate gate) {
    this.kind = kind;
    this.params = Stream.concat(kind.documented().own().stream(), COMMON.stream()).toList();
    this.requests = requests;
    this.access = access;
    this.gate = gate;
  }

  /**
   * A handler for each kind.
   *
   * @param requests decodes
   * @param access checks keys
   * @param gate takes the command
   * @param limits what may be asked for
   */
  public static List<ImportHandler> all(
      final ApiAccess requests,
      final AccountAccess access,
      final CommandGate gate,
      final AccountLimits limits) {
    return Stream.of(new PersonImport(), new ConferenceImports(limits))
        .map(kind -> new ImportHandler(kind, requests, access, gate))
        .toList();
  }

  /** Where it stands. */
  public String path() {
    return kind.documented().path();
  }

  @Override
  public void onRequest(final Request request, final Exchange exchange) {
    try {
      if (!request.method().equals(HttpMethod.POST)) {
        throw Refusal.method(request.method().name(), "POST");
      }
      final Request head =
          new Request(
              request.method(),
              request.path(),
              request.query(),
              request.headers(),
              NO_BODY,
              request.keepAlive());
      final Parameters parameters = requests.decode(head, params);
      final AccountScope scope = access.enter(parameters, exchange.peer());
      parameters.require(params);
      put(kind.plan(scope, parameters, isCsv(request), text(request.body())), exchange);
    } catch (final Refusal refusal) {
      exchange.count(refusal.counter());
      exchange.answer(Form.refusedRead(refusal, Format.JSON));
    } catch (final RuntimeException unforeseen) {
      LOG.error("http: {} failed", kind.documented().name(), unforeseen);
      exchange.answer(Form.refusedRead(Refusal.unhandled(), Format.JSON));
    }
  }

  @Override
  public void onProblem(final Request head, final Problem problem, final Exchange exchange) {
    exchange.answer(Form.refusedRead(Refusal.of(problem), Format.JSON));
  }

  private static boolean isCsv(final Request request) {
    final String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    final String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (media) {
      case "text/csv" -> true;
      case "application/json" -> false;
      default -> throw Refusal.mediaType("Content-Type: only text/csv and application/json");
    };
  }

  private static String text(final byte[] body) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
    } catch (final CharacterCodingException notUtf8) {
      throw Refusal.parameter("body", "not UTF-8");
    }
  }

  private void put(final ImportKind.Plan plan, final Exchange exchange) {
    if (plan.isEmpty()) {
      exchange.answer(answer(0, 0, plan.faults()));
      return;
    }
    final Origin origin =
        new Origin(Origin.By.API, kind.documented().name(), UUID.randomUUID().toString(), "");
    exchange.ifUnansweredAfter(
        REPLY_MS,
        () -> refuse(exchange, Envelope.SERVER, "server: taken, its outcome is not known yet"));
    final boolean taken =
        gate.offer(plan.command(origin), answer -> decided(answer, plan, exchange));
    if (!taken) {
      exchange.count(HttpCounter.COMMANDS_BUSY);
      refuse(exchange, Envelope.SERVER, "busy");
    }
  }

  private static void decided(
      final Accepted answer, final ImportKind.Plan plan, final Exchange exchange) {
    final ImportKind.Told done = answer.isTrue() ? plan.told(answer.value()) : null;
    if (done == null) {
      final boolean passing = answer.kind() == Accepted.Kind.PASSING;
      exchange.count(HttpCounter.COMMANDS_FALSE);
      refuse(exchange, passing ? Envelope.SERVER : Envelope.GENERAL, answer.message());
      return;
    }
    final List<Fault> faults = new ArrayList<>(plan.faults());
    faults.addAll(done.faults());
    faults.sort(Comparator.comparingInt(Fault::line));
    exchange.count(HttpCounter.COMMANDS_TRUE);
    exchange.answer(answer(done.added(), done.changed(), faults));
  }

  private static Answer answer(final int added, final int changed, final List<Fault> faults) {
    final ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("code", Envelope.OK).put("message", "");
    final ObjectNode value =
        envelope.putObject("value").put("added", added).put("changed", changed);
    final var problems = value.putArray("problem");
    for (final Fault fault : faults) {
      problems.addObject().put("line", fault.line()).put("message", fault.message());
    }
    return Form.document(Format.JSON, envelope.toString());
  }

  private static void refuse(final Exchange exchange, final int code, final String message) {
    exchange.answer(Form.document(Format.JSON, Envelope.failure(Format.JSON, code, message)));
  }
}
