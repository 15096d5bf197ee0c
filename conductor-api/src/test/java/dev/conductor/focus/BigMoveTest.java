package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Command;
import dev.conductor.command.Command.NewBreakout;
import dev.conductor.config.ConfigLoader;
import dev.conductor.event.Event;
import dev.conductor.media.api.MixPlan;
import dev.conductor.model.Call;
import dev.conductor.model.Caller;
import dev.conductor.model.Custom;
import dev.conductor.model.Place;
import dev.conductor.model.Role;
import dev.conductor.model.RoleFlag;
import dev.conductor.model.Snapshots;
import dev.conductor.model.Times;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a move of thousands costs: as much a caller as a move of hundreds. */
class BigMoveTest {
  private static final int RUNS = 20;
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private final FocusCounters counters = new FocusCounters();
  private final Turn turn = new Turn();
  private final Room room =
      Room.of(
          turn,
          new Calls(turn, new Snapshots(), counters, () -> "CALL"),
          new Lines(new FakeControl(), new FakeMedia(), session -> null, counters),
          counters,
          ConfigLoader.load(Optional.empty(), Map.of(), Map.of("entry.spoken-moves", "false")),
          () -> "CALLER");

  private CallState call(final int callers) {
    final CallState call =
        new CallState(
            new Call(
                "C",
                "CONF",
                0,
                Times.NONE,
                true,
                List.of(),
                List.of(),
                List.of(),
                List.of(),
                new Call.Flags(true, false, false, false, false, true, false, false),
                new Call.Texts("", "", "", "", "", "", "", Custom.none()),
                "",
                Times.NONE),
            1,
            new ConferenceState(TestConference.open().snapshot()));
    for (int i = 0; i < callers; i++) {
      call.enter(
          new Caller(
              new Caller.Identity("U" + i, "C", "", "", "", "", "", 0, ""),
              Role.PARTICIPANT,
              new Caller.Seat(Place.MAIN, "", Times.NONE),
              Caller.Sound.of(RoleFlag.open(Role.PARTICIPANT)),
              Caller.Hand.DOWN,
              new Caller.Texts("", "", "", "", "", List.of(), Custom.none()),
              Caller.Presence.HERE,
              false),
          new Line(null, null, i + 1, 0, 0),
          0);
    }
    return call;
  }

  private static NewBreakout group(final int number, final int from, final int to) {
    return new NewBreakout(
        "G" + number, "", false, IntStream.range(from, to).mapToObj(i -> "U" + i).toList(), number);
  }

  /** Into groups, and all into one and back: the cheapest of several, nanoseconds of CPU. */
  private long[] cheapestNs(final int callers, final int groups) {
    final CallState call = call(callers);
    final BreakoutHandler handler = new BreakoutHandler(room, () -> "X");
    final int size = callers / groups;
    final Command.CreateBreakout create =
        create(
            IntStream.range(0, groups).mapToObj(i -> group(i, i * size, (i + 1) * size)).toList());
    final Command.CreateBreakout mix = create(List.of(group(-1, 0, callers)));
    final long[] cheapestNs = {Long.MAX_VALUE, Long.MAX_VALUE};
    for (int run = 0; run < RUNS; run++) {
      turn.begin(0, run);
      final long beginNs = CPU.getCurrentThreadCpuTime();
      assertThat(handler.checkCreate(create, call)).isEmpty();
      handler.create(create, call);
      final MixPlan plan = call.nextPlan(run);
      final long intoGroupsNs = CPU.getCurrentThreadCpuTime();
      handler.create(mix, call);
      room.moves().move(call, mix.groups().get(0).callers(), Moves.MAIN_ROOM);
      final long backNs = CPU.getCurrentThreadCpuTime();
      cheapestNs[0] = Math.min(cheapestNs[0], intoGroupsNs - beginNs);
      cheapestNs[1] = Math.min(cheapestNs[1], backNs - intoGroupsNs);
      assertThat(plan.places()).hasSize(callers);
      assertThat(turn.end().events()).extracting(Event::seq).isSorted();
    }
    return cheapestNs;
  }

  private static Command.CreateBreakout create(final List<NewBreakout> groups) {
    return new Command.CreateBreakout(HandDrivenFocus.API, "C", groups);
  }

  @Test
  void shouldCostNoMoreACallerWhenTenTimesAsManyMove() {
    for (int i = 0; i < 20; i++) {
      cheapestNs(500, 100);
    }
    final long[] fewNs = cheapestNs(500, 100);
    final long[] manyNs = cheapestNs(5_000, 999);
    System.out.printf(
        "500 callers into 100 groups: %d us, into one and back: %d us; 5,000 into 999: %d us, into"
            + " one and back: %d us%n",
        fewNs[0] / 1_000, fewNs[1] / 1_000, manyNs[0] / 1_000, manyNs[1] / 1_000);
    // Ten times the callers; a cost that grew with their square would be a hundred times as much.
    assertThat(manyNs[0]).isLessThan(40 * fewNs[0]);
    assertThat(manyNs[1]).isLessThan(40 * fewNs[1]);
  }

  @Test
  void shouldSeatEverybodyOnce() {
    final CallState call = call(2_000);
    final List<NewBreakout> groups = new ArrayList<>();
    IntStream.range(0, 200).forEach(i -> groups.add(group(i, 10 * i, 10 * i + 10)));
    new BreakoutHandler(room, () -> "X").create(create(groups), call);
    final List<String> seated = new ArrayList<>();
    call.call().breakouts().forEach(uid -> seated.addAll(call.breakout(uid).callers()));
    assertThat(seated).hasSize(2_000).doesNotHaveDuplicates();
  }
}
