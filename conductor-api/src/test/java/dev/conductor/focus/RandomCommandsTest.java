package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.BreakoutChange;
import dev.conductor.command.CallerChange;
import dev.conductor.command.Command;
import dev.conductor.command.Command.NewBreakout;
import dev.conductor.command.TimerChange;
import dev.conductor.event.Event;
import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.CallTag;
import dev.conductor.model.Caller;
import dev.conductor.model.Conference;
import dev.conductor.model.Grouping;
import dev.conductor.model.Person;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Direction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

/** Whatever is done in whatever order: the books agree. */
class RandomCommandsTest {
  private static final String[] PINS = {
    TestConference.HOST,
    TestConference.ASSISTANT,
    TestConference.OPERATOR,
    TestConference.PIN_1,
    TestConference.PIN_2,
    TestConference.PIN_3
  };
  private static final String[] GROUPS = {"A", "B", "C", "D"};
  private static final int STEPS = 40;

  private HandDrivenFocus focus;
  private SplittableRandom random;
  private int commands;
  private int answers;
  private final List<Long> dialogs = new ArrayList<>();

  @RepeatedTest(1_000)
  void shouldKeepTheBooks(final RepetitionInfo info) {
    random = new SplittableRandom(info.getCurrentRepetition());
    focus =
        new HandDrivenFocus(
            random.nextInt(3) == 0 ? TestConference.greenroom() : TestConference.open());
    for (int step = 0; step < STEPS; step++) {
      focus.commits = random.nextInt(3) > 0;
      act();
    }
    focus.commits = true;
    focus.turn();

    assertThat(focus.counters.get(FocusCounter.FAULTS)).isZero();
    assertThat(answers).isEqualTo(commands);
    final Map<String, Replayed> replayed = replay(focus.log.events);
    replayed.forEach(this::checkAgainstSnapshot);
    if (!focus.callUids().isEmpty()) {
      checkCall(focus.call());
    }
    assertThat(focus.media.closed).doesNotHaveDuplicates();
    final long ends = focus.control.asked.stream().filter(a -> a.startsWith("end ")).count();
    assertThat(focus.control.asked.stream().filter(a -> a.startsWith("end ")).distinct())
        .hasSize((int) ends);
  }

  private void act() {
    switch (random.nextInt(12)) {
      case 0, 1, 2 -> enter();
      case 3 -> {
        if (!dialogs.isEmpty()) {
          focus.sip.onEnded(anyDialog(), DialogEnd.values()[random.nextInt(7)], "");
        }
        focus.turn();
      }
      case 4 -> hold();
      case 5 -> talkOrKey();
      case 6 -> focus.jump(random.nextInt(40_000));
      default -> command();
    }
  }

  private void enter() {
    final String ani = random.nextInt(5) == 0 ? "" : "700" + random.nextInt(6);
    final long dialog = focus.dial(ani);
    dialogs.add(dialog);
    focus.key(dialog, PINS[random.nextInt(PINS.length)]);
  }

  private DialogId anyDialog() {
    return new DialogId(dialogs.get(random.nextInt(dialogs.size())));
  }

  private void hold() {
    if (!dialogs.isEmpty()) {
      final Direction direction = Direction.values()[random.nextInt(4)];
      focus.sip.onOffer(anyDialog(), HandDrivenFocus.description(direction, 40_000));
    }
    focus.turn();
  }

  private void talkOrKey() {
    if (!dialogs.isEmpty()) {
      final long session = focus.session(anyDialog().value());
      final boolean on = random.nextBoolean();
      final char digit = "0123*#".charAt(random.nextInt(6));
      focus.media.tell(to -> to.onTalking(session, on));
      focus.media.tell(to -> to.onDigit(session, digit));
    }
    focus.turn();
  }

