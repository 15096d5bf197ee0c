package dev.conductor.focus;

import dev.conductor.command.Origin;
import dev.conductor.model.Caller;

/**
 * Who talks. Media tells; what the focus does to a caller ends it at once, so that a late word of
 * media about somebody who cannot be heard any more says nothing. The conductor only.
 */
final class Talk {
  private final Turn turn;

  Talk(final Turn turn) {
    this.turn = turn;
  }

  /** Media says that he began or ended. */
  void onTalking(final CallState call, final Caller caller, final boolean talking) {
    final boolean told =
        talking && call.call().flags().talking() && Hearing.isHeard(caller, call.greenroom());
    if (told != caller.talking()) {
      turn.actFor(Origin.By.PHONE);
      set(call, caller, told);
    }
  }

  /** From now on talking is told: begins with those who talk now. */
  void begin(final CallState call) {
    for (final Caller caller : call.activeCallers()) {
      final boolean heard = Hearing.isHeard(caller, call.greenroom());
      if (heard && call.line(caller.uid()).talking() && !caller.talking()) {
        set(call, caller, true);
      }
    }
  }

  /** From now on talking is not told: ends with all who talk. */
  void end(final CallState call) {
    call.activeCallers().forEach(caller -> stop(call, caller));
  }

  /** He is moved, held or leaves: he stops first. Returns him silent. */
  Caller stop(final CallState call, final Caller caller) {
    return caller.talking() ? set(call, caller, false) : caller;
  }

  /** Tells that he stopped, when he was talking before and cannot be heard now. */
  void stopUnheard(final CallState call, final boolean talkedBefore, final Caller now) {
    if (talkedBefore && !now.talking()) {
      turn.raiseTalking(call, now);
    }
  }

  /** As he is, silent if nobody can hear him any more. */
  static Caller silentIfUnheard(final CallState call, final Caller caller) {
    return Hearing.isHeard(caller, call.greenroom()) ? caller : caller.withTalking(false);
  }

  private Caller set(final CallState call, final Caller caller, final boolean talking) {
    final Caller changed = caller.withTalking(talking);
    call.put(changed);
    turn.raiseTalking(call, changed);
    return changed;
  }
}
