package dev.conductor.reference;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.EventTarget;
import dev.conductor.model.Person;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A client that knows nothing of a call but its events, by the rule of decisions.md. */
public final class Replay {
  private final String callUid;
  private final Map<String, Caller> callers = new HashMap<>();
  private final Map<String, Breakout> breakouts = new HashMap<>();
  private Call call;
  private long seq;

  /** Before the first event. */
  public Replay(final String callUid) {
    this.callUid = callUid;
  }

  /** Takes the next event; checks that none is missing. */
  public void take(final Event event) {
    assertThat(event.callUid()).isEqualTo(callUid);
    assertThat(event.seq()).as("number of %s", event).isEqualTo(event.passing() ? seq : ++seq);
    final EventTarget target = event.target();
    if (target instanceof Call changed) {
      call = changed;
      breakouts.keySet().retainAll(changed.breakouts());
    } else if (target instanceof Caller caller) {
      callers.put(caller.uid(), caller);
      if (event.name() == EventName.NEWCALLER) {
        call = call.withCallers(plus(call.callers(), caller.uid()));
      }
    } else if (target instanceof Breakout breakout) {
      breakouts.put(breakout.uid(), breakout);
      if (event.name() == EventName.NEWBREAKOUT && event.source() == EventSource.CALL) {
        call = call.withBreakouts(plus(call.breakouts(), breakout.uid()));
      }
    } else if (target instanceof CallTag tag) {
      takeTag(tag);
    }
  }

  /** A tag's one event stands for all places where it shows. */
  private void takeTag(final CallTag tag) {
    final List<CallTag> tags = new ArrayList<>(call.tags());
    if (tags.stream().noneMatch(there -> there.id() == tag.id())) {
      tags.add(tag);
    }
    tags.replaceAll(there -> there.id() == tag.id() ? tag : there);
    call = call.withTags(tags);
    callers.replaceAll((uid, caller) -> retagged(caller, tag));
  }

  private static Caller retagged(final Caller caller, final CallTag tag) {
    return caller.withTexts(
        caller
            .texts()
            .withTags(
                caller.texts().tags().stream()
                    .map(there -> there.id() == tag.id() ? tag : there)
                    .toList()));
  }

  private static List<String> plus(final List<String> uids, final String uid) {
    final List<String> more = new ArrayList<>(uids);
    more.add(uid);
    return more;
  }

  /** What the client knows. */
  public CallSnapshot snapshot() {
    return new CallSnapshot(call, callers, breakouts, seq);
  }

  /** The UID of what an event is about; a tag's ID; empty for nothing. */
  public static String uidOf(final EventTarget target) {
    if (target instanceof Call it) {
      return it.uid();
    } else if (target instanceof Caller it) {
      return it.uid();
    } else if (target instanceof Breakout it) {
      return it.uid();
    } else if (target instanceof CallTag it) {
      return Long.toString(it.id());
    } else if (target instanceof Conference it) {
      return it.uid();
    } else if (target instanceof Person it) {
      return it.uid();
    }
    return "";
  }
}
