package dev.conductor.notify;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.event.CallEventLogs;
import dev.conductor.event.CallLog;
import dev.conductor.event.Event;
import dev.conductor.event.EventSamples;
import dev.conductor.event.KeptEvent;
import dev.conductor.event.KeptEvents;
import dev.conductor.model.Snapshots;
import dev.conductor.query.EventRenderer;
import dev.conductor.query.EventView;
import dev.conductor.query.Renderer;
import dev.conductor.query.ServerFacts;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

/** One reader's way, step by step, without a socket. */
class EventStreamTest {
  private static final String CALL = "CALL1";
  private static final long SECOND_NS = 1_000_000_000L;
  private static final Pattern NUMBER_AND_NAME =
      Pattern.compile("\"seq\":(\\d+),.*?\"name\":\"([A-Z]+)\"");

  private final Snapshots snapshots = new Snapshots();
  private final CallEventLogs logs = new CallEventLogs(16, 4_194_304);
  private final NotifyCounters counters = new NotifyCounters();
  private final EventRenderer renderer =
      new EventRenderer(
          new Renderer(new ServerFacts("localhost", 0), () -> EventSamples.TIME_MS), snapshots);
  private final FakeSink sink = new FakeSink();
  private final FakeKept kept = new FakeKept();
  private long nowNs = Long.MAX_VALUE - SECOND_NS; // the clock may wrap
  private long head;

  @Test
  void shouldPutTalkingWhereItBelongsBetweenNumberedEvents() {
    open();
    final EventStream stream = stream(0);
    append(2);
    talk("A", true);
    append(2);
    talk("B", true);
    run(stream);

    assertThat(sink.told)
        .containsExactly("1 UPDATE", "2 UPDATE", "2 TALKING", "3 UPDATE", "4 UPDATE", "4 TALKING");
    run(stream);
    assertThat(sink.told).hasSize(6);
  }

  @Test
  void shouldHoldTalkingBackUntilTheEventBeforeItIsOut() {
    open();
    final EventStream stream = stream(0);
    append(1);
    logs.append(EventSamples.talking(CALL, 2, "A", true));
    run(stream);
    assertThat(sink.told).containsExactly("1 UPDATE");
    append(1);
    run(stream);
    assertThat(sink.told).containsExactly("1 UPDATE", "2 UPDATE", "2 TALKING");
  }

  @Test
  void shouldNotTellTalkingThatIsOlderThanTheSnapshot() {
    open();
    append(1);
    talk("A", true);
    append(2);
    talk("B", true);
    final EventStream stream = stream(StreamRequest.WITH_SNAPSHOT);
    run(stream);

    assertThat(sink.told).containsExactly("3 SNAPSHOT", "3 TALKING");
  }

  @Test
  void shouldGiveASlowReaderOnlyTheLatestTalkingOfEachCaller() {
    open();
    append(1);
    final EventStream stream = stream(1);
    run(stream);
    sink.room = 0;
    for (int i = 0; i < 1_001; i++) {
      talk("A", i % 2 == 0);
      talk("B", i % 2 == 1);
    }
    run(stream);
    assertThat(sink.told).isEmpty();
    sink.room = Integer.MAX_VALUE;
    run(stream);

    assertThat(sink.told).containsExactly("1 TALKING", "1 TALKING");
    assertThat(sink.texts.get(0)).contains("\"UID\":\"A\"").contains("\"talking\":true");
    assertThat(sink.texts.get(1)).contains("\"UID\":\"B\"").contains("\"talking\":false");
  }

  @RepeatedTest(200)
  void shouldTellEachNumberOnceInOrderHoweverItIsInterrupted(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    open();
    final EventStream stream = stream(0);
    long sentBefore = 0;
    while (head < 200) {
      append(random.nextInt(8));
      if (random.nextBoolean()) {
        talk("C" + random.nextInt(3), random.nextBoolean());
      }
      sink.room = random.nextInt(12);
      stream.step(nowNs);
      sink.room = 20;
      run(stream);
      assertThat(stream.headSeq()).isEqualTo(head);
      sentBefore = numbered();
      assertThat(sentBefore).isEqualTo(head);
    }
    long last = 0;
    for (final String told : sink.told) {
      final long seq = Long.parseLong(told.substring(0, told.indexOf(' ')));
      assertThat(seq).isEqualTo(told.endsWith("TALKING") ? last : last + 1);
      last = seq;
    }
  }

