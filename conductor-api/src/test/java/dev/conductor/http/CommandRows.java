package dev.conductor.http;

import dev.conductor.query.Renderer;
import dev.conductor.query.ServerFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Every parameter of every command of the table, for tests of other packages. */
public final class CommandRows {
  private static final Set<String> ENDING = Set.of("closeCall", "dropCaller");
  private static final String FIELD = "field";
  private static final String VALUE = "value";

  private CommandRows() {}

  /**
   * A place where text goes in.
   *
   * @param function a command that ends neither the call nor a caller's part in it
   * @param parameter where the text goes
   * @param others what the command needs beside it; {@code {caller}} and the like to be filled in
   */
  public record Row(String function, String parameter, Map<String, String> others) {
    /** Whether nothing shows the parameter's text in a read. */
    public boolean isPassing() {
      return ApiFunction.COMMON.stream().anyMatch(param -> param.name().equals(parameter));
    }
  }

  /** All of them; a field's value is a place of its own for each field. */
  public static List<Row> all() {
    final List<Row> rows = new ArrayList<>();
    for (final ApiFunction function :
        FunctionTable.of(new Renderer(new ServerFacts("x", 0), () -> 0L)).all()) {
      if (!function.isRead() && !ENDING.contains(function.name())) {
        add(function, rows);
      }
    }
    return rows;
  }

  private static void add(final ApiFunction function, final List<Row> rows) {
    final Map<String, String> sample = new LinkedHashMap<>();
    function.doc().sample().forEach(text -> put(sample, text));
    for (final Param param : function.own()) {
      final String name = param.name().replace('#', '1');
      final Map<String, String> others = new LinkedHashMap<>(sample);
      others.remove(name);
      if (name.equals(VALUE) && sample.containsKey(FIELD)) {
        function.own().stream()
            .filter(field -> field.name().equals(FIELD))
            .flatMap(field -> field.words().stream())
            .filter(word -> !word.equals("active"))
            .forEach(
                word -> {
                  final Map<String, String> more = new LinkedHashMap<>(others);
                  more.put(FIELD, word);
                  rows.add(new Row(function.name(), name, more));
                });
      } else {
        rows.add(new Row(function.name(), name, others));
      }
    }
    for (final String common : new String[] {"actor", RequestKey.PARAMETER, "type"}) {
      rows.add(new Row(function.name(), common, sample));
    }
  }

  private static void put(final Map<String, String> sample, final String nameAndValue) {
    final int equals = nameAndValue.indexOf('=');
    sample.put(nameAndValue.substring(0, equals), nameAndValue.substring(equals + 1));
  }
}
