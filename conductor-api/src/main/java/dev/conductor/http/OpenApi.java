package dev.conductor.http;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.conductor.query.Format;
import java.util.ArrayList;
import java.util.List;

/**
 * The description of the API as an OpenAPI 3.1 file, made from the table that routes the functions.
 * Any thread.
 */
public final class OpenApi {
  /** Where it is to be had. */
  public static final String PATH = "/openapi.json";

  /** What it is, for the header {@code Content-Type}. */
  public static final String CONTENT_TYPE = "application/json; charset=utf-8";

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;
  private static final String DESCRIPTION = "description";
  private static final String SCHEMA = "schema";
  private static final String CONTENT = "content";
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TYPE = "type";
  private static final String STRING = "string";

  private OpenApi() {}

  /** The file's text. */
  public static String of(final FunctionTable table, final AccessTable access) {
    final ObjectNode root = JSON.objectNode().put("openapi", "3.1.0");
    root.putObject("info")
        .put("title", "Conductor API")
        .put("version", "1")
        .put(
            DESCRIPTION,
            "Steers live telephone conferences: microphone, mute, deaf, volume, breakouts, raised"
                + " hands. Reads answer an envelope of code, message and value; commands answer TRUE"
                + " or FALSE and a message, their outcome is told by events.");
    final ObjectNode paths = root.putObject("paths");
    for (final DocumentedFunction function : all(table, access)) {
      final ObjectNode path = paths.putObject(function.path());
      if (function.isRead()) {
        path.set("get", operation(function, true));
      }
      path.set("post", operation(function, false));
    }
    paths.set(EventsHandler.PATH, events());
    final ObjectNode components = root.putObject("components");
    components.set("schemas", OpenApiSchemas.all());
    components
        .putObject("securitySchemes")
        .putObject("token")
        .put(TYPE, "http")
        .put("scheme", "bearer")
        .put(DESCRIPTION, "The conference's security token; as parameter securityToken too.");
    return root.toPrettyString();
  }

  /** All functions there are. */
  static List<DocumentedFunction> all(final FunctionTable table, final AccessTable access) {
    final List<DocumentedFunction> all = new ArrayList<>(table.all());
    all.addAll(access.all());
    all.addAll(FileFunction.all());
    return all;
  }

  private static ObjectNode operation(final DocumentedFunction function, final boolean byGet) {
    final ObjectNode operation =
        JSON.objectNode()
            .put("operationId", byGet ? function.operationId() + "ByGet" : function.operationId())
            .put("summary", function.doc().summary());
    operation.putArray("tags").add(function.group());
    if (function instanceof ApiFunction) {
      operation.putArray("security").add(JSON.objectNode()).addObject().putArray("token");
    }
    if (byGet || !function.takes().isEmpty()) {
      operation.set("parameters", inQuery(function.params()));
    }
    if (!byGet) {
      operation.set(
          "requestBody", function.takes().isEmpty() ? body(function) : file(function.takes()));
    }
    operation.set("responses", responses(function));
    operation
        .putArray("x-codeSamples")
        .addObject()
        .put("lang", "Shell")
        .put("source", CurlLine.of(function));
    return operation;
  }

  private static ArrayNode inQuery(final List<Param> params) {
    final ArrayNode all = JSON.arrayNode();
    for (final Param param : params) {
      final ObjectNode one =
          all.addObject()
              .put("name", param.name())
              .put("in", "query")
              .put("required", param.required())
              .put(DESCRIPTION, param.about());
      one.set(SCHEMA, schema(param));
    }
    return all;
  }

  private static ObjectNode body(final DocumentedFunction function) {
    final ObjectNode form = JSON.objectNode().put(TYPE, "object");
    final ObjectNode properties = form.putObject("properties");
    final ObjectNode numbered = JSON.objectNode();
    final ArrayNode required = JSON.arrayNode();
    for (final Param param : function.params()) {
      final ObjectNode one = schema(param).put(DESCRIPTION, param.about());
      if (param.name().endsWith("#")) {
        numbered.set("^" + param.name().replace("#", "[0-9]+") + "$", one);
      } else {
        properties.set(param.name(), one);
      }
      if (param.required()) {
        required.add(param.name());
      }
    }
    if (!numbered.isEmpty()) {
      form.set("patternProperties", numbered);
    }
    if (!required.isEmpty()) {
      form.set("required", required);
    }
    final ObjectNode body = JSON.objectNode().put("required", true);
    final ObjectNode content = body.putObject(CONTENT);
    content.putObject(FORM).set(SCHEMA, form);
    content.putObject("application/json").set(SCHEMA, form.deepCopy());
    return body;
  }

