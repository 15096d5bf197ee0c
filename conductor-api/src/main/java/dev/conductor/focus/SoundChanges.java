package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.model.Caller;
import dev.conductor.model.Caller.Sound;

/** Changes how a caller is heard and hears. The conductor only. */
final class SoundChanges {
  static final String BY_HOST = "HOST";
  static final String BY_HIMSELF = "SELF";

  private final Turn turn;
  private final Talk talk;

  SoundChanges(final Turn turn, final Talk talk) {
    this.turn = turn;
    this.talk = talk;
  }

  void mike(final CallState call, final Caller caller, final boolean on) {
    change(call, caller, caller.sound().withMic(on), EventName.MIKE);
  }

  /** Mutes or unmutes; {@code by} is {@link #BY_HOST} or {@link #BY_HIMSELF}. */
  void mute(final CallState call, final Caller caller, final boolean on, final String by) {
    change(call, caller, caller.sound().withMute(on, by), EventName.MUTE);
  }

  void deaf(final CallState call, final Caller caller, final boolean on) {
    change(call, caller, caller.sound().withDeaf(on), EventName.DEAF);
  }

  /** The phone put us on hold, or took us back: he stops talking first. */
  void hold(final CallState call, final Caller caller, final boolean on) {
    final Caller silent = on ? talk.stop(call, caller) : caller;
    change(call, silent, silent.sound().withHold(on), EventName.UPDATE);
  }

  void volumeIn(final CallState call, final Caller caller, final int steps) {
    final Sound sound = caller.sound();
    change(
        call, caller, sound.withLevels(steps, sound.volumeOut(), sound.energy()), EventName.UPDATE);
  }

  void volumeOut(final CallState call, final Caller caller, final int steps) {
    final Sound sound = caller.sound();
    change(
        call, caller, sound.withLevels(sound.volumeIn(), steps, sound.energy()), EventName.UPDATE);
  }

  void energy(final CallState call, final Caller caller, final int threshold) {
    final Sound sound = caller.sound();
    change(
        call,
        caller,
        sound.withLevels(sound.volumeIn(), sound.volumeOut(), threshold),
        EventName.UPDATE);
  }

  private void change(
      final CallState call, final Caller caller, final Sound sound, final EventName name) {
    final Caller changed = Talk.silentIfUnheard(call, caller.withSound(sound));
    call.put(changed);
    turn.reroute(call);
    turn.raise(call, name, changed);
    talk.stopUnheard(call, caller.talking(), changed);
  }
}
