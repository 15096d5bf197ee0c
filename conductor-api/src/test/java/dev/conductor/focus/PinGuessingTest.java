package dev.conductor.focus;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

/** A guesser of PINs gets no more tries than the budgets say, however he goes about it. */
class PinGuessingTest {
  private static final String ANI = "+15551234567";

  private final Logger logger = (Logger) LoggerFactory.getLogger("dev.conductor");
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  private HandDrivenFocus focus = focus(1_000, 1_000, 1_000);

  private static HandDrivenFocus focus(final int perAni, final int perAddress, final int perDid) {
    return focus(perAni, perAddress, perDid, 10_000);
  }

  private static HandDrivenFocus focus(
      final int perAni, final int perAddress, final int perDid, final int delayMs) {
    return new HandDrivenFocus(
        Map.of(
            "entry.pin-failures-per-ani", Integer.toString(perAni),
            "entry.pin-failures-per-address", Integer.toString(perAddress),
            "entry.pin-failures-per-did", Integer.toString(perDid),
            "entry.pin-delay-ms", Integer.toString(delayMs),
            "entry.max-lobby", "1000"),
        TestConference.open());
  }

  @BeforeEach
  void listen() {
    log.start();
    logger.addAppender(log);
    logger.setLevel(Level.TRACE);
  }

  @AfterEach
  void hangUp() {
    logger.detachAppender(log);
    logger.setLevel(null);
  }

  private long failures() {
    return focus.counters.get(FocusCounter.PIN_FAILURES);
  }

  private void hangUp(final long dialog) {
    focus.sip.onEnded(new DialogId(dialog), DialogEnd.BYE, "");
    focus.turn();
  }

  /**
   * One who dials again and again, keys three wrong PINs each time and waits for nothing but what
   * he must, for two hours.
   */
  private long guess(final boolean samePhone) {
    final long startMs = focus.nowMs();
    int calls = 0;
    while (focus.nowMs() - startMs < 2 * 3_600_000L) {
      final long dialog = focus.dial(samePhone ? ANI : "+1555" + (10_000 + calls));
      calls++;
      focus.key(dialog, "111111#222222#333333#");
      for (int waits = 0; waits < 40 && isUp(dialog); waits++) {
        focus.jump(1_000);
      }
      hangUp(dialog);
      focus.jump(1_000);
    }
    return failures();
  }

  private boolean isUp(final long dialog) {
    return focus.control.asked.stream().noneMatch(asked -> asked.startsWith("end " + dialog + " "));
  }

  /** A full budget, and two hours of what it fills by; no less either, since he waits it out. */
  @ParameterizedTest
  @CsvSource({"12, 1000, 1000, true", "1000, 12, 1000, false", "1000, 1000, 12, false"})
  void shouldGiveAGuesserABudgetAndWhatItFillsBy(
      final int perAni, final int perAddress, final int perDid, final boolean samePhone) {
    focus = focus(perAni, perAddress, perDid);
    assertThat(guess(samePhone)).isBetween(30L, 36L);
    assertThat(focus.counters.get(FocusCounter.PIN_SHUT_OUT)).isGreaterThan(100);
  }

  @Test
  void shouldGiveAGuesserNoMoreWhenHeMakesManyCallsAtOnce() {
    focus = focus(1_000, 12, 1_000);
    final List<Long> dialogs = new ArrayList<>();
    for (int i = 0; i < 200; i++) {
      dialogs.add(focus.dial("+1555" + i));
    }
    for (int round = 0; round < 3; round++) {
      dialogs.forEach(dialog -> focus.key(dialog, "111111"));
      focus.pass(500);
    }
    focus.pass(15_000);
    assertThat(failures()).isBetween(11L, 12L);
  }

  @Test
  void shouldCountWhatIsKeyedAndNotFinished() {
    focus = focus(1_000, 12, 1_000, 1_000);
    for (int i = 0; i < 40; i++) {
      final long dialog = focus.dial("+1555" + i);
      focus.key(dialog, "1111");
      focus.pass(1_500);
      hangUp(dialog);
    }
    focus.key(focus.dial("+15559"), TestConference.PIN_1);
    focus.pass(12_000);
    assertThat(focus.callUids()).as("the address has used all it had").isEmpty();
  }

  /** Each way would have a budget of its own. */
  @Test
  void shouldGiveAGuesserNoMoreWhenHeWritesTheNumberInManyWays() {
    focus = focus(1_000, 1_000, 12);
    final List<String> ways = List.of("+15550100", "15550100", "+1-555-0100", "1.555.0100");
    for (int i = 0; i < 80; i++) {
      final long dialog = focus.dial(ways.get(i % ways.size()), "+1555" + i);
      focus.key(dialog, "111111");
      focus.pass(12_000);
      hangUp(dialog);
    }
    assertThat(failures()).as("the budget, and what it fills by in 16 minutes").isBetween(12L, 16L);
  }

  @Test
  void shouldGiveAGuesserNoMoreWhenHisOwnNumberIsWrittenInManyWays() {
    focus = focus(12, 1_000, 1_000);
    final List<String> ways = List.of(ANI, ANI.substring(1), "+1-555-123-4567", "1 (555) 123 4567");
    for (int i = 0; i < 80; i++) {
      final long dialog = focus.dial(ways.get(i % ways.size()));
      focus.key(dialog, "111111");
      focus.pass(12_000);
      hangUp(dialog);
    }
    assertThat(failures()).as("the budget, and what it fills by in 16 minutes").isBetween(12L, 16L);
  }

