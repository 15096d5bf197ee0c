package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.CommandGate;
import dev.conductor.command.IdempotencyKey;
import dev.conductor.command.Origin;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.KeptCalls;
import dev.conductor.model.Person;
import dev.conductor.model.PersonSource;
import dev.conductor.query.Format;
import dev.conductor.query.View;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the functions of the table: decodes, checks the token, answers a question at once and
 * hands a command to the conductor. Event loops.
 */
public final class FunctionHandler implements RequestHandler {
  /** Where the functions stand. */
  public static final String PATH = "/_conference/";

  private static final Logger LOG = LoggerFactory.getLogger(FunctionHandler.class);
  private static final long REPLY_MS = 10_000;
  private static final int MAX_ACTOR = 64;
  private static final String READ = "GET, POST";
  private static final String WRITE = "POST";

  private final FunctionTable table;
  private final ApiAccess access;
  private final CommandGate gate;
  private final KeptCalls keptCalls;
  private final PersonSource persons;
  private final long replyMs;
  private final String idPrefix = UUID.randomUUID().toString().substring(0, 8) + "-";
  private final AtomicLong ids = new AtomicLong();

  /**
   * A handler.
   *
   * @param table the functions
   * @param access decodes and checks
   * @param gate takes the commands
   * @param keptCalls where calls are found that are over
   * @param persons reads them where an answer shows them
   */
  public FunctionHandler(
      final FunctionTable table,
      final ApiAccess access,
      final CommandGate gate,
      final KeptCalls keptCalls,
      final PersonSource persons) {
    this(table, access, gate, keptCalls, persons, REPLY_MS);
  }

  /** Takes {@code replyMs}, after which a command is answered without the conductor's word. */
  FunctionHandler(
      final FunctionTable table,
      final ApiAccess access,
      final CommandGate gate,
      final KeptCalls keptCalls,
      final PersonSource persons,
      final long replyMs) {
    this.table = table;
    this.access = access;
    this.gate = gate;
    this.keptCalls = keptCalls;
    this.persons = persons;
    this.replyMs = replyMs;
  }

  @Override
  public void onRequest(final Request request, final Exchange exchange) {
    final String name = name(request);
    try {
      final ApiFunction function = table.find(name).orElseThrow(() -> Refusal.noFunction(name));
      checkMethod(function, request);
      if (function instanceof ApiFunction.Read read) {
        read(read, request, exchange);
      } else if (function instanceof ApiFunction.Write write) {
        write(write, request, exchange);
      }
    } catch (final Refusal refusal) {
      refuse(name, ApiAccess.formatOfRefusal(request), refusal, exchange, List.of());
    } catch (final RuntimeException unforeseen) {
      LOG.error(
          "http: {} failed",
          table.find(name).map(ApiFunction::name).orElse("a function"),
          unforeseen);
      final Format format = ApiAccess.formatOfRefusal(request);
      refuse(name, format, Refusal.unhandled(), exchange, List.of());
    }
  }

  @Override
  public void onProblem(final Request head, final Problem problem, final Exchange exchange) {
    final Refusal refusal = Refusal.of(problem);
    final Answer answer =
        isRead(name(head))
            ? Form.refusedRead(refusal, ApiAccess.formatOfRefusal(head))
            : Form.refusedWrite(refusal);
    exchange.answer(answer);
  }

  private static String name(final Request request) {
    return request.path().substring(PATH.length());
  }

  /** A function that is not there has the form its name promises. */
  private boolean isRead(final String name) {
    return table.find(name).map(ApiFunction::isRead).orElse(name.startsWith("get"));
  }

  private static void checkMethod(final ApiFunction function, final Request request) {
    final boolean post = request.method().equals(HttpMethod.POST);
    if (!post && !(function.isRead() && request.method().equals(HttpMethod.GET))) {
      throw Refusal.method(request.method().name(), function.isRead() ? READ : WRITE);
    }
  }

  private void read(
      final ApiFunction.Read function, final Request request, final Exchange exchange) {
    final Parameters parameters = access.decode(request, function.params());
    final String ended = access.callOfRecord(function.anchor(), parameters);
    if (ended.isEmpty()) {
      ask(function, function.question(), parameters, Optional.empty(), exchange);
    } else {
      askRecord(function, parameters, ended, exchange);
    }
  }

  /** The call it names is over and no longer in memory, or never was: the store's reader says. */
  private void askRecord(
      final ApiFunction.Read function,
      final Parameters parameters,
      final String callUid,
      final Exchange exchange) {
    final Format format = ApiAccess.view(parameters).format();
    final boolean taken =
        keptCalls.read(
            callUid,
            found -> answer(function, parameters, found, exchange),
            () ->
                refuse(
                    function.name(),
                    format,
                    Refusal.notNow("server: the record of the call cannot be read just now"),
                    exchange,
                    parameters.ignored()));
    if (!taken) {
      throw Refusal.notNow("server: too many read records of calls just now");
    }
  }

  /** On the store's reading thread. */
  private void answer(
      final ApiFunction.Read function,
      final Parameters parameters,
      final Optional<CallSnapshot> found,
      final Exchange exchange) {
    try {
      ask(function, function.question(), parameters, found, exchange);
    } catch (final RuntimeException unforeseen) {
      LOG.error("http: {} failed", function.name(), unforeseen);
      final Format format = ApiAccess.view(parameters).format();
      refuse(function.name(), format, Refusal.unhandled(), exchange, parameters.ignored());
    }
  }

