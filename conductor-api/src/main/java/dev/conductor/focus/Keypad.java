package dev.conductor.focus;

import dev.conductor.command.Origin;
import dev.conductor.config.EntryConfig;
import dev.conductor.config.Prompt;
import dev.conductor.focus.KeypadMenu.Meaning;
import dev.conductor.model.Caller;
import java.util.concurrent.TimeUnit;

/** Does what callers key in the call, and answers each key with a prompt. The conductor only. */
final class Keypad {
  private final long deafKeysNs;
  private final Room room;

  Keypad(final EntryConfig config, final Room room) {
    this.deafKeysNs = TimeUnit.MILLISECONDS.toNanos(config.deafKeysMs());
    this.room = room;
  }

  /** A key of an admitted line; ignored right after he entered. */
  void onDigit(final Line line, final char digit) {
    if (room.turn().nowNs() - line.sinceNs() < deafKeysNs) {
      return;
    }
    final Caller caller = line.call().caller(line.callerUid());
    final Meaning meaning = KeypadMenu.of(digit);
    room.turn().actFor(Origin.By.KEYPAD);
    switch (meaning.act()) {
      case HAND:
        room.hands().raise(line.call(), caller, meaning.level());
        answer(line, meaning.level() == 0 ? Prompt.HAND_LOWERED : Prompt.HAND_RAISED);
        break;
      case TOGGLE_MUTE:
        toggleMute(line, caller);
        break;
      default:
        break;
    }
  }

  private void toggleMute(final Line line, final Caller caller) {
    final boolean mutes = !caller.sound().mute();
    final boolean byHost = SoundChanges.BY_HOST.equals(caller.sound().mutedBy());
    if (!mutes && byHost && line.call().call().flags().lockMute()) {
      answer(line, Prompt.MUTED_BY_HOST);
      return;
    }
    room.sound().mute(line.call(), caller, mutes, SoundChanges.BY_HIMSELF);
    answer(line, mutes ? Prompt.YOU_ARE_MUTED : Prompt.YOU_ARE_UNMUTED);
  }

  private void answer(final Line line, final Prompt prompt) {
    room.lines().prompt(line, prompt);
  }
}
