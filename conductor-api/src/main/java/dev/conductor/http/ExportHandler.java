package dev.conductor.http;

import dev.conductor.http.ExportOrder.What;
import dev.conductor.model.Customer;
import dev.conductor.query.AccountRenderer;
import dev.conductor.query.Format;
import io.netty.handler.codec.http.HttpMethod;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Exports over HTTP. A thread of its own writes one after the other into a file, over a connection
 * of its own, and the file goes out when it is whole: so memory holds neither, a client that reads
 * slowly holds up nobody, and what fails is an answer that says so, not half a document. The file
 * is its owner's alone and without a name while it is sent. Event loops, but for that thread.
 */
public final class ExportHandler implements RequestHandler, AutoCloseable {
  static final String CONFERENCE_UID = "conferenceUID";

  private static final Logger LOG = LoggerFactory.getLogger(ExportHandler.class);
  private static final String FORMAT = "format";
  private static final String FROM = "from";
  private static final String TO = "to";
  private static final String FILE_PREFIX = "export-";
  private static final String FILE_SUFFIX = ".tmp";
  private static final int MAX_WAITING = 16;
  private static final long REPLY_MS = 600_000;
  private static final long STOP_MS = 5_000;

  private final What what;
  private final Shared shared;

  private ExportHandler(final What what, final Shared shared) {
    this.what = what;
    this.shared = shared;
  }

  /**
   * What the exports share. Any thread.
   *
   * @param requests decodes, checks conferences' tokens
   * @param access checks customers' keys
   * @param source writes
   * @param folder where files are while they are written
   * @param thread writes one after the other
   */
  private record Shared(
      ApiAccess requests,
      AccountAccess access,
      ExportSource source,
      Path folder,
      ThreadPoolExecutor thread) {}

  /**
   * A handler for each export; closing one ends the thread of all.
   *
   * @param folder where files are while they are written; what a killed server left is removed
   * @throws IOException when the folder cannot be used
   */
  public static List<ExportHandler> all(
      final ApiAccess requests,
      final AccountAccess access,
      final ExportSource source,
      final Path folder)
      throws IOException {
    try (DirectoryStream<Path> left =
        Files.newDirectoryStream(folder, FILE_PREFIX + "*" + FILE_SUFFIX)) {
      for (final Path file : left) {
        Files.delete(file);
      }
    }
    final ThreadPoolExecutor thread =
        new ThreadPoolExecutor(
            1,
            1,
            0,
            TimeUnit.SECONDS,
            new ArrayBlockingQueue<>(MAX_WAITING),
            work -> new Thread(work, "http-exports"));
    final Shared shared = new Shared(requests, access, source, folder, thread);
    return Stream.of(What.values()).map(what -> new ExportHandler(what, shared)).toList();
  }

  /** Where it stands. */
  public String path() {
    return path(what);
  }

  private static String path(final What what) {
    final String word = what.word();
    return AccessHandler.PATH
        + "export"
        + word.substring(0, 1).toUpperCase(Locale.ROOT)
        + word.substring(1);
  }

  /** What the reference page says of them. */
  static List<FileFunction> documented() {
    return Stream.of(What.values())
        .map(
            what ->
                FileFunction.giving(
                    path(what),
                    params(what),
                    FunctionDoc.ours(
                        summary(what)
                            + " Instead of customer and key, conferenceUID and the conference's"
                            + " securityToken will do, that for reads alone too: for that"
                            + " conference alone.",
                        "format=csv"),
                    List.of("text/csv", "application/json")))
        .toList();
  }

  private static String summary(final What what) {
    return switch (what) {
      case CONFERENCES ->
          "All conferences as a file: as CSV a row a reservation, in columns that"
              + " importConferences takes; as JSON with reservations, tags and persons.";
      case PERSONS -> "All persons as a file, in columns that importPersons takes.";
      case CALLS ->
          "The records of calls as a file, oldest first: as CSV a row a caller, as JSON with all"
              + " that callers did.";
    };
  }

  private static List<Param> params(final What what) {
    final Stream<Param> all =
        Stream.of(
            Param.optional(FORMAT, ParamType.WORD)
                .about("Of the file; csv where it is absent.")
                .oneOf(List.of("csv", "json")),
            Param.optional(CONFERENCE_UID, ParamType.UID)
                .about("UID of a conference: of that one alone."));
    final Stream<Param> ofCalls =
        Stream.of(
            Param.optional(FROM, ParamType.TEXT).about("Calls that began then or later."),
            Param.optional(TO, ParamType.TEXT).about("Calls that began before."));
    return Stream.concat(all, what == What.CALLS ? ofCalls : Stream.empty()).toList();
  }

