package dev.conductor.focus;

import dev.conductor.command.Command.UpdateCustomValue;
import dev.conductor.event.EventName;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.Custom;
import java.util.SortedMap;

/**
 * The function that sets and removes keys of a conference, its call and callers; those of persons
 * are {@link PersonHandler}'s. The conductor only.
 */
final class CustomValueHandler {
  static final int MAX_KEYS = 100;
  private static final String ALL_FINE = "";

  private final Turn turn;
  private final Calls calls;
  private final ConferenceHandler conferences;

  CustomValueHandler(final Room room, final ConferenceHandler conferences) {
    this.turn = room.turn();
    this.calls = room.calls();
    this.conferences = conferences;
  }

  /** Why the key cannot be changed so, empty when it can. */
  String check(final UpdateCustomValue command, final ConferenceState conference) {
    final String noCall = checkCall(command);
    if (!noCall.isEmpty()) {
      return noCall;
    }
    final SortedMap<String, String> pairs = pairs(command, conference);
    return pairs == null
        ? "objectUID: " + noSuchObject(command)
        : checkRoom(pairs, command.key(), command.value());
  }

  /** Why the call it names or needs is not to be had, empty when it is. */
  String checkCall(final UpdateCustomValue command) {
    final boolean needsCall = command.owner().isOfCall() || !command.callUid().isEmpty();
    return needsCall && call(command) == null ? calls.whyNot(command.callUid()) : ALL_FINE;
  }

  /** Why an object with these pairs takes no further one, empty when it does. */
  static String checkRoom(
      final SortedMap<String, String> pairs, final String key, final String value) {
    final boolean grows = !value.isEmpty() && !pairs.containsKey(key);
    return grows && pairs.size() >= MAX_KEYS
        ? "customKey: an object has no more than " + MAX_KEYS + " keys"
        : ALL_FINE;
  }

  /** What to say of an object that is not there. */
  static String noSuchObject(final UpdateCustomValue command) {
    final String uid = command.objectUid();
    return switch (command.owner()) {
      case CONFERENCE -> uid + " is not this conference";
      case CALL -> uid + " is not this call";
      case PERSON -> "no person " + uid + " in this conference";
      case CALLER -> "no caller " + uid + " in this call";
    };
  }

  /** The pairs of the object, null when there is no such object. */
  private SortedMap<String, String> pairs(
      final UpdateCustomValue command, final ConferenceState conference) {
    final String uid = command.objectUid();
    switch (command.owner()) {
      case CONFERENCE:
        return uid.equals(conference.uid()) ? conference.conference().texts().custom() : null;
      case CALL:
        return uid.equals(command.callUid()) ? call(command).call().texts().custom() : null;
      default:
        final Caller caller = call(command).caller(uid);
        return caller == null ? null : caller.texts().custom();
    }
  }

  private CallState call(final UpdateCustomValue command) {
    return calls.find(command.callUid());
  }

  /** Sets the key, or removes it. */
  String update(final UpdateCustomValue command, final ConferenceState conference) {
    final SortedMap<String, String> pairs =
        Custom.with(pairs(command, conference), command.key(), command.value());
    switch (command.owner()) {
      case CONFERENCE:
        final Conference before = conference.conference();
        conferences.change(conference, before.withTexts(before.texts().withCustom(pairs)));
        break;
      case CALL:
        change(call(command), pairs);
        break;
      default:
        change(call(command), call(command).caller(command.objectUid()), pairs);
        break;
    }
    return ALL_FINE;
  }

  private void change(final CallState call, final SortedMap<String, String> pairs) {
    final Call before = call.call();
    call.call(before.withTexts(before.texts().withCustom(pairs)));
    turn.raiseUpdate(call);
  }

  private void change(
      final CallState call, final Caller caller, final SortedMap<String, String> pairs) {
    final Caller changed = caller.withTexts(caller.texts().withCustom(pairs));
    call.put(changed);
    turn.raise(call, EventName.UPDATE, changed);
  }
}
