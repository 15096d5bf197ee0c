package dev.conductor.http;

import dev.conductor.command.BreakoutChange;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of updateBreakout: one row each, from the text of {@code value} to the change.
 * Immutable; any thread.
 */
final class BreakoutFields {
  private static final String VALUE = "value";

  private static final Map<String, Function<String, BreakoutChange>> ROWS =
      Map.of(
          "name", text -> new BreakoutChange.Name(Values.text(VALUE, text, Values.MAX_NAME)),
          "attention", text -> new BreakoutChange.Attention(Values.flag(VALUE, text)),
          "callers", text -> new BreakoutChange.ToggleCallers(Values.uids(VALUE, text)),
          "addcallers", text -> new BreakoutChange.AddCallers(Values.uids(VALUE, text)),
          "removecallers", text -> new BreakoutChange.RemoveCallers(Values.uids(VALUE, text)),
          "data", text -> new BreakoutChange.Data(Values.text(VALUE, text, Values.MAX_LONG_TEXT)),
          "private", text -> new BreakoutChange.Private(Values.flag(VALUE, text)));

  private BreakoutFields() {}

  /** The fields; the last two are ours. */
  static Collection<String> names() {
    return List.of(
        "name", "attention", "callers", "data", "private", "addCallers", "removeCallers");
  }

  /** The change of a field to a value; refused when either is wrong. */
  static BreakoutChange change(final String field, final String value) {
    final Function<String, BreakoutChange> row = ROWS.get(field.toLowerCase(Locale.ROOT));
    if (row == null) {
      throw Refusal.parameter("field", "no such field " + Values.shown(field));
    }
    return row.apply(value);
  }
}
