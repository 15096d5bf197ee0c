package dev.conductor.media.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.media.session.LineKeys;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.SessionSettings;
import dev.conductor.media.status.MediaCounters;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** Who comes and goes at one agent. */
class ResidentsTest {
  private final Residents residents = new Residents();

  @Test
  void shouldFindEverybodyButThoseWhoLeft() {
    for (long id = 1; id <= 5; id++) {
      residents.add(session(id), Resident.State.OPEN);
    }
    residents.remove(1);
    residents.remove(3);
    assertThat(residents.count()).isEqualTo(3);
    assertThat(LongStream.rangeClosed(1, 5).filter(id -> residents.get(id) != null))
        .containsExactly(1L, 3L, 5L);
    for (int i = 0; i < residents.count(); i++) {
      assertThat(residents.get(residents.at(i).session.id())).isSameAs(residents.at(i));
    }
  }

  /** What a line keeps its payloads in goes to the next one. */
  @Test
  void shouldUseAgainWhatThoseWhoLeftKeptPayloadsIn() {
    final var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
    final RtpSession session = session(1);
    comeAndGo(session, 10);
    final long before = threads.getCurrentThreadAllocatedBytes();
    comeAndGo(session, 1_000);
    final long each = (threads.getCurrentThreadAllocatedBytes() - before) / 1_000;
    assertThat(each).as("bytes a line").isLessThan(800);
  }

  private void comeAndGo(final RtpSession session, final int times) {
    for (int i = 0; i < times; i++) {
      residents.add(session, Resident.State.OPEN);
      residents.remove(0);
    }
  }

  private static RtpSession session(final long id) {
    return new RtpSession(
        id,
        Stage.spec(null),
        LineKeys.NONE,
        new SessionSettings(30_000, false),
        new SplittableRandom(id),
        new MediaCounters());
  }
}
