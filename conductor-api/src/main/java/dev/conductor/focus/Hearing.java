package dev.conductor.focus;

import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import dev.conductor.model.Role;

/** Who is heard at all, and who hears: the rules that need no look at anybody else. Pure. */
final class Hearing {
  private Hearing() {}

  /** On the line, not muted, not on hold, and not waiting. */
  static boolean isAudible(final Caller caller) {
    return caller.active()
        && !caller.sound().mute()
        && !caller.sound().hold()
        && caller.seat().place() != Place.ENTRYWAY;
  }

  /**
   * Audible, and with the microphone where one is needed: in the main room, but by hosts not while
   * the green room is on. One whom they let in early needs it still.
   */
  static boolean isHeard(final Caller caller, final boolean greenroom) {
    return isAudible(caller)
        && (caller.seat().place() == Place.BREAKOUT
            || greenroom && caller.role().isHost()
            || hasMic(caller));
  }

  /** Whether he hears people of the call: not deaf, not on hold, not waiting. */
  static boolean hears(final Caller caller) {
    return caller.active()
        && !caller.sound().deaf()
        && !caller.sound().hold()
        && caller.seat().place() != Place.ENTRYWAY;
  }

  private static boolean hasMic(final Caller caller) {
    return caller.sound().mic() || caller.role() == Role.OPERATOR;
  }
}
