package dev.conductor.focus;

import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceTag;
import java.util.ArrayList;
import java.util.List;

/** Finds, makes and changes the tags of a call. The conductor only. */
final class CallTags {
  private final Turn turn;

  CallTags(final Turn turn) {
    this.turn = turn;
  }

  /** The tag of this number, or null. */
  static CallTag find(final CallState call, final long id) {
    return call.call().tags().stream().filter(tag -> tag.id() == id).findFirst().orElse(null);
  }

  /** The conference's tag as one of the call, made where it is needed first. */
  CallTag of(final CallState call, final ConferenceTag from) {
    return call.call().tags().stream()
        .filter(tag -> tag.conferenceTagId() == from.id())
        .findFirst()
        .orElseGet(() -> make(call, from.value(), from.id()));
  }

  /** A new tag, with its event. */
  CallTag make(final CallState call, final String value, final long conferenceTagId) {
    final CallTag made = new CallTag(call.nextTagId(), value, conferenceTagId);
    final List<CallTag> tags = new ArrayList<>(call.call().tags());
    tags.add(made);
    put(call, tags, made);
    return made;
  }

  /**
   * Puts a changed tag in place of what it was, in the call and wherever it is related; its one
   * event stands for all of them.
   */
  void replace(final CallState call, final CallTag changed) {
    for (final Caller caller : call.callers()) {
      final List<CallTag> tags = caller.texts().tags();
      if (tags.stream().anyMatch(tag -> tag.id() == changed.id())) {
        call.put(caller.withTexts(caller.texts().withTags(replaced(tags, changed))));
      }
    }
    put(call, replaced(call.call().tags(), changed), changed);
  }

  /** TAG UPDATE. */
  void tell(final CallState call, final CallTag tag) {
    turn.raise(call, EventSource.TAG, EventName.UPDATE, tag);
  }

  private void put(final CallState call, final List<CallTag> tags, final CallTag changed) {
    call.call(call.call().withTags(tags));
    turn.save(call);
    tell(call, changed);
  }

  private static List<CallTag> replaced(final List<CallTag> tags, final CallTag changed) {
    return tags.stream().map(tag -> tag.id() == changed.id() ? changed : tag).toList();
  }
}
