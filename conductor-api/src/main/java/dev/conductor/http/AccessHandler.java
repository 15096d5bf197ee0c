package dev.conductor.http;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.CommandGate;
import dev.conductor.command.Origin;
import dev.conductor.model.Belongings;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.query.AccountRenderer;
import dev.conductor.query.Format;
import dev.conductor.query.View;
import io.netty.handler.codec.http.HttpMethod;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out the functions of the Conference Management API. Every answer that comes from a
 * function has HTTP status 200 and says in its envelope how it went. Event loops.
 */
public final class AccessHandler implements RequestHandler {
  /** Where the functions stand. */
  public static final String PATH = "/_access/";

  private static final Logger LOG = LoggerFactory.getLogger(AccessHandler.class);
  private static final long REPLY_MS = 10_000;
  private static final int MAX_ACTOR = 64;

  private final AccessTable table;
  private final ApiAccess requests;
  private final AccountAccess access;
  private final CommandGate gate;
  private final AccountRenderer renderer;
  private final AccountContents contents;
  private final String idPrefix = UUID.randomUUID().toString().substring(0, 8) + "-";
  private final AtomicLong ids = new AtomicLong();

  /**
   * A handler.
   *
   * @param table the functions
   * @param requests decodes
   * @param access checks keys
   * @param gate takes the commands
   * @param renderer writes what commands made
   * @param contents what belongs to it
   */
  public AccessHandler(
      final AccessTable table,
      final ApiAccess requests,
      final AccountAccess access,
      final CommandGate gate,
      final AccountRenderer renderer,
      final AccountContents contents) {
    this.table = table;
    this.requests = requests;
    this.access = access;
    this.gate = gate;
    this.renderer = renderer;
    this.contents = contents;
  }

  @Override
  public void onRequest(final Request request, final Exchange exchange) {
    final String name = request.path().substring(PATH.length());
    try {
      final AccessFunction function = table.find(name).orElseThrow(() -> Refusal.noFunction(name));
      checkMethod(function, request);
      carryOut(function, request, exchange);
    } catch (final Refusal refusal) {
      refuse(refusal, format(request), List.of(), exchange);
    } catch (final RuntimeException unforeseen) {
      LOG.error(
          "http: {} failed",
          table.find(name).map(AccessFunction::name).orElse("a function"),
          unforeseen);
      refuse(Refusal.fault(), format(request), List.of(), exchange);
    }
  }

  @Override
  public void onProblem(final Request head, final Problem problem, final Exchange exchange) {
    exchange.answer(Form.refusedRead(Refusal.of(problem), format(head)));
  }

  private static Format format(final Request request) {
    return ApiAccess.formatOfRefusal(request, Format.JSON);
  }

  private static void checkMethod(final AccessFunction function, final Request request) {
    final boolean post = request.method().equals(HttpMethod.POST);
    if (!post && !(function.isRead() && request.method().equals(HttpMethod.GET))) {
      throw Refusal.method(request.method().name(), function.isRead() ? "GET, POST" : "POST");
    }
  }

  private void carryOut(
      final AccessFunction function, final Request request, final Exchange exchange) {
    final Parameters parameters = requests.decode(request, function.params());
    final View view = ApiAccess.view(parameters, Format.JSON);
    final List<String> ignored = parameters.ignored();
    try {
      final AccountScope scope = access.enter(parameters, exchange.peer());
      parameters.require(function.params());
      if (function instanceof AccessFunction.Read read) {
        ask(read.question(), scope, parameters, view, exchange);
      } else if (function instanceof AccessFunction.Errand errand) {
        ask(errand.question(), scope, parameters, view, exchange);
      } else if (function instanceof AccessFunction.Write write) {
        final Origin origin = origin(function, request, parameters, scope);
        hand(write.order().command(origin, scope, parameters), scope, view, ignored, exchange);
      }
    } catch (final Refusal refusal) {
      refuse(refusal, view.format(), ignored, exchange);
    }
  }

