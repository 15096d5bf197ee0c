package dev.conductor.reference;

import dev.conductor.command.Command;
import dev.conductor.event.EventName;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.Times;
import java.util.Comparator;
import java.util.Optional;

/** What nextHand does: the floor goes to the hand that is up longest in the main room. */
final class FloorRules {
  private final ModelCall call;

  FloorRules(final ModelConference model) {
    this.call = model.call;
  }

  Outcome.Answer nextHand(final Command.NextHand it) {
    final Optional<ModelCaller> next =
        call.activeCallers().stream()
            .filter(caller -> caller.place == Place.MAIN)
            .filter(caller -> caller.attention > 0)
            .filter(caller -> isAskedFor(caller, it))
            .min(Comparator.comparingLong(caller -> caller.attentionMs));
    if (next.isEmpty()) {
      return Outcome.Answer.no(it.uid().isEmpty() ? "attention" : "UID");
    }
    final ModelCaller caller = next.get();
    final ModelCaller last = call.callers.get(call.floorUid);
    if (!it.keep()
        && last != null
        && last != caller
        && last.active
        && last.mic
        && last.role != Role.OPERATOR) {
      last.mic = false;
      call.raise(EventName.MIKE, last);
    }
    if (caller.mute) {
      caller.mute = false;
      caller.mutedBy = "";
      call.raise(EventName.MUTE, caller);
    }
    caller.mic = true;
    call.raise(EventName.MIKE, caller);
    caller.attention = 0;
    caller.attentionMs = Times.NONE;
    call.raise(EventName.ATTENTION, caller);
    call.floorUid = caller.uid;
    call.floorAwayUid = "";
    call.raiseCallUpdate();
    return Outcome.Answer.TRUE;
  }

  /** One out of turn is named; else a level may be. */
  private static boolean isAskedFor(final ModelCaller caller, final Command.NextHand it) {
    return it.uid().isEmpty()
        ? it.attention() == 0 || caller.attention == it.attention()
        : caller.uid.equals(it.uid());
  }
}
