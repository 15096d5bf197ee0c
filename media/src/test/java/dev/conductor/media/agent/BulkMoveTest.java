package dev.conductor.media.agent;

import dev.conductor.media.api.MixPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/**
 * Many move in one plan: each of them hears the room he left until the plan, and from the first
 * tick after it the room he came into, exactly; nobody hears two rooms, or none.
 */
class BulkMoveTest {
  private static final int CALLERS = 24;
  private static final int MIXES = 20;
  private static final int MAIN = 0;

  private static final int NOBODY = -1;

  /**
   * Code words from here on: none differs from another by as little as a room's noise, and eight of
   * them are below full scale. So many leave the main room in one tick, in which they go out by a
   * ramp, and the limiter must have nothing to do.
   */
  private static final int WORD = 0x30;

  private static final int SILENCE = 0xFF;

  private final int seed = ThreadLocalRandom.current().nextInt(1_000_000);
  private final SplittableRandom random = new SplittableRandom(seed);
  private long version;

  @Test
  void shouldMoveAllAtOneTickIntoGroupsAndOtherGroupsAndBack() {
    System.out.println("seed " + seed);
    try (Stage stage = new Stage(2)) {
      stage.openCall(CALLERS);
      final List<IntUnaryOperator> rooms =
          List.of(
              caller -> MAIN,
              caller -> 2 + caller % 8, // eight groups of three
              caller -> 10 + caller / 6, // mixed anew, in rooms nobody sat in
              caller -> caller < 6 ? 10 : MAIN, // one group stays
              caller -> caller < 6 ? 10 : 2 + caller % 3, // numbers that have rested
              caller -> MAIN);
      for (final IntUnaryOperator roomOf : rooms) {
        plan(stage, roomOf);
        for (int tick = 0; tick < 3; tick++) {
          listen(stage, roomOf);
        }
      }
    }
  }

  private void plan(final Stage stage, final IntUnaryOperator roomOf) {
    final List<MixPlan.Place> places = new ArrayList<>();
    for (int caller = 0; caller < CALLERS; caller++) {
      final int room = roomOf.applyAsInt(caller);
      places.add(
          new MixPlan.Place(caller + 1, room, MixPlan.NO_MIX, room, MixPlan.NO_MIX, 0, 0, 0, true));
    }
    stage.engine.plan(new MixPlan(Stage.CALL, ++version, MIXES, places));
  }

  /** One tick in which one of each room says a word that nobody else says. */
  private void listen(final Stage stage, final IntUnaryOperator roomOf) {
    final int[] speakers = new int[MIXES];
    final int[] words = new int[MIXES];
    Arrays.fill(speakers, NOBODY);
    for (int caller = 0; caller < CALLERS; caller++) {
      final int room = roomOf.applyAsInt(caller);
      if (speakers[room] == NOBODY || random.nextInt(3) == 0) {
        speakers[room] = caller;
      }
    }
    for (int caller = 0; caller < CALLERS; caller++) {
      final int room = roomOf.applyAsInt(caller);
      final Phone phone = stage.phones.get(caller + 1L);
      if (speakers[room] == caller) {
        words[room] = phone.say(WORD + room | random.nextInt(2) << 7);
      } else {
        phone.say(SILENCE);
      }
    }
    stage.tick();
    for (int caller = 0; caller < CALLERS; caller++) {
      final int room = roomOf.applyAsInt(caller);
      if (speakers[room] == caller) {
        stage.phones.get(caller + 1L).drain(); // himself he does not hear, but the room's noise
      } else {
        stage.assertHears(caller + 1, words[room]);
      }
    }
  }
}
