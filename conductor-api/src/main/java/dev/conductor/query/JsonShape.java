package dev.conductor.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Writes JSON, one line, no blanks. Used by one thread. */
final class JsonShape implements Shape {
  private static final JsonFactory FACTORY = new JsonFactory();

  private final StringWriter out = new StringWriter(1_024);
  private final Deque<Boolean> inList = new ArrayDeque<>();
  private final JsonGenerator json;

  /** Begins a document, which is an object. */
  JsonShape() {
    try {
      json = FACTORY.createGenerator(out);
      json.writeStartObject();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
    inList.push(false);
  }

  @Override
  public void text(final String name, final String value) {
    named(name, () -> json.writeString(CleanText.of(value)));
  }

  @Override
  public void flag(final String name, final boolean value) {
    named(name, () -> json.writeBoolean(value));
  }

  @Override
  public void number(final String name, final long value) {
    named(name, () -> json.writeNumber(value));
  }

  @Override
  public void nothing(final String name) {
    named(name, json::writeNull);
  }

  @Override
  public void beginObject(final String name) {
    named(name, json::writeStartObject);
    inList.push(false);
  }

  @Override
  public void endObject() {
    inList.pop();
    write(json::writeEndObject);
  }

  @Override
  public void beginList(final String name) {
    named(name, json::writeStartArray);
    inList.push(true);
  }

  @Override
  public void endList() {
    inList.pop();
    write(json::writeEndArray);
  }

  @Override
  public String finish() {
    write(
        () -> {
          json.writeEndObject();
          json.close();
        });
    return out.toString();
  }

  private void named(final String name, final Step step) {
    write(
        () -> {
          if (!inList.peek()) {
            json.writeFieldName(name);
          }
          step.run();
        });
  }

  /** A string takes whatever is written, so an exception here is a mistake of ours. */
  private static void write(final Step step) {
    try {
      step.run();
    } catch (final IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One write. */
  private interface Step {
    void run() throws IOException;
  }
}