  @Test
  void shouldCloseAReaderAtTheThirdGapInAMinute() {
    open();
    append(1);
    final EventStream stream = stream(StreamRequest.WITH_SNAPSHOT);
    run(stream);
    for (int gap = 1; gap <= 2; gap++) {
      append(17);
      nowNs += 20 * SECOND_NS;
      run(stream);
      assertThat(sink.closed).isFalse();
    }
    append(17);
    nowNs += 20 * SECOND_NS;
    run(stream);

    assertThat(sink.ending).isEqualTo(Ending.TOO_SLOW);
    assertThat(sink.told)
        .containsExactly("1 SNAPSHOT", "18 GAP", "18 SNAPSHOT", "35 GAP", "35 SNAPSHOT", "52 GAP");
    assertThat(counters.get(NotifyCounter.CLOSED_FOR_GAPS)).isEqualTo(1);
  }

  @Test
  void shouldKeepAReaderWhoseGapsAreFarApart() {
    open();
    append(1);
    final EventStream stream = stream(StreamRequest.WITH_SNAPSHOT);
    run(stream);
    for (int gap = 1; gap <= 10; gap++) {
      append(17);
      nowNs += 31 * SECOND_NS;
      run(stream);
    }

    assertThat(sink.closed).isFalse();
    assertThat(counters.get(NotifyCounter.GAPS_TOLD)).isEqualTo(10);
  }

  @Test
  void shouldReadFromTheDiskWhatMemoryNoLongerHasAndGoOnWithoutAHole() {
    open();
    append(100);
    kept.firstSeq = 1;
    kept.lastSeq = 97; // the last ones are not yet seen there
    final EventStream stream = stream(0);
    runPatiently(stream);
    append(3);
    talk("A", true);
    run(stream);

    final List<String> expected = new ArrayList<>();
    for (int seq = 1; seq <= 103; seq++) {
      expected.add(seq + " UPDATE");
    }
    expected.add("103 TALKING");
    assertThat(sink.told).containsExactlyElementsOf(expected);
    assertThat(counters.get(NotifyCounter.GAPS_TOLD)).isZero();
  }

  @Test
  void shouldTellAGapWhereTheDiskHasAHoleToo() {
    open();
    append(100);
    kept.firstSeq = 11;
    kept.lastSeq = 100;
    final EventStream fromTheStart = stream(0);
    runPatiently(fromTheStart);
    assertThat(sink.told).containsExactly("100 GAP", "100 SNAPSHOT");

    sink.told.clear();
    kept.firstSeq = 1;
    kept.lastSeq = 50;
    final EventStream cutOff = stream(40);
    runPatiently(cutOff);
    assertThat(sink.told).hasSize(12).startsWith("41 UPDATE").endsWith("100 GAP", "100 SNAPSHOT");
  }

  @Test
  void shouldAskAgainLaterWhenTheDiskIsBusyAndTellAGapToAReaderThatFallsBehindAfterwards() {
    open();
    append(40);
    kept.firstSeq = 1;
    kept.lastSeq = 1_000;
    kept.busy = 2;
    final EventStream stream = stream(20);
    runPatiently(stream);
    assertThat(sink.later).isEqualTo(2);
    assertThat(sink.told).hasSize(20).endsWith("40 UPDATE");

    append(17); // it was at the head, and was lapped
    runPatiently(stream);
    assertThat(sink.told).hasSize(22).endsWith("57 GAP", "57 SNAPSHOT");
  }

