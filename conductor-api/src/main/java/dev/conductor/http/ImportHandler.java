package dev.conductor.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.CommandGate;
import dev.conductor.command.Origin;
import dev.conductor.command.PutResult;
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
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts a file of persons into a conference as one change: the body is the file, the parameters
 * stand in the query. Rows that cannot be had are named by line and left out. Event loops.
 */
public final class ImportHandler implements RequestHandler {
  /** Where it stands; its bodies may be larger than others. */
  public static final String PATH = AccessHandler.PATH + "importPersons";

  private static final Logger LOG = LoggerFactory.getLogger(ImportHandler.class);
  private static final String CONFERENCE = "conference";
  private static final List<Param> PARAMS =
      List.of(
          Param.required(CONFERENCE, ParamType.UID).about("UID of the conference."),
          Param.required(AccessFunction.CUSTOMER, ParamType.UID),
          Param.required(AccessFunction.KEY, ParamType.TOKEN),
          Param.optional("type", ParamType.WORD));

  /** What the reference page says of it. */
  static final FileFunction DOCUMENTED =
      FileFunction.taking(
          PATH,
          List.of(PARAMS.get(0)),
          FunctionDoc.ours(
                  "Puts the persons of a file into a conference, as one change: CSV with a line of"
                      + " column names, or a JSON array of objects. Columns: "
                      + String.join(", ", PersonSheet.COLUMNS)
                      + ". Who has a reference that is there already is changed. Rows that cannot"
                      + " be had are named by line and left out; at most 10,000 persons.",
                  "conference={booked}",
                  "@$PEOPLE")
              .answering("ImportResult"),
          List.of("text/csv", "application/json"));

  private static final long REPLY_MS = 60_000;
  private static final byte[] NO_BODY = {};

  private final ApiAccess requests;
  private final AccountAccess access;
  private final CommandGate gate;

  /**
   * A handler.
   *
   * @param requests decodes
   * @param access checks keys
   * @param gate takes the command
   */
  public ImportHandler(
      final ApiAccess requests, final AccountAccess access, final CommandGate gate) {
    this.requests = requests;
    this.access = access;
    this.gate = gate;
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
      final Parameters parameters = requests.decode(head, PARAMS);
      final AccountScope scope = access.enter(parameters, exchange.peer());
      parameters.require(PARAMS);
      final String conferenceUid = scope.require(parameters, CONFERENCE).conference().uid();
      put(conferenceUid, sheet(request), exchange);
    } catch (final Refusal refusal) {
      exchange.count(refusal.counter());
      exchange.answer(Form.refusedRead(refusal, Format.JSON));
    } catch (final RuntimeException unforeseen) {
      LOG.error("http: importPersons failed", unforeseen);
      exchange.answer(Form.refusedRead(Refusal.unhandled(), Format.JSON));
    }
  }

  @Override
  public void onProblem(final Request head, final Problem problem, final Exchange exchange) {
    exchange.answer(Form.refusedRead(Refusal.of(problem), Format.JSON));
  }

  private static PersonSheet sheet(final Request request) {
    final String type = request.headers().get(HttpHeaderNames.CONTENT_TYPE, "");
    final String media = type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
    return switch (media) {
      case "text/csv" -> PersonSheet.ofCsv(text(request.body()));
      case "application/json" -> PersonSheet.ofJson(text(request.body()));
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

  private void put(final String conferenceUid, final PersonSheet sheet, final Exchange exchange) {
    if (sheet.rows().isEmpty()) {
      exchange.answer(answer(0, 0, sheet.faults()));
      return;
    }
    final Origin origin =
        new Origin(Origin.By.API, "importPersons", UUID.randomUUID().toString(), "");
    exchange.ifUnansweredAfter(
        REPLY_MS,
        () -> refuse(exchange, Envelope.SERVER, "server: taken, its outcome is not known yet"));
    final boolean taken =
        gate.offer(
            new Command.PutPersons(
                origin, conferenceUid, sheet.rows().stream().map(PersonSheet.Row::person).toList()),
            answer -> decided(answer, sheet, exchange));
    if (!taken) {
      exchange.count(HttpCounter.COMMANDS_BUSY);
      refuse(exchange, Envelope.SERVER, "busy");
    }
  }

  private static void decided(
      final Accepted answer, final PersonSheet sheet, final Exchange exchange) {
    if (!answer.isTrue() || !(answer.value() instanceof PutResult done)) {
      final boolean passing = answer.kind() == Accepted.Kind.PASSING;
      exchange.count(HttpCounter.COMMANDS_FALSE);
      refuse(exchange, passing ? Envelope.SERVER : Envelope.GENERAL, answer.message());
      return;
    }
    final List<PersonSheet.Fault> faults = new ArrayList<>(sheet.faults());
    for (final PutResult.Problem problem : done.problems()) {
      faults.add(
          new PersonSheet.Fault(sheet.rows().get(problem.index()).line(), problem.message()));
    }
    faults.sort(Comparator.comparingInt(PersonSheet.Fault::line));
    exchange.count(HttpCounter.COMMANDS_TRUE);
    exchange.answer(answer(done.added(), done.changed(), faults));
  }

  private static Answer answer(
      final int added, final int changed, final List<PersonSheet.Fault> faults) {
    final ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("code", Envelope.OK).put("message", "");
    final ObjectNode value =
        envelope.putObject("value").put("added", added).put("changed", changed);
    final var problems = value.putArray("problem");
    for (final PersonSheet.Fault fault : faults) {
      problems.addObject().put("line", fault.line()).put("message", fault.message());
    }
    return Form.document(Format.JSON, envelope.toString());
  }

  private static void refuse(final Exchange exchange, final int code, final String message) {
    exchange.answer(Form.document(Format.JSON, Envelope.failure(Format.JSON, code, message)));
  }
}
