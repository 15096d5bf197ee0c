package dev.conductor.http;

import static dev.conductor.http.Values.MAX_LONG_TEXT;
import static dev.conductor.http.Values.MAX_NAME;

import dev.conductor.command.CallerChange;
import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of updateCaller and updateActiveCaller: one row each, from the text of {@code value}
 * to the change. Immutable; any thread.
 */
final class CallerFields {
  /** Stands for the main room beside the empty value (ours). */
  static final String MAIN_ROOM = "main";

  private static final String VALUE = "value";
  private static final int MAX_ENERGY = 1_800;
  private static final int MAX_STEPS = 4;
  private static final int MAX_ATTENTION = 5;

  private static final Map<String, Function<String, CallerChange>> ROWS =
      Map.ofEntries(
          Map.entry("mike", text -> new CallerChange.Mike(flag(text))),
          Map.entry("mic", text -> new CallerChange.Mike(flag(text))),
          Map.entry("deaf", text -> new CallerChange.Deaf(flag(text))),
          Map.entry("mute", text -> new CallerChange.Mute(flag(text))),
          Map.entry("tag", text -> new CallerChange.Tag(text(text, MAX_NAME))),
          Map.entry(
              "attention", text -> new CallerChange.Attention(number(text, 0, MAX_ATTENTION))),
          Map.entry("breakout", text -> new CallerChange.ToBreakout(breakout(text))),
          Map.entry("data", text -> new CallerChange.Data(text(text, MAX_LONG_TEXT))),
          Map.entry("role", text -> new CallerChange.ToRole(Values.role(VALUE, text))),
          Map.entry("notes", text -> new CallerChange.Notes(text(text, MAX_LONG_TEXT))),
          Map.entry("note", text -> new CallerChange.Note(text(text, MAX_LONG_TEXT))),
          Map.entry("active", text -> new CallerChange.Drop()),
          Map.entry("custom1", text -> new CallerChange.Custom1(text(text, MAX_LONG_TEXT))),
          Map.entry("custom2", text -> new CallerChange.Custom2(text(text, MAX_LONG_TEXT))),
          Map.entry("volume_in", text -> new CallerChange.VolumeIn(steps(text))),
          Map.entry("volume_out", text -> new CallerChange.VolumeOut(steps(text))),
          Map.entry("energy", text -> new CallerChange.Energy(number(text, 0, MAX_ENERGY))));

  private CallerFields() {}

  /** The fields, as the document spells them. */
  static Collection<String> names() {
    return ROWS.keySet().stream().filter(name -> !name.equals("mic")).sorted().toList();
  }

  /** The change of a field to a value; refused when either is wrong. */
  static CallerChange change(final String field, final String value) {
    final Function<String, CallerChange> row = ROWS.get(field.toLowerCase(Locale.ROOT));
    if (row == null) {
      throw Refusal.parameter("field", "no such field " + Values.shown(field));
    }
    return row.apply(value);
  }

  private static boolean flag(final String text) {
    return Values.flag(VALUE, text);
  }

  private static int number(final String text, final int min, final int max) {
    return Values.number(VALUE, text, min, max);
  }

  private static int steps(final String text) {
    return number(text, -MAX_STEPS, MAX_STEPS);
  }

  private static String text(final String text, final int maxCharacters) {
    return Values.text(VALUE, text, maxCharacters);
  }

  private static String breakout(final String text) {
    final String uid = text.strip();
    return uid.equals(MAIN_ROOM) ? "" : uid;
  }
}
