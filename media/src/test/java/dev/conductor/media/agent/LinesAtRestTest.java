package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.api.MixPlan;
import dev.conductor.media.status.MediaCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * Lines of all phases of the tick, on a host whose ticks and phones are a little late now and then,
 * after a time in which its ticks were very late: nearly every packet takes the short way again.
 */
class LinesAtRestTest {
  private static final int CALLERS = 40;
  private static final long MS_NS = 1_000_000;
  private static final int TROUBLE_TICKS = 100;
  private static final int SETTLE_TICKS = 300;
  private static final int WATCHED_TICKS = 500;

  private final Stage stage = new Stage(1);
  private final SplittableRandom random = new SplittableRandom(4_711);
  private final List<Sent> onTheirWay = new ArrayList<>();

  @BeforeEach
  void open() {
    stage.openCall(CALLERS);
    stage.plan(
        IntStream.rangeClosed(1, CALLERS)
            .mapToObj(id -> Stage.place(id, 0, 0))
            .toArray(MixPlan.Place[]::new));
  }

  @AfterEach
  void close() {
    stage.close();
  }

  @Test
  void shouldRestSoonAfterTicksWereLate() {
    final long beginNs = stage.clock.nanoTime();
    run(beginNs, 0, TROUBLE_TICKS, true);
    run(beginNs, TROUBLE_TICKS, SETTLE_TICKS, false);
    final long received = stage.count(MediaCounter.RTP_RECEIVED);
    final long rested = stage.count(MediaCounter.JITTER_RESTED);
    final long shrunk = stage.count(MediaCounter.JITTER_SHRUNK);
    run(beginNs, TROUBLE_TICKS + SETTLE_TICKS, WATCHED_TICKS, false);
    final long receivedThen = stage.count(MediaCounter.RTP_RECEIVED) - received;
    final long restedThen = stage.count(MediaCounter.JITTER_RESTED) - rested;
    assertThat(receivedThen)
        .as("each phone's packets, but for one on its way")
        .isBetween((long) CALLERS * (WATCHED_TICKS - 1), (long) CALLERS * (WATCHED_TICKS + 1));
    assertThat(restedThen * 100 / receivedThen).as("per cent of lines at rest").isGreaterThan(95);
    assertThat(stage.count(MediaCounter.JITTER_SHRUNK) - shrunk)
        .as("delay taken back, most of it before")
        .isLessThan(CALLERS);
    assertThat(stage.count(MediaCounter.JITTER_LATE)).isZero();
  }

  private void run(final long beginNs, final int from, final int ticks, final boolean trouble) {
    for (int tick = from; tick < from + ticks; tick++) {
      final long dueNs = beginNs + (tick + 1) * Stage.TICK_NS;
      for (int phone = 0; phone < CALLERS; phone++) {
        final long phaseNs = phone * Stage.TICK_NS / CALLERS;
        onTheirWay.add(new Sent(phone + 1, dueNs - Stage.TICK_NS + phaseNs + latenessNs(false)));
      }
      onTheirWay.sort(Comparator.comparingLong(Sent::atNs));
      final long nowNs = dueNs + latenessNs(trouble && tick % 10 == 0);
      while (!onTheirWay.isEmpty() && onTheirWay.get(0).atNs() <= nowNs) {
        stage.phones.get(onTheirWay.remove(0).phone()).say(0xFF);
      }
      stage.clock.update(nowNs);
      while (stage.engine.step() > 0) {
        stage.engine.poll(stage, Integer.MAX_VALUE);
      }
      stage.phones.values().forEach(Phone::drain);
    }
  }

  /**
   * Some hundredths of a millisecond, once in fifty times a millisecond; very late: up to 35 ms.
   */
  private long latenessNs(final boolean veryLate) {
    if (veryLate) {
      return 5 * MS_NS + random.nextLong(30 * MS_NS);
    }
    final double meanMs = random.nextInt(50) == 0 ? 1 : 0.08;
    return (long) (-Math.log(1 - random.nextDouble()) * meanMs * MS_NS);
  }

  private record Sent(long phone, long atNs) {}
}
