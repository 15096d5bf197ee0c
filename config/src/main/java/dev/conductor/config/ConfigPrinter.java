package dev.conductor.config;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes settings as a file that {@link ConfigLoader} reads back to the same, but for secrets,
 * which are left out. Any thread.
 */
public final class ConfigPrinter {
  private static final ObjectMapper YAML =
      new ObjectMapper(
          YAMLFactory.builder()
              .disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER)
              .enable(YAMLGenerator.Feature.MINIMIZE_QUOTES)
              .enable(YAMLGenerator.Feature.ALWAYS_QUOTE_NUMBERS_AS_STRINGS)
              .enable(YAMLGenerator.Feature.INDENT_ARRAYS_WITH_INDICATOR)
              .build());

  private ConfigPrinter() {}

  /**
   * Every key with the value in effect, section by section.
   *
   * @param config what to write
   * @return YAML, each line ended by LF
   */
  public static String render(final ConductorConfig config) {
    final Map<String, Map<String, Object>> sections = new LinkedHashMap<>();
    for (final RecordComponent section : ConductorConfig.class.getRecordComponents()) {
      add(section, read(section, config), sections);
    }
    try {
      return YAML.writeValueAsString(sections);
    } catch (final JsonProcessingException impossible) {
      throw new IllegalStateException("settings cannot be written", impossible);
    }
  }

  private static void add(
      final RecordComponent section,
      final Object group,
      final Map<String, Map<String, Object>> sections) {
    for (final RecordComponent component : group.getClass().getRecordComponents()) {
      final Object value = read(component, group);
      if (component.getType().isRecord()) {
        add(section, value, sections);
        continue;
      }
      final String[] key = ConfigKeys.key(section, component).split("\\.");
      sections
          .computeIfAbsent(key[0], name -> new LinkedHashMap<>())
          .put(key[1], plain(component, value));
    }
  }

  private static Object plain(final RecordComponent component, final Object value) {
    if (RecordList.typeOf(component) == null) {
      return value instanceof Path path ? path.toString() : value;
    }
    final List<Object> items = new ArrayList<>();
    for (final Object item : (List<?>) value) {
      items.add(item(item, new LinkedHashMap<>()));
    }
    return items;
  }

  private static Map<String, Object> item(final Object of, final Map<String, Object> keys) {
    for (final RecordComponent component : of.getClass().getRecordComponents()) {
      final Object value = read(component, of);
      if (component.getType().isRecord()) {
        item(value, keys);
      } else if (component.getType() != Secret.class) {
        keys.put(ConfigKeys.kebab(component.getName()), value);
      }
    }
    return keys;
  }

  private static Object read(final RecordComponent component, final Object owner) {
    try {
      return component.getAccessor().invoke(owner);
    } catch (final ReflectiveOperationException impossible) {
      throw new IllegalStateException(component + " cannot be read", impossible);
    }
  }
}
