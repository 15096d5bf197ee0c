package dev.conductor.http;

import dev.conductor.command.Command;
import dev.conductor.command.Origin;
import dev.conductor.query.View;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One function of the API: a row of the {@link FunctionTable}. Immutable; any thread. */
sealed interface ApiFunction extends DocumentedFunction {
  /**
   * What every function takes. A read has no actor and key, a command no type and dates, but takes
   * them.
   */
  List<Param> COMMON =
      List.of(
          Param.optional(Anchor.CALL.parameter(), ParamType.UID)
              .about("UID of the call; a conference's main call where it is absent."),
          Param.optional(Anchor.CONFERENCE.parameter(), ParamType.UID)
              .about("UID of the conference; the call's own where it is absent."),
          Param.optional(FormDecoder.TOKEN, ParamType.TOKEN, "securityTokenSecurity")
              .about("Security token of the conference; also taken as a Bearer header."),
          Param.optional("type", ParamType.WORD)
              .about("Format of a read's answer.")
              .oneOf(List.of("XML", "JSON")),
          Param.optional("dates", ParamType.WORD)
              .about("Dates as ISO 8601 instants (ours).")
              .oneOf(List.of("iso")),
          Param.optional("actor", ParamType.TEXT)
              .about("Who sits at the page, written into the events' cause (ours)."),
          Param.optional(RequestKey.PARAMETER, ParamType.TEXT)
              .about("Names a command: a repeat is answered alike, nothing done (ours)."));

  /** Which UID its table names. */
  Anchor anchor();

  /** The same with this said of it. */
  ApiFunction described(FunctionDoc said);

  @Override
  default List<Param> own() {
    return params().stream().filter(param -> !COMMON.contains(param)).toList();
  }

  /** What it is called for: GET, or POST alone. */
  @Override
  default boolean isRead() {
    return this instanceof Read;
  }

  @Override
  default boolean inEnvelope() {
    return isRead();
  }

  @Override
  default String path() {
    return FunctionHandler.PATH + name();
  }

  @Override
  default String operationId() {
    return name();
  }

  @Override
  default List<List<String>> identity() {
    return List.of(
        List.of(
            anchor().parameter(), "yes", "or " + anchor().other().parameter() + " in its place"),
        List.of(FormDecoder.TOKEN, "yes", "or as header Authorization: Bearer"));
  }

  @Override
  default List<String> identitySample() {
    return List.of(
        anchor() == Anchor.CALL ? "callUID=$CALL" : "conferenceUID=$CONFERENCE",
        FormDecoder.TOKEN + "=$TOKEN");
  }

  @Override
  default String group() {
    if (doc().isOurs()) {
      return "Beyond the document";
    }
    return isRead() ? "Information requests" : "Command requests";
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
   * @param ofPersons whether it needs the conference's persons, which are read from the store
   */
  record Read(
      String name,
      Anchor anchor,
      List<Param> params,
      FunctionDoc doc,
      Question question,
      boolean ofPersons)
      implements ApiFunction {
    /** Adds the common parameters. */
    public Read {
      params = withCommon(params);
    }

    static Read of(
        final String name, final Anchor anchor, final Question question, final Param... own) {
      return new Read(name, anchor, Stream.of(own).toList(), FunctionDoc.NONE, question, false);
    }

    /** One on a conference that shows its persons. */
    static Read ofPersons(final String name, final Question question) {
      return new Read(name, Anchor.CONFERENCE, List.of(), FunctionDoc.NONE, question, true);
    }

    @Override
    public Read described(final FunctionDoc said) {
      return new Read(name, anchor, own(), said, question, ofPersons);
    }
  }

  /**
   * A command: POST alone, answered TRUE or FALSE when the conductor says.
   *
   * @param order makes it
   */
  record Write(String name, Anchor anchor, List<Param> params, FunctionDoc doc, ScopedOrder order)
      implements ApiFunction {
    /** Adds the common parameters. */
    public Write {
      params = withCommon(params);
    }

    /** A command on a call that is up. */
    static Write of(final String name, final Order order, final Param... own) {
      return scoped(
          name,
          Anchor.CALL,
          (origin, scope, parameters) ->
              order.command(origin, callUid(origin, scope, parameters), parameters),
          own);
    }

    /** The call; where there is a key a gone one too, as the command may be a repeat. */
    private static String callUid(
        final Origin origin, final TokenScope scope, final Parameters parameters) {
      return scope.call().isEmpty() && origin.key().isPresent()
          ? parameters.text(Anchor.CALL.parameter())
          : scope.requireCall().call().uid();
    }

    /** A command that looks itself for what it needs. */
    static Write scoped(
        final String name, final Anchor anchor, final ScopedOrder order, final Param... own) {
      return new Write(name, anchor, Stream.of(own).toList(), FunctionDoc.NONE, order);
    }

    @Override
    public Write described(final FunctionDoc said) {
      return new Write(name, anchor, own(), said, order);
    }
  }

  /** Answers a question. */
  @FunctionalInterface
  interface Question {
    /** The whole document; a {@link Refusal} when there is no such thing. */
    String answer(TokenScope scope, Parameters parameters, View view);
  }

  /** Makes a command on what a token opened. */
  @FunctionalInterface
  interface ScopedOrder {
    /** The command; a {@link Refusal} when a parameter is wrong, or there is no call it needs. */
    Command command(Origin origin, TokenScope scope, Parameters parameters);

    /** Whether the request only asks what the command would do: then it is answered as a read. */
    default boolean asks(final Parameters parameters) {
      return false;
    }

    /** What the command would do; only of one that {@link #asks}. */
    default String answer(final TokenScope scope, final Parameters parameters, final View view) {
      throw new UnsupportedOperationException("asks nothing");
    }
  }

  /** Makes a command on a call. */
  @FunctionalInterface
  interface Order {
    /** The command; a {@link Refusal} when a parameter is wrong. */
    Command command(Origin origin, String callUid, Parameters parameters);
  }
}
