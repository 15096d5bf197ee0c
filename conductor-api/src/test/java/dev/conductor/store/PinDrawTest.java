package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.demo.DemoConference;
import dev.conductor.model.Person;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Lists of persons get PINs beside the demo's, on a number that is short of them. */
@Timeout(120)
class PinDrawTest {
  private static final int LISTS = 20;

  /** Long and short lists are judged in two ways. */
  private static final List<Integer> ROWS = List.of(250, PinDraw.FEW);

  private static final int DRAWN_DIGITS = 4;
  private static final List<String> DEMO = List.of("+15550100", "demo");
  private static final List<String> ELSEWHERE = List.of("+15550199");

  @TempDir Path folder;
  private SqlStore store;
  private final List<Person> there = new ArrayList<>();

  @BeforeEach
  void open() {
    store = SqlStore.open(TestDatabase.config(folder), event -> "");
    store.saveConference(DemoConference.seed());
    there.addAll(DemoConference.seed().persons());
  }

  @AfterEach
  void close() {
    store.close();
  }

  @Test
  void shouldGiveEachWhatIsFreeAndNobodyWhatBeginsAnothers() {
    final long seed = System.nanoTime();
    System.out.println("seed " + seed);
    final Random random = new Random(seed);
    for (int list = 0; list < LISTS; list++) {
      final List<Question.Row> rows = new ArrayList<>();
      final List<Optional<Person>> persons = new ArrayList<>();
      for (int i = 0; i < ROWS.get(list % ROWS.size()); i++) {
        rows.add(new Question.Row("", random.nextInt(3) == 0 ? wished(random) : "", DRAWN_DIGITS));
        persons.add(
            random.nextInt(4) == 0 && i < there.size()
                ? Optional.of(there.get(i))
                : Optional.empty());
      }
      final List<String> pins = draw(random, DEMO, rows, persons);
      for (int i = 0; i < rows.size(); i++) {
        check(rows, persons, pins, i);
      }
    }
  }

  @Test
  void shouldNotMindPersonsOfOtherNumbers() {
    final Question.Row row = new Question.Row("", there.get(0).pin(), DRAWN_DIGITS);
    final List<Optional<Person>> nobody = List.of(Optional.empty());
    assertThat(draw(new Random(1), DEMO, List.of(row), nobody)).containsExactly("");
    assertThat(draw(new Random(1), ELSEWHERE, List.of(row), nobody))
        .containsExactly(there.get(0).pin());
  }

  private List<String> draw(
      final Random random,
      final List<String> numbers,
      final List<Question.Row> rows,
      final List<Optional<Person>> persons) {
    return store.call(
        "draw", () -> new PinDraw(random, store.handle(), numbers).pins(rows, persons));
  }

  /** Somebody's own, a beginning of it, what goes on from it, or any. */
  private String wished(final Random random) {
    final String pin = there.get(random.nextInt(there.size())).pin();
    return switch (random.nextInt(4)) {
      case 0 -> pin;
      case 1 -> pin.substring(0, 1 + random.nextInt(pin.length()));
      case 2 -> pin + random.nextInt(100);
      default -> Integer.toString(1_000 + random.nextInt(90_000));
    };
  }

  private void check(
      final List<Question.Row> rows,
      final List<Optional<Person>> persons,
      final List<String> pins,
      final int i) {
    final String pin = pins.get(i);
    final String wished = rows.get(i).wishedPin();
    final String judged = pin.isEmpty() ? wished : pin;
    boolean isTaken = false;
    for (final Person other : there) {
      isTaken |= !isSame(other, persons.get(i)) && clash(judged, other.pin());
    }
    for (int other = 0; other < pins.size(); other++) {
      isTaken |= other != i && !pins.get(other).isEmpty() && clash(judged, pins.get(other));
    }
    if (pin.isEmpty()) {
      assertThat(wished).as("only what was wished may be refused").isNotEmpty();
      assertThat(isTaken).as("%s was refused", wished).isTrue();
    } else {
      assertThat(isTaken).as("row %s has %s", i, pin).isFalse();
      assertThat(wished).isIn("", pin);
      if (wished.isEmpty()) {
        assertThat(pin).isEqualTo(persons.get(i).map(Person::pin).orElse(pin));
      }
    }
  }

  private static boolean isSame(final Person one, final Optional<Person> other) {
    return other.isPresent() && other.get().uid().equals(one.uid());
  }

  private static boolean clash(final String one, final String other) {
    return one.startsWith(other) || other.startsWith(one);
  }
}