  @Override
  public void onRequest(final Request request, final Exchange exchange) {
    try {
      if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.POST)) {
        throw Refusal.method(request.method().name(), "GET, POST");
      }
      write(order(request, exchange), exchange);
    } catch (final Refusal refusal) {
      refuse(refusal, exchange);
    } catch (final RuntimeException unforeseen) {
      LOG.error("http: an export failed", unforeseen);
      refuse(Refusal.fault(), exchange);
    }
  }

  @Override
  public void onProblem(final Request head, final Problem problem, final Exchange exchange) {
    exchange.answer(Form.refusedRead(Refusal.of(problem), Format.JSON));
  }

  private ExportOrder order(final Request request, final Exchange exchange) {
    final List<Param> table =
        Stream.concat(
                params(what).stream(),
                Stream.of(
                    Param.optional(AccessFunction.CUSTOMER, ParamType.UID),
                    Param.optional(AccessFunction.KEY, ParamType.TOKEN),
                    Param.optional(FormDecoder.TOKEN, ParamType.TOKEN)))
            .toList();
    final Parameters parameters = shared.requests().decode(request, table);
    if (parameters.find(FormDecoder.TOKEN).isPresent()) {
      final TokenScope scope = shared.requests().enter(Anchor.CONFERENCE, parameters);
      return order(
          parameters, scope.conference().customer(), scope.conference().conference().uid());
    }
    parameters.get(AccessFunction.CUSTOMER);
    parameters.get(AccessFunction.KEY);
    final AccountScope scope = shared.access().enter(parameters, exchange.peer());
    final String conferenceUid =
        parameters.find(CONFERENCE_UID).isEmpty()
            ? ""
            : scope.require(parameters, CONFERENCE_UID).conference().uid();
    return order(parameters, scope.customer(), conferenceUid);
  }

  private ExportOrder order(
      final Parameters parameters, final Customer customer, final String conferenceUid) {
    final String format = parameters.find(FORMAT).orElse("csv");
    if (!format.equalsIgnoreCase("csv") && !format.equalsIgnoreCase("json")) {
      throw Refusal.parameter(FORMAT, Values.shown(format) + " is neither csv nor json");
    }
    final ZoneId zone = AccountRenderer.zone(customer);
    return new ExportOrder(
        what,
        format.equalsIgnoreCase("csv"),
        customer.uid(),
        conferenceUid,
        parameters.find(FROM).map(text -> AccountDates.millis(FROM, text, zone)).orElse(0L),
        parameters
            .find(TO)
            .map(text -> AccountDates.millis(TO, text, zone))
            .orElse(Long.MAX_VALUE));
  }

  private void write(final ExportOrder order, final Exchange exchange) {
    exchange.ifUnansweredAfter(
        REPLY_MS,
        () ->
            refuse(
                Refusal.notNow("server: the export is not done in time; ask for less of it"),
                exchange));
    try {
      shared.thread().execute(() -> answer(order, exchange));
    } catch (final RejectedExecutionException full) {
      throw Refusal.notNow("server: too many exports wait just now");
    }
  }

  /** On the thread of the exports. */
  private void answer(final ExportOrder order, final Exchange exchange) {
    try {
      final FileChannel written = written(order);
      exchange.answer(
          Answer.of(200, order.csv() ? "text/csv; charset=utf-8" : "application/json", "")
              .plus(
                  new Answer.Header(
                      "Content-Disposition", "attachment; filename=" + order.fileName())),
          written,
          written.size());
      exchange.run(() -> exchange.count(HttpCounter.READS_ANSWERED));
    } catch (final IOException | RuntimeException failed) {
      LOG.error("http: {} cannot be exported", order.what().word(), failed);
      exchange.run(
          () -> refuse(Refusal.notNow("server: it cannot be exported just now"), exchange));
    }
  }

  /** The file is nobody's but ours, and gone with its channel. */
  private FileChannel written(final ExportOrder order) throws IOException {
    final Path file = Files.createTempFile(shared.folder(), FILE_PREFIX, FILE_SUFFIX);
    try {
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        shared.source().write(order, out);
      }
      return FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
    } catch (final IOException | RuntimeException failed) {
      Files.deleteIfExists(file);
      throw failed;
    }
  }

  private static void refuse(final Refusal refusal, final Exchange exchange) {
    exchange.count(refusal.counter());
    exchange.answer(Form.refusedRead(refusal, Format.JSON));
  }

  /** Ends the thread; what is being written is given up. */
  @Override
  public void close() {
    shared.thread().shutdownNow();
    try {
      if (!shared.thread().awaitTermination(STOP_MS, TimeUnit.MILLISECONDS)) {
        LOG.warn("http: an export did not end in time");
      }
    } catch (final InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
