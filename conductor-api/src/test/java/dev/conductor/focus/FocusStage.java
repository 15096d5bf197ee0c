package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.reference.ModelConference;
import dev.conductor.reference.Names;
import dev.conductor.reference.Outcome;
import dev.conductor.reference.Outcome.Raised;
import dev.conductor.reference.Replay;
import dev.conductor.reference.Step;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Direction;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The real conductor and the reference model side by side: each step is done to both. */
final class FocusStage {
  final HandDrivenFocus focus;
  final ModelConference model;

  private final Map<String, Long> dialogs = new HashMap<>();
  private final Map<String, Replay> replays = new HashMap<>();
  private final PlanEars ears;
  private final Voices voices;
  private final List<Accepted> answers = new ArrayList<>();
  private int seen;

  /**
   * Nobody has called yet.
   *
   * @param listens whether the plans are given to a real mixer, and its sums compared
   */
  FocusStage(final ConferenceSeed conference, final boolean listens) {
    focus = new HandDrivenFocus(conference);
    model = new ModelConference(conference);
    ears = new PlanEars(focus, listens);
    voices = new Voices(focus, ears);
  }

  /**
   * Some steps in both, in the real one with a single commit after the last; then all that can be
   * seen of them is compared.
   */
  void play(final List<Step> steps) {
    answers.clear();
    final List<Long> timesMs = new ArrayList<>();
    final List<Long> dialled = new ArrayList<>();
    focus.commits = steps.size() == 1;
    for (final Step step : steps) {
      dialled.add(act(step));
      timesMs.add(focus.nowMs());
    }
    if (!focus.commits) {
      focus.commits = true;
      focus.turn();
    }
    final List<Event> events = List.copyOf(focus.log.events.subList(seen, focus.log.events.size()));
    seen = focus.log.events.size();
    final MadeUp names = new MadeUp(events);
    final List<Raised> raised = new ArrayList<>();
    final SortedMap<String, Boolean> talking = new TreeMap<>();
    final List<Outcome.Answer> expected = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      names.dialog = dialled.get(i);
      final Outcome outcome = model.apply(steps.get(i), timesMs.get(i), names);
      raised.addAll(outcome.events());
      talking.putAll(outcome.talking());
      if (outcome.answer() != null) {
        expected.add(outcome.answer());
      }
    }
    assertThat(events.stream().filter(event -> !event.passing()).map(FocusStage::raised).toList())
        .as("events")
        .isEqualTo(raised);
    assertThat(names.isUsedUp()).as("UIDs that the model has no use for").isTrue();
    compareAnswers(expected);
    compareState(events, talking);
  }

  /** The step in the real one; answers the dialog that was dialled, 0 for none. */
  private long act(final Step step) {
    if (step instanceof Step.Enter enter) {
      final long dialog = focus.dial(enter.ani());
      focus.key(dialog, enter.pin());
      voices.tell();
      return dialog;
    } else if (step instanceof Step.Leave leave) {
      focus.sip.onEnded(
          dialog(leave.caller()), leave.hungUp() ? DialogEnd.BYE : DialogEnd.PEER_GONE, "");
    } else if (step instanceof Step.Hold hold) {
      final Direction direction = hold.on() ? Direction.SENDONLY : Direction.SENDRECV;
      focus.sip.onOffer(dialog(hold.caller()), HandDrivenFocus.description(direction, 40_000));
    } else if (step instanceof Step.Talk talk) {
      final long session = session(talk.caller());
      voices.speak(session, talk.on());
    } else if (step instanceof Step.Key key) {
      final long session = session(key.caller());
      focus.media.tell(to -> to.onDigit(session, key.digit()));
    } else if (step instanceof Step.Wait wait) {
      focus.jump(wait.ms());
      voices.tell();
      return 0;
    } else if (step instanceof Step.Ask ask) {
      assertThat(focus.agent.offer(ask.command(), answers::add)).isTrue();
    }
    focus.turn();
    voices.tell();
    return 0;
  }

  private DialogId dialog(final String caller) {
    return new DialogId(dialogs.get(caller));
  }

  private long session(final String caller) {
    return focus.session(dialogs.get(caller));
  }

  private static Raised raised(final Event event) {
    return new Raised(
        event.source(), event.name(), Replay.uidOf(event.target()), event.cause().by());
  }

  private void compareAnswers(final List<Outcome.Answer> expected) {
    assertThat(answers).as("answers").hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      final Outcome.Answer wanted = expected.get(i);
      final Accepted answer = answers.get(i);
      assertThat(answer.isTrue()).as("%s, expected %s", answer, wanted).isEqualTo(wanted.isTrue());
      if (wanted.isTrue()) {
        assertThat(answer.message()).isEmpty();
      } else {
        assertThat(answer.message()).startsWith(wanted.parameter() + ":");
        wanted.about().forEach(item -> assertThat(answer.message()).contains(item));
      }
    }
  }

  private void compareState(final List<Event> events, final SortedMap<String, Boolean> talking) {
    final SortedMap<String, Boolean> told = new TreeMap<>();
    for (final Event event : events) {
      replays.computeIfAbsent(event.callUid(), Replay::new).take(event);
      if (event.passing()) {
        final Caller caller = (Caller) event.target();
        told.put(caller.uid(), caller.talking());
      }
    }
    assertThat(told).as("TALKING").containsAllEntriesOf(talking);
    assertThat(focus.counters.get(FocusCounter.FAULTS)).as("faults").isZero();
    if (model.hasCall()) {
      final CallSnapshot expected = model.snapshot();
      final String callUid = expected.call().uid();
      final CallSnapshot published = focus.snapshots.call(callUid).orElseThrow();
      // What else it carries is no part of what the API tells.
      final CallSnapshot real =
          new CallSnapshot(
              published.call(), published.callers(), published.breakouts(), published.seq());
      compare("snapshot", real, expected);
      compare("replay", replays.get(callUid).snapshot(), real);
      if (model.isUp()) {
        ears.compare(model, real.callersInOrder(), this::session);
      }
    }
  }

  private static void compare(
      final String what, final CallSnapshot real, final CallSnapshot expected) {
    if (real.equals(expected)) {
      return;
    }
    assertThat(real.call()).as("call of the %s", what).isEqualTo(expected.call());
    expected
        .callers()
        .forEach(
            (uid, caller) ->
                assertThat(real.callers().get(uid)).as("caller in the %s", what).isEqualTo(caller));
    expected
        .breakouts()
        .forEach(
            (uid, breakout) ->
                assertThat(real.breakouts().get(uid))
                    .as("breakout in the %s", what)
                    .isEqualTo(breakout));
    assertThat(real).as(what).isEqualTo(expected);
  }

  /** What the server made up, found in its events in their order. */
  private final class MadeUp implements Names {
    private final Deque<String> calls = new ArrayDeque<>();
    private final Deque<String> callers = new ArrayDeque<>();
    private final Deque<String> breakouts = new ArrayDeque<>();
    private long dialog;

    private MadeUp(final List<Event> events) {
      for (final Event event : events) {
        final String uid = Replay.uidOf(event.target());
        if (event.seq() == 1 && !event.passing()) {
          calls.add(event.callUid());
        } else if (event.name() == EventName.NEWCALLER) {
          callers.add(uid);
        } else if (event.name() == EventName.NEWBREAKOUT && event.source() == EventSource.CALL) {
          if (uid.length() > 1) { // those chosen by the steps have one letter
            breakouts.add(uid);
          }
        }
      }
    }

    private boolean isUsedUp() {
      return calls.isEmpty() && callers.isEmpty() && breakouts.isEmpty();
    }

    @Override
    public String call() {
      return next(calls, "call opened");
    }

    @Override
    public String caller() {
      final String uid = next(callers, "caller admitted");
      dialogs.put(uid, dialog);
      return uid;
    }

    @Override
    public String breakout() {
      return next(breakouts, "breakout made");
    }

    private static String next(final Deque<String> uids, final String what) {
      assertThat(uids).as("a " + what).isNotEmpty();
      return uids.removeFirst();
    }
  }
}
