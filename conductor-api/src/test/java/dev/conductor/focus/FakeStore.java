package dev.conductor.focus;

import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import dev.conductor.store.Batch;
import dev.conductor.store.Change;
import dev.conductor.store.KeptAnswer;
import dev.conductor.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

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

  private record Settled(long batchId, String failure) {}
}
