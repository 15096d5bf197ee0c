package dev.conductor.reference;

import dev.conductor.command.BreakoutChange;
import dev.conductor.command.Command.NewBreakout;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Place;
import dev.conductor.model.Times;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** What createBreakout and updateBreakout do: all or nothing. */
final class BreakoutRules {
  private final ModelConference model;
  private final ModelCall call;

  BreakoutRules(final ModelConference model) {
    this.model = model;
    this.call = model.call;
  }

  Outcome.Answer create(final List<NewBreakout> groups) {
    final Outcome.Answer refusal = refusal(groups);
    if (refusal != null) {
      return refusal;
    }
    final Set<String> left = new LinkedHashSet<>();
    final List<ModelCaller> movers = new ArrayList<>();
    final List<ModelBreakout> made = new ArrayList<>();
    if (groups.stream().filter(group -> call.breakouts.remove(group.uid()) != null).count() > 0) {
      call.raiseCallUpdate();
    }
    for (final NewBreakout group : groups) {
      call.breakoutsMade++;
      final String uid = group.uid().isEmpty() ? model.names.breakout() : group.uid();
      final String name = group.name().isEmpty() ? "Breakout " + call.breakoutsMade : group.name();
      made.add(new ModelBreakout(uid, name, group.isPrivate()));
    }
    for (final ModelBreakout group : made) {
      call.breakouts.put(group.uid, group);
      call.raise(EventSource.CALL, EventName.NEWBREAKOUT, group.uid);
    }
    for (int i = 0; i < made.size(); i++) {
      for (final String uid : groups.get(i).callers()) {
        final ModelCaller caller = call.callers.get(uid);
        if (caller.active) {
          if (caller.place == Place.BREAKOUT) {
            left.add(caller.breakout);
          }
          call.seat(caller, made.get(i).uid, model.nowMs);
          movers.add(caller);
        }
      }
    }
    movers.forEach(caller -> call.raise(EventName.BREAKOUT, caller));
    left.forEach(call::raiseBreakoutUpdate);
    made.forEach(group -> call.raise(EventSource.CONFERENCE, EventName.NEWBREAKOUT, group.uid));
    return Outcome.Answer.TRUE;
  }

  /** Why nothing is done; null when it is. */
  private Outcome.Answer refusal(final List<NewBreakout> groups) {
    final Set<String> uids = new HashSet<>();
    final Set<String> callers = new HashSet<>();
    for (final NewBreakout group : groups) {
      final ModelBreakout there = call.breakouts.get(group.uid());
      final boolean taken = there != null && !there.callers.isEmpty();
      if (taken || !group.uid().isEmpty() && !uids.add(group.uid())) {
        return Outcome.Answer.no(group.parameter("breakoutUID"), group.uid());
      }
      for (final String uid : group.callers()) {
        if (!call.callers.containsKey(uid) || !callers.add(uid)) {
          return Outcome.Answer.no(group.parameter("callers"), uid);
        }
      }
    }
    return null;
  }

  Outcome.Answer update(final String uid, final BreakoutChange change) {
    final ModelBreakout group = call.breakouts.get(uid);
    if (group == null) {
      return Outcome.Answer.no("UID", uid);
    }
    if (change instanceof BreakoutChange.ToggleCallers toggle) {
      return move(group, toggle.uids(), true, true);
    } else if (change instanceof BreakoutChange.AddCallers add) {
      return move(group, add.uids(), true, false);
    } else if (change instanceof BreakoutChange.RemoveCallers remove) {
      return move(group, remove.uids(), false, true);
    } else if (change instanceof BreakoutChange.Name name) {
      group.name = name.text();
    } else if (change instanceof BreakoutChange.Data data) {
      group.data = data.text();
    } else if (change instanceof BreakoutChange.Private sealed) {
      group.sealed = sealed.on();
    } else if (change instanceof BreakoutChange.Attention attention) {
      if (attention.on() && !group.ownAttention) {
        group.ownAttentionMs = model.nowMs;
      } else if (!attention.on()) {
        group.ownAttentionMs = Times.NONE;
      }
      group.ownAttention = attention.on();
    }
    call.raiseBreakoutUpdate(uid);
    return Outcome.Answer.TRUE;
  }

  /** Those in it go out where that is wanted, the others come in where that is. */
  private Outcome.Answer move(
      final ModelBreakout group, final List<String> uids, final boolean in, final boolean out) {
    for (final String uid : uids) {
      final ModelCaller caller = call.callers.get(uid);
      if (caller == null || !caller.active) {
        return Outcome.Answer.no("value", uid);
      }
    }
    final Set<String> groups = new LinkedHashSet<>();
    for (final String uid : uids) {
      final ModelCaller caller = call.callers.get(uid);
      final boolean isIn = caller.sitsIn(group.uid);
      if (isIn ? out : in) {
        if (caller.place == Place.BREAKOUT) {
          groups.add(caller.breakout);
        }
        groups.add(group.uid);
        call.seat(caller, isIn ? "" : group.uid, model.nowMs);
      }
      call.raise(EventName.BREAKOUT, caller);
    }
    groups.add(group.uid);
    groups.forEach(call::raiseBreakoutUpdate);
    return Outcome.Answer.TRUE;
  }
}
