package dev.conductor.focus;

import static dev.conductor.focus.PinDialogue.Do.APOLOGIZE;
import static dev.conductor.focus.PinDialogue.Do.ASK;
import static dev.conductor.focus.PinDialogue.Do.GIVE_UP;
import static dev.conductor.focus.PinDialogue.Do.HUSH;
import static dev.conductor.focus.PinDialogue.Do.NOTHING;
import static dev.conductor.focus.PinDialogue.Do.PROMPT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.conductor.config.ConfigLoader;
import dev.conductor.config.EntryConfig;
import dev.conductor.config.Prompt;
import dev.conductor.focus.ConferenceDirectory.Door;
import dev.conductor.focus.PinDialogue.Step;
import dev.conductor.signaling.api.PhoneNumbers;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinDialogueTest {
  private static final EntryConfig CONFIG = ConfigLoader.defaults().entry();
  private static final Set<String> PINS = Set.of("100001", "900001", "2222");
  private static final Door DOOR =
      new ConferenceDirectory(
              List.of(TestConference.open().snapshot(), TestConference.second().snapshot()),
              Map.of("CONF", Map.of(6, 2), "OTHER", Map.of(4, 1)),
              new PhoneNumbers(""))
          .door("+15550100");

  private PinDialogue dialogue;
  private long nowNs;

  @BeforeEach
  void greet() {
    nowNs = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);
    dialogue = new PinDialogue(CONFIG, DOOR, nowNs);
    assertThat(dialogue.greet())
        .isEqualTo(new Step(PROMPT, List.of(Prompt.GREETING, Prompt.ENTER_PIN)));
  }

  /** Keys, and the store answers each time at once; what is asked last and is a PIN stays asked. */
  private Step key(final String digits) {
    Step last = null;
    for (final char digit : digits.toCharArray()) {
      last = dialogue.onDigit(digit, nowNs);
      if (last.what() == ASK) {
        last = answer(last);
      }
    }
    return last;
  }

  private Step answer(final Step asked) {
    if (PINS.contains(dialogue.keyed())) {
      dialogue.onMatch();
      return asked;
    }
    return dialogue.onNoMatch(nowNs);
  }

  private void keyUnanswered(final String digits) {
    for (final char digit : digits.toCharArray()) {
      dialogue.onDigit(digit, nowNs);
    }
  }

  private Step after(final long ms) {
    nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    return dialogue.onTime(nowNs);
  }

  /** What the last key leads to, by what was keyed in one go. */
  @ParameterizedTest
  @CsvSource({
    "100001, ASK", // exact match at once
    "2222, ASK", // a shorter PIN of another conference on the number
    "900001, ASK",
    "10000, NOTHING", // not full yet
    "2223, NOTHING", // could still be a longer one
    "999999, PROMPT", // full length judges
    "10000#, PROMPT", // hash judges
    "#, PROMPT", // an empty try counts
    "*, HUSH", // any key ends the prompt
    "A, HUSH",
    "1, HUSH",
    "1*00A001, ASK", // what is no digit is not part of a PIN
  })
  void shouldJudgeWhatWasKeyed(final String digits, final PinDialogue.Do expected) {
    assertThat(key(digits).what()).isEqualTo(expected);
  }

  @Test
  void shouldAskOnlyForWhatIsAsLongAsAPinOfTheNumber() {
    final StringBuilder asked = new StringBuilder();
    for (final char digit : "123456".toCharArray()) {
      if (dialogue.onDigit(digit, nowNs).what() == ASK) {
        asked.append(dialogue.keyed()).append(' ');
        dialogue.onNoMatch(nowNs);
      }
    }

    assertThat(asked).hasToString("1234 123456 ");
  }

  @Test
  void shouldTakeTheKeysThatCameWhileTheStoreWasAsked() {
    keyUnanswered("100001#1");
    assertThat(dialogue.hasKept()).as("nothing before the answer").isFalse();
    assertThat(dialogue.keyed()).isEqualTo("1000");

    assertThat(dialogue.onNoMatch(nowNs).what()).isEqualTo(NOTHING);
    assertThat(dialogue.onDigit(dialogue.takeKept(), nowNs).what()).isEqualTo(NOTHING);
    assertThat(dialogue.onDigit(dialogue.takeKept(), nowNs).what()).isEqualTo(ASK);
    assertThat(dialogue.keyed()).isEqualTo("100001");
    dialogue.onMatch();

    assertThat(dialogue.hasKept()).as("what came after the PIN").isFalse();
  }

  @Test
  void shouldKeepNoMoreKeysThanAnybodyNeeds() {
    keyUnanswered("2".repeat(10_000));
    int kept = 0;
    dialogue.onNoMatch(nowNs);
    while (dialogue.hasKept()) {
      kept++;
      if (dialogue.onDigit(dialogue.takeKept(), nowNs).what() == ASK) {
        dialogue.onNoMatch(nowNs);
      }
    }

    assertThat(kept).isBetween(6, 32);
  }

  @Test
  void shouldLetNoTimeRunOutWhileTheStoreIsAsked() {
    keyUnanswered("1000");

    assertThat(after(4_000).what()).isEqualTo(NOTHING);
    assertThat(after(60_000).what()).isEqualTo(NOTHING);
    dialogue.onNoMatch(nowNs);
    assertThat(after(0).what()).isEqualTo(GIVE_UP);
  }

  @Test
  void shouldApologizeWhenTheStoreDoesNotAnswer() {
    keyUnanswered("1000");

    final Step step = dialogue.onNoAnswer();

    assertThat(step.what()).isEqualTo(APOLOGIZE);
    assertThat(step.prompts()).containsExactly(Prompt.APOLOGY, Prompt.GOODBYE);
    assertThat(key("1").what()).isEqualTo(NOTHING);
    assertThat(after(100_000).what()).isEqualTo(NOTHING);
  }

  @Test
  void shouldSayWrongPinAndAskAgainWhenItDoesNotMatch() {
    assertThat(key("123456").prompts()).containsExactly(Prompt.WRONG_PIN, Prompt.ENTER_PIN);
    assertThat(key("100001").what()).isEqualTo(ASK);
  }

  @Test
  void shouldSayThatNothingWasKeyedWhenTheTryWasEmpty() {
    assertThat(key("#").prompts()).containsExactly(Prompt.NO_PIN, Prompt.ENTER_PIN);
  }

  @Test
  void shouldSwallowTheHashAfterAWrongPinOfFullLength() {
    key("123456");

    assertThat(key("#").what()).isEqualTo(NOTHING);
    assertThat(dialogue.failures()).isEqualTo(1);
    key("#");
    assertThat(dialogue.failures()).isEqualTo(2);
  }

  @Test
  void shouldGiveUpAfterTheThirdTry() {
    key("123456");
    key("1#");

    final Step step = key("#");

    assertThat(step.what()).isEqualTo(GIVE_UP);
    assertThat(step.prompts()).containsExactly(Prompt.GOODBYE);
    assertThat(key("100001").what()).isEqualTo(NOTHING);
    assertThat(after(100_000).what()).isEqualTo(NOTHING);
  }

  @Test
  void shouldJudgeAfterFourSecondsWithoutAKey() {
    key("100");

    assertThat(after(3_999).what()).isEqualTo(NOTHING);
    assertThat(after(1).prompts()).containsExactly(Prompt.WRONG_PIN, Prompt.ENTER_PIN);
  }

  @Test
  void shouldStartTheSilenceAnewWithEachKey() {
    key("100");
    after(3_000);
    key("0");

    assertThat(after(3_999).what()).isEqualTo(NOTHING);
    assertThat(key("01").what()).isEqualTo(ASK);
  }

  @Test
  void shouldNotCountSilenceWhileThePromptPlays() {
    assertThat(after(20_000).what()).isEqualTo(NOTHING);

    dialogue.onPromptEnded(nowNs);

    assertThat(after(3_999).what()).isEqualTo(NOTHING);
    assertThat(after(1).prompts()).containsExactly(Prompt.NO_PIN, Prompt.ENTER_PIN);
  }

  @Test
  void shouldEndThePromptAtTheFirstKeyOnly() {
    assertThat(key("1").what()).isEqualTo(HUSH);
    assertThat(key("0").what()).isEqualTo(NOTHING);
  }

  @Test
  void shouldGiveUpAfterAMinuteInAll() {
    after(59_999);
    dialogue.onPromptEnded(nowNs);

    assertThat(after(1).what()).isEqualTo(GIVE_UP);
  }

  @Test
  void shouldStillAdmitInTheLastMoment() {
    after(59_999);

    assertThat(key("100001").what()).isEqualTo(ASK);
    assertThat(after(1).what()).isEqualTo(NOTHING);
  }
}
