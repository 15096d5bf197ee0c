package dev.conductor.reference;

import dev.conductor.command.Command;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.CallTag;
import dev.conductor.model.ConferenceTag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/** What createCallTag, updateCallTag and updateCallerTag do, and which tags a newcomer brings. */
final class TagRules {
  private final ModelConference model;
  private final ModelCall call;

  TagRules(final ModelConference model) {
    this.model = model;
    this.call = model.call;
  }

  Outcome.Answer ask(final Command command) {
    if (command instanceof Command.CreateCallTag it) {
      return create(it);
    } else if (command instanceof Command.UpdateCallTag it) {
      return update(it);
    } else if (command instanceof Command.UpdateCallerTag it) {
      return relate(it);
    }
    throw new IllegalArgumentException("the model has no rule for " + command);
  }

  void takePersonTags(final ModelCaller caller) {
    for (final ConferenceTag tag : caller.person.tags()) {
      CallTag there = find(one -> one.conferenceTagId() == tag.id()).orElse(null);
      if (there == null) {
        there = make(tag.value(), tag.id());
        raise(there);
      }
      caller.tagIds.add(there.id());
    }
  }

  private Outcome.Answer create(final Command.CreateCallTag it) {
    Optional<CallTag> there;
    String value = it.value();
    if (it.conferenceTagId() == 0) {
      there = find(one -> one.conferenceTagId() == 0 && one.value().equals(it.value()));
    } else {
      final Optional<ConferenceTag> known =
          model.conference.tags().stream()
              .filter(tag -> tag.id() == it.conferenceTagId())
              .findFirst();
      if (known.isEmpty()) {
        return Outcome.Answer.no("conferenceTagID");
      }
      value = known.get().value();
      there = find(one -> one.conferenceTagId() == it.conferenceTagId());
    }
    raise(there.isPresent() ? there.get() : make(value, it.conferenceTagId()));
    return Outcome.Answer.TRUE;
  }

  private Outcome.Answer update(final Command.UpdateCallTag it) {
    final Optional<CallTag> there = find(one -> one.id() == it.tagId());
    if (there.isEmpty()) {
      return Outcome.Answer.no("callTagID");
    }
    final CallTag changed = there.get().withValue(it.value());
    call.tags.replaceAll(one -> one.id() == it.tagId() ? changed : one);
    raise(changed);
    return Outcome.Answer.TRUE;
  }

  private Outcome.Answer relate(final Command.UpdateCallerTag it) {
    if (find(one -> one.id() == it.tagId()).isEmpty()) {
      return Outcome.Answer.no("callTagID");
    }
    final List<String> wrong = new ArrayList<>();
    for (final String uid : it.uids()) {
      final ModelCaller caller = call.callers.get(uid);
      if (caller == null) {
        wrong.add(uid);
        continue;
      }
      if (!it.adds()) {
        caller.tagIds.remove(it.tagId());
      } else if (!caller.tagIds.contains(it.tagId())) {
        caller.tagIds.add(it.tagId());
      }
      call.raise(EventName.UPDATE, caller);
    }
    return wrong.isEmpty() ? Outcome.Answer.TRUE : new Outcome.Answer("callerUID", wrong);
  }

  private CallTag make(final String value, final long conferenceTagId) {
    final CallTag tag = new CallTag(call.tags.size() + 1L, value, conferenceTagId);
    call.tags.add(tag);
    return tag;
  }

  private void raise(final CallTag tag) {
    call.raise(EventSource.TAG, EventName.UPDATE, Long.toString(tag.id()));
  }

  private Optional<CallTag> find(final Predicate<CallTag> which) {
    return call.tags.stream().filter(which).findFirst();
  }
}
