package dev.conductor.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class CallEventLogsTest {
  private static final String CALL = "CALL1";

  private final CallEventLogs logs = new CallEventLogs(16, 4_194_304);

  @Test
  void shouldReadEventsInOrderFromAnyPlaceThatIsKept() {
    final CallLog log = open(CALL);
    append(1, 16);

    assertThat(seqs(log.read(0, 100))).containsExactlyElementsOf(range(1, 16));
    assertThat(seqs(log.read(10, 3))).containsExactly(11L, 12L, 13L);
    assertThat(seqs(log.read(16, 100))).isEmpty();
    assertThat(seqs(log.read(99, 100))).isEmpty();
    assertThat(log.headSeq()).isEqualTo(16);
  }

  @Test
  void shouldTellTheGapExactlyWhenAReaderIsBehindWhatIsKept() {
    final CallLog log = open(CALL);
    append(1, 17);

    assertThat(log.read(0, 100)).isEqualTo(new Reading.Gap(1, 1));
    assertThat(seqs(log.read(1, 100))).containsExactlyElementsOf(range(2, 17));
    append(18, 40);
    assertThat(log.read(1, 100)).isEqualTo(new Reading.Gap(2, 24));
    assertThat(seqs(log.read(24, 100))).containsExactlyElementsOf(range(25, 40));
  }

  @Test
  void shouldKeepNoMoreThanItWasToldHoweverMuchIsAppended() {
    final CallEventLogs odd = new CallEventLogs(10, 4_194_304);
    odd.onCallOpened("C", CALL);
    for (long seq = 1; seq <= 1_000; seq++) {
      odd.append(EventSamples.logged(CALL, seq));
      final CallLog log = odd.find(CALL).orElseThrow();
      final long oldest = Math.max(0, seq - 10);
      assertThat(seqs(log.read(oldest, 100))).hasSize((int) (seq - oldest));
      if (oldest > 0) {
        assertThat(log.read(oldest - 1, 100)).isInstanceOf(Reading.Gap.class);
      }
    }
  }

  @Test
  void shouldKeepNoMoreBytesThanItWasToldButTheLastEventAlways() {
    final CallEventLogs tight = new CallEventLogs(1_000, 10_000);
    tight.onCallOpened("C", CALL);
    final CallLog log = tight.find(CALL).orElseThrow();
    for (long seq = 1; seq <= 500; seq++) {
      tight.append(EventSamples.logged(CALL, seq));
      assertThat(log.bytes()).isLessThanOrEqualTo(10_000);
    }
    final int each = EventWeight.bytes(EventSamples.logged(CALL, 1));
    final int kept = 10_000 / each;
    assertThat(seqs(log.read(500 - kept, 100))).containsExactlyElementsOf(range(501 - kept, 500));
    assertThat(log.read(500 - kept - 1, 100)).isEqualTo(new Reading.Gap(500 - kept, 500 - kept));

    final CallEventLogs tiny = new CallEventLogs(1_000, 1);
    tiny.onCallOpened("C", CALL);
    tiny.append(EventSamples.logged(CALL, 1));
    tiny.append(EventSamples.logged(CALL, 2));
    assertThat(seqs(tiny.find(CALL).orElseThrow().read(1, 100))).containsExactly(2L);
  }

  @Test
  void shouldShowAHoleInTheNumbersAsAGap() {
    final CallLog log = open(CALL);
    append(1, 3);
    append(6, 7);

    assertThat(seqs(log.read(0, 100))).containsExactly(1L, 2L, 3L);
    assertThat(log.read(3, 100)).isInstanceOf(Reading.Gap.class);
    assertThat(seqs(log.read(5, 100))).containsExactly(6L, 7L);
  }

  @Test
  void shouldNotTakeANumberTwiceNorAnEventOfNoCall() {
    final CallLog log = open(CALL);
    append(1, 2);
    append(2, 2);
    logs.append(EventSamples.logged("NOBODY", 1));

    assertThat(seqs(log.read(0, 100))).containsExactly(1L, 2L);
    assertThat(logs.counters()).containsEntry("logged", 2L).containsEntry("refused", 2L);
    assertThat(logs.find("NOBODY")).isEmpty();
  }

  @Test
  void shouldRefuseToKeepNothing() {
    assertThatThrownBy(() -> new CallEventLogs(0, 1)).hasMessageContaining("keptEvents: 0");
  }

  @Test
  void shouldGiveOnlyTheLatestTalkingOfEachCaller() {
    final CallLog log = open(CALL);
    logs.append(EventSamples.talking(CALL, 0, "A", true));
    final long afterFirst = log.passingVersion();
    logs.append(EventSamples.talking(CALL, 0, "B", true));
    logs.append(EventSamples.talking(CALL, 0, "A", false));

    assertThat(log.passingAfter(0))
        .extracting(passing -> passing.event().target())
        .containsExactly(
            EventSamples.caller(CALL, "B", true), EventSamples.caller(CALL, "A", false));
    assertThat(log.passingAfter(afterFirst)).hasSize(2);
    assertThat(log.passingAfter(log.passingVersion())).isEmpty();
    assertThat(log.headSeq()).isZero();
  }

  @RepeatedTest(50)
  void shouldCoalesceTheSameHoweverFarBehindTheReaderIs(final RepetitionInfo info) {
    final SplittableRandom random = new SplittableRandom(info.getCurrentRepetition());
    final CallLog log = open(CALL);
    final List<String> order = new ArrayList<>();
    final int changes = 1 + random.nextInt(1_000);
    for (int i = 0; i < changes; i++) {
      final String caller = "C" + random.nextInt(40);
      logs.append(EventSamples.talking(CALL, 0, caller, random.nextBoolean()));
      order.add(caller);
    }
    final int after = random.nextInt(changes + 1);
    final List<String> expected = new ArrayList<>();
    for (int i = changes - 1; i >= after; i--) {
      if (!expected.contains(order.get(i))) {
        expected.add(0, order.get(i));
      }
    }

    assertThat(log.passingAfter(after))
        .extracting(passing -> PassingEvents.objectUid(passing.event()))
        .containsExactlyElementsOf(expected);
  }

  @Test
  void shouldWakeReadersOnceABatchAndNotAfterTheyLeft() {
    final CallLog log = open(CALL);
    final AtomicInteger byCall = new AtomicInteger();
    final AtomicInteger byConference = new AtomicInteger();
    final Runnable waker = byCall::incrementAndGet;
    log.addReader(waker);
    logs.conference("C").addReader(byConference::incrementAndGet);

    append(1, 5);
    assertThat(byCall).hasValue(0);
    logs.flush();
    assertThat(byCall).hasValue(1);
    assertThat(byConference).hasValue(1);
    logs.flush();
    assertThat(byCall).hasValue(1);

    log.removeReader(waker);
    append(6, 6);
    logs.flush();
    assertThat(byCall).hasValue(1);
    assertThat(byConference).hasValue(2);
  }

  @Test
  void shouldLeadAReaderOfAConferenceFromCallToCallWithoutLosingOne() {
    final AtomicInteger woken = new AtomicInteger();
    final ConferenceLine line = logs.conference("C");
    line.addReader(woken::incrementAndGet);
    final CallLink waiting = line.current();
    assertThat(waiting.log()).isEmpty();

    for (final String call : List.of("FIRST", "SECOND", "THIRD")) {
      open(call);
      logs.append(EventSamples.logged(call, 1));
      logs.onCallClosed("C", call);
    }

    assertThat(woken.get()).isGreaterThanOrEqualTo(6);
    CallLink link = waiting;
    for (final String call : List.of("FIRST", "SECOND", "THIRD")) {
      final CallLog log = link.log().orElseThrow();
      assertThat(log.callUid()).isEqualTo(call);
      assertThat(log.closed()).isTrue();
      assertThat(seqs(log.read(0, 10))).containsExactly(1L);
      assertThat(logs.find(call)).isEmpty();
      link = log.next();
    }
    assertThat(link.log()).isEmpty();
    assertThat(line.current()).isSameAs(link);
  }

  @Test
  void shouldEndTheCallThatIsUpWhenAnotherOpens() {
    final CallLog first = open("FIRST");
    final CallLog second = open("SECOND");

    assertThat(first.closed()).isTrue();
    assertThat(first.next().log()).containsSame(second);

    final CallLog third = open("THIRD");
    logs.onCallClosed("C", "FIRST"); // its end comes late
    assertThat(third.closed()).isFalse();
    assertThat(logs.conference("C").current().log()).containsSame(third);
  }

  @Test
  @Timeout(60)
  void shouldShowEachOfEightReadersAllInOrderOrAGapWhileTheWriterRuns() throws Exception {
    final int events = 100_000;
    final CallEventLogs big = new CallEventLogs(1_024, 4_194_304);
    big.onCallOpened("C", CALL);
    final CallLog log = big.find(CALL).orElseThrow();
    final ExecutorService threads = Executors.newFixedThreadPool(8);
    final CountDownLatch ready = new CountDownLatch(8);
    final List<Future<long[]>> readers = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      final int maxEvents = 1 + i * 37;
      readers.add(threads.submit(follow(log, maxEvents, ready)));
    }
    ready.await();
    for (long seq = 1; seq <= events; seq++) {
      big.append(EventSamples.logged(CALL, seq));
      if (seq % 64 == 0) {
        big.flush();
        Thread.yield();
      }
    }
    big.onCallClosed("C", CALL);
    long readByAll = 0;
    for (final Future<long[]> reader : readers) {
      final long[] readAndMissed = reader.get(30, TimeUnit.SECONDS);
      assertThat(readAndMissed[0] + readAndMissed[1]).isEqualTo(events);
      readByAll += readAndMissed[0];
    }
    assertThat(readByAll).isPositive();
    threads.shutdown();
  }

  /** Reads to the end; answers how many were read and how many a gap told as missing. */
  private static Callable<long[]> follow(
      final CallLog log, final int maxEvents, final CountDownLatch ready) {
    return () -> {
      ready.countDown();
      long after = 0;
      long read = 0;
      long missed = 0;
      while (true) {
        final boolean over = log.closed();
        final Reading reading = log.read(after, maxEvents);
        if (reading instanceof Reading.Gap gap) {
          assertThat(gap.fromSeq()).isEqualTo(after + 1);
          assertThat(gap.toSeq()).isGreaterThanOrEqualTo(gap.fromSeq());
          missed += gap.toSeq() - after;
          after = gap.toSeq();
          continue;
        }
        final List<Event> events = ((Reading.Events) reading).events();
        for (final Event event : events) {
          if (event.seq() != after + 1) {
            throw new AssertionError(event.seq() + " follows " + after);
          }
          after = event.seq();
          read++;
        }
        if (events.isEmpty() && over) {
          return new long[] {read, missed};
        }
      }
    };
  }

  private CallLog open(final String callUid) {
    logs.onCallOpened("C", callUid);
    return logs.find(callUid).orElseThrow();
  }

  private void append(final long firstSeq, final long lastSeq) {
    for (long seq = firstSeq; seq <= lastSeq; seq++) {
      logs.append(EventSamples.logged(CALL, seq));
    }
  }

  private static List<Long> range(final long first, final long last) {
    return java.util.stream.LongStream.rangeClosed(first, last).boxed().toList();
  }

  private static List<Long> seqs(final Reading reading) {
    return ((Reading.Events) reading).events().stream().map(Event::seq).toList();
  }
}
