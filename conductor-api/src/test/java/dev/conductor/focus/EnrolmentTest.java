package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.command.Accepted;
import dev.conductor.command.Command;
import dev.conductor.command.PersonChange;
import dev.conductor.command.PersonChange.Text;
import dev.conductor.command.PutResult;
import dev.conductor.model.Person;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Persons who are added and changed faster than the store answers and commits. */
class EnrolmentTest {
  private final HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());
  private final List<Accepted> answers = new ArrayList<>();

  private static PersonChange named(final String name) {
    return PersonChange.nothing().with(Text.NAME, name);
  }

  private void put(final PersonChange... persons) {
    focus.agent.offer(
        new Command.PutPersons(HandDrivenFocus.API, "CONF", List.of(persons)), answers::add);
  }

  private void remove(final String uid) {
    focus.agent.offer(new Command.RemovePerson(HandDrivenFocus.API, "CONF", uid), answers::add);
  }

  /** All that was offered is asked before anything is answered. */
  private void settle() {
    focus.store.frozen = true;
    focus.agent.doWork();
    focus.store.frozen = false;
    focus.pass(50);
  }

  private PutResult result(final int number) {
    assertThat(answers.get(number).isTrue()).as(answers.get(number).message()).isTrue();
    return (PutResult) answers.get(number).value();
  }

  private List<String> pinsOf(final String name) {
    return focus.store.persons.values().stream()
        .filter(person -> person.name().equals(name))
        .map(Person::pin)
        .toList();
  }

  @Test
  void shouldGiveAWishedPinOnceHoweverManyAskAtOnce() {
    put(named("One").withPin("55555"));
    put(named("Two").withPin("55555"));
    put(named("Three").withPin("5555"));
    put(named("Four").withPin("555551"));
    put(named("Five").withPin("55554"));
    settle();

    assertThat(result(0).added()).isEqualTo(1);
    for (int i = 1; i <= 3; i++) {
      assertThat(result(i).added()).as("list " + i).isZero();
      assertThat(result(i).problems().get(0).message()).startsWith("pin: in use");
    }
    assertThat(result(4).added()).isEqualTo(1);
    assertThat(pinsOf("One")).containsExactly("55555");
    assertThat(pinsOf("Five")).containsExactly("55554");
  }

  @Test
  void shouldAskAnewWhenAPinThatWasDrawnIsGivenMeanwhile() {
    final String pin = "424242";
    focus.store.draws.addAll(List.of(pin, pin));
    put(named("One"));
    put(named("Two"));
    settle();

    assertThat(result(0).added()).isEqualTo(1);
    assertThat(result(1).added()).isEqualTo(1);
    assertThat(pinsOf("One")).containsExactly(pin);
    assertThat(pinsOf("Two")).hasSize(1).doesNotContain(pin);
  }

  @Test
  void shouldMakeOnePersonOfAReferenceThatComesTwiceAtOnce() {
    put(named("One").withReference("R"));
    put(named("Two").withReference("R"));
    settle();

    assertThat(result(0).added()).isEqualTo(1);
    assertThat(result(1).changed()).isEqualTo(1);
    assertThat(pinsOf("One")).isEmpty();
    assertThat(pinsOf("Two")).containsExactly(result(0).persons().get(0).pin());
  }

  @Test
  void shouldTakeAReferenceOnceOfAList() {
    put(named("One").withReference("R"), named("Two").withReference("R"), named("Three"));
    settle();

    assertThat(result(0).added()).isEqualTo(2);
    assertThat(result(0).problems()).extracting(PutResult.Problem::index).containsExactly(1);
    assertThat(pinsOf("Two")).isEmpty();
  }

  @Test
  void shouldKeepBothChangesOfAPersonThatAreAskedForAtOnce() {
    final String uid = "P" + TestConference.PIN_1;
    for (final PersonChange change :
        List.of(named("New"), PersonChange.nothing().with(Text.EMAIL, "new@example.net"))) {
      focus.agent.offer(
          new Command.UpdatePerson(HandDrivenFocus.API, "CUST", uid, change), answers::add);
    }
    settle();

    assertThat(answers).allMatch(Accepted::isTrue);
    assertThat(focus.store.persons.get(uid).name()).isEqualTo("New");
    assertThat(focus.store.persons.get(uid).email()).isEqualTo("new@example.net");
  }

  @Test
  void shouldKnowAChangeThatALaterAnswerDoesNot() {
    focus.store.slow = true;
    shouldKeepBothChangesOfAPersonThatAreAskedForAtOnce();
  }

  @Test
  void shouldNotChangeOrAdmitWhoIsRemovedMeanwhile() {
    final String uid = "P" + TestConference.PIN_1;
    final long dialog = focus.dial("7001");
    remove(uid);
    remove(uid);
    focus.agent.offer(
        new Command.UpdatePerson(HandDrivenFocus.API, "CUST", uid, named("Ghost")), answers::add);
    focus.store.frozen = true;
    focus.agent.doWork();
    for (final char digit : TestConference.PIN_1.toCharArray()) {
      focus.media.tell(to -> to.onDigit(focus.session(dialog), digit));
    }
    focus.agent.doWork();
    focus.store.frozen = false;
    focus.pass(50);

    assertThat(answers.stream().map(Accepted::isTrue)).containsExactly(true, false, false);
    assertThat(focus.store.persons).doesNotContainKey(uid);
    assertThat(focus.callUids()).isEmpty();
  }
}
