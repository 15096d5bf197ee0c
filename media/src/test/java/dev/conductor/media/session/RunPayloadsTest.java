package dev.conductor.media.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.jitter.CleanRun;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Where many lines keep their payloads: no two in one place. */
class RunPayloadsTest {
  private static final int LINES = 3 * RunPayloads.PLACES + 1;

  private final RunPayloads rooms = new RunPayloads();

  @Test
  void shouldGiveEachLineAPlaceThatIsNobodyElses() {
    final Map<byte[], Set<Integer>> taken = new IdentityHashMap<>();
    for (int i = 0; i < LINES; i++) {
      final int place = rooms.take();
      final byte[] shelf = rooms.shelf(place);
      final int offset = RunPayloads.offset(place);
      assertThat(offset % CleanLine.KEPT_BYTES).isZero();
      assertThat(offset + CleanLine.KEPT_BYTES).isLessThanOrEqualTo(shelf.length);
      assertThat(RunPayloads.levelsOffset(place) + RunPayloads.LEVELS + CleanRun.MAX_HELD)
          .isLessThanOrEqualTo(rooms.levels(place).length);
      assertThat(taken.computeIfAbsent(shelf, first -> new HashSet<>()).add(offset)).isTrue();
    }
    assertThat(taken).hasSize(4);
  }

  @Test
  void shouldGiveWhatWasGivenBackBeforeItMakesMore() {
    final Set<Integer> places = new HashSet<>();
    for (int i = 0; i < RunPayloads.PLACES; i++) {
      places.add(rooms.take());
    }
    rooms.giveBack(7);
    rooms.giveBack(11);
    assertThat(Set.of(rooms.take(), rooms.take())).isEqualTo(Set.of(7, 11));
    assertThat(places).doesNotContain(rooms.take());
  }
}