  private void ask(
      final AccessFunction.Question question,
      final AccountScope scope,
      final Parameters parameters,
      final View view,
      final Exchange exchange) {
    final List<String> ignored = parameters.ignored();
    exchange.ifUnansweredAfter(REPLY_MS, () -> timedOut(view, ignored, exchange));
    question
        .answer(scope, parameters, view)
        .whenComplete(
            (document, failure) ->
                exchange.run(() -> answer(document, failure, view, ignored, exchange)));
  }

  private void answer(
      final String document,
      final Throwable failure,
      final View view,
      final List<String> ignored,
      final Exchange exchange) {
    if (failure == null) {
      exchange.count(HttpCounter.READS_ANSWERED);
      exchange.answer(Form.naming(ignored, Form.document(view.format(), document)));
      return;
    }
    final Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    if (cause instanceof Refusal refusal) {
      refuse(refusal, view.format(), ignored, exchange);
    } else {
      LOG.error("http: a question failed", cause);
      refuse(Refusal.fault(), view.format(), ignored, exchange);
    }
  }

  private Origin origin(
      final AccessFunction function,
      final Request request,
      final Parameters parameters,
      final AccountScope scope) {
    final String actor = Values.text("actor", parameters.text("actor"), MAX_ACTOR);
    return new Origin(
        Origin.By.API,
        function.name(),
        idPrefix + ids.incrementAndGet(),
        actor,
        RequestKey.of(request, parameters, scope.customer().uid()));
  }

  private void hand(
      final Command command,
      final AccountScope scope,
      final View view,
      final List<String> ignored,
      final Exchange exchange) {
    exchange.ifUnansweredAfter(REPLY_MS, () -> timedOut(view, ignored, exchange));
    final boolean taken =
        gate.offer(
            command, answer -> exchange.run(() -> decided(answer, scope, view, ignored, exchange)));
    if (!taken) {
      refuse(Refusal.server("busy", HttpCounter.COMMANDS_BUSY), view.format(), ignored, exchange);
    }
  }

  private void decided(
      final Accepted answer,
      final AccountScope scope,
      final View view,
      final List<String> ignored,
      final Exchange exchange) {
    if (!answer.isTrue()) {
      refuse(Refusal.decided(answer), view.format(), ignored, exchange);
      return;
    }
    if (answer.value() instanceof ConferenceSnapshot of) {
      // What was changed is changed, so it is told without its lists where they cannot be read.
      contents
          .of(of)
          .exceptionally(unread -> Belongings.NONE)
          .thenAccept(
              all ->
                  exchange.run(
                      () ->
                          show(() -> renderer.conference(of, all, view), view, ignored, exchange)));
      return;
    }
    show(() -> renderer.shown(scope.customer(), answer.value(), view), view, ignored, exchange);
  }

  private static void show(
      final Supplier<String> shown,
      final View view,
      final List<String> ignored,
      final Exchange exchange) {
    try {
      final String document = shown.get();
      exchange.count(HttpCounter.COMMANDS_TRUE);
      exchange.answer(Form.naming(ignored, Form.document(view.format(), document)));
    } catch (final RuntimeException unforeseen) {
      LOG.error("http: an answer cannot be written", unforeseen);
      refuse(Refusal.fault(), view.format(), ignored, exchange);
    }
  }

  private static void timedOut(
      final View view, final List<String> ignored, final Exchange exchange) {
    refuse(
        Refusal.server(
            "timeout: the request was taken, its outcome is not known yet",
            HttpCounter.COMMANDS_TIMED_OUT),
        view.format(),
        ignored,
        exchange);
  }

  private static void refuse(
      final Refusal refusal,
      final Format format,
      final List<String> ignored,
      final Exchange exchange) {
    exchange.count(refusal.counter());
    exchange.answer(Form.naming(ignored, Form.refusedRead(refusal, format)));
  }
}
