package dev.conductor.focus;

import dev.conductor.command.CallerChange;
import dev.conductor.event.EventName;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Texts;

/**
 * Changes what is written about a caller. These fields last, and may be changed after he left. The
 * conductor only.
 */
final class TextChanges {
  static final int MAX_TEXT_LENGTH = 65_536;

  private final Turn turn;

  TextChanges(final Turn turn) {
    this.turn = turn;
  }

  /** Whether a field is such a text. */
  static boolean isText(final CallerChange change) {
    return change instanceof CallerChange.Tag
        || change instanceof CallerChange.Data
        || change instanceof CallerChange.Notes
        || change instanceof CallerChange.Note
        || change instanceof CallerChange.Custom1
        || change instanceof CallerChange.Custom2;
  }

  /** Why the change cannot be, empty when it can. */
  static String refusal(final Caller caller, final CallerChange change) {
    return change instanceof CallerChange.Note note
            && isTooLong(caller.texts().notes() + note.text())
        ? "notes of " + caller.uid() + " would be longer than " + MAX_TEXT_LENGTH
        : "";
  }

  /** Whether a text that grew is longer than one may be. */
  static boolean isTooLong(final String text) {
    return text.length() > MAX_TEXT_LENGTH
        && text.codePointCount(0, text.length()) > MAX_TEXT_LENGTH;
  }

  /** Changes a text. */
  void change(final CallState call, final Caller caller, final CallerChange change) {
    final Caller changed = caller.withTexts(texts(caller, change));
    call.put(changed);
    turn.raise(call, EventName.UPDATE, changed);
  }

  private static Texts texts(final Caller caller, final CallerChange change) {
    final Texts now = caller.texts();
    String tag = now.tag();
    String data = now.data();
    String notes = now.notes();
    String custom1 = now.custom1();
    String custom2 = now.custom2();
    if (change instanceof CallerChange.Tag to) {
      tag = to.text().isEmpty() ? caller.identity().ani() : to.text();
    } else if (change instanceof CallerChange.Data to) {
      data = to.text();
    } else if (change instanceof CallerChange.Notes to) {
      notes = to.text();
    } else if (change instanceof CallerChange.Note more) {
      notes = notes + more.text();
    } else if (change instanceof CallerChange.Custom1 to) {
      custom1 = to.text();
    } else if (change instanceof CallerChange.Custom2 to) {
      custom2 = to.text();
    }
    return new Texts(tag, data, notes, custom1, custom2, now.tags(), now.custom());
  }
}
