package dev.conductor.http;

import dev.conductor.command.CallChange;
import dev.conductor.command.CallChange.FlagField;
import dev.conductor.command.CallChange.TextField;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/**
 * The fields of updateCall: one row each, from the text of {@code value} to the change. Immutable;
 * any thread.
 */
final class CallFields {
  private static final String VALUE = "value";

  private static final Map<String, Function<String, CallChange>> ROWS =
      Map.ofEntries(
          text("name", TextField.NAME, Values.MAX_NAME),
          text("notes", TextField.NOTES, Values.MAX_LONG_TEXT),
          Map.entry("note", text -> new CallChange.Note(longText(text))),
          flag("talking", FlagField.TALKING),
          text("data", TextField.DATA, Values.MAX_LONG_TEXT),
          flag("greenroom", FlagField.GREENROOM),
          flag("entryway", FlagField.ENTRYWAY),
          text("custom", TextField.CUSTOM, Values.MAX_LONG_TEXT),
          flag("backgroundmusic", FlagField.BACKGROUND_MUSIC),
          text("link", TextField.LINK, Values.MAX_MESSAGE),
          text("message", TextField.MESSAGE, Values.MAX_MESSAGE),
          Map.entry("feedback", text -> new CallChange.Feedback(longText(text))),
          flag("enablefeedback", FlagField.ENABLE_FEEDBACK),
          flag("enablebroadcast", FlagField.ENABLE_BROADCAST),
          flag("lockmute", FlagField.LOCK_MUTE),
          flag("locked", FlagField.LOCKED));

  private CallFields() {}

  private static Map.Entry<String, Function<String, CallChange>> text(
      final String name, final TextField field, final int maxCharacters) {
    return Map.entry(
        name, text -> new CallChange.Text(field, Values.text(VALUE, text, maxCharacters)));
  }

  private static Map.Entry<String, Function<String, CallChange>> flag(
      final String name, final FlagField field) {
    return Map.entry(name, text -> new CallChange.Flag(field, Values.flag(VALUE, text)));
  }

  private static String longText(final String text) {
    return Values.text(VALUE, text, Values.MAX_LONG_TEXT);
  }

  /** The fields; entryway and the last two are ours. */
  static Collection<String> names() {
    return List.of(
        "name",
        "notes",
        "note",
        "talking",
        "data",
        "greenroom",
        "entryway",
        "custom",
        "backgroundMusic",
        "link",
        "message",
        "feedback",
        "enableFeedback",
        "enableBroadcast",
        "lockMute",
        "locked");
  }

  /** The change of a field to a value; refused when either is wrong. */
  static CallChange change(final String field, final String value) {
    final Function<String, CallChange> row = ROWS.get(field.toLowerCase(Locale.ROOT));
    if (row == null) {
      throw Refusal.parameter("field", "no such field " + Values.shown(field));
    }
    return row.apply(value);
  }
}
