package dev.conductor.focus;

import dev.conductor.model.Attendance;
import dev.conductor.model.Breakout;
import dev.conductor.model.Call;
import dev.conductor.model.CallSnapshot;
import dev.conductor.model.Caller;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.ConferenceSnapshot;
import dev.conductor.model.Customer;
import dev.conductor.model.Person;
import dev.conductor.store.Answer;
import dev.conductor.store.Batch;
import dev.conductor.store.Change;
import dev.conductor.store.KeptAnswer;
import dev.conductor.store.KeptRounds;
import dev.conductor.store.OpenCall;
import dev.conductor.store.Question;
import dev.conductor.store.Store;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/** A store that commits or fails when it is told to, and answers questions at the next poll. */
final class FakeStore implements Store {
  final List<Batch> committed = new ArrayList<>();
  final Deque<Batch> waiting = new ArrayDeque<>();
  private final Deque<Settled> outcomes = new ArrayDeque<>();
  final Map<String, Person> persons = new LinkedHashMap<>();
  private final Deque<Question> questions = new ArrayDeque<>();
  private final List<ConferenceSnapshot> conferences;
  private final SplittableRandom random = new SplittableRandom(11);

  /** PINs that are drawn before chance draws any, whoever has them. */
  final Deque<String> draws = new ArrayDeque<>();

  boolean full;

  /** Takes no more questions. */
  boolean deaf;

  /** Answers one question a poll, as things were when it was asked. */
  boolean slow;

  private final Deque<Answer> late = new ArrayDeque<>();

  /** The highest number of an event that was noted as shown and not kept; 0 for none. */
  long shown;

  /** Answers none of those it took. */
  boolean frozen;

  FakeStore(final List<ConferenceSeed> seeds) {
    conferences = seeds.stream().map(ConferenceSeed::snapshot).toList();
    seeds.forEach(seed -> seed.persons().forEach(person -> persons.put(person.uid(), person)));
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
    for (final Change change : batch.changes()) { // seen by every question asked from now on
      if (change instanceof Change.PersonSaved saved) {
        persons.put(saved.person().uid(), saved.person());
      } else if (change instanceof Change.PersonRemoved removed) {
        persons.remove(removed.personUid());
      }
    }
    return true;
  }

  @Override
  public void noteShown(final long seq) {
    shown = Math.max(shown, seq);
  }

  @Override
  public void clearShown() {
    shown = 0;
  }

  @Override
  public boolean ask(final Question question) {
    return !deaf && (slow ? late.add(answer(question)) : questions.add(question));
  }

  /** Whether there is something to be answered at the next poll. */
  boolean isAsked() {
    return !frozen && !(questions.isEmpty() && late.isEmpty());
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
    if (!frozen && !late.isEmpty()) {
      outcome.onAnswer(late.removeFirst());
      polled++;
    }
    final List<Question> asked = frozen ? List.of() : List.copyOf(questions);
    asked.forEach(question -> questions.removeFirst());
    asked.forEach(question -> outcome.onAnswer(answer(question)));
    return polled + asked.size();
  }

  private Answer answer(final Question question) {
    if (question instanceof Question.WhoHasPin who) {
      return new Answer.Found(
          who.id(),
          persons.values().stream()
              .filter(person -> person.pin().equals(who.pin()))
              .filter(person -> reaches(person, who.numbers()))
              .findFirst());
    } else if (question instanceof Question.WhoIs who) {
      return new Answer.Found(who.id(), Optional.ofNullable(persons.get(who.personUid())));
    }
    final Question.Enrol enrol = (Question.Enrol) question;
    final Set<String> given = new HashSet<>();
    final List<Answer.Place> places = new ArrayList<>();
    for (final Question.Row row : enrol.rows()) {
      final Optional<Person> there =
          persons.values().stream()
              .filter(person -> person.conferenceUid().equals(enrol.conferenceUid()))
              .filter(person -> !row.reference().isEmpty())
              .filter(person -> person.reference().equals(row.reference()))
              .findFirst();
      final String pin = pin(enrol, row, there, given);
      if (!pin.isEmpty()) {
        given.add(pin);
      }
      places.add(new Answer.Place(there, pin));
    }
    return new Answer.Enrolled(enrol.id(), places);
  }

  private String pin(
      final Question.Enrol enrol,
      final Question.Row row,
      final Optional<Person> there,
      final Set<String> given) {
    final Set<String> taken = new HashSet<>(given);
    persons.values().stream()
        .filter(
            person -> reaches(person, enrol.numbers()) && there.stream().noneMatch(person::equals))
        .forEach(person -> taken.add(person.pin()));
    final Predicate<String> isTaken =
        pin -> taken.stream().anyMatch(one -> one.startsWith(pin) || pin.startsWith(one));
    if (!row.wishedPin().isEmpty()) {
      return isTaken.test(row.wishedPin()) ? "" : row.wishedPin();
    }
    String pin = there.map(Person::pin).orElse("");
    if (pin.isEmpty() && !draws.isEmpty()) {
      return draws.removeFirst();
    }
    while (pin.isEmpty() || isTaken.test(pin)) {
      pin =
          Long.toString(
              random.nextLong(
                  (long) Math.pow(10, row.digits() - 1), (long) Math.pow(10, row.digits())));
    }
    return pin;
  }

  private boolean reaches(final Person person, final List<String> numbers) {
    return conferences.stream()
        .map(ConferenceSnapshot::conference)
        .filter(of -> of.uid().equals(person.conferenceUid()))
        .anyMatch(
            of -> numbers.contains(of.did()) || of.aliases().stream().anyMatch(numbers::contains));
  }

  @Override
  public Map<String, Map<Integer, Integer>> loadPinLengths() {
    final Map<String, Map<Integer, Integer>> lengths = new HashMap<>();
    for (final Person person : persons.values()) {
      lengths
          .computeIfAbsent(person.conferenceUid(), uid -> new HashMap<>())
          .merge(person.pin().length(), 1, Integer::sum);
    }
    return lengths;
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
