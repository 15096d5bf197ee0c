package dev.conductor.config;

import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Makes the records of a list whose items have keys of their own, as {@code sip.trunks}. Such a
 * list is written in a file; like any list it replaces the one of an earlier source whole. A key an
 * item does not say is what its {@link Default} says. The caller's thread, once.
 */
final class RecordList {
  private final String key;
  private final Class<?> type;
  private final List<String> problems;

  private RecordList(final String key, final Class<?> type, final List<String> problems) {
    this.key = key;
    this.type = type;
    this.problems = problems;
  }

  /** The records a component holds a list of; null where it holds none. */
  static Class<?> typeOf(final RecordComponent component) {
    if (component.getGenericType() instanceof ParameterizedType list
        && component.getType() == List.class) {
      final Type item = list.getActualTypeArguments()[0];
      return item instanceof Class<?> type && type.isRecord() ? type : null;
    }
    return null;
  }

  /**
   * Reads a list.
   *
   * @param problems what is wrong is added here, one line each, naming the item and its key
   * @return the records that could be made
   */
  static List<Object> read(
      final String key, final Class<?> type, final Setting setting, final List<String> problems) {
    if (!setting.isList() && !setting.text().isEmpty()) {
      throw new ConfigException(key, " must be a list of items with keys, in a file");
    }
    return new RecordList(key, type, problems).read(setting.records());
  }

  private List<Object> read(final List<Map<String, Setting>> items) {
    final Set<String> names = names(type, new LinkedHashSet<>());
    final List<Object> records = new ArrayList<>();
    for (int i = 0; i < items.size(); i++) {
      final String where = key + "[" + i + "].";
      final Map<String, Setting> item = items.get(i);
      final int problemsBefore = problems.size();
      item.forEach(
          (name, setting) -> {
            if (!names.contains(name)) {
              problems.add(where + name + ": no such key (" + setting.source() + ")");
            }
          });
      final Object record = record(type, where, item);
      if (record != null && problems.size() == problemsBefore) {
        records.add(record);
      }
    }
    return records;
  }

  private static Set<String> names(final Class<?> type, final Set<String> names) {
    for (final RecordComponent component : type.getRecordComponents()) {
      if (component.getType().isRecord()) {
        names(component.getType(), names);
      } else {
        names.add(ConfigKeys.kebab(component.getName()));
      }
    }
    return names;
  }

  private Object record(final Class<?> of, final String where, final Map<String, Setting> item) {
    final RecordComponent[] components = of.getRecordComponents();
    final Object[] values = new Object[components.length];
    final int problemsBefore = problems.size();
    for (int i = 0; i < components.length; i++) {
      values[i] =
          components[i].getType().isRecord()
              ? record(components[i].getType(), where, item)
              : value(components[i], where, item);
    }
    try {
      return problems.size() > problemsBefore ? null : ConfigValues.construct(of, values);
    } catch (final ConfigException wrong) {
      note(where, item, wrong);
      return null;
    }
  }

  private Object value(
      final RecordComponent component, final String where, final Map<String, Setting> item) {
    final String name = ConfigKeys.kebab(component.getName());
    final Default otherwise = component.getAnnotation(Default.class);
    final Setting said = item.get(name);
    if (said == null && otherwise == null) {
      problems.add(where + name + ": missing");
      return null;
    }
    try {
      final Setting setting = said == null ? Setting.plain(otherwise.value(), "default") : said;
      return ConfigValues.value(name, setting, component.getType());
    } catch (final ConfigException wrong) {
      note(where, item, wrong);
      return null;
    }
  }

  private void note(
      final String where, final Map<String, Setting> item, final ConfigException wrong) {
    final Setting setting = item.get(wrong.key());
    problems.add(
        where + wrong.getMessage() + (setting == null ? "" : " (" + setting.source() + ")"));
  }
}
