package dev.conductor.reference;

import dev.conductor.command.CallerChange;
import dev.conductor.event.EventName;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What updateCaller, updateActiveCaller, dropCaller and the keys do. */
final class CallerRules {
  private final ModelConference model;
  private final ModelCall call;

  CallerRules(final ModelConference model) {
    this.model = model;
    this.call = model.call;
  }

  /** Tried to the end: those who worked stay changed. */
  Outcome.Answer update(final List<String> uids, final CallerChange change) {
    final List<String> wrong = new ArrayList<>();
    final List<ModelCaller> right = new ArrayList<>();
    for (final String uid : uids) {
      final ModelCaller caller = call.callers.get(uid);
      if (caller != null && (caller.active || lasts(change)) && !silencesOperator(caller, change)) {
        right.add(caller);
      } else {
        wrong.add(uid);
      }
    }
    if (change instanceof CallerChange.ToBreakout to) {
      if (!to.breakoutUid().isEmpty() && !call.breakouts.containsKey(to.breakoutUid())) {
        return Outcome.Answer.no("value", to.breakoutUid());
      }
      move(right, to.breakoutUid());
    } else {
      right.forEach(caller -> change(caller, change));
    }
    return wrong.isEmpty() ? Outcome.Answer.TRUE : new Outcome.Answer("UID", wrong);
  }

  Outcome.Answer updateActive(final Optional<Role> role, final CallerChange change) {
    return update(
        call.activeCallers().stream()
            .filter(caller -> role.isEmpty() || caller.role == role.get())
            .map(caller -> caller.uid)
            .toList(),
        change);
  }

  Outcome.Answer drop(final List<String> uids, final boolean ban) {
    for (final String uid : uids) {
      final ModelCaller caller = call.callers.get(uid);
      if (ban && caller != null && caller.active) {
        call.banned.add(caller.person.pin() + " " + caller.ani);
      }
    }
    return update(uids, new CallerChange.Drop());
  }

  /** CALLER BREAKOUT for each, then BREAKOUT UPDATE once for each group left or entered. */
  void move(final List<ModelCaller> movers, final String breakoutUid) {
    final Set<String> groups = new LinkedHashSet<>();
    for (final ModelCaller caller : movers) {
      if (!caller.breakout.equals(breakoutUid)) {
        groups.add(caller.breakout);
        groups.add(breakoutUid);
      }
      call.seat(caller, breakoutUid, model.nowMs);
      call.raise(EventName.BREAKOUT, caller);
    }
    groups.remove("");
    groups.forEach(call::raiseBreakoutUpdate);
  }

  /** An OPERATOR always has the microphone. */
  private static boolean silencesOperator(final ModelCaller caller, final CallerChange change) {
    return caller.role == Role.OPERATOR && change instanceof CallerChange.Mike mike && !mike.on();
  }

  /** What may still be written about one who has left. */
  private static boolean lasts(final CallerChange change) {
    return change instanceof CallerChange.Tag
        || change instanceof CallerChange.Data
        || change instanceof CallerChange.Notes
        || change instanceof CallerChange.Note
        || change instanceof CallerChange.Custom1
        || change instanceof CallerChange.Custom2;
  }

  private void change(final ModelCaller caller, final CallerChange change) {
    if (change instanceof CallerChange.Mike mike) {
      caller.mic = mike.on();
      call.raise(EventName.MIKE, caller);
    } else if (change instanceof CallerChange.Mute mute) {
      mute(caller, mute.on(), "HOST");
    } else if (change instanceof CallerChange.Deaf deaf) {
      caller.deaf = deaf.on();
      call.raise(EventName.DEAF, caller);
    } else if (change instanceof CallerChange.Attention hand) {
      raiseHand(caller, hand.level());
    } else if (change instanceof CallerChange.ToRole to) {
      role(caller, to.role());
    } else if (change instanceof CallerChange.Drop) {
      model.leave(caller, "DROPPED");
    } else {
      write(caller, change);
      call.raise(EventName.UPDATE, caller);
    }
  }

  private static void write(final ModelCaller caller, final CallerChange change) {
    if (change instanceof CallerChange.Tag tag) {
      caller.tag = tag.text().isEmpty() ? caller.ani : tag.text();
    } else if (change instanceof CallerChange.Data data) {
      caller.data = data.text();
    } else if (change instanceof CallerChange.Notes notes) {
      caller.notes = notes.text();
    } else if (change instanceof CallerChange.Note note) {
      caller.notes += note.text();
    } else if (change instanceof CallerChange.Custom1 custom) {
      caller.custom1 = custom.text();
    } else if (change instanceof CallerChange.Custom2 custom) {
      caller.custom2 = custom.text();
    } else if (change instanceof CallerChange.VolumeIn volume) {
      caller.volumeIn = volume.steps();
    } else if (change instanceof CallerChange.VolumeOut volume) {
      caller.volumeOut = volume.steps();
    } else if (change instanceof CallerChange.Energy energy) {
      caller.energy = energy.threshold();
    } else {
      throw new IllegalArgumentException("the model has no rule for " + change);
    }
  }

  void mute(final ModelCaller caller, final boolean on, final String whose) {
    caller.mute = on;
    caller.mutedBy = on ? whose : "";
    call.raise(EventName.MUTE, caller);
    if (on) {
      call.hush(caller);
    }
  }

  void raiseHand(final ModelCaller caller, final int level) {
    if (level == 0) {
      caller.attentionMs = Times.NONE;
    } else if (caller.attention == 0) {
      caller.attentionMs = model.nowMs;
    }
    caller.attention = level;
    call.raise(EventName.ATTENTION, caller);
    call.raiseHisBreakout(caller);
  }

  private void role(final ModelCaller caller, final Role role) {
    final ModelBreakout group =
        caller.place == Place.BREAKOUT ? call.breakouts.get(caller.breakout) : null;
    final boolean helped = group != null && group.assisted();
    final boolean wasHost = caller.role.isHost();
    caller.role = role;
    caller.mic |= role == Role.OPERATOR; // "always mic on"
    if (role.isHost() && caller.place == Place.ENTRYWAY) {
      call.place(caller, Place.MAIN);
    } else if (wasHost && !role.isHost() && caller.place == Place.MAIN && call.flags.greenroom()) {
      call.place(caller, Place.ENTRYWAY);
    }
    call.raise(EventName.UPDATE, caller);
    if (group != null) {
      group.noteHelp(helped, model.nowMs);
      if (group.assisted() != helped) {
        call.raiseBreakoutUpdate(group.uid);
      }
    }
  }
}
