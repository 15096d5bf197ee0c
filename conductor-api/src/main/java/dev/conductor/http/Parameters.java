package dev.conductor.http;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The parameters of one request to one function, under the document's names, blanks around them
 * dropped where they do not count. An empty one counts as absent, but for a {@link
 * ParamType#VALUE}. Immutable; any thread.
 */
final class Parameters {
  private final Map<String, String> values;
  private final List<String> ignored;

  private Parameters(final Map<String, String> values, final List<String> ignored) {
    this.values = values;
    this.ignored = List.copyOf(ignored);
  }

  /**
   * Sorts what was sent by a function's table.
   *
   * @param sent by name as sent
   * @param table the function's parameters
   * @throws Refusal when two spellings of one parameter have different values
   */
  static Parameters of(final Map<String, String> sent, final List<Param> table) {
    final Map<String, String> values = new LinkedHashMap<>();
    final List<String> ignored = new ArrayList<>();
    sent.forEach(
        (name, value) -> {
          if (!keep(table, name, value, values)) {
            ignored.add(name);
          }
        });
    return new Parameters(values, ignored);
  }

  private static boolean keep(
      final List<Param> table,
      final String name,
      final String value,
      final Map<String, String> values) {
    for (final Param param : table) {
      final String kept = param.keep(name);
      if (kept != null) {
        final String counted = param.type().counted(value);
        if (!counted.isEmpty() || param.type() == ParamType.VALUE) {
          final String before = values.putIfAbsent(kept, counted);
          if (before != null && !before.equals(counted)) {
            throw Refusal.parameter(kept, "given twice with different values");
          }
        }
        return true;
      }
    }
    return false;
  }

  /**
   * Refuses the request when a parameter that the function does not have is spelled almost as one
   * that it has and that is not there: it would do something else than is meant.
   */
  void refuseMisspelt(final List<Param> table) {
    for (final String name : ignored) {
      for (final Param param : table) {
        if (!values.containsKey(param.name()) && Spelling.isSlip(name, param.name())) {
          throw Refusal.parameter(name, "unknown, did you mean " + param.name() + "?");
        }
      }
    }
  }

  /** Refuses the request when a required parameter is not there. */
  void require(final List<Param> table) {
    for (final Param param : table) {
      if (param.required()) {
        get(param.name());
      }
    }
  }

  /** The value; refused when it is not there. */
  String get(final String name) {
    return find(name).orElseThrow(() -> Refusal.parameter(name, "missing"));
  }

  /** The value, if it is there. */
  Optional<String> find(final String name) {
    return Optional.ofNullable(values.get(name));
  }

  /** The value or nothing. */
  String text(final String name) {
    return values.getOrDefault(name, "");
  }

  /** True or false; false when it is not there. */
  boolean flag(final String name) {
    return find(name).map(text -> Values.flag(name, text)).orElse(false);
  }

  /** Names of all that are there. */
  Iterable<String> names() {
    return values.keySet();
  }

  /** Names as sent of those the function does not have. */
  List<String> ignored() {
    return ignored;
  }
}
