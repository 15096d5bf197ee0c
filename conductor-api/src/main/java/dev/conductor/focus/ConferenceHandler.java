package dev.conductor.focus;

import dev.conductor.command.Command.UpdateConferenceSetting;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Conference;
import dev.conductor.model.RoleFlag;
import dev.conductor.store.Change;

/** The function that changes a conference, with a call up or without. The conductor only. */
final class ConferenceHandler {
  private static final String ALL_FINE = "";

  private final Turn turn;

  ConferenceHandler(final Turn turn) {
    this.turn = turn;
  }

  /** Changes what newcomers of a role start with in calls to come; a call that is up stays. */
  String updateSetting(final UpdateConferenceSetting command, final ConferenceState conference) {
    final Conference.Defaults defaults = conference.conference().defaults();
    change(
        conference,
        conference
            .conference()
            .withDefaults(
                defaults.withSettings(
                    RoleFlag.with(
                        defaults.settings(), command.role(), command.setting(), command.on()))));
    return ALL_FINE;
  }

  /** Puts a changed conference in place of what it was: saved, and told in its call. */
  void change(final ConferenceState conference, final Conference changed) {
    conference.put(changed);
    turn.save(conference, new Change.ConferenceSaved(changed));
    if (conference.activeCall() != null) {
      turn.raise(conference.activeCall(), EventSource.CONFERENCE, EventName.UPDATE, changed);
    }
  }
}