  /** So many calls with a wrong PIN, which wait for the answer. */
  private void wrong(final int calls) {
    for (int i = 0; i < calls; i++) {
      final long dialog = focus.dial("+1555" + i);
      focus.key(dialog, "111111");
      focus.pass(12_000);
      hangUp(dialog);
    }
  }

  @Test
  void shouldLetInWhoHasTheRightPinWhenItHasWaitedAndTakeNothingForIt() {
    focus = focus(1_000, 12, 1_000);
    wrong(8);
    final long dialog = focus.dial(ANI);
    focus.key(dialog, TestConference.PIN_1);
    assertThat(focus.callUids()).as("a third is left: judged after some three seconds").isEmpty();
    focus.pass(2_400);
    assertThat(focus.callUids()).isEmpty();
    focus.pass(1_000);
    assertThat(focus.callUids()).hasSize(1);
    for (int i = 0; i < 30; i++) {
      final long other = focus.dial("+1777" + i);
      focus.key(other, TestConference.PIN_2);
      focus.pass(3_500);
    }
    assertThat(focus.call().callers()).hasSize(31);
  }

  @Test
  void shouldNotCallItSilenceWhenAPinWaits() {
    focus = focus(1_000, 12, 1_000);
    wrong(10);
    final long dialog = focus.dial(ANI);
    final int prompts = focus.media.promptsOf(focus.session(dialog)).size();
    focus.key(dialog, "10");
    focus.pass(5_000);
    assertThat(focus.media.promptsOf(focus.session(dialog))).hasSize(prompts);
    focus.key(dialog, "0001");
    focus.pass(3_000);
    assertThat(focus.callUids()).hasSize(1);
  }

  /** Whoever waits may key on: each PIN is judged in its turn, and counts once. */
  @Test
  void shouldJudgeEachPinKeyedAheadWhileTheFirstWaits() {
    focus = focus(1_000, 12, 1_000);
    wrong(8);
    final long before = failures();
    final long dialog = focus.dial(ANI);
    focus.key(dialog, "222222#333333#" + TestConference.PIN_1 + "#");
    assertThat(failures()).as("none is judged yet").isEqualTo(before);
    for (int waits = 0; waits < 40 && focus.callUids().isEmpty(); waits++) {
      focus.pass(1_000);
    }
    assertThat(focus.callUids()).hasSize(1);
    assertThat(focus.call().callers()).hasSize(1);
    assertThat(failures()).isEqualTo(before + 2);
  }

  /** Else callers of a trunk who leave early would shut out all others of its address. */
  @ParameterizedTest
  @CsvSource({TestConference.PIN_1 + ", 0", "111111, 1"})
  void shouldJudgeThePinOfOneWhoHangsUpByTheAnswerThatIsOnItsWay(
      final String pin, final int refused) {
    final long dialog = focus.dial(ANI);
    focus.store.frozen = true;
    focus.key(dialog, pin);
    hangUp(dialog);
    focus.store.frozen = false;
    focus.pass(100);
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .filteredOn(text -> text.startsWith("PIN refused"))
        .hasSize(refused);
  }

  @Test
  void shouldForgiveOnceAnHourHasGoneBy() {
    focus = focus(12, 1_000, 1_000);
    for (int i = 0; i < 5; i++) {
      final long dialog = focus.dial(ANI);
      focus.key(dialog, "111111222222333333");
      focus.pass(12_000);
      hangUp(dialog);
    }
    focus.jump(3_600_000);
    focus.key(focus.dial(ANI), TestConference.PIN_1);
    assertThat(focus.callUids()).hasSize(1);
  }

  @Test
  void shouldNeverLogWhatWasKeyedNorAWholeNumber() {
    focus = focus(12, 1_000, 1_000);
    for (int i = 0; i < 6; i++) {
      final long dialog = focus.dial(ANI);
      focus.key(dialog, "411411522522633633");
      focus.pass(12_000);
      hangUp(dialog);
    }
    focus.jump(3_600_000);
    focus.key(focus.dial(ANI), TestConference.PIN_1);
    assertThat(log.list)
        .extracting(ILoggingEvent::getLoggerName)
        .contains("dev.conductor.security");
    assertThat(log.list)
        .extracting(ILoggingEvent::getFormattedMessage)
        .contains("PIN refused from 127.0.0.1, caller *4567, number +15550100")
        .noneMatch(
            text ->
                text.contains("411")
                    || text.contains("522")
                    || text.contains("633")
                    || text.contains(TestConference.PIN_1)
                    || text.contains("5551234567"));
  }

  @ParameterizedTest
  @CsvSource({
    "+15551234567, *4567",
    "1234567, *67",
    "123, *23",
    "12, *2",
    "1, *",
    "'', unknown",
    "'anna;\n evil', *evil",
    "'+1555123 \n\r', *3???"
  })
  void shouldShowOnlyTheEndOfANumber(final String number, final String shown) {
    assertThat(SecurityLog.masked(number)).isEqualTo(shown);
  }
}