  private void command() {
    if (focus.callUids().isEmpty()) {
      return;
    }
    final String callUid = focus.callUid();
    final Command command =
        switch (random.nextInt(21)) {
          case 16 ->
              new Command.AutoBreakout(HandDrivenFocus.API, callUid, grouping(), coin(), coin());
          case 17 ->
              new Command.RecallBreakouts(
                  HandDrivenFocus.API,
                  callUid,
                  breakouts(),
                  random.nextInt(3) * 5,
                  coin() && coin());
          case 18 -> new Command.BreakoutTimer(HandDrivenFocus.API, callUid, timerChange());
          case 19 ->
              new Command.NextHand(HandDrivenFocus.API, callUid, random.nextInt(3), "", coin());
          case 20 -> new Command.UndoMove(HandDrivenFocus.API, callUid);
          case 0, 1 -> new Command.CreateBreakout(HandDrivenFocus.API, callUid, groups());
          case 2, 3 ->
              new Command.UpdateBreakout(HandDrivenFocus.API, callUid, group(), breakoutChange());
          case 4 ->
              new Command.UpdateActiveCaller(
                  HandDrivenFocus.API,
                  callUid,
                  random.nextBoolean()
                      ? Optional.empty()
                      : Optional.of(Role.values()[random.nextInt(4)]),
                  callerChange());
          case 5 ->
              new Command.DropCaller(HandDrivenFocus.API, callUid, uids(), random.nextInt(4) == 0);
          case 6, 7, 8 -> new RandomCallCommands(random, focus).next();
          case 9 ->
              random.nextInt(6) == 0
                  ? new Command.CloseCall(HandDrivenFocus.API, callUid)
                  : new Command.UpdateCaller(HandDrivenFocus.API, callUid, uids(), callerChange());
          default -> new Command.UpdateCaller(HandDrivenFocus.API, callUid, uids(), callerChange());
        };
    commands++;
    assertThat(focus.agent.offer(command, this::onAnswer)).isTrue();
    focus.turn();
  }

  private boolean coin() {
    return random.nextBoolean();
  }

  private List<String> breakouts() {
    return random.nextInt(3) > 0 ? List.of() : List.of(group());
  }

  private Grouping grouping() {
    final int groups = random.nextInt(4);
    return new Grouping(
        groups,
        groups == 0 ? 2 + random.nextInt(2) : 0,
        Grouping.By.values()[random.nextInt(4)],
        Role.values()[random.nextInt(2) * random.nextInt(4)],
        coin(),
        false,
        coin(),
        coin() ? "" : "Table",
        random.nextInt(100));
  }

  private TimerChange timerChange() {
    final TimerChange.Spoken spoken =
        new TimerChange.Spoken(Optional.empty(), coin() ? Optional.of(10) : Optional.empty());
    return switch (random.nextInt(3)) {
      case 0 -> new TimerChange.Start(1 + random.nextInt(200), breakouts(), spoken);
      case 1 -> new TimerChange.Extend(random.nextInt(-100, 100), breakouts(), spoken);
      default -> new TimerChange.Cancel();
    };
  }

  private void onAnswer(final Accepted answer) {
    answers++;
    assertThat(answer.isTrue()).isEqualTo(answer.message().isEmpty());
  }

  private String group() {
    return GROUPS[random.nextInt(GROUPS.length)];
  }

  private List<String> uids() {
    final List<String> all = focus.call().call().callers();
    final List<String> some = new ArrayList<>();
    for (final String uid : all) {
      if (random.nextInt(3) == 0) {
        some.add(uid);
      }
    }
    return some.isEmpty() ? List.of("NOBODY") : some;
  }

  private List<NewBreakout> groups() {
    final List<NewBreakout> groups = new ArrayList<>();
    final List<String> left = new ArrayList<>(uids());
    left.remove("NOBODY");
    for (int i = 0; i <= random.nextInt(3); i++) {
      final List<String> in = new ArrayList<>();
      while (!left.isEmpty() && random.nextBoolean()) {
        in.add(left.remove(0));
      }
      groups.add(
          new NewBreakout(
              random.nextInt(4) == 0 ? "" : group(), "", random.nextBoolean(), in, i + 1));
    }
    return groups;
  }