  @Test
  void shouldTakeAPageOnlyAsFastAsTheReaderDoes() {
    open();
    append(100);
    kept.firstSeq = 1;
    kept.lastSeq = 100;
    final EventStream stream = stream(0);
    for (int i = 0; i < 500; i++) {
      sink.room = 1;
      stream.step(nowNs);
    }
    assertThat(sink.told).hasSize(100).startsWith("1 UPDATE").endsWith("100 UPDATE");
    assertThat(kept.asked).isEqualTo(17); // 84 events that memory had not, five a page
  }

  @Test
  void shouldBeginWithWhatIsNewWhenAskedForNothingElse() {
    open();
    append(3);
    final EventStream stream = streamOfConference(StreamRequest.FROM_NOW);
    append(1);
    run(stream);
    assertThat(sink.told).containsExactly("4 UPDATE");
    logs.onCallClosed(EventSamples.CONFERENCE, CALL);
    openNext();
    run(stream);
    assertThat(sink.told).containsExactly("4 UPDATE", "4 END", "1 UPDATE", "2 UPDATE", "3 UPDATE");
  }

  @Test
  void shouldWaitForTheFirstSnapshotOfACallThatIsJustOpening() {
    logs.onCallOpened(EventSamples.CONFERENCE, CALL);
    final EventStream stream = stream(StreamRequest.WITH_SNAPSHOT);
    run(stream);
    assertThat(sink.told).isEmpty();
    append(1);
    run(stream);
    assertThat(sink.told).containsExactly("1 SNAPSHOT");
  }

  @Test
  void shouldSayTheEndOnceWhetherTheLogHasItOrNot() {
    open();
    append(1);
    final EventStream without = stream(0);
    logs.onCallClosed(EventSamples.CONFERENCE, CALL);
    run(without);
    assertThat(sink.told).containsExactly("1 UPDATE", "1 END");
    assertThat(sink.closed).isTrue();
  }

  @Test
  void shouldIgnoreALastEventIdThatIsNotOurs() {
    open();
    append(3);
    for (final String id : List.of("OTHER:1", "CALL1", "CALL1:", "CALL1:x", "CALL1:-4", ":::")) {
      sink.told.clear();
      final EventStream stream = stream(StreamRequest.WITH_SNAPSHOT, id);
      run(stream);
      assertThat(sink.told).as(id).containsExactly("3 SNAPSHOT");
    }
    sink.told.clear();
    run(stream(StreamRequest.WITH_SNAPSHOT, " CALL1:2 "));
    assertThat(sink.told).containsExactly("3 UPDATE");
  }

  @Test
  void shouldBeginTheNextCallWithASnapshotHoweverTheFirstWasResumed() {
    open();
    append(3);
    final EventStream stream = streamOfConference(2);
    run(stream);
    assertThat(sink.told).containsExactly("3 UPDATE");
    logs.onCallClosed(EventSamples.CONFERENCE, CALL);
    openNext();
    run(stream);

    assertThat(sink.told).containsExactly("3 UPDATE", "3 END", "3 SNAPSHOT");
  }

  @Test
  void shouldNotResumeACallBehindANumberAskedForBeforeItOpened() {
    final EventStream stream = streamOfConference(2);
    run(stream);
    assertThat(sink.told).isEmpty();
    openNext();
    run(stream);

    assertThat(sink.told).containsExactly("3 SNAPSHOT");
  }

  @Test
  void shouldTellAllOfEveryCallToWhoAsksForAllBeforeTheFirst() {
    final EventStream stream = streamOfConference(0);
    run(stream);
    openNext();
    run(stream);

    assertThat(sink.told).containsExactly("1 UPDATE", "2 UPDATE", "3 UPDATE");
  }

  private FrameCache frames() {
    return new FrameCache(renderer, new FrameCache.Style(Framing.SSE, EventView.KEPT));
  }

  /** Another call of the conference, three events old. */
  private void openNext() {
    snapshots.publish(EventSamples.snapshot("CALL2", 3, "A"));
    logs.onCallOpened(EventSamples.CONFERENCE, "CALL2");
    for (int seq = 1; seq <= 3; seq++) {
      logs.append(EventSamples.logged("CALL2", seq));
    }
  }

