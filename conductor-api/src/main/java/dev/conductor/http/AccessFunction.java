package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.Origin;
import dev.conductor.query.View;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/**
 * One function of the Conference Management API: a row of the {@link AccessTable}. Immutable; any
 * thread.
 */
sealed interface AccessFunction extends DocumentedFunction {
  /** The customer's UID. */
  String CUSTOMER = "customer";

  /** The customer's key. */
  String KEY = "key";

  /** What every function takes. */
  List<Param> COMMON =
      List.of(
          Param.required(CUSTOMER, ParamType.UID).about("UID of the customer."),
          Param.required(KEY, ParamType.TOKEN).about("The customer's key."),
          Param.optional("type", ParamType.WORD)
              .about("Format of the answer; JSON where it is absent.")
              .oneOf(List.of("JSON", "XML")),
          Param.optional("dates", ParamType.WORD)
              .about("Dates as ISO 8601 instants (ours).")
              .oneOf(List.of("iso")),
          Param.optional("actor", ParamType.TEXT)
              .about("Who sits at the page, written into the events' cause (ours)."),
          Param.optional(RequestKey.PARAMETER, ParamType.TEXT)
              .about("Names a write: a repeat is answered alike, nothing done (ours)."));

  /** The same with this said of it. */
  AccessFunction described(FunctionDoc said);

  @Override
  default String path() {
    return AccessHandler.PATH + name();
  }

  @Override
  default String operationId() {
    return "access" + name().substring(0, 1).toUpperCase(Locale.ROOT) + name().substring(1);
  }

  @Override
  default List<Param> params() {
    return Stream.concat(own().stream(), COMMON.stream()).toList();
  }

  @Override
  default List<List<String>> identity() {
    return List.of(
        List.of(CUSTOMER, "yes", "UID of the customer."),
        List.of(KEY, "yes", "The customer's key."));
  }

  @Override
  default List<String> identitySample() {
    return List.of(CUSTOMER + "=$CUSTOMER", KEY + "=$KEY");
  }

  @Override
  default boolean isRead() {
    return this instanceof Read;
  }

  @Override
  default boolean inEnvelope() {
    return true;
  }

  @Override
  default String group() {
    return isRead() ? "Conference management, reads" : "Conference management, writes";
  }

  /**
   * A question: GET or POST.
   *
   * @param question answers it
   */
  record Read(String name, List<Param> own, FunctionDoc doc, Question question)
      implements AccessFunction {
    /** Copies the list. */
    public Read {
      own = List.copyOf(own);
    }

    static Read of(final String name, final Question question, final Param... own) {
      return new Read(name, List.of(own), FunctionDoc.NONE, question);
    }

    @Override
    public Read described(final FunctionDoc said) {
      return new Read(name, own, said, question);
    }
  }

  /**
   * A command: POST alone, answered when the conductor says.
   *
   * @param order makes it
   */
  record Write(String name, List<Param> own, FunctionDoc doc, Order order)
      implements AccessFunction {
    /** Copies the list. */
    public Write {
      own = List.copyOf(own);
    }

    static Write of(final String name, final Order order, final Param... own) {
      return new Write(name, List.of(own), FunctionDoc.NONE, order);
    }

    @Override
    public Write described(final FunctionDoc said) {
      return new Write(name, own, said, order);
    }
  }

  /**
   * Something that is done elsewhere than by the conductor: POST alone, answered when it is done.
   *
   * @param question does it and answers
   */
  record Errand(String name, List<Param> own, FunctionDoc doc, Question question)
      implements AccessFunction {
    /** Copies the list. */
    public Errand {
      own = List.copyOf(own);
    }

    static Errand of(final String name, final Question question, final Param... own) {
      return new Errand(name, List.of(own), FunctionDoc.NONE, question);
    }

    @Override
    public Errand described(final FunctionDoc said) {
      return new Errand(name, own, said, question);
    }
  }

  /** Answers a question. */
  @FunctionalInterface
  interface Question {
    /**
     * The whole document, now or later; a {@link Refusal}, thrown or as the failure, when there is
     * no such thing. Must not wait.
     */
    CompletionStage<String> answer(AccountScope scope, Parameters parameters, View view);
  }

  /** Makes a command. */
  @FunctionalInterface
  interface Order {
    /** The command; a {@link Refusal} when a parameter is wrong. */
    Command command(Origin origin, AccountScope scope, Parameters parameters);
  }
}
