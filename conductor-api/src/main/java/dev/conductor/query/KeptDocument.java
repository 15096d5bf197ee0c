package dev.conductor.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Set;

/**
 * Writes a document that is kept as JSON with ISO dates in another form. Field by field, without
 * knowing the objects: only which names are moments. Any thread; immutable.
 */
final class KeptDocument {
  private static final JsonFactory FACTORY = new JsonFactory();

  /** Every DateTime of an object that can be a target. */
  private static final Set<String> MOMENTS = ObjectTables.momentsOfTargets();

  private final Dates dates;
  private final Map<String, String> head;

  /**
   * A form.
   *
   * @param dates how moments are written
   * @param head texts of the outermost object that are to be others than the kept ones
   */
  KeptDocument(final Dates dates, final Map<String, String> head) {
    this.dates = dates;
    this.head = head;
  }

  /** Writes the kept JSON into a document that was just begun, and ends it. */
  String write(final String json, final Shape out) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      parser.nextToken();
      fields(parser, out, true);
      return out.finish();
    } catch (final IOException notOurs) {
      throw new UncheckedIOException(notOurs);
    }
  }

  private void fields(final JsonParser parser, final Shape out, final boolean outermost)
      throws IOException {
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      final String name = parser.currentName();
      final JsonToken token = parser.nextToken();
      final String instead = outermost ? head.get(name) : null;
      if (instead != null) {
        out.text(name, instead);
      } else if (!outermost && MOMENTS.contains(name)) {
        moment(out, name, token == JsonToken.VALUE_NULL ? "" : parser.getText());
      } else {
        value(parser, out, name);
      }
    }
  }

  private void value(final JsonParser parser, final Shape out, final String name)
      throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> {
        out.beginObject(name);
        fields(parser, out, false);
        out.endObject();
      }
      case START_ARRAY -> {
        out.beginList(name);
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          value(parser, out, name);
        }
        out.endList();
      }
      case VALUE_TRUE, VALUE_FALSE -> out.flag(name, parser.getBooleanValue());
      case VALUE_NUMBER_INT -> out.number(name, parser.getLongValue());
      case VALUE_NULL -> out.nothing(name);
      default -> out.text(name, parser.getText());
    }
  }

  /** A moment that is a word of its own, {@code 0}, stays that word. */
  private void moment(final Shape out, final String name, final String kept) {
    if (kept.isEmpty() && dates.isIso()) {
      out.nothing(name);
    } else if (kept.isEmpty() || kept.equals("0")) {
      out.text(name, kept);
    } else {
      out.text(name, dates.text(Instant.parse(kept).toEpochMilli()));
    }
  }
}