  private BreakoutChange breakoutChange() {
    return switch (random.nextInt(6)) {
      case 0 -> new BreakoutChange.Private(random.nextBoolean());
      case 1 -> new BreakoutChange.Attention(random.nextBoolean());
      case 2 -> new BreakoutChange.Name("n" + random.nextInt());
      case 3 -> new BreakoutChange.AddCallers(uids());
      case 4 -> new BreakoutChange.RemoveCallers(uids());
      default -> new BreakoutChange.ToggleCallers(uids());
    };
  }

  private CallerChange callerChange() {
    return switch (random.nextInt(10)) {
      case 0 -> new CallerChange.Mike(random.nextBoolean());
      case 1 -> new CallerChange.Mute(random.nextBoolean());
      case 2 -> new CallerChange.Deaf(random.nextBoolean());
      case 3 -> new CallerChange.Attention(random.nextInt(6));
      case 4 -> new CallerChange.ToRole(Role.values()[random.nextInt(4)]);
      case 5 -> new CallerChange.Note("x");
      case 6 -> random.nextInt(4) == 0 ? new CallerChange.Drop() : new CallerChange.Tag("t");
      case 7 -> new CallerChange.VolumeIn(random.nextInt(-4, 5));
      default -> new CallerChange.ToBreakout(random.nextInt(3) == 0 ? "" : group());
    };
  }

  /** A client that knows the events only. */
  private static final class Replayed {
    private final Map<String, Caller> callers = new HashMap<>();
    private final Map<String, Breakout> breakouts = new HashMap<>();
    private Call call;
    private long seq;
  }

  private static Map<String, Replayed> replay(final List<Event> events) {
    final Map<String, Replayed> calls = new HashMap<>();
    for (final Event event : events) {
      final Replayed state = calls.computeIfAbsent(event.callUid(), uid -> new Replayed());
      if (event.passing()) {
        assertThat(event.seq()).isEqualTo(state.seq);
      } else {
        assertThat(event.seq()).isEqualTo(++state.seq);
        apply(event, state);
      }
    }
    return calls;
  }

  private static void apply(final Event event, final Replayed state) {
    if (event.target() instanceof Call call) {
      state.call = call;
      state.breakouts.keySet().retainAll(call.breakouts());
    } else if (event.target() instanceof Caller caller) {
      state.callers.put(caller.uid(), caller);
      if (event.name() == EventName.NEWCALLER) {
        state.call = state.call.withCallers(plus(state.call.callers(), caller.uid()));
      }
    } else if (event.target() instanceof Breakout breakout) {
      state.breakouts.put(breakout.uid(), breakout);
      if (event.name() == EventName.NEWBREAKOUT && event.source() == EventSource.CALL) {
        state.call = state.call.withBreakouts(plus(state.call.breakouts(), breakout.uid()));
      }
    } else if (event.target() instanceof CallTag tag) {
      final List<CallTag> tags = new ArrayList<>(state.call.tags());
      if (tags.stream().noneMatch(there -> there.id() == tag.id())) {
        tags.add(tag);
      }
      tags.replaceAll(there -> there.id() == tag.id() ? tag : there);
      state.call = state.call.withTags(tags);
      state.callers.replaceAll((uid, caller) -> retagged(caller, tag));
    } else if (event.target() instanceof Conference || event.target() instanceof Person) {
      assertThat(event.name()).isEqualTo(EventName.UPDATE);
    } else {
      assertThat(event.name()).isEqualTo(EventName.END);
    }
  }

  /** A tag's one event stands for all places where it shows. */
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

