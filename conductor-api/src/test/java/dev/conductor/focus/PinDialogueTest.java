package dev.conductor.focus;

import static dev.conductor.focus.PinDialogue.Do.ADMIT;
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
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PinDialogueTest {
  private static final EntryConfig CONFIG = ConfigLoader.defaults().entry();
  private static final Door DOOR =
      new ConferenceDirectory(
              List.of(TestConference.open(), TestConference.second()), new PhoneNumbers(""))
          .door("+15550100");

  private PinDialogue dialogue;
  private long nowNs;

  @BeforeEach
  void greet() {
    nowNs = Long.MAX_VALUE - TimeUnit.SECONDS.toNanos(2);
    dialogue = new PinDialogue(CONFIG, DOOR, nowNs);
    assertThat(dialogue.greet())
        .isEqualTo(new Step(PROMPT, List.of(Prompt.GREETING, Prompt.ENTER_PIN), null));
  }

  private Step key(final String digits) {
    Step last = null;
    for (final char digit : digits.toCharArray()) {
      last = dialogue.onDigit(digit, nowNs);
    }
    return last;
  }

  private Step after(final long ms) {
    nowNs += TimeUnit.MILLISECONDS.toNanos(ms);
    return dialogue.onTime(nowNs);
  }

  /** What the last key leads to, by what was keyed in one go. */
  @ParameterizedTest
  @CsvSource({
    "100001, ADMIT", // exact match at once
    "2222, ADMIT", // a shorter PIN of another conference on the number
    "900001, ADMIT",
    "10000, NOTHING", // not full yet
    "2223, NOTHING", // could still be a longer one
    "999999, PROMPT", // full length judges
    "10000#, PROMPT", // hash judges
    "#, PROMPT", // an empty try counts
    "*, HUSH", // any key ends the prompt
    "A, HUSH",
    "1, HUSH",
    "1*00A001, ADMIT", // what is no digit is not part of a PIN
  })
  void shouldJudgeWhatWasKeyed(final String digits, final PinDialogue.Do expected) {
    assertThat(key(digits).what()).isEqualTo(expected);
  }

  @Test
  void shouldTellWhoItIsWhenThePinMatches() {
    final Step step = key("2222");

    assertThat(step.match().person().pin()).isEqualTo("2222");
    assertThat(step.match().conference().uid()).isEqualTo("OTHER");
  }

  @Test
  void shouldSayWrongPinAndAskAgainWhenItDoesNotMatch() {
    assertThat(key("123456").prompts()).containsExactly(Prompt.WRONG_PIN, Prompt.ENTER_PIN);
    assertThat(key("100001").what()).isEqualTo(ADMIT);
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
    assertThat(key("01").what()).isEqualTo(ADMIT);
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

    assertThat(key("100001").what()).isEqualTo(ADMIT);
    assertThat(after(1).what()).isEqualTo(NOTHING);
  }
}
