package dev.conductor.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** The schemas that a server's own OpenAPI file has, to hold its answers against. */
final class Schemas {
  private final ObjectMapper json = new ObjectMapper();
  private final JsonNode file;

  Schemas(final String openApi) {
    this.file = parse(openApi);
  }

  /** The file. */
  JsonNode file() {
    return file;
  }

  /** What is wrong with an answer of this function; empty when nothing is. */
  Set<ValidationMessage> faultsOfAnswer(final String function, final String answer) {
    return faultsOfAnswerAt("/_conference/" + function, answer);
  }

  /** The same of the function at this path. */
  Set<ValidationMessage> faultsOfAnswerAt(final String path, final String answer) {
    final JsonNode schema =
        file.path("paths")
            .path(path)
            .path("post")
            .path("responses")
            .path("200")
            .path("content")
            .path("application/json")
            .path("schema");
    return faults(schema, answer);
  }

  /** What is wrong with a document that should be one of the components. */
  Set<ValidationMessage> faultsOf(final String component, final String document) {
    return faults(
        json.createObjectNode().put("$ref", "#/components/schemas/" + component), document);
  }

  private Set<ValidationMessage> faults(final JsonNode schema, final String document) {
    if (!schema.isObject() || schema.isEmpty()) {
      throw new IllegalArgumentException("no such schema");
    }
    final ObjectNode whole = schema.deepCopy();
    whole.set("components", file.path("components"));
    return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
        .getSchema(whole)
        .validate(parse(document));
  }

  private JsonNode parse(final String text) {
    try {
      return json.readTree(text);
    } catch (final IOException noJson) {
      throw new UncheckedIOException(noJson);
    }
  }
}
