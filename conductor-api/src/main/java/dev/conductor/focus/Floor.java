package dev.conductor.focus;

import dev.conductor.command.Command.NextHand;
import dev.conductor.config.Prompt;
import dev.conductor.model.Caller;
import dev.conductor.model.Place;
import dev.conductor.model.Role;

/**
 * The function that gives the floor to one hand after the other: nextHand. The floor is a
 * microphone in the main room that is taken back when the next one gets it. The conductor only.
 */
final class Floor {
  private static final String ALL_FINE = "";

  private final Turn turn;
  private final SoundChanges sound;
  private final HandChanges hands;
  private final Announcer announcer;

  Floor(final Room room) {
    this.turn = room.turn();
    this.sound = room.sound();
    this.hands = room.hands();
    this.announcer = room.announcer();
  }

  /** Why nobody gets the floor, empty when somebody does. */
  String check(final NextHand command, final CallState call) {
    if (!command.uid().isEmpty()) {
      return checkOne(call, command.uid());
    }
    if (choose(command, call) != null) {
      return ALL_FINE;
    }
    return command.attention() == 0
        ? "attention: no hand is up in the main room"
        : "attention: no hand of level " + command.attention() + " is up in the main room";
  }

  private static String checkOne(final CallState call, final String uid) {
    final Caller caller = call.caller(uid);
    if (caller == null) {
      return "UID: no caller " + uid + " in this call";
    }
    if (!caller.active()) {
      return "UID: " + uid + " has left";
    }
    if (caller.seat().place() != Place.MAIN) {
      return "UID: " + uid + " is not in the main room";
    }
    return caller.hand().attention() == 0 ? "UID: the hand of " + uid + " is not up" : ALL_FINE;
  }

  /** The hand that is up longest; of two at one time the one who came in first. Null for none. */
  private static Caller choose(final NextHand command, final CallState call) {
    if (!command.uid().isEmpty()) {
      return call.caller(command.uid());
    }
    Caller oldest = null;
    for (final Caller caller : call.activeCallers()) {
      final int level = caller.hand().attention();
      final boolean counts =
          caller.seat().place() == Place.MAIN
              && level > 0
              && (command.attention() == 0 || command.attention() == level);
      if (counts && (oldest == null || caller.hand().sinceMs() < oldest.hand().sinceMs())) {
        oldest = caller;
      }
    }
    return oldest;
  }

  /**
   * Takes the microphone of the one who had the floor, gives it to the next, clears his mute and
   * lowers his hand.
   */
  String next(final NextHand command, final CallState call) {
    final String uid = choose(command, call).uid();
    if (!command.keep()) {
      takeBack(call, uid);
    }
    if (call.caller(uid).sound().mute()) {
      sound.mute(call, call.caller(uid), false, SoundChanges.BY_HOST);
    }
    sound.mike(call, call.caller(uid), true);
    hands.raise(call, call.caller(uid), 0);
    call.giveFloor(uid);
    turn.raiseUpdate(call);
    announcer.onChange(call.line(uid), Prompt.YOU_MAY_SPEAK);
    return ALL_FINE;
  }

  private void takeBack(final CallState call, final String nextUid) {
    final Caller last = call.caller(call.call().floorUid());
    if (last != null
        && last.active()
        && last.sound().mic()
        && last.role() != Role.OPERATOR
        && !last.uid().equals(nextUid)) {
      sound.mike(call, last, false);
      announcer.onChange(call.line(last.uid()), Prompt.YOU_HAVE_NO_MICROPHONE);
    }
  }
}
