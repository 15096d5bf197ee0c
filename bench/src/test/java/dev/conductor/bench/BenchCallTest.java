package dev.conductor.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.Codec;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the ticks' benches measure is a call in which everybody is sent what he should hear. */
class BenchCallTest {
  private static final int FRAME_BYTES = 160;

  /** After the frame in which everybody comes in. */
  private static final int STEADY_TICKS = 3;

  @ParameterizedTest
  @CsvSource({"10, 0, 3", "10, 0, 1000", "10, 3, 3", "101, 10, 1000", "3, 100, 3"})
  void shouldSendEverybodyAFrameEachTick(
      final int callers, final int breakouts, final int voicesHeard) {
    final BenchCall call =
        new BenchCall(callers, breakouts, voicesHeard, List.of(Codec.PCMU, Codec.G722));
    for (int i = 0; i < STEADY_TICKS; i++) {
      assertThat(call.tick()).isEqualTo(callers * FRAME_BYTES);
    }
    call.close();
  }

  @ParameterizedTest
  @CsvSource({
    // The talkers are sent what nobody else is; all others share one frame a room.
    "10, 0, 3, 3, 1",
    "10, 0, 10, 10, 0",
    // The host, two talkers in each of three breakouts of three, and one listener in each.
    "10, 3, 3, 7, 3",
    "101, 10, 3, 21, 10"
  })
  void shouldEncodeOnceForAllWhoHearTheSame(
      final int callers,
      final int breakouts,
      final int voicesHeard,
      final int alone,
      final int shared) {
    final BenchCall call = new BenchCall(callers, breakouts, voicesHeard, List.of(Codec.PCMU));
    for (int i = 0; i < STEADY_TICKS; i++) {
      call.tick();
    }
    assertThat(call.encodedAlone()).isEqualTo(alone);
    assertThat(call.encodedShared()).isEqualTo(shared);
    call.close();
  }
}