  private void checkAgainstSnapshot(final String callUid, final Replayed replayed) {
    final CallSnapshot snapshot = focus.snapshots.call(callUid).orElseThrow();
    assertThat(replayed.seq).isEqualTo(snapshot.seq());
    assertThat(replayed.call).isEqualTo(snapshot.call());
    assertThat(replayed.breakouts).isEqualTo(snapshot.breakouts());
    assertThat(replayed.callers.keySet()).isEqualTo(snapshot.callers().keySet());
    replayed.callers.forEach(
        (uid, caller) ->
            assertThat(caller.withTalking(false))
                .isEqualTo(snapshot.callers().get(uid).withTalking(false)));
  }

  private void checkCall(final CallSnapshot snapshot) {
    assertThat(snapshot.callers().keySet())
        .containsExactlyInAnyOrderElementsOf(snapshot.call().callers());
    for (final Caller caller : snapshot.callersInOrder()) {
      final boolean seated = caller.seat().place() == Place.BREAKOUT;
      assertThat(seated).isEqualTo(!caller.seat().breakoutUid().isEmpty());
      for (final Breakout breakout : snapshot.breakoutsInOrder()) {
        final int times = java.util.Collections.frequency(breakout.callers(), caller.uid());
        final boolean his = caller.seat().breakoutUid().equals(breakout.uid());
        assertThat(times).isEqualTo(caller.active() && his ? 1 : 0);
      }
      assertThat(caller.talking() && (caller.sound().mute() || !caller.active())).isFalse();
      assertThat(caller.talking() && caller.seat().place() == Place.ENTRYWAY).isFalse();
      assertThat(caller.talking() && !snapshot.call().flags().talking()).isFalse();
    }
    for (final Breakout breakout : snapshot.breakoutsInOrder()) {
      final List<Caller> members =
          breakout.callers().stream().map(uid -> snapshot.callers().get(uid)).toList();
      final boolean hands = members.stream().anyMatch(c -> c.hand().attention() > 0);
      assertThat(breakout.attention()).isEqualTo(breakout.ownAttention() || hands);
      final boolean helped = members.stream().anyMatch(c -> c.role().assists());
      assertThat(breakout.assisted()).isEqualTo(helped);
      assertThat(breakout.lastAssistedMs() == 0).isEqualTo(helped);
    }
    checkPlan(snapshot);
  }

  /** The plan in force serves those on the line, and leaves the muted and the held out. */
  private void checkPlan(final CallSnapshot snapshot) {
    checkRooms(snapshot);
    final List<Caller> active = snapshot.callersInOrder().stream().filter(Caller::active).toList();
    final MixPlan plan =
        focus.media.plans.values().stream()
            .max(java.util.Comparator.comparingLong(MixPlan::callId))
            .orElseThrow();
    assertThat(plan.places()).hasSameSizeAs(active);
    for (int i = 0; i < active.size(); i++) {
      final MixPlan.Place place = plan.places().get(i);
      final boolean silent = active.get(i).sound().mute() || active.get(i).sound().hold();
      assertThat(silent && place.feedsFirst() != MixPlan.NO_MIX).isFalse();
      assertThat(focus.media.closed).doesNotContain(place.sessionId());
    }
  }

  /** Two of breakouts hear one another's mix if they sit in the same one, and not else. */
  private void checkRooms(final CallSnapshot snapshot) {
    final Map<Integer, String> roomOf = new HashMap<>();
    final Map<String, Integer> mixOf = new HashMap<>();
    final MixPlan plan =
        focus.media.plans.values().stream()
            .max(java.util.Comparator.comparingLong(MixPlan::callId))
            .orElseThrow();
    final List<Caller> active = snapshot.callersInOrder().stream().filter(Caller::active).toList();
    for (int i = 0; i < active.size(); i++) {
      final int mix = plan.places().get(i).hearsFirst();
      final String room = active.get(i).seat().breakoutUid();
      if (mix >= 0) {
        assertThat(roomOf.getOrDefault(mix, room)).isEqualTo(room);
        assertThat(mixOf.getOrDefault(room, mix)).isEqualTo(mix);
        roomOf.put(mix, room);
        mixOf.put(room, mix);
      }
    }
  }
}
