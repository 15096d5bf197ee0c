package dev.conductor.notify;

import dev.conductor.event.KeptEvent;
import dev.conductor.event.KeptEvents;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fetches what a reader resumes with and memory no longer has, one page at a time: the next is
 * asked for when the reader has taken the one before. On the reader's event loop.
 */
final class Replay {
  private static final int EVENTS_A_PAGE = 64;
  private static final long AGAIN_MS = 50;

  private final String callUid;
  private final KeptEvents kept;
  private final FrameCache frames;
  private final EventStream.Sink sink;

  /** What has come, from number {@link #askedAfterSeq} on; null while nothing has. */
  private List<KeptEvent> page;

  private boolean asked;
  private long askedAfterSeq;

  Replay(
      final String callUid,
      final KeptEvents kept,
      final FrameCache frames,
      final EventStream.Sink sink) {
    this.callUid = callUid;
    this.kept = kept;
    this.frames = frames;
    this.sink = sink;
  }

  /**
   * What follows a number.
   *
   * @return empty while it is being fetched: the sink is woken when it is here; a list without
   *     events when the disk does not have the next number either
   */
  Optional<List<Told>> after(final long afterSeq) {
    if (page != null) {
      final List<Told> rest = rest(afterSeq);
      if (!rest.isEmpty() || askedAfterSeq == afterSeq) {
        return Optional.of(rest);
      }
      page = null;
    }
    if (!asked) {
      ask(afterSeq);
    }
    return Optional.empty();
  }

  private void ask(final long afterSeq) {
    askedAfterSeq = afterSeq;
    asked = true;
    if (!kept.read(callUid, afterSeq, EVENTS_A_PAGE, this::take)) {
      asked = false;
      sink.wakeAfter(AGAIN_MS);
    }
  }

  /** On the reading thread. */
  private void take(final List<KeptEvent> events) {
    sink.wakeWith(
        () -> {
          page = events;
          asked = false;
        });
  }

  /** The events of the page that follow without a hole. */
  private List<Told> rest(final long afterSeq) {
    final List<Told> rest = new ArrayList<>();
    long wanted = afterSeq + 1;
    for (final KeptEvent event : page) {
      if (event.seq() == wanted) {
        rest.add(Told.of(callUid, event, frames));
        wanted++;
      }
    }
    return rest;
  }
}
