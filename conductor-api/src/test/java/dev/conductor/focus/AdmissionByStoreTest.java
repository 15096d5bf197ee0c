package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.model.Booking;
import dev.conductor.model.ConferenceSeed;
import dev.conductor.model.Reservation;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is let in by what is stored, and what becomes of callers while the store does not answer. */
class AdmissionByStoreTest {
  private HandDrivenFocus focus = new HandDrivenFocus(TestConference.open());

  /** Minutes from now to the start of an hour's reservation, and what a caller is told. */
  @ParameterizedTest
  @CsvSource({
    "16, too-early",
    "15, ",
    "-30, ",
    "-74, ",
    "-76, closed",
  })
  void shouldLetCallersInFromAQuarterBeforeTheStartToAQuarterAfterTheEnd(
      final int startsInMinutes, final String told) {
    final ConferenceSeed usual = TestConference.open();
    final long startMs = 1_800_000_000_000L + TimeUnit.MINUTES.toMillis(startsInMinutes);
    focus =
        new HandDrivenFocus(
            new ConferenceSeed(
                usual
                    .conference()
                    .withBooking(
                        Booking.NONE.withReservations(
                            List.of(Reservation.at("R", startMs, 60, 1)))),
                usual.customer(),
                usual.persons()));
    final long dialog = focus.dial("7001");
    focus.key(dialog, TestConference.PIN_1);

    final List<String> prompts = focus.media.promptsOf(focus.session(dialog));
    if (told == null) {
      assertThat(prompts).containsExactly("first-caller");
      assertThat(focus.callUids()).hasSize(1);
    } else {
      assertThat(prompts).containsExactly(told);
      assertThat(focus.callUids()).isEmpty();
    }
  }

  private long keyUnanswered(final String ani, final String pin) {
    final long dialog = focus.dial(ani);
    focus.store.frozen = true;
    focus.key(dialog, pin);
    return dialog;
  }

  @Test
  void shouldApologizeAfterTwoSecondsWhenTheStoreDoesNotAnswer() {
    final String host = focus.enter(TestConference.HOST, "7009");
    final long dialog = keyUnanswered("7001", TestConference.PIN_1);

    focus.pass(1_990);
    assertThat(focus.media.promptsOf(focus.session(dialog))).doesNotContain("apology");
    focus.pass(20);
    assertThat(focus.media.promptsOf(focus.session(dialog))).endsWith("apology", "goodbye");
    assertThat(focus.caller(host).active()).isTrue();
    assertThat(focus.counters.get(FocusCounter.APOLOGIES)).isEqualTo(1);

    focus.store.frozen = false; // the answer comes now, to nobody
    focus.pass(100);
    assertThat(focus.call().callers()).hasSize(1);
    assertThat(focus.counters.get(FocusCounter.FAULTS)).isZero();
  }

  @Test
  void shouldApologizeAtOnceWhenTheStoreTakesNoMoreQuestions() {
    focus.store.deaf = true;
    final long dialog = focus.dial("7001");
    focus.key(dialog, TestConference.PIN_1);

    assertThat(focus.media.promptsOf(focus.session(dialog))).endsWith("apology", "goodbye");
    assertThat(focus.counters.get(FocusCounter.QUESTIONS_REFUSED)).isEqualTo(1);
  }

  @Test
  void shouldLetARedialInToItsSeatWhenTheStoreDoesNotAnswer() {
    focus.enter(TestConference.HOST, "7009");
    final String ann = focus.enter(TestConference.PIN_1, "7001");
    focus.bye(ann);
    keyUnanswered("7001", TestConference.PIN_1);

    focus.pass(2_010);

    final List<String> callers = focus.call().call().callers();
    assertThat(callers).hasSize(3);
    assertThat(focus.caller(callers.get(2)).identity().previousUid()).isEqualTo(ann);
    assertThat(focus.counters.get(FocusCounter.KNOWN_BY_CALL)).isEqualTo(1);
  }

  @Test
  void shouldPassOverTheAnswerForACallerWhoHungUpMeanwhile() {
    final long dialog = keyUnanswered("7001", TestConference.PIN_1);
    focus.sip.onEnded(new DialogId(dialog), DialogEnd.BYE, "");
    focus.turn();
    focus.store.frozen = false;
    focus.turn();

    assertThat(focus.callUids()).isEmpty();
    assertThat(focus.counters.get(FocusCounter.FAULTS)).isZero();
  }
}
