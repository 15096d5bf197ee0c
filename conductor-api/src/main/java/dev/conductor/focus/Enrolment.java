package dev.conductor.focus;

import dev.conductor.command.PersonChange;
import dev.conductor.command.PutResult;
import dev.conductor.config.EntryConfig;
import dev.conductor.model.Conference;
import dev.conductor.model.ConferenceTag;
import dev.conductor.model.Person;
import dev.conductor.store.Answer;
import dev.conductor.store.Answer.Place;
import dev.conductor.store.Question;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Brings a list of persons into a conference: says what must be asked of the store, and makes of
 * its answer what each row comes to. All is checked before anything is changed. The conductor only.
 */
final class Enrolment {
  private static final int MIN_PIN = 4;
  private static final int MAX_PIN = 12;
  private static final String FINE = "";

  private final EntryConfig config;
  private final ConferenceDirectory conferences;
  private final Roster roster;
  private final PersonChanges changes;

  Enrolment(
      final EntryConfig config,
      final ConferenceDirectory conferences,
      final Roster roster,
      final PersonChanges changes) {
    this.config = config;
    this.conferences = conferences;
    this.roster = roster;
    this.changes = changes;
  }

  /** What must be asked first. */
  Question.Enrol question(
      final long id, final ConferenceState conference, final List<PersonChange> wanted) {
    final List<Question.Row> rows = new ArrayList<>(wanted.size());
    for (final PersonChange one : wanted) {
      final boolean isHost = one.role().isPresent() && one.role().get().isHost();
      rows.add(
          new Question.Row(
              one.reference(),
              isPin(one.pin()) ? one.pin() : "",
              isHost
                  ? Math.max(config.pins().hostPinDigits(), config.pins().pinDigits())
                  : config.pins().pinDigits()));
    }
    return new Question.Enrol(id, conference.uid(), conferences.numbers(conference), rows);
  }

  /**
   * What it comes to.
   *
   * @return empty when the question must be asked anew: a PIN was given to somebody else meanwhile
   */
  Optional<PutResult> put(
      final ConferenceState conference, final Wanted wanted, final Answer answer) {
    final List<Place> places = ((Answer.Enrolled) answer).places();
    final List<Row> rows = new ArrayList<>(places.size());
    final Set<String> references = new HashSet<>();
    Conference tagged = conference.conference();
    for (int i = 0; i < places.size(); i++) {
      final PersonChange change = wanted.persons().get(i);
      final boolean isTwice = !change.reference().isEmpty() && !references.add(change.reference());
      final Conference needed =
          wanted.makesTags() && change.tags().isPresent()
              ? ConferenceTags.withAll(tagged, change.tags().get()).orElse(tagged)
              : tagged;
      final Row row = row(conference, needed, change, places.get(i));
      if (row.isDrawnAndGone) {
        return Optional.empty();
      }
      tagged = isTwice || !row.problem.isEmpty() ? tagged : needed;
      rows.add(isTwice ? Row.problem("reference: twice in the list") : row);
    }
    if (tagged != conference.conference()) {
      changes.putTags(conference, tagged);
    }
    return Optional.of(apply(conference, rows));
  }

  private PutResult apply(final ConferenceState conference, final List<Row> rows) {
    final List<Person> persons = new ArrayList<>(rows.size());
    final List<PutResult.Problem> problems = new ArrayList<>();
    int added = 0;
    for (int i = 0; i < rows.size(); i++) {
      final Row row = rows.get(i);
      if (row.problem.isEmpty()) {
        changes.put(conference, row.before, row.after);
        persons.add(row.after);
        added += row.isNew ? 1 : 0;
      } else {
        problems.add(new PutResult.Problem(i, row.problem));
      }
    }
    return new PutResult(added, persons.size() - added, persons, problems);
  }

  private Row row(
      final ConferenceState conference,
      final Conference tagged,
      final PersonChange change,
      final Place place) {
    final Person known = known(conference, change, place);
    final Person before = known == null ? changes.newPerson(conference) : known;
    final Optional<List<ConferenceTag>> tags = PersonChanges.tags(tagged, change, before);
    if (tags.isEmpty()) {
      return Row.problem("tags: " + PersonChanges.NO_SUCH_TAG);
    }
    if (!change.pin().isEmpty() && !isPin(change.pin())) {
      return Row.problem("pin: " + MIN_PIN + " to " + MAX_PIN + " digits");
    }
    final boolean keeps = change.pin().isEmpty() && !before.pin().isEmpty();
    final String pin = keeps ? before.pin() : place.pin();
    if (pin.isEmpty()) {
      return Row.problem(
          change.pin().isEmpty()
              ? "pin: the conference's number has none left; set entry.pin-digits higher"
              : "pin: in use on the conference's number, or begins one that is, or begins with one");
    }
    final boolean isGone = !keeps && roster.isGiven(pin, before.uid());
    if (isGone && !change.pin().isEmpty()) {
      return Row.problem("pin: in use on the conference's number");
    }
    return new Row(before, change.applyTo(before, pin, tags.get()), known == null, FINE, isGone);
  }

  /** Who has the row's reference; the store may not know yet, or not know that he is gone. */
  private Person known(
      final ConferenceState conference, final PersonChange change, final Place place) {
    final Person stored = place.person().map(roster::asOfNow).orElse(null);
    return stored != null || change.reference().isEmpty()
        ? stored
        : roster.withReference(conference.uid(), change.reference());
  }

  private static boolean isPin(final String text) {
    return text.length() >= MIN_PIN
        && text.length() <= MAX_PIN
        && text.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  /**
   * Who is to be there. Immutable.
   *
   * @param makesTags whether tags the conference does not have are made
   */
  record Wanted(List<PersonChange> persons, boolean makesTags) {
    /** Copies the list. */
    Wanted {
      persons = List.copyOf(persons);
    }
  }

  /** What a row comes to. Immutable. */
  private record Row(
      Person before, Person after, boolean isNew, String problem, boolean isDrawnAndGone) {
    private static Row problem(final String message) {
      return new Row(null, null, false, message, false);
    }
  }
}
