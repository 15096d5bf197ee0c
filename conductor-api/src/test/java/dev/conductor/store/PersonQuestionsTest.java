package dev.conductor.store;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.model.Person;
import dev.conductor.store.Answer.Place;
import dev.conductor.store.Question.Row;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which PINs the store gives: on the numbers of a conference none is alike another, and none begins
 * another.
 */
class PersonQuestionsTest {
  private static final List<String> NUMBERS = List.of("+15550100", "15550100", "demo");

  @TempDir Path directory;
  private SqlStore store;
  private Handle handle;

  @BeforeEach
  void open() {
    store = SqlStore.open(TestDatabase.config(directory), event -> "");
    store.saveConference(ConferenceRowsTest.conference("ROOM", "123456", "777702"));
    handle = Jdbi.create(TestDatabase.url(directory)).open();
  }

  @AfterEach
  void close() {
    handle.close();
    store.close();
    TestDatabase.drop(directory);
  }

  /** Draws these digits in turn. */
  private static RandomGenerator drawing(final String digits) {
    return new RandomGenerator() {
      private int next;

      @Override
      public int nextInt(final int bound) {
        return digits.charAt(next++ % digits.length()) - '0';
      }

      @Override
      public long nextLong() {
        throw new AssertionError("nothing else is drawn");
      }
    };
  }

  private List<Place> places(
      final RandomGenerator random, final List<String> numbers, final Row... rows) {
    final Answer answer =
        new PersonQuestions(random)
            .answer(handle, new Question.Enrol(1, "ROOM", numbers, List.of(rows)));
    return ((Answer.Enrolled) answer).places();
  }

  private List<String> pins(final String digits, final Row... rows) {
    return places(drawing(digits), NUMBERS, rows).stream().map(Place::pin).toList();
  }

  private static Row wish(final String pin) {
    return new Row("", pin, 6);
  }

  private static Row any(final int digits) {
    return new Row("", "", digits);
  }

  @ParameterizedTest
  @CsvSource({
    "123456, false",
    "1234567, false",
    "12345678, false",
    "12345, false",
    "1234, false",
    "123457, true",
    "023456, true",
    "12346, true",
    "23456, true",
    "777702, false",
    "777703, true"
  })
  void shouldGrantTheWishedPinUnlessItIsOrBeginsOrGoesOnFromAnother(
      final String pin, final boolean granted) {
    assertThat(pins("0", wish(pin))).containsExactly(granted ? pin : "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"+15550100", "15550100", "demo"})
  void shouldLookBehindEveryWayToDialTheNumber(final String number) {
    assertThat(places(drawing("0"), List.of(number), wish("123456")).get(0).pin()).isEmpty();
    assertThat(places(drawing("0"), List.of("+15550199"), wish("123456")).get(0).pin())
        .as("on another number")
        .isEqualTo("123456");
  }

  @Test
  void shouldGiveNoTwoOfAListThatBeginOneAnother() {
    assertThat(
            pins(
                "0",
                wish("55555"),
                wish("55555"),
                wish("5555"),
                wish("555551"),
                wish("55554"),
                wish("666666"),
                wish("6666")))
        .containsExactly("55555", "", "", "", "55554", "666666", "");
  }

  @Test
  void shouldDrawUntilAPinIsFree() {
    assertThat(pins("123456" + "777702" + "314159", any(6))).containsExactly("314159");
    assertThat(pins("1234" + "1235", any(4))).as("begins one").containsExactly("1235");
    assertThat(pins("1234561" + "1234571", any(7))).as("goes on").containsExactly("1234571");
    assertThat(pins("000001" + "000001" + "000002", any(6), any(6)))
        .as("drawn for one before")
        .containsExactly("000001", "000002");
    assertThat(pins("123456", any(6))).as("none is free").containsExactly("");
  }

  @Test
  void shouldDrawFromAllDigitsAndNeverTwiceTheSame() {
    final Row[] rows = Stream.generate(() -> any(6)).limit(500).toArray(Row[]::new);
    final List<Place> places =
        ((Answer.Enrolled)
                new PersonQuestions()
                    .answer(handle, new Question.Enrol(1, "ROOM", NUMBERS, List.of(rows))))
            .places();
    final List<String> pins = places.stream().map(Place::pin).toList();
    assertThat(pins).allMatch(pin -> pin.matches("[0-9]{6}")).doesNotHaveDuplicates();
    final List<Character> digits = new ArrayList<>();
    pins.forEach(pin -> pin.chars().forEach(digit -> digits.add((char) digit)));
    assertThat(digits).contains('0', '1', '2', '3', '4', '5', '6', '7', '8', '9');
  }

  @Test
  void shouldKnowWhoHasAReferenceAndLeaveHimHisPin() {
    final Place known = places(drawing("0"), NUMBERS, new Row("row 2", "", 6)).get(0);
    assertThat(known.person().map(Person::pin)).contains("777702");
    assertThat(known.pin()).isEqualTo("777702");
    assertThat(places(drawing("0"), NUMBERS, new Row("row 2", "777702", 6)).get(0).pin())
        .as("his own")
        .isEqualTo("777702");
    assertThat(places(drawing("0"), NUMBERS, new Row("row 2", "123456", 6)).get(0).pin())
        .as("another's")
        .isEmpty();
    assertThat(places(drawing("9"), NUMBERS, new Row("row 3", "", 6)).get(0).person()).isEmpty();
  }

  @Test
  void shouldSayWhoHasExactlyThisPin() {
    assertThat(found(new Question.WhoHasPin(1, List.of("demo"), "123456")))
        .extracting(Person::uid)
        .containsExactly("P123456");
    assertThat(found(new Question.WhoHasPin(1, List.of("demo"), "12345"))).isEmpty();
    assertThat(found(new Question.WhoHasPin(1, List.of("demo"), "1234567"))).isEmpty();
    assertThat(found(new Question.WhoHasPin(1, List.of("+15550199"), "123456"))).isEmpty();
    assertThat(found(new Question.WhoIs(1, "P777702")))
        .extracting(Person::pin)
        .containsExactly("777702");
    assertThat(found(new Question.WhoIs(1, "P7777"))).isEmpty();
  }

  private List<Person> found(final Question question) {
    return ((Answer.Found) new PersonQuestions().answer(handle, question))
        .person().stream().toList();
  }
}