  /** The answer shows persons: the store is asked first, and it is written where that is read. */
  private void askOfPersons(
      final ApiFunction.Read function,
      final TokenScope scope,
      final Parameters parameters,
      final Exchange exchange) {
    final View view = ApiAccess.view(parameters);
    exchange.ifUnansweredAfter(
        replyMs,
        () ->
            refuse(
                function.name(),
                view.format(),
                Refusal.notNow("server: the persons are not read in time"),
                exchange,
                parameters.ignored()));
    final boolean taken =
        persons.read(
            scope.conference().conference().uid(),
            read -> answer(function, scope, parameters, read, exchange));
    if (!taken) {
      throw Refusal.notNow("server: too many read persons just now");
    }
  }

  /** On the store's reading thread. */
  private void answer(
      final ApiFunction.Read function,
      final TokenScope scope,
      final Parameters parameters,
      final Optional<List<Person>> read,
      final Exchange exchange) {
    final View view = ApiAccess.view(parameters);
    try {
      final List<Person> found =
          read.orElseThrow(() -> Refusal.notNow("server: the persons cannot be read just now"));
      answer(function.question(), scope.with(found), parameters, view, exchange);
    } catch (final Refusal refusal) {
      refuse(function.name(), view.format(), refusal, exchange, parameters.ignored());
    } catch (final RuntimeException unforeseen) {
      LOG.error("http: {} failed", function.name(), unforeseen);
      refuse(function.name(), view.format(), Refusal.unhandled(), exchange, parameters.ignored());
    }
  }

  private void ask(
      final ApiFunction function,
      final ApiFunction.Question question,
      final Parameters parameters,
      final Optional<CallSnapshot> kept,
      final Exchange exchange) {
    final View view = ApiAccess.view(parameters);
    try {
      final TokenScope scope = access.enter(function.anchor(), parameters, kept);
      if (!function.isRead()) {
        parameters.refuseMisspelt(function.params());
      }
      parameters.require(function.params());
      if (function instanceof ApiFunction.Read read && read.ofPersons()) {
        askOfPersons(read, scope, parameters, exchange);
      } else {
        answer(question, scope, parameters, view, exchange);
      }
    } catch (final Refusal refusal) {
      exchange.count(refusal.counter());
      final Answer answer = Form.refusedRead(refusal, view.format());
      exchange.answer(Form.naming(parameters.ignored(), answer));
    }
  }

  private static void answer(
      final ApiFunction.Question question,
      final TokenScope scope,
      final Parameters parameters,
      final View view,
      final Exchange exchange) {
    final String document = question.answer(scope, parameters, view);
    exchange.count(HttpCounter.READS_ANSWERED);
    exchange.answer(Form.naming(parameters.ignored(), Form.document(view.format(), document)));
  }

  private void write(
      final ApiFunction.Write function, final Request request, final Exchange exchange) {
    final Parameters parameters = access.decode(request, function.params());
    final List<String> ignored = parameters.ignored();
    try {
      if (function.order().asks(parameters)) {
        ask(function, function.order()::answer, parameters, Optional.empty(), exchange);
        return;
      }
      final TokenScope scope = access.enter(function.anchor(), parameters);
      scope.requireCommands();
      parameters.refuseMisspelt(function.params());
      parameters.require(function.params());
      final Origin origin =
          origin(
              function.name(),
              parameters,
              RequestKey.of(request, parameters, scope.conference().conference().uid()));
      hand(function.order().command(origin, scope, parameters), ignored, exchange);
    } catch (final Refusal refusal) {
      refuse(function.name(), Format.XML, refusal, exchange, ignored);
    }
  }

  private Origin origin(
      final String function, final Parameters parameters, final Optional<IdempotencyKey> key) {
    final String actor = Values.text("actor", parameters.text("actor"), MAX_ACTOR);
    final String id =
        key.map(known -> RequestKey.id(function, known))
            .orElseGet(() -> idPrefix + ids.incrementAndGet());
    return new Origin(Origin.By.API, function, id, actor, key);
  }

  private void hand(final Command command, final List<String> ignored, final Exchange exchange) {
    exchange.ifUnansweredAfter(replyMs, () -> timedOut(ignored, exchange));
    final boolean taken =
        gate.offer(
            command,
            answer -> {
              exchange.count(
                  answer.isTrue() ? HttpCounter.COMMANDS_TRUE : HttpCounter.COMMANDS_FALSE);
              exchange.answer(Form.naming(ignored, withId(command, Form.accepted(answer))));
            });
    if (!taken) {
      exchange.count(HttpCounter.COMMANDS_BUSY);
      exchange.answer(Form.refused(200, "busy"));
    }
  }

  /** The id that the events of the command carry in their cause. */
  private static Answer withId(final Command command, final Answer answer) {
    final Answer.Header id = new Answer.Header("Conductor-Request", command.origin().id());
    return answer.plus(id);
  }

  private static void timedOut(final List<String> ignored, final Exchange exchange) {
    exchange.count(HttpCounter.COMMANDS_TIMED_OUT);
    exchange.answer(
        Form.naming(
            ignored,
            Form.refused(200, "timeout: the command was taken, its outcome is not known yet")));
  }

  private void refuse(
      final String name,
      final Format format,
      final Refusal refusal,
      final Exchange exchange,
      final List<String> ignored) {
    exchange.count(refusal.counter());
    final Answer answer =
        isRead(name) ? Form.refusedRead(refusal, format) : Form.refusedWrite(refusal);
    exchange.answer(Form.naming(ignored, answer));
  }
}
