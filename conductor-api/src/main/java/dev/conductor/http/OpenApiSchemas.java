package dev.conductor.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.query.ObjectShape;
import dev.conductor.query.ObjectShape.FieldShape;
import java.util.List;
import java.util.stream.Stream;

/**
 * The schemas of everything that is answered or told, in JSON Schema 2020-12 as OpenAPI 3.1 takes
 * it. The objects are made from the tables that write them. Any thread.
 */
final class OpenApiSchemas {
  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String TYPE = "type";
  private static final String STRING = "string";
  private static final String INTEGER = "integer";
  private static final String DESCRIPTION = "description";

  private OpenApiSchemas() {}

  /** All of them by name. */
  static ObjectNode all() {
    final ObjectNode schemas = JSON.objectNode();
    for (final ObjectShape shape : ObjectShape.all()) {
      schemas.set(shape.name(), object(shape.fields()));
    }
    schemas.set("KeyValue", keyValue());
    schemas.set("ConferenceData", conferenceData(schemas.get("Conference").deepCopy()));
    final ObjectNode accountData = schemas.get("AccountConference").deepCopy();
    property(accountData, "person", list(JSON.objectNode(), ref("AccountPerson")));
    property(accountData, "reservation", list(JSON.objectNode(), ref("Reservation")));
    schemas.set("AccountConferenceData", accountData);
    final ObjectNode conferences = closed();
    property(conferences, "conference", list(JSON.objectNode(), ref("AccountConference")));
    schemas.set("ConferenceList", conferences);
    schemas.set(FunctionDoc.NOTHING, closed());
    schemas.set("CallData", callData());
    schemas.set("ImportResult", importResult());
    schemas.set("NewCustomer", newCustomer());
    schemas.set("Failure", failure());
    schemas.set("Event", event());
    return schemas;
  }

  /** A pointer to one of them. */
  static ObjectNode ref(final String name) {
    return JSON.objectNode().put("$ref", "#/components/schemas/" + name);
  }

  /** The envelope with one of them as its value, or of a failure. */
  static ObjectNode envelope(final String valueName) {
    final ObjectNode success = closed();
    property(success, "code", JSON.objectNode().put("const", 0));
    property(success, "message", JSON.objectNode().put(TYPE, STRING));
    property(success, "value", ref(valueName));
    final ObjectNode either = JSON.objectNode();
    either.putArray("oneOf").add(success).add(ref("Failure"));
    return either;
  }

  private static ObjectNode object(final List<FieldShape> fields) {
    final ObjectNode object = closed();
    for (final FieldShape field : fields) {
      final ObjectNode value = value(field);
      if (field.isOurs()) {
        value.put(DESCRIPTION, "Ours, not in the document.");
      }
      property(object, field.name(), value);
    }
    return object;
  }

  private static ObjectNode value(final FieldShape field) {
    final ObjectNode value = JSON.objectNode();
    switch (field.kind()) {
      case TEXT -> value.put(TYPE, STRING);
      case FLAG -> value.put(TYPE, "boolean");
      case NUMBER -> value.put(TYPE, INTEGER);
      case TIME -> {
        value.putArray(TYPE).add(STRING).add("null");
        value.put(DESCRIPTION, "A date; empty for none, null with dates=iso.");
      }
      case UIDS -> list(value, JSON.objectNode().put(TYPE, STRING));
      case OBJECTS -> list(value, ref(field.items()));
      case PAIRS -> list(value, ref("KeyValue"));
      default -> throw new IllegalStateException("no schema for " + field.kind());
    }
    return value;
  }

  private static ObjectNode list(final ObjectNode value, final ObjectNode items) {
    value.put(TYPE, "array").set("items", items);
    return value;
  }

  private static ObjectNode keyValue() {
    final ObjectNode pair = closed();
    property(pair, "key", JSON.objectNode().put(TYPE, STRING));
    property(pair, "value", JSON.objectNode().put(TYPE, STRING));
    return pair;
  }

  private static ObjectNode conferenceData(final ObjectNode conference) {
    property(conference, "person", list(JSON.objectNode(), ref("Person")));
    return conference;
  }

  private static ObjectNode callData() {
    final ObjectNode data = closed();
    property(data, "call", ref("Call"));
    property(data, "caller", list(JSON.objectNode(), ref("Caller")));
    property(data, "breakout", list(JSON.objectNode(), ref("Breakout")));
    property(data, "seq", JSON.objectNode().put(TYPE, INTEGER));
    return data;
  }

  private static ObjectNode importResult() {
    final ObjectNode result = closed();
    property(result, "added", JSON.objectNode().put(TYPE, INTEGER));
    property(result, "changed", JSON.objectNode().put(TYPE, INTEGER));
    final ObjectNode problem = closed();
    property(problem, "line", JSON.objectNode().put(TYPE, INTEGER));
    property(problem, "message", JSON.objectNode().put(TYPE, STRING));
    property(result, "problem", list(JSON.objectNode(), problem));
    return result;
  }

  private static ObjectNode newCustomer() {
    final ObjectNode customer = closed();
    property(customer, "UID", JSON.objectNode().put(TYPE, STRING));
    property(customer, "key", JSON.objectNode().put(TYPE, STRING));
    return customer;
  }

  private static ObjectNode failure() {
    final ObjectNode failure = closed();
    final ObjectNode code = JSON.objectNode().put(TYPE, INTEGER);
    code.putObject("not").put("const", 0);
    property(failure, "code", code);
    property(
        failure,
        "message",
        JSON.objectNode().put(TYPE, STRING).put(DESCRIPTION, "Names the parameter."));
    property(failure, "value", closed());
    return failure;
  }

  private static ObjectNode event() {
    final ObjectNode event = closed();
    property(
        event,
        "seq",
        JSON.objectNode()
            .put(TYPE, INTEGER)
            .put(DESCRIPTION, "From 1 without gaps; TALKING carries the last one's."));
    property(event, "time", JSON.objectNode().put(TYPE, STRING));
    property(event, "callUID", JSON.objectNode().put(TYPE, STRING));
    property(event, "source", words(EventRow.ALL.stream().map(EventRow::source)));
    property(event, "name", words(EventRow.ALL.stream().map(EventRow::name)));
    property(
        event,
        "target",
        JSON.objectNode()
            .put(TYPE, "object")
            .put(DESCRIPTION, "The changed object's whole new state, as its read shows it."));
    final ObjectNode cause = closed();
    Stream.of("by", "command", "id", "actor")
        .forEach(name -> property(cause, name, JSON.objectNode().put(TYPE, STRING)));
    property(event, "cause", cause);
    event
        .withObject("properties")
        .putObject("durable")
        .put("const", false)
        .put(DESCRIPTION, "There only while the store is down.");
    return event;
  }

  private static ObjectNode words(final Stream<String> words) {
    final ObjectNode value = JSON.objectNode().put(TYPE, STRING);
    final ArrayNode allowed = value.putArray("enum");
    words.distinct().sorted().forEach(allowed::add);
    return value;
  }

  /** An object that has these properties, all of them, and no others. */
  private static ObjectNode closed() {
    final ObjectNode object = JSON.objectNode().put(TYPE, "object");
    object.putObject("properties");
    object.putArray("required");
    return object.put("additionalProperties", false);
  }

  private static void property(final ObjectNode object, final String name, final ObjectNode value) {
    object.withObject("properties").set(name, value);
    object.withArray("required").add(name);
  }
}
