package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.net.DatagramBatch;
import dev.conductor.media.status.MediaCounter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A call of more lines than go by one call of the system: with io_uring, where this system has one
 * for us, as without.
 */
class BatchedLinesTest {
  private static final int FULL = DatagramBatch.SIZE;
  private static final int CALLERS = 4 * FULL + 44;
  private static final int SILENCE = 0xFF;

  /** The code word of the first; the others' are near. */
  private static final int WORD = 0x20;

  private final List<Long> callers = new ArrayList<>();

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGiveEverybodyWhatOneSaysWhoeverItIs(final boolean ioUring) {
    try (Stage stage = open(ioUring)) {
      for (final int speaker : new int[] {1, FULL - 1, FULL, FULL + 1, FULL + 2, CALLERS, 100}) {
        // The first of them at the end of its run, the others in the middle.
        for (int tick = 0; tick < 30; tick++) {
          shouldAllHear(stage, speaker, WORD + speaker % 16);
        }
      }
      assertThat(stage.count(MediaCounter.RTP_RECEIVED)).isGreaterThanOrEqualTo(CALLERS * 7L * 30);
      assertThat(stage.count(MediaCounter.RTP_BATCHES_LOST)).isZero();
      assertThat(stage.count(MediaCounter.SESSION_FAULTS)).isZero();
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void shouldGoOnForTheOthersWhileLinesEnd(final boolean ioUring) {
    try (Stage stage = open(ioUring)) {
      for (final long leaver : new long[] {1, CALLERS, FULL, FULL + 1, 44}) {
        shouldAllHear(stage, 200, WORD);
        assertThat(stage.engine.close(leaver)).isTrue();
        callers.remove(leaver);
        shouldAllHear(stage, 100, WORD + 1);
        stage.phones.get(leaver).drain();
        shouldAllHear(stage, 99, WORD + 2);
        assertThat(stage.phones.get(leaver).receive()).as("one who left hears").isFalse();
      }
      assertThat(stage.engine.sessions()).isEqualTo(CALLERS - 5);
      assertThat(stage.count(MediaCounter.SESSION_FAULTS)).isZero();
    }
  }

  private Stage open(final boolean ioUring) {
    final Stage stage = new Stage(2, ioUring);
    stage.openCall(CALLERS);
    final List<MixPlan.Place> places = new ArrayList<>();
    for (long id = 1; id <= CALLERS; id++) {
      callers.add(id);
      places.add(new MixPlan.Place(id, 0, MixPlan.NO_MIX, 0, MixPlan.NO_MIX, 0, 0, 0, true));
    }
    stage.plan(places.toArray(MixPlan.Place[]::new));
    stage.tick();
    stage.phones.values().forEach(Phone::drain);
    return stage;
  }

  /** One tick in which one says a word. */
  private void shouldAllHear(final Stage stage, final long speaker, final int codeWord) {
    int said = 0;
    for (final long id : callers) {
      final int word = stage.phones.get(id).say(id == speaker ? codeWord : SILENCE);
      said = id == speaker ? word : said;
    }
    stage.tick();
    for (final long id : callers) {
      if (id == speaker) {
        stage.phones.get(id).drain();
      } else {
        stage.assertHears(id, said);
      }
    }
  }
}