  private static ObjectNode file(final List<String> mediaTypes) {
    final ObjectNode body = JSON.objectNode().put("required", true);
    files(body.putObject(CONTENT), mediaTypes);
    return body;
  }

  private static void files(final ObjectNode content, final List<String> mediaTypes) {
    for (final String type : mediaTypes) {
      content
          .putObject(type)
          .putObject(SCHEMA)
          .put(TYPE, type.equals("application/json") ? "array" : STRING);
    }
  }

  /** All parameters are text on the wire; a JSON body may have numbers and Booleans too. */
  private static ObjectNode schema(final Param param) {
    final ObjectNode schema = JSON.objectNode();
    switch (param.type()) {
      case NUMBER -> schema.put(TYPE, "integer");
      case BOOLEAN -> schema.put(TYPE, "boolean");
      case VALUE -> schema.putArray(TYPE).add(STRING).add("number").add("boolean");
      default -> schema.put(TYPE, STRING);
    }
    if (!param.words().isEmpty()) {
      final ArrayNode words = schema.putArray("examples");
      param.words().forEach(words::add);
    }
    return schema;
  }

  private static ObjectNode responses(final DocumentedFunction function) {
    final ObjectNode responses = JSON.objectNode();
    final ObjectNode ok = responses.putObject("200");
    if (!function.gives().isEmpty()) {
      ok.put(DESCRIPTION, "The file; an envelope in JSON where there is none, its code not 0.");
      final ObjectNode content = ok.putObject(CONTENT);
      files(content, function.gives());
      content
          .withObject("application/json")
          .set(
              SCHEMA,
              JSON.objectNode()
                  .set(
                      "oneOf",
                      JSON.arrayNode()
                          .add(JSON.objectNode().put(TYPE, "array"))
                          .add(OpenApiSchemas.ref("Failure"))));
    } else if (function.inEnvelope()) {
      ok.put(DESCRIPTION, "The object, or why there is none: code is not 0 then.");
      final ObjectNode content = ok.putObject(CONTENT);
      content
          .putObject(Format.JSON.contentType())
          .set(SCHEMA, OpenApiSchemas.envelope(function.doc().answers()));
      if (function.inXml()) {
        content
            .putObject("application/xml")
            .putObject(SCHEMA)
            .put(TYPE, STRING)
            .put(DESCRIPTION, "The same as a document with the root response.");
      }
    } else {
      ok.put(DESCRIPTION, "TRUE, or FALSE, and a message that names the parameter.");
      ok.putObject(CONTENT)
          .putObject("text/plain")
          .putObject(SCHEMA)
          .put(TYPE, STRING)
          .put("pattern", "^(TRUE|FALSE,[^\\r\\n]*)$");
      if (!function.doc().preview().isEmpty()) {
        ok.withObject(CONTENT)
            .putObject(Format.JSON.contentType())
            .set(SCHEMA, OpenApiSchemas.envelope(function.doc().preview()));
      }
      ok.putObject("headers")
          .putObject("Conductor-Seq")
          .put(DESCRIPTION, "Number of the last event the command raised.")
          .putObject(SCHEMA)
          .put(TYPE, "integer");
    }
    if (function instanceof ApiFunction) {
      refusal(responses, "403", "No or wrong token, or an unknown UID: one and the same answer.");
    }
    refusal(responses, "405", "Another method than Allow names.");
    refusal(responses, "413", "The body is too large.");
    refusal(responses, "415", "The body is neither a form nor JSON.");
    refusal(responses, "429", "Too many requests; Retry-After says how long to wait.");
    return responses;
  }

  private static void refusal(
      final ObjectNode responses, final String status, final String description) {
    responses.putObject(status).put(DESCRIPTION, description);
  }

  private static ObjectNode events() {
    final ObjectNode path = JSON.objectNode();
    final ObjectNode get =
        path.putObject("get")
            .put("operationId", "events")
            .put("summary", "What happens in a call, as Server-Sent Events or over a WebSocket.");
    get.putArray("tags").add("Events");
    get.set("parameters", inQuery(EventRequests.PARAMS));
    final ObjectNode responses = get.putObject("responses");
    responses
        .putObject("200")
        .put(DESCRIPTION, "A stream; the data of each message is one event.")
        .putObject(CONTENT)
        .putObject("text/event-stream")
        .set(SCHEMA, OpenApiSchemas.ref("Event"));
    refusal(responses, "204", "The call is over.");
    refusal(responses, "403", "No or wrong token, or an unknown UID.");
    refusal(responses, "403", "No or wrong token, or an unknown UID.");
    refusal(responses, "429", "The call has enough readers.");
    return path;
  }
}
