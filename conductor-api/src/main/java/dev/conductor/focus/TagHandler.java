package dev.conductor.focus;

import dev.conductor.command.Command.CreateCallTag;
import dev.conductor.command.Command.UpdateCallTag;
import dev.conductor.command.Command.UpdateCallerTag;
import dev.conductor.event.EventName;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The functions that make, change and relate the tags of a call. The conductor only. */
final class TagHandler {
  static final int MAX_TAGS = 1_000;
  private static final String ALL_FINE = "";
  private static final long NO_TAG = 0;

  private final Turn turn;
  private final CallTags tags;

  TagHandler(final Turn turn) {
    this.turn = turn;
    this.tags = new CallTags(turn);
  }

  /** Why the tag cannot be made, empty when it can or is there. */
  String checkCreate(final CreateCallTag command, final CallState call) {
    final long from = command.conferenceTagId();
    if (from != NO_TAG && conferenceTag(call, from).isEmpty()) {
      return "conferenceTagID: no tag " + from + " in this conference";
    }
    if (call.call().tags().size() < MAX_TAGS || there(command, call).isPresent()) {
      return ALL_FINE;
    }
    final String parameter = from == NO_TAG ? "value" : "conferenceTagID";
    return parameter + ": a call has no room for more than " + MAX_TAGS + " tags";
  }

  /** Makes the tag; of one that is there already it tells again. */
  String create(final CreateCallTag command, final CallState call) {
    final Optional<CallTag> there = there(command, call);
    if (there.isPresent()) {
      tags.tell(call, there.get());
    } else if (command.conferenceTagId() == NO_TAG) {
      tags.make(call, command.value(), NO_TAG);
    } else {
      tags.of(call, conferenceTag(call, command.conferenceTagId()).orElseThrow());
    }
    return ALL_FINE;
  }

  private static Optional<ConferenceTag> conferenceTag(final CallState call, final long id) {
    return call.conference().conference().tags().stream().filter(tag -> tag.id() == id).findFirst();
  }

  /** A tag of the call's own is the same when its text is, one of the conference's by number. */
  private static Optional<CallTag> there(final CreateCallTag command, final CallState call) {
    final long from = command.conferenceTagId();
    return call.call().tags().stream()
        .filter(tag -> tag.conferenceTagId() == from)
        .filter(tag -> from != NO_TAG || tag.value().equals(command.value()))
        .findFirst();
  }

  /** Why the tag cannot be changed, empty when it can. */
  String checkUpdate(final UpdateCallTag command, final CallState call) {
    return check(call, command.tagId());
  }

  /** Changes the text of a tag. */
  String update(final UpdateCallTag command, final CallState call) {
    tags.replace(call, CallTags.find(call, command.tagId()).withValue(command.value()));
    return ALL_FINE;
  }

  /** Why the tag cannot be related to anybody, empty when it can. */
  String checkRelate(final UpdateCallerTag command, final CallState call) {
    return check(call, command.tagId());
  }

  private static String check(final CallState call, final long tagId) {
    return CallTags.find(call, tagId) == null
        ? "callTagID: no tag " + tagId + " in this call"
        : ALL_FINE;
  }

  /** Relates a tag to each caller named, gone or not, or ends that. */
  String relate(final UpdateCallerTag command, final CallState call) {
    final Failures failures = new Failures("callerUID");
    final CallTag tag = CallTags.find(call, command.tagId());
    for (final String uid : command.uids()) {
      final Caller caller = call.caller(uid);
      if (caller == null) {
        failures.add("no caller " + uid + " in this call");
      } else {
        relate(call, caller, tag, command.adds());
      }
    }
    return failures.message();
  }

  private void relate(
      final CallState call, final Caller caller, final CallTag tag, final boolean adds) {
    final List<CallTag> related = new ArrayList<>(caller.texts().tags());
    if (!adds) {
      related.remove(tag);
    } else if (!related.contains(tag)) {
      related.add(tag);
    }
    final Caller changed = caller.withTexts(caller.texts().withTags(related));
    call.put(changed);
    turn.raise(call, EventName.UPDATE, changed);
  }
}
