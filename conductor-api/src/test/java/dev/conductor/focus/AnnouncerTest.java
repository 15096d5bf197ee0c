package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.Prompt;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnnouncerTest {
  private final Turn turn = new Turn();
  private final FakeMedia media = new FakeMedia();
  private final FocusCounters counters = new FocusCounters();
  private final Announcer announcer =
      new Announcer(
          turn, new Lines(new FakeControl(), media, session -> null, counters), counters, true);
  private long nowNs = Long.MAX_VALUE - 15_000_000; // the clock wraps

  private static Line line(final int session) {
    final Line line = new Line(null, null, session, 0, 0);
    line.admitted(null, "U" + session, 0);
    return line;
  }

  private void pass(final long ms) {
    nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    turn.begin(0, nowNs);
    announcer.sweep();
  }

  @Test
  void shouldSpeakToManyInPortions() {
    pass(0);
    final List<Line> lines = IntStream.range(0, 600).mapToObj(AnnouncerTest::line).toList();
    lines.forEach(line -> announcer.say(line, List.of(Prompt.TEN_SECONDS)));
    assertThat(media.prompts).hasSize(256);
    pass(9);
    assertThat(media.prompts).hasSize(256);
    pass(1);
    assertThat(media.prompts).hasSize(512);
    pass(10);
    assertThat(media.prompts)
        .extracting(FakeMedia.Prompted::sessionId)
        .containsExactlyElementsOf(IntStream.range(0, 600).mapToObj(i -> (long) i).toList());
  }

  @Test
  void shouldSayTheLatestAndNothingToThoseWhoLeft() {
    pass(0);
    IntStream.range(0, 256).forEach(i -> announcer.say(line(i), List.of(Prompt.TEN_SECONDS)));
    final Line waits = line(900);
    final Line leaves = line(901);
    announcer.say(waits, List.of(Prompt.TEN_SECONDS));
    announcer.say(leaves, List.of(Prompt.TEN_SECONDS));
    announcer.onChange(waits, Prompt.RETURNED_TO_MAIN);
    leaves.stage(Line.Stage.OVER, 0);
    pass(10);
    assertThat(media.promptsOf(900)).containsExactly("returned-to-main");
    assertThat(media.promptsOf(901)).isEmpty();
  }

  @Test
  void shouldCountThoseItHasNoRoomFor() {
    pass(0);
    final int all = Announcer.AT_ONCE + Announcer.CAPACITY + 3;
    IntStream.range(0, all).forEach(i -> announcer.say(line(i), List.of(Prompt.TEN_SECONDS)));
    assertThat(counters.get(FocusCounter.PROMPTS_LOST)).isEqualTo(3);
  }
}
