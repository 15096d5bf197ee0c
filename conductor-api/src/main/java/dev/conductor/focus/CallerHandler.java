package dev.conductor.focus;

import dev.conductor.command.CallerChange;
import dev.conductor.command.Command.DropCaller;
import dev.conductor.command.Command.UpdateActiveCaller;
import dev.conductor.command.Command.UpdateCaller;
import dev.conductor.model.Caller;
import dev.conductor.model.Role;
import java.util.ArrayList;
import java.util.List;

/**
 * The functions that change callers: updateCaller, updateActiveCaller, dropCaller. Each tries every
 * caller; those that could not be changed are named in the answer, the others stay changed. The
 * conductor only.
 */
final class CallerHandler {
  private static final String ALL_FINE = "";
  private static final int MAX_VOLUME_STEPS = 4;
  private static final int MAX_ENERGY = 1_800;
  private static final int MAX_ATTENTION = 5;
  private static final String MAIN_ROOM_WORD = "main";

  private final SoundChanges sound;
  private final HandChanges hands;
  private final Moves moves;
  private final RoleChanges roles;
  private final TextChanges texts;
  private final Departures departures;
  private final PlacedCalls placed;

  CallerHandler(final Room room) {
    this.sound = room.sound();
    this.hands = room.hands();
    this.moves = room.moves();
    this.roles = new RoleChanges(room.turn(), room.moves(), room.talk());
    this.texts = new TextChanges(room.turn());
    this.departures = room.departures();
    this.placed = room.placed();
  }

  /** Why nobody at all can be changed so; empty when the value itself is right. */
  String check(final CallState call, final CallerChange change) {
    if (change instanceof CallerChange.VolumeIn volume) {
      return range(volume.steps(), -MAX_VOLUME_STEPS, MAX_VOLUME_STEPS);
    }
    if (change instanceof CallerChange.VolumeOut volume) {
      return range(volume.steps(), -MAX_VOLUME_STEPS, MAX_VOLUME_STEPS);
    }
    if (change instanceof CallerChange.Energy energy) {
      return range(energy.threshold(), 0, MAX_ENERGY);
    }
    if (change instanceof CallerChange.Attention attention) {
      return range(attention.level(), 0, MAX_ATTENTION);
    }
    if (change instanceof CallerChange.ToBreakout to) {
      final String uid = target(call, to);
      return uid.isEmpty() || call.breakout(uid) != null
          ? ALL_FINE
          : "value: no breakout " + uid + " in this call";
    }
    return ALL_FINE;
  }

  private static String range(final int value, final int least, final int most) {
    return value < least || value > most
        ? "value: " + value + " is not in " + least + ".." + most
        : ALL_FINE;
  }

  /** Changes each caller named, in the request's order. */
  String update(final UpdateCaller command, final CallState call) {
    final Failures failures = new Failures("UID");
    change(call, command.uids(), command.change(), failures);
    return failures.message();
  }

  /** Changes everyone on the line, or everyone of a role, in order of entry. */
  String updateActive(final UpdateActiveCaller command, final CallState call) {
    final Failures failures = new Failures("UID");
    final List<String> uids = new ArrayList<>();
    for (final Caller caller : call.activeCallers()) {
      if (command.role().isEmpty() || command.role().get() == caller.role()) {
        uids.add(caller.uid());
      }
    }
    change(call, uids, command.change(), failures);
    return failures.message();
  }

  /** Hangs up on each caller named; one that is only being called is given up. */
  String drop(final DropCaller command, final CallState call) {
    final Failures failures = new Failures("UID");
    final List<String> uids = new ArrayList<>(command.uids());
    uids.removeIf(uid -> placed.cancel(call, uid));
    for (final Caller caller : present(call, uids, failures)) {
      if (command.ban()) {
        call.ban(caller);
      }
      departures.drop(call, caller);
    }
    return failures.message();
  }

  private void change(
      final CallState call,
      final List<String> uids,
      final CallerChange change,
      final Failures failures) {
    if (TextChanges.isText(change)) {
      changeTexts(call, uids, change, failures);
      return;
    }
    final List<Caller> callers = present(call, uids, failures);
    if (change instanceof CallerChange.ToBreakout to) {
      moves.move(call, callers.stream().map(Caller::uid).toList(), target(call, to));
      return;
    }
    for (final Caller caller : callers) {
      if (change instanceof CallerChange.Mike mike
          && !mike.on()
          && caller.role() == Role.OPERATOR) {
        failures.add(caller.uid() + " is OPERATOR, whose mic is always on");
      } else {
        changeOne(call, caller, change);
      }
    }
  }

  private void changeTexts(
      final CallState call,
      final List<String> uids,
      final CallerChange change,
      final Failures failures) {
    for (final String uid : uids) {
      final Caller caller = call.caller(uid);
      final String refusal =
          caller == null ? noSuchCaller(uid) : TextChanges.refusal(caller, change);
      if (refusal.isEmpty()) {
        texts.change(call, caller, change);
      } else {
        failures.add(refusal);
      }
    }
  }

  private void changeOne(final CallState call, final Caller caller, final CallerChange change) {
    if (change instanceof CallerChange.Mike to) {
      sound.mike(call, caller, to.on());
    } else if (change instanceof CallerChange.Mute to) {
      sound.mute(call, caller, to.on(), SoundChanges.BY_HOST);
    } else if (change instanceof CallerChange.Deaf to) {
      sound.deaf(call, caller, to.on());
    } else if (change instanceof CallerChange.VolumeIn to) {
      sound.volumeIn(call, caller, to.steps());
    } else if (change instanceof CallerChange.VolumeOut to) {
      sound.volumeOut(call, caller, to.steps());
    } else if (change instanceof CallerChange.Energy to) {
      sound.energy(call, caller, to.threshold());
    } else if (change instanceof CallerChange.Attention to) {
      hands.raise(call, caller, to.level());
    } else if (change instanceof CallerChange.ToRole to) {
      roles.change(call, caller, to.role());
    } else if (change instanceof CallerChange.Drop) {
      departures.drop(call, caller);
    } else {
      throw new IllegalStateException("no way to change " + change.getClass().getSimpleName());
    }
  }

  /** Those of these who are on the line; the others are named as failures. */
  private static List<Caller> present(
      final CallState call, final List<String> uids, final Failures failures) {
    final List<Caller> present = new ArrayList<>(uids.size());
    for (final String uid : uids) {
      final Caller caller = call.caller(uid);
      if (caller == null) {
        failures.add(noSuchCaller(uid));
      } else if (!caller.active()) {
        failures.add(uid + " has left");
      } else {
        present.add(caller);
      }
    }
    return present;
  }

  private static String noSuchCaller(final String uid) {
    return "no caller " + uid + " in this call";
  }

  private static String target(final CallState call, final CallerChange.ToBreakout to) {
    final String uid = to.breakoutUid();
    return uid.equalsIgnoreCase(MAIN_ROOM_WORD) && call.breakout(uid) == null
        ? Moves.MAIN_ROOM
        : uid;
  }
}
