package dev.conductor.notify;

import dev.conductor.event.CallLink;
import dev.conductor.event.CallLog;
import dev.conductor.event.ConferenceLine;
import dev.conductor.event.KeptEvents;
import dev.conductor.event.PassingEvent;
import dev.conductor.event.Reading;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Snapshots;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * One reader's way through the logs: a snapshot or a place to resume from, then what follows, from
 * call to call when it reads by conference. It knows nothing of sockets: it writes to a {@link
 * Sink} as long as that takes more. All on the reader's event loop.
 */
final class EventStream {
  private static final int EVENTS_A_READ = 64;

  private final StreamRequest request;
  private final Reader reader;
  private final Sink sink;
  private final GapLimit gaps = new GapLimit();

  /** Where the log of the next call comes from; null when reading one call. */
  private CallLink link;

  /** The call being read; null while waiting for one. */
  private CallLog log;

  /** Events of this call that memory no longer has, while the reader catches up with it. */
  private Replay replay;

  private boolean firstCall = true;
  private boolean snapshotDue;

  /** Set with {@link #snapshotDue} when a gap is to be told first. */
  private boolean gapDue;

  private boolean endTold;
  private long afterSeq;

  /** Passing events that are older than this are part of what the reader began with. */
  private long beganAtSeq;

  private long afterVersion;

  private EventStream(final StreamRequest request, final Reader reader, final Sink sink) {
    this.request = request;
    this.reader = reader;
    this.sink = sink;
  }

  /** A stream of one call. */
  static EventStream ofCall(
      final StreamRequest request, final CallLog log, final Reader reader, final Sink sink) {
    final EventStream stream = new EventStream(request, reader, sink);
    stream.enter(log);
    return stream;
  }

  /** A stream of a conference's calls. */
  static EventStream ofConference(
      final StreamRequest request,
      final ConferenceLine line,
      final Reader reader,
      final Sink sink) {
    final EventStream stream = new EventStream(request, reader, sink);
    stream.link = line.current();
    stream.link.log().ifPresentOrElse(stream::enter, () -> stream.firstCall = false);
    return stream;
  }

  /**
   * Writes what there is, as long as the sink takes it.
   *
   * @param nowNs a clock that only goes forward
   * @return how much was done; 0 when there is nothing to do until something is new
   */
  int step(final long nowNs) {
    if (log == null) {
      return link.log().map(this::enter).orElse(0);
    }
    if (snapshotDue) {
      return begin(nowNs);
    }
    final boolean over = log.closed();
    final Reading reading = log.read(afterSeq, EVENTS_A_READ);
    if (reading instanceof Reading.Gap) {
      return behind(nowNs);
    }
    replay = null; // who falls behind from here on was too slow
    final List<Told> told =
        ((Reading.Events) reading)
            .events().stream().map(event -> Told.of(event, reader.frames())).toList();
    final int written = write(told, log.passingAfter(afterVersion));
    if (written == 0 && told.isEmpty() && over) {
      return leave();
    }
    return written;
  }

  /** The call being read, empty while waiting for one. */
  String callUid() {
    return log == null ? "" : log.callUid();
  }

  /** Number of the last event the call's log has, 0 while waiting for a call. */
  long headSeq() {
    return log == null ? 0 : log.headSeq();
  }

  private int enter(final CallLog next) {
    log = next;
    endTold = false;
    afterVersion = 0;
    final OptionalLong resume = StreamPlace.resumeAfter(request, next, firstCall);
    firstCall = false;
    afterSeq = resume.orElse(0);
    beganAtSeq = afterSeq;
    gapDue = afterSeq > next.headSeq();
    snapshotDue = gapDue || resume.isEmpty();
    replay = snapshotDue ? null : new Replay(next.callUid(), reader.kept(), reader.frames(), sink);
    return 1;
  }

