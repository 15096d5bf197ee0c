package dev.conductor.focus;

import dev.conductor.command.Command.PlayTone;
import dev.conductor.model.Audio;

/** The function that plays a conference's clips to its call. The conductor only. */
final class AudioHandler {
  private static final String ALL_FINE = "";
  private static final String BUSY = "busy";

  private final Lines lines;

  AudioHandler(final Room room) {
    this.lines = room.lines();
  }

  /** Why the clip cannot be played, empty when it can. */
  String check(final PlayTone command, final CallState call) {
    return command.audioUid().isEmpty() || find(command, call) != null
        ? ALL_FINE
        : "tone: no audio " + command.audioUid() + " in this conference";
  }

  /** Plays it, or stops what plays; answers why it did not, empty when it did. */
  String play(final PlayTone command, final CallState call) {
    final boolean taken =
        command.audioUid().isEmpty() ? lines.stopTone(call) : lines.tone(call, find(command, call));
    return taken ? ALL_FINE : BUSY;
  }

  private static Audio find(final PlayTone command, final CallState call) {
    return call.conference().conference().audio().stream()
        .filter(audio -> audio.uid().equals(command.audioUid()))
        .findFirst()
        .orElse(null);
  }
}