  private EventStream streamOfConference(final long since) {
    final StreamRequest request =
        new StreamRequest("", EventSamples.CONFERENCE, since, "", EventView.KEPT);
    final EventStream.Reader reader = new EventStream.Reader(snapshots, kept, frames(), counters);
    return EventStream.ofConference(
        request, logs.conference(EventSamples.CONFERENCE), reader, sink);
  }

  private long numbered() {
    return sink.told.stream().filter(told -> !told.endsWith("TALKING")).count();
  }

  private void open() {
    snapshots.publish(EventSamples.snapshot(CALL, 0, "A"));
    logs.onCallOpened(EventSamples.CONFERENCE, CALL);
  }

  private void append(final int events) {
    snapshots.publish(EventSamples.snapshot(CALL, head + events, "A"));
    for (int i = 0; i < events; i++) {
      logs.append(EventSamples.logged(CALL, ++head));
    }
  }

  private void talk(final String caller, final boolean talking) {
    logs.append(EventSamples.talking(CALL, head, caller, talking));
  }

  private EventStream stream(final long since) {
    return stream(since, "");
  }

  private EventStream stream(final long since, final String lastEventId) {
    final StreamRequest request = new StreamRequest(CALL, "", since, lastEventId, EventView.KEPT);
    final CallLog log = logs.find(CALL).orElseThrow();
    final EventStream.Reader reader = new EventStream.Reader(snapshots, kept, frames(), counters);
    return EventStream.ofCall(request, log, reader, sink);
  }

  /** Steps though there seems to be nothing to do, as a sink does that is woken. */
  private void runPatiently(final EventStream stream) {
    for (int i = 0; i < 200; i++) {
      run(stream);
    }
  }

  private void run(final EventStream stream) {
    while (sink.takesMore() && stream.step(nowNs) > 0) {
      assertThat(sink.told.size()).isLessThan(10_000);
    }
  }

  /** A disk that has some of the events; a page is small, and it may be busy. */
  private final class FakeKept implements KeptEvents {
    private static final int PAGE = 5;
    private long firstSeq = Long.MAX_VALUE;
    private long lastSeq;
    private int busy;
    private int asked;

    @Override
    public boolean read(
        final String callUid,
        final long afterSeq,
        final int maxEvents,
        final Consumer<List<KeptEvent>> to) {
      asked++;
      if (busy > 0) {
        busy--;
        return false;
      }
      final List<KeptEvent> page = new ArrayList<>();
      for (long seq = Math.max(firstSeq, afterSeq + 1);
          seq <= lastSeq && page.size() < PAGE;
          seq++) {
        final Event event = EventSamples.logged(callUid, seq);
        page.add(
            new KeptEvent(
                seq, event.source(), event.name(), renderer.event(event, EventView.KEPT)));
      }
      to.accept(page);
      return true;
    }
  }

  private static final class FakeSink implements EventStream.Sink {
    private final List<String> told = new ArrayList<>();
    private final List<String> texts = new ArrayList<>();
    private int room = Integer.MAX_VALUE;
    private boolean closed;
    private Ending ending;
    private int later;

    @Override
    public boolean takesMore() {
      return room > 0 && !closed;
    }

    @Override
    public void write(final byte[] frame) {
      room--;
      final String text = new String(frame, StandardCharsets.UTF_8);
      final Matcher matcher = NUMBER_AND_NAME.matcher(text);
      assertThat(matcher.find()).as(text).isTrue();
      texts.add(text);
      told.add(matcher.group(1) + " " + matcher.group(2));
    }

    @Override
    public void close(final Ending why) {
      closed = true;
      ending = why;
    }

    @Override
    public void wakeWith(final Runnable task) {
      task.run();
    }

    @Override
    public void wakeAfter(final long delayMs) {
      later++;
    }
  }
}
