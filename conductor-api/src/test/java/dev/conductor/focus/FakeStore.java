package dev.conductor.focus;

import dev.conductor.model.Attendance;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import dev.conductor.store.Batch;
import dev.conductor.store.Change;
import dev.conductor.store.KeptAnswer;
import dev.conductor.store.KeptRounds;
import dev.conductor.store.OpenCall;
import dev.conductor.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A store that commits or fails when it is told to. */
final class FakeStore implements Store {
  final List<Batch> committed = new ArrayList<>();
  final Deque<Batch> waiting = new ArrayDeque<>();
  private final Deque<Settled> outcomes = new ArrayDeque<>();
  private final List<ConferenceSnapshot> conferences;
  boolean full;

  FakeStore(final List<ConferenceSnapshot> conferences) {
    this.conferences = conferences;
  }

  void commitAll() {
    while (!waiting.isEmpty()) {
      final Batch batch = waiting.removeFirst();
      committed.add(batch);
      outcomes.add(new Settled(batch.id(), null));
    }
  }

  void failNext(final String reason) {
    outcomes.add(new Settled(waiting.removeFirst().id(), reason));
  }

  @Override
  public boolean hasRoom() {
    return !full;
  }

  @Override
  public boolean offer(final Batch batch) {
    if (full) {
      return false;
    }
    waiting.add(batch);
    return true;
  }

  @Override
  public int poll(final Outcome outcome) {
    int polled = 0;
    while (!outcomes.isEmpty()) {
      final Settled settled = outcomes.removeFirst();
      if (settled.failure() == null) {
        outcome.onCommitted(settled.batchId());
      } else {
        outcome.onFailed(settled.batchId(), settled.failure());
      }
      polled++;
    }
    return polled;
  }

  @Override
  public List<Customer> loadCustomers() {
    return conferences.stream().map(ConferenceSnapshot::customer).distinct().toList();
  }

  @Override
  public List<ConferenceSnapshot> loadConferences() {
    return conferences;
  }

  @Override
  public List<KeptAnswer> loadAnswers() {
    final List<KeptAnswer> kept = new ArrayList<>();
    for (final Batch batch : committed) {
      for (final Change change : batch.changes()) {
        if (change instanceof Change.AnswerKept answer) {
          kept.removeIf(older -> older.key().equals(answer.answer().key()));
          kept.add(answer.answer());
        } else if (change instanceof Change.AnswersExpired expired) {
          kept.removeIf(older -> older.timeMs() <= expired.untilMs());
        }
      }
    }
    return kept;
  }

  @Override
  public List<OpenCall> loadOpenCalls() {
    final Map<String, LeftCall> left = new LinkedHashMap<>();
    for (final Batch batch : committed) {
      for (final Change change : batch.changes()) {
        take(change, left);
      }
    }
    return left.values().stream().filter(of -> of.call.active()).map(LeftCall::open).toList();
  }

  private static void take(final Change change, final Map<String, LeftCall> left) {
    if (change instanceof Change.CallSaved of) {
      final LeftCall call = left.computeIfAbsent(of.call().uid(), uid -> new LeftCall());
      call.call = of.call();
      call.breakoutsMade = of.breakoutsMade();
    } else if (change instanceof Change.CallerSaved of) {
      final LeftCall call = left.get(of.caller().identity().callUid());
      call.callers.put(of.caller().uid(), of.caller());
      call.attendance.put(of.caller().uid(), of.attendance());
    } else if (change instanceof Change.BreakoutSaved of) {
      left.get(of.breakout().callUid()).breakouts.put(of.breakout().uid(), of.breakout());
    } else if (change instanceof Change.RoundsSaved of) {
      left.get(of.rounds().callUid()).rounds = of.rounds();
    } else if (change instanceof Change.EventLogged of) {
      left.get(of.event().callUid()).seq = of.event().seq();
    }
  }

  /** What is kept of one call. */
  private static final class LeftCall {
    private final Map<String, Caller> callers = new HashMap<>();
    private final Map<String, Attendance> attendance = new HashMap<>();
    private final Map<String, Breakout> breakouts = new HashMap<>();
    private Call call;
    private int breakoutsMade;
    private KeptRounds rounds;
    private long seq;

    private OpenCall open() {
      return new OpenCall(
          new CallSnapshot(call, callers, breakouts, seq),
          attendance,
          rounds == null ? KeptRounds.none(call.uid()) : rounds,
          breakoutsMade);
    }
  }

  private record Settled(long batchId, String failure) {}
}
