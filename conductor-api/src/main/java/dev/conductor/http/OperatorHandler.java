package dev.conductor.http;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.CommandGate;
import dev.conductor.command.Origin;
import dev.conductor.config.HttpConfig;
import dev.conductor.model.Custom;
import dev.conductor.model.Customer;
import dev.conductor.model.PageTexts;
import dev.conductor.model.SecretHash;
import dev.conductor.model.Uids;
import dev.conductor.query.Envelope;
import dev.conductor.query.Format;
import io.netty.handler.codec.http.HttpMethod;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/**
 * What only who runs the server may ask: it makes customers. Opened by the operator's key as bearer
 * token, which the server keeps in its data folder; the program's own commands read it there. Event
 * loops.
 */
public final class OperatorHandler implements RequestHandler {
  /** Where it stands. */
  public static final String PATH = "/_operator/createCustomer";

  private static final String NAME = "name";
  private static final String DID = "did";
  private static final String ZONE = "zone";
  private static final String PLACE_CALL = "placeCall";
  private static final List<Param> PARAMS =
      List.of(
          Param.required(NAME, ParamType.TEXT).about("The customer's name."),
          Param.required(DID, ParamType.WORD).about("The number his conferences are dialled by."),
          Param.optional(ZONE, ParamType.WORD)
              .about("His time zone, as America/Los_Angeles, which it is where absent."),
          Param.optional(PLACE_CALL, ParamType.BOOLEAN)
              .about("Whether his conferences may call somebody; false where absent."));

  /** What the reference page says of it. */
  static final FileFunction DOCUMENTED =
      FileFunction.ofOperator(
          PATH,
          PARAMS,
          FunctionDoc.ours(
                  "Makes a customer, for whoever runs the server; his key is shown this once.",
                  "name=Acme",
                  "did=+15550123")
              .answering("NewCustomer"));

  private static final Pattern NUMBER = Pattern.compile("[+]?[0-9A-Za-z._-]{1,63}");
  private static final String USUAL_ZONE = "America/Los_Angeles";
  private static final int KEY_BYTES = 16;
  private static final long REPLY_MS = 10_000;

  private final FormDecoder decoder;
  private final byte[] operatorKey;
  private final CommandGate gate;
  private final SecureRandom random = new SecureRandom();

  /**
   * A handler.
   *
   * @param config limits
   * @param operatorKey what opens it
   * @param gate takes the command
   */
  public OperatorHandler(
      final HttpConfig config, final String operatorKey, final CommandGate gate) {
    this.decoder = new FormDecoder(config.limits().maxParameters());
    this.operatorKey = operatorKey.getBytes(StandardCharsets.UTF_8);
    this.gate = gate;
  }

  @Override
  public void onRequest(final Request request, final Exchange exchange) {
    try {
      if (!request.method().equals(HttpMethod.POST)) {
        throw Refusal.method(request.method().name(), "POST");
      }
      final Map<String, String> sent = decoder.decode(request);
      if (!isOperator(sent.getOrDefault(FormDecoder.TOKEN, ""))) {
        throw Refusal.operator();
      }
      final Parameters parameters = Parameters.of(sent, PARAMS);
      parameters.require(PARAMS);
      create(parameters, exchange);
    } catch (final Refusal refusal) {
      exchange.count(refusal.counter());
      exchange.answer(Form.refusedRead(refusal, Format.JSON));
    }
  }

  @Override
  public void onProblem(final Request head, final Problem problem, final Exchange exchange) {
    exchange.answer(Form.refusedRead(Refusal.of(problem), Format.JSON));
  }

  private boolean isOperator(final String token) {
    return MessageDigest.isEqual(operatorKey, token.getBytes(StandardCharsets.UTF_8));
  }

  private void create(final Parameters parameters, final Exchange exchange) {
    final byte[] random128 = new byte[KEY_BYTES];
    random.nextBytes(random128);
    final String key = HexFormat.of().formatHex(random128);
    final Customer customer = customer(parameters, key);
    exchange.ifUnansweredAfter(
        REPLY_MS, () -> refuse(exchange, Envelope.SERVER, "server: no answer yet"));
    final boolean taken =
        gate.offer(
            new Command.CreateCustomer(Origin.of(Origin.By.API), customer),
            answer -> decided(answer, customer, key, exchange));
    if (!taken) {
      refuse(exchange, Envelope.SERVER, "busy");
    }
  }

  private Customer customer(final Parameters parameters, final String key) {
    final String did = parameters.get(DID);
    if (!NUMBER.matcher(did).matches()) {
      throw Refusal.parameter(DID, Values.shown(did) + " is no number that can be dialled");
    }
    final boolean placeCall =
        parameters.find(PLACE_CALL).map(text -> Values.flag(PLACE_CALL, text)).orElse(false);
    return new Customer(
        Uids.draw(random),
        Values.text(NAME, parameters.get(NAME), Values.MAX_NAME),
        "ACTIVE",
        did,
        zone(parameters.find(ZONE).orElse(USUAL_ZONE)),
        false,
        false,
        true,
        placeCall,
        "",
        Custom.none(),
        SecretHash.of(key, random),
        PageTexts.NONE);
  }

  private static String zone(final String name) {
    try {
      return ZoneId.of(name).getId();
    } catch (final DateTimeException unknown) {
      throw Refusal.parameter(ZONE, "no such time zone " + Values.shown(name));
    }
  }

  private static void decided(
      final Accepted answer, final Customer customer, final String key, final Exchange exchange) {
    if (!answer.isTrue()) {
      final boolean passing = answer.kind() == Accepted.Kind.PASSING;
      exchange.count(HttpCounter.COMMANDS_FALSE);
      refuse(exchange, passing ? Envelope.SERVER : Envelope.GENERAL, answer.message());
      return;
    }
    final ObjectNode envelope = JsonNodeFactory.instance.objectNode();
    envelope.put("code", Envelope.OK).put("message", "");
    envelope.putObject("value").put("UID", customer.uid()).put("key", key);
    exchange.count(HttpCounter.COMMANDS_TRUE);
    exchange.answer(Form.document(Format.JSON, envelope.toString()));
  }

  private static void refuse(final Exchange exchange, final int code, final String message) {
    exchange.answer(Form.document(Format.JSON, Envelope.failure(Format.JSON, code, message)));
  }
}
