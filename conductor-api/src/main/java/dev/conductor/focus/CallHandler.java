package dev.conductor.focus;

import dev.conductor.command.CallChange;
import dev.conductor.command.CallChange.FlagField;
import dev.conductor.command.CallChange.TextField;
import dev.conductor.command.Command.PlaceCall;
import dev.conductor.command.Command.UpdateCall;
import dev.conductor.command.Command.UpdateCallSetting;
import dev.conductor.model.Call;
import dev.conductor.model.RoleFlag;

/** The functions that change a call itself: all or nothing. The conductor only. */
final class CallHandler {
  private static final String ALL_FINE = "";
  private static final String LINE_END = "\n";

  private final Turn turn;
  private final Talk talk;
  private final Entryway entryway;
  private final PlacedCalls placed;

  CallHandler(final Room room) {
    this.turn = room.turn();
    this.talk = room.talk();
    this.entryway = new Entryway(room);
    this.placed = room.placed();
  }

  /** Whether a field lasts: all but those that open and close the call's doors. */
  static boolean lasts(final UpdateCall command) {
    return !(command.change() instanceof CallChange.Flag flag
        && (flag.field() == FlagField.GREENROOM || flag.field() == FlagField.ENTRYWAY));
  }

  /** Why the call cannot be changed so, empty when it can. */
  String check(final UpdateCall command, final CallState call) {
    if (command.change() instanceof CallChange.Note) {
      return tooLong("notes", changed(call.call().texts(), command.change()).notes());
    }
    if (command.change() instanceof CallChange.Feedback) {
      return tooLong("feedback", changed(call.call().texts(), command.change()).feedback());
    }
    return ALL_FINE;
  }

  private static String tooLong(final String what, final String text) {
    return TextChanges.isTooLong(text)
        ? "value: " + what + " would be longer than " + TextChanges.MAX_TEXT_LENGTH
        : ALL_FINE;
  }

  /** Changes one field. */
  String update(final UpdateCall command, final CallState call) {
    if (command.change() instanceof CallChange.Flag flag) {
      change(call, flag.field(), flag.on());
    } else {
      call.call(call.call().withTexts(changed(call.call().texts(), command.change())));
      turn.raiseUpdate(call);
    }
    return ALL_FINE;
  }

  private void change(final CallState call, final FlagField field, final boolean on) {
    switch (field) {
      case GREENROOM -> entryway.greenroom(call, on);
      case ENTRYWAY -> entryway.entryway(call, on);
      case TALKING -> tellTalking(call, on);
      case BACKGROUND_MUSIC -> {
        call.call(call.call().withFlags(call.call().flags().withBackgroundMusic(on)));
        turn.reroute(call);
        turn.raiseUpdate(call);
      }
      default -> {
        call.call(call.call().withFlags(changed(call.call().flags(), field, on)));
        turn.raiseUpdate(call);
      }
    }
  }

  /** Off sends the stops first; on tells of those who talk already. */
  private void tellTalking(final CallState call, final boolean on) {
    if (!on) {
      talk.end(call);
    }
    call.call(call.call().withFlags(call.call().flags().withTalking(on)));
    turn.raiseUpdate(call);
    if (on) {
      talk.begin(call);
    }
  }

  private static Call.Flags changed(
      final Call.Flags flags, final FlagField field, final boolean on) {
    return switch (field) {
      case ENABLE_FEEDBACK -> flags.withEnableFeedback(on);
      case ENABLE_BROADCAST -> flags.withEnableBroadcast(on);
      case LOCK_MUTE -> flags.withLockMute(on);
      case LOCKED -> flags.withLocked(on);
      default -> throw new IllegalStateException("no way to change " + field);
    };
  }

  private static Call.Texts changed(final Call.Texts texts, final CallChange change) {
    if (change instanceof CallChange.Text to) {
      return replaced(texts, to.field(), to.text());
    }
    if (change instanceof CallChange.Note more) {
      return texts.withNotes(texts.notes() + more.text());
    }
    if (change instanceof CallChange.Feedback more) {
      return texts.withFeedback(lines(texts.feedback(), more.line()));
    }
    throw new IllegalStateException("no way to change " + change.getClass().getSimpleName());
  }

  private static Call.Texts replaced(
      final Call.Texts texts, final TextField field, final String text) {
    return switch (field) {
      case NAME -> texts.withName(text);
      case NOTES -> texts.withNotes(text);
      case DATA -> texts.withData(text);
      case CUSTOM -> texts.withCustomText(text);
      case LINK -> texts.withLink(text);
      case MESSAGE -> texts.withMessage(text);
    };
  }

  private static String lines(final String before, final String line) {
    return before.isEmpty() || line.isEmpty() ? line : before + LINE_END + line;
  }

  /** Changes what newcomers of a role start with; those who are in stay as they are. */
  String updateSetting(final UpdateCallSetting command, final CallState call) {
    call.call(
        call.call()
            .withSettings(
                RoleFlag.with(
                    call.call().settings(), command.role(), command.setting(), command.on())));
    turn.raiseUpdate(call);
    return ALL_FINE;
  }

  /** Why nobody may be called from this call, empty when he may. */
  String checkPlace(final PlaceCall command, final CallState call) {
    return placed.check(command, call);
  }

  /** Begins to call somebody. */
  String place(final PlaceCall command, final CallState call) {
    return placed.place(command, call);
  }
}
