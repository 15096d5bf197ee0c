package dev.conductor.config;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads one YAML document of sections, keys, plain values and lists into dotted keys, as they were
 * written: no value is guessed a type. The caller's thread, once; not shared.
 */
final class YamlSettings {
  private static final YAMLFactory YAML =
      YAMLFactory.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final ConfigKeys keys;
  private final String name;
  private final JsonParser parser;
  private final Map<String, Setting> settings = new LinkedHashMap<>();

  private YamlSettings(final ConfigKeys keys, final String name, final JsonParser parser) {
    this.keys = keys;
    this.name = name;
    this.parser = parser;
  }

  /**
   * Reads all of it.
   *
   * @param name the file's name, for messages
   * @throws ConfigException when it is not such a document; names the file and the line
   * @throws IOException when it cannot be read
   */
  static Map<String, Setting> read(
      final ConfigKeys keys, final String name, final InputStream input) throws IOException {
    try (JsonParser parser = YAML.createParser(input)) {
      return new YamlSettings(keys, name, parser).readDocument();
    } catch (final JsonProcessingException broken) {
      final String line =
          broken.getLocation() == null ? "" : " line " + broken.getLocation().getLineNr();
      throw new ConfigException(
          name + line + ": " + broken.getOriginalMessage().lines().findFirst().orElse("not YAML"));
    }
  }

  private Map<String, Setting> readDocument() throws IOException {
    final JsonToken first = parser.nextToken();
    if (first != null && first != JsonToken.VALUE_NULL) {
      if (first != JsonToken.START_OBJECT) {
        throw new ConfigException(source() + ": sections with keys are expected");
      }
      readObject("");
      if (parser.nextToken() != null) {
        throw new ConfigException(source() + ": a second document is not expected");
      }
    }
    return settings;
  }

  private void readObject(final String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      final String key = prefix + parser.currentName();
      final String source = source();
      final JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        readObject(key + ".");
      } else if (value == JsonToken.START_ARRAY) {
        settings.put(
            key,
            keys.isRecordList(key)
                ? Setting.records(readRecords(key), source)
                : Setting.list(readList(key), source));
      } else {
        // A key with nothing behind it is an empty value; a section without a key is just that.
        final String text = value == JsonToken.VALUE_NULL ? "" : parser.getText();
        if (!text.isEmpty() || !keys.isSection(key)) {
          settings.put(key, Setting.plain(text, source));
        }
      }
    }
  }

  private List<Map<String, Setting>> readRecords(final String key) throws IOException {
    final List<Map<String, Setting>> records = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (parser.currentToken() != JsonToken.START_OBJECT) {
        throw new ConfigException(
            key + ": each item of the list must have keys (" + source() + ")");
      }
      records.add(readRecord(key));
    }
    return records;
  }

  private Map<String, Setting> readRecord(final String key) throws IOException {
    final Map<String, Setting> record = new LinkedHashMap<>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      final String name = parser.currentName();
      final String source = source();
      final JsonToken value = parser.nextToken();
      if (value == JsonToken.START_OBJECT) {
        throw new ConfigException(key + ": " + name + " must not have keys (" + source + ")");
      }
      record.put(
          name,
          value == JsonToken.START_ARRAY
              ? Setting.list(readList(key), source)
              : Setting.plain(value == JsonToken.VALUE_NULL ? "" : parser.getText(), source));
    }
    return record;
  }

  private List<String> readList(final String key) throws IOException {
    final List<String> items = new ArrayList<>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (!parser.currentToken().isScalarValue() || parser.currentToken() == JsonToken.VALUE_NULL) {
        throw new ConfigException(
            key + ": each item of the list must be a plain value (" + source() + ")");
      }
      items.add(parser.getText());
    }
    return items;
  }

  private String source() {
    return name + " line " + parser.currentTokenLocation().getLineNr();
  }
}
