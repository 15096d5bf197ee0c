package dev.conductor.focus;

import dev.conductor.command.Accepted;
import dev.conductor.event.Event;
import dev.conductor.event.EventLog;
import dev.conductor.focus.Turn.AnswerDue;
import dev.conductor.focus.Turn.Done;
import dev.conductor.model.Snapshots;
import dev.conductor.store.Answer;
import dev.conductor.store.Batch;
import dev.conductor.store.Change;
import dev.conductor.store.Store;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands each turn to the store and, when it is committed, shows it: snapshots, then events, then
 * answers; always in the order of the turns. The conductor only.
 *
 * <p>While the store is down (a batch failed, it takes none, or it has not answered for {@value
 * #PATIENCE_MS} ms) turns are shown at once, so that hosts can still steer; commands that change
 * what must last are refused before they do; events and answers say that they are not durable. What
 * was not kept is offered again every {@value #PROBE_MS} ms, in order, and the first commit ends
 * the exception.
 */
final class Ledger implements Store.Outcome {
  static final long PATIENCE_MS = 2_000;
  static final long PROBE_MS = 1_000;

  /** Each change of a batch beyond these gives it a millisecond more: an import has thousands. */
  static final int USUAL_CHANGES = 1_000;

  private static final Logger LOG = LoggerFactory.getLogger(Ledger.class);
  private static final long NO_BATCH = 0;

  private final Deque<Waiting> waiting = new ArrayDeque<>();
  private final Deque<Offered> offered = new ArrayDeque<>();
  private final Unsaved unsaved;
  private final Store store;
  private final Snapshots snapshots;
  private final EventLog eventLog;
  private final FocusCounters counters;
  private final Inquiries inquiries;
  private boolean down;

  /** Whether events were shown that are not kept yet. */
  private boolean unkeptShown;

  private long lastBatchId = NO_BATCH;
  private long lastProbeNs;

  /**
   * Begins with the store up.
   *
   * @param inquiries takes what the store answers, in its order among the outcomes
   */
  Ledger(
      final Store store,
      final Snapshots snapshots,
      final EventLog eventLog,
      final FocusCounters counters,
      final Inquiries inquiries) {
    this.store = store;
    this.snapshots = snapshots;
    this.eventLog = eventLog;
    this.counters = counters;
    this.inquiries = inquiries;
    this.unsaved = new Unsaved(counters);
  }

  /** Whether what is changed now can be made to last. */
  boolean takesLasting() {
    return !down && store.hasRoom();
  }

  /** Takes a turn that is over. */
  void hand(final Done turn, final long nowNs) {
    final List<Change> changes = turn.changes();
    unsaved.add(changes);
    final Waiting last = new Waiting(turn, changes.isEmpty() || !down);
    if (!down && !unsaved.isEmpty()) {
      if (offer(nowNs)) {
        last.batchId = lastBatchId;
      } else {
        last.settle("it takes nothing more");
        goDown("it takes nothing more");
      }
    }
    waiting.addLast(last);
    show();
  }

  /** Takes the store's outcomes and shows what they let out. */
  int poll(final long nowNs) {
    final int outcomes = store.poll(this);
    final boolean isWaitedFor = !down || !waiting.isEmpty();
    if (isWaitedFor && !offered.isEmpty() && isLate(nowNs)) {
      counters.increment(FocusCounter.STORE_LATE);
      waiting.forEach(turn -> turn.settle("no answer in time"));
      goDown("no answer in time");
    }
    if (offered.isEmpty() && (down || !unsaved.isEmpty()) && isProbeDue(nowNs)) {
      lastProbeNs = nowNs;
      offer(nowNs);
    }
    if (unkeptShown && !down && offered.isEmpty() && unsaved.isEmpty()) {
      unkeptShown = false;
      store.clearShown();
    }
    show();
    return outcomes;
  }

  @Override
  public void onCommitted(final long batchId) {
    final Offered batch = settle(batchId, null);
    if (batch != null) {
      batch.batch().changes().forEach(unsaved::onKept);
    }
    if (down && offered.isEmpty()) {
      down = false;
      LOG.info("the store keeps what it is given again");
    }
  }

  @Override
  public void onFailed(final long batchId, final String reason) {
    counters.increment(FocusCounter.STORE_FAILED);
    final Offered batch = settle(batchId, reason);
    if (batch != null) {
      unsaved.addFailed(batch.batch().changes());
    }
    goDown(reason);
  }

  @Override
  public void onAnswer(final Answer answer) {
    inquiries.onAnswer(answer);
  }

  private boolean isLate(final long nowNs) {
    final Offered first = offered.peekFirst();
    final int beyond = Math.max(0, first.batch().changes().size() - USUAL_CHANGES);
    return nowNs - first.sinceNs() >= TimeUnit.MILLISECONDS.toNanos(PATIENCE_MS + beyond);
  }

  private boolean isProbeDue(final long nowNs) {
    return nowNs - lastProbeNs >= TimeUnit.MILLISECONDS.toNanos(PROBE_MS);
  }

  private boolean offer(final long nowNs) {
    final Batch batch = new Batch(lastBatchId + 1, unsaved.changes());
    if (!store.hasRoom() || !store.offer(batch)) {
      return false;
    }
    lastBatchId = batch.id();
    offered.addLast(new Offered(batch, nowNs));
    unsaved.clear();
    return true;
  }

  private Offered settle(final long batchId, final String failure) {
    for (final Waiting turn : waiting) {
      if (turn.batchId == batchId) {
        turn.settle(failure);
      }
    }
    final Offered first = offered.peekFirst();
    return first != null && first.batch().id() == batchId ? offered.pollFirst() : null;
  }

  private void goDown(final String reason) {
    if (!down) {
      down = true;
      LOG.error("the store does not keep what it is given: {}", reason);
    }
  }

  private void show() {
    while (!waiting.isEmpty() && waiting.peekFirst().batchId == NO_BATCH) {
      show(waiting.pollFirst());
    }
  }

  private void show(final Waiting waited) {
    final Done turn = waited.turn;
    turn.customers().forEach(snapshots::publish);
    turn.conferences().forEach(snapshots::publish);
    turn.calls().forEach(snapshots::publish);
    turn.opened().forEach(call -> eventLog.onCallOpened(call.conferenceUid(), call.uid()));
    if (!turn.events().isEmpty()) {
      turn.events().forEach(event -> eventLog.append(waited.durable ? event : unkept(event)));
      eventLog.flush();
    }
    turn.closed().forEach(call -> eventLog.onCallClosed(call.conferenceUid(), call.uid()));
    turn.answers().forEach(answer -> give(answer, waited));
  }

  /** Passing events are stored by nobody anyway. */
  private Event unkept(final Event event) {
    if (event.passing()) {
      return event;
    }
    store.noteShown(event.seq());
    unkeptShown = true;
    return event.notDurable();
  }

  private void give(final AnswerDue due, final Waiting waited) {
    final String failure = waited.failure;
    final boolean notKept = failure != null && due.lasting() && due.accepted().isTrue();
    final Accepted accepted =
        notKept
            ? Accepted.notNow("store: changed for now, but not kept on disk: " + failure)
            : due.accepted();
    try {
      final boolean changedNothing = accepted.seq() == 0;
      due.reply().onAnswer(waited.durable || changedNothing ? accepted : accepted.notDurable());
    } catch (final RuntimeException fault) {
      counters.increment(FocusCounter.FAULTS);
      LOG.error("an answer could not be given", fault);
    }
  }

  private record Offered(Batch batch, long sinceNs) {}

  /** A turn that is not shown yet; without a batch to wait for it may be. */
  private static final class Waiting {
    private final Done turn;
    private long batchId = NO_BATCH;
    private String failure;

    /** Whether what it changed is on disk by the time it is shown. */
    private boolean durable;

    Waiting(final Done turn, final boolean durable) {
      this.turn = turn;
      this.durable = durable;
    }

    /** Null for success. */
    void settle(final String why) {
      batchId = NO_BATCH;
      failure = why;
      durable &= why == null;
    }
  }
}
