package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.Origin;
import dev.conductor.query.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One function of the API: a row of the {@link FunctionTable}. Immutable; any thread. */
sealed interface ApiFunction {
  /**
   * What every function takes. A read has no actor, a command no type and dates, but takes them.
   */
  List<Param> COMMON =
      List.of(
          Param.optional(Anchor.CALL.parameter(), ParamType.UID),
          Param.optional(Anchor.CONFERENCE.parameter(), ParamType.UID),
          Param.optional(FormDecoder.TOKEN, ParamType.TOKEN, "securityTokenSecurity"),
          Param.optional("type", ParamType.WORD),
          Param.optional("dates", ParamType.WORD),
          Param.optional("actor", ParamType.TEXT));

  /** Its name in the path. */
  String name();

  /** Which UID its table names. */
  Anchor anchor();

  /** All its parameters, the common ones included. */
  List<Param> params();

  /** What it is called for: GET, or POST alone. */
  default boolean isRead() {
    return this instanceof Read;
  }

  /** These parameters and the common ones. */
  static List<Param> withCommon(final List<Param> own) {
    final List<Param> all = new ArrayList<>(own);
    all.addAll(COMMON);
    return List.copyOf(all);
  }

  /**
   * A question: GET or POST, answered from the last snapshots in the envelope.
   *
   * @param question answers it
   */
  record Read(String name, Anchor anchor, List<Param> params, Question question)
      implements ApiFunction {
    /** Adds the common parameters. */
    public Read {
      params = withCommon(params);
    }

    static Read of(
        final String name, final Anchor anchor, final Question question, final Param... own) {
      return new Read(name, anchor, Stream.of(own).toList(), question);
    }
  }

  /**
   * A command: POST alone, answered TRUE or FALSE when the conductor says.
   *
   * @param order makes it
   */
  record Write(String name, Anchor anchor, List<Param> params, Order order) implements ApiFunction {
    /** Adds the common parameters. */
    public Write {
      params = withCommon(params);
    }

    static Write of(final String name, final Order order, final Param... own) {
      return new Write(name, Anchor.CALL, Stream.of(own).toList(), order);
    }
  }

  /** Answers a question. */
  @FunctionalInterface
  interface Question {
    /** The whole document; a {@link Refusal} when there is no such thing. */
    String answer(TokenScope scope, Parameters parameters, View view);
  }

  /** Makes a command. */
  @FunctionalInterface
  interface Order {
    /** The command; a {@link Refusal} when a parameter is wrong. */
    Command command(Origin origin, String callUid, Parameters parameters);
  }
}
