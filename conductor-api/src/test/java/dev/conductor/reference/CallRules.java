package dev.conductor.reference;

import dev.conductor.command.CallChange;
import dev.conductor.command.Command;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Call;
import dev.conductor.model.Custom;
import dev.conductor.model.Person;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import java.util.List;
import java.util.SortedMap;

/** What updateCall, the settings and updateCustomValue do. */
final class CallRules {
  private final ModelConference model;
  private final ModelCall call;

  CallRules(final ModelConference model) {
    this.model = model;
    this.call = model.call;
  }

  Outcome.Answer ask(final Command command) {
    if (command instanceof Command.UpdateCall it) {
      return update(it.change());
    } else if (command instanceof Command.UpdateCallSetting it) {
      if (it.role() == Role.OPERATOR) {
        return Outcome.Answer.no("role");
      }
      call.settings = RoleFlag.with(call.settings, it.role(), it.setting(), it.on());
      call.raiseCallUpdate();
      return Outcome.Answer.TRUE;
    } else if (command instanceof Command.UpdateConferenceSetting it) {
      return conferenceSetting(it);
    } else if (command instanceof Command.UpdateCustomValue it) {
      return customValue(it);
    }
    return new TagRules(model).ask(command);
  }

  private Outcome.Answer conferenceSetting(final Command.UpdateConferenceSetting it) {
    if (it.role() == Role.OPERATOR) {
      return Outcome.Answer.no("role");
    }
    model.conference =
        model.conference.withDefaults(
            model
                .conference
                .defaults()
                .withSettings(
                    RoleFlag.with(
                        model.conference.defaults().settings(), it.role(), it.setting(), it.on())));
    tell(EventSource.CONFERENCE, model.conference.uid());
    return Outcome.Answer.TRUE;
  }

  /** To the log of the call that is up, if one is. */
  private void tell(final EventSource source, final String target) {
    if (model.isUp()) {
      call.raise(source, EventName.UPDATE, target);
    }
  }

  private Outcome.Answer update(final CallChange change) {
    if (change instanceof CallChange.Flag flag) {
      return flag(flag);
    } else if (change instanceof CallChange.Note note) {
      call.texts = call.texts.withNotes(call.texts.notes() + note.text());
    } else if (change instanceof CallChange.Feedback feedback) {
      final String before = call.texts.feedback();
      final String more = before.isEmpty() ? feedback.line() : before + "\n" + feedback.line();
      call.texts = call.texts.withFeedback(feedback.line().isEmpty() ? "" : more);
    } else if (change instanceof CallChange.Text text) {
      call.texts = with(call.texts, text);
    }
    call.raiseCallUpdate();
    return Outcome.Answer.TRUE;
  }

  private static Call.Texts with(final Call.Texts texts, final CallChange.Text change) {
    final String text = change.text();
    return switch (change.field()) {
      case NAME -> texts.withName(text);
      case NOTES -> texts.withNotes(text);
      case DATA -> texts.withData(text);
      case CUSTOM -> texts.withCustomText(text);
      case LINK -> texts.withLink(text);
      case MESSAGE -> texts.withMessage(text);
    };
  }

  private Outcome.Answer flag(final CallChange.Flag flag) {
    final boolean on = flag.on();
    final Call.Flags flags = call.flags;
    final boolean wasGreen = flags.greenroom();
    call.flags =
        switch (flag.field()) {
          case TALKING -> flags.withTalking(on);
          case GREENROOM -> flags.withGreenroom(on);
          case ENTRYWAY -> flags.withEntryway(on);
          case BACKGROUND_MUSIC -> flags.withBackgroundMusic(on);
          case ENABLE_FEEDBACK -> flags.withEnableFeedback(on);
          case ENABLE_BROADCAST -> flags.withEnableBroadcast(on);
          case LOCK_MUTE -> flags.withLockMute(on);
          case LOCKED -> flags.withLocked(on);
        };
    if (flag.field() == CallChange.FlagField.TALKING && !on) {
      call.activeCallers().forEach(call::hush);
    }
    call.raiseCallUpdate();
    final boolean switched = wasGreen != call.flags.greenroom();
    if (switched && on) {
      moveParticipants(Place.MAIN, Place.ENTRYWAY);
    } else if (switched || !call.waitsAtEntry(Role.PARTICIPANT)) {
      moveParticipants(Place.ENTRYWAY, Place.MAIN);
    }
    return Outcome.Answer.TRUE;
  }

  private void moveParticipants(final Place from, final Place to) {
    final List<ModelCaller> movers =
        call.activeCallers().stream()
            .filter(caller -> caller.place == from && !caller.role.isHost())
            .toList();
    movers.forEach(caller -> call.place(caller, to));
    call.callers.values().stream()
        .filter(caller -> caller.seatIsFree && caller.seatPlace == from && !caller.role.isHost())
        .forEach(caller -> caller.seatPlace = to);
    movers.forEach(caller -> call.raise(EventName.UPDATE, caller));
  }

  private Outcome.Answer customValue(final Command.UpdateCustomValue it) {
    final Outcome.Answer unknown = Outcome.Answer.no("objectUID", it.objectUid());
    switch (it.owner()) {
      case CONFERENCE -> {
        final SortedMap<String, String> pairs = model.conference.texts().custom();
        model.conference =
            model.conference.withTexts(
                model.conference.texts().withCustom(Custom.with(pairs, it.key(), it.value())));
        tell(EventSource.CONFERENCE, model.conference.uid());
      }
      case CALL -> {
        if (!model.isUp() || !it.objectUid().equals(call.uid)) {
          return unknown;
        }
        call.texts = call.texts.withCustom(Custom.with(call.texts.custom(), it.key(), it.value()));
        call.raiseCallUpdate();
      }
      case PERSON -> {
        if (!personPair(it)) {
          return unknown;
        }
        tell(EventSource.PERSON, it.objectUid());
      }
      default -> {
        final ModelCaller caller = model.isUp() ? call.callers.get(it.objectUid()) : null;
        if (caller == null) {
          return unknown;
        }
        if (it.value().isEmpty()) {
          caller.custom.remove(it.key());
        } else {
          caller.custom.put(it.key(), it.value());
        }
        call.raise(EventName.UPDATE, caller);
      }
    }
    return Outcome.Answer.TRUE;
  }

  private boolean personPair(final Command.UpdateCustomValue it) {
    for (int i = 0; i < model.persons.size(); i++) {
      final Person person = model.persons.get(i);
      if (person.uid().equals(it.objectUid())) {
        model.persons.set(i, person.withCustom(Custom.with(person.custom(), it.key(), it.value())));
        return true;
      }
    }
    return false;
  }
}