  /** Memory no longer has what comes next: a reader that resumes gets it from the disk. */
  private int behind(final long nowNs) {
    if (replay != null) {
      final Optional<List<Told>> page = replay.after(afterSeq);
      if (page.isEmpty()) {
        return 0;
      }
      if (!page.get().isEmpty()) {
        return write(page.get(), log.passingAfter(afterVersion));
      }
      replay = null;
    }
    snapshotDue = true;
    gapDue = true;
    return begin(nowNs);
  }

  /** Tells the gap, if one is due, and the snapshot. */
  private int begin(final long nowNs) {
    final Optional<CallSnapshot> snapshot = reader.snapshots().call(log.callUid());
    if (snapshot.isEmpty()) {
      return log.closed() ? leave() : 0;
    }
    final long seq = snapshot.get().seq();
    if (gapDue) {
      reader.counters().increment(NotifyCounter.GAPS_TOLD);
      final long fromSeq = afterSeq < seq ? afterSeq + 1 : 1;
      sink.write(reader.frames().gap(log.callUid(), fromSeq, seq));
      gapDue = false;
      if (!gaps.allow(nowNs)) {
        reader.counters().increment(NotifyCounter.CLOSED_FOR_GAPS);
        sink.close(Ending.TOO_SLOW);
        return 1;
      }
    }
    reader.counters().increment(NotifyCounter.SNAPSHOTS_WRITTEN);
    sink.write(reader.frames().snapshot(snapshot.get(), nowNs));
    snapshotDue = false;
    afterSeq = seq;
    beganAtSeq = seq;
    return 1;
  }

  /** Writes logged events, each passing one where it belongs between them. */
  private int write(final List<Told> events, final List<PassingEvent> passing) {
    int written = 0;
    int nextPassing = 0;
    for (final Told event : events) {
      while (nextPassing < passing.size() && passing.get(nextPassing).event().seq() < event.seq()) {
        if (!sink.takesMore()) {
          return written;
        }
        written += tell(passing.get(nextPassing++));
      }
      if (!sink.takesMore()) {
        return written;
      }
      tell(event);
      written++;
    }
    while (nextPassing < passing.size()
        && passing.get(nextPassing).event().seq() <= afterSeq
        && sink.takesMore()) {
      written += tell(passing.get(nextPassing++));
    }
    return written;
  }

  private void tell(final Told event) {
    sink.write(event.frame().get());
    reader.counters().increment(NotifyCounter.EVENTS_WRITTEN);
    afterSeq = event.seq();
    endTold = event.end();
  }

  private int tell(final PassingEvent passing) {
    afterVersion = passing.version();
    if (passing.event().seq() < beganAtSeq) {
      return 0;
    }
    sink.write(reader.frames().frame(passing.event()));
    reader.counters().increment(NotifyCounter.EVENTS_WRITTEN);
    return 1;
  }

  /** The call is over and told to its last event. */
  private int leave() {
    if (!endTold) {
      sink.write(reader.frames().end(log.callUid(), log.headSeq(), System.currentTimeMillis()));
    }
    if (link == null) {
      sink.close(Ending.CALL_OVER);
    } else {
      link = log.next();
      log = null;
    }
    return 1;
  }

  /** Where a stream writes. On the reader's event loop, but for {@link #wakeWith}. */
  interface Sink {
    /** Whether another message may be written now. */
    boolean takesMore();

    /** Writes a whole message; the bytes may be shared and are never changed. */
    void write(byte[] frame);

    /** Nothing more will come. */
    void close(Ending why);

    /** Any thread: runs the task on the event loop and then has the stream stepped. */
    void wakeWith(Runnable task);

    /** Has the stream stepped after a while. */
    void wakeAfter(long delayMs);
  }

  /**
   * What all readers of one style share. Immutable.
   *
   * @param snapshots the calls as they are
   * @param kept events that memory no longer has
   * @param frames the style, and the frames of the last events in it
   * @param counters what is counted
   */
  record Reader(Snapshots snapshots, KeptEvents kept, FrameCache frames, NotifyCounters counters) {}
}
