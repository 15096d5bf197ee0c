package dev.conductor.config;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * The spoken prompts that are packed with the program: one WAV each (16 kHz, mono, 16 bit) in
 * {@code prompts/<language>/}, its text in {@code prompts.tsv} beside it. Any thread.
 */
public enum Prompt {
  /** The first thing a caller hears. */
  GREETING,
  /** Asks for the PIN. */
  ENTER_PIN,
  /** What was keyed is no PIN of the number dialled; {@link #ENTER_PIN} may follow. */
  WRONG_PIN,
  /** Nothing was keyed in time. */
  NO_PIN,
  /** The last thing before we hang up. */
  GOODBYE,
  /** The call is full. */
  TOO_MANY,
  /** The host has locked the call: no newcomers. */
  LOCKED,
  /** The conference opens later. */
  TOO_EARLY,
  /** The conference was cancelled. */
  CANCELLED,
  /** The host has closed the call, or the conference is over. */
  CLOSED,
  /** The host has dropped the caller. */
  REMOVED,
  /** A fault of ours ends the caller's try. */
  APOLOGY,
  /** The caller sits in the entryway. */
  WAITING,
  /** The caller has come into the main room. */
  ENTERED,
  /** The same, and nobody else is there. */
  FIRST_CALLER,
  /** The caller has been moved into a breakout. */
  ENTERED_BREAKOUT,
  /** The caller has been moved back into the main room. */
  RETURNED_TO_MAIN,
  /** The caller has muted himself. */
  YOU_ARE_MUTED,
  /** The caller is heard again. */
  YOU_ARE_UNMUTED,
  /** The host has muted the caller. */
  MUTED_BY_HOST,
  /** The caller has been given the microphone of the main room. */
  YOU_MAY_SPEAK,
  /** The microphone has been taken away. */
  YOU_HAVE_NO_MICROPHONE,
  /** A key has raised the hand. */
  HAND_RAISED,
  /** A key has lowered it. */
  HAND_LOWERED,
  /** Begins a sentence: the breakout ends, and a time follows. */
  BREAKOUT_ENDS_IN,
  /** The breakout ends soon. */
  BREAKOUT_ENDS_SOON,
  /** A time. */
  FIVE_SECONDS,
  /** A time. */
  TEN_SECONDS,
  /** A time. */
  FIFTEEN_SECONDS,
  /** A time. */
  TWENTY_SECONDS,
  /** A time. */
  THIRTY_SECONDS,
  /** A time. */
  ONE_MINUTE,
  /** A time. */
  TWO_MINUTES,
  /** A time. */
  THREE_MINUTES,
  /** A time. */
  FOUR_MINUTES,
  /** A time. */
  FIVE_MINUTES,
  /** A time. */
  TEN_MINUTES,
  /** A time. */
  FIFTEEN_MINUTES,
  /** A time. */
  TWENTY_MINUTES,
  /** A time. */
  THIRTY_MINUTES,
  /** What the keys do. */
  HELP,
  /** Somebody who was called from a conference: tells him so. */
  CONFERENCE_CALLS_YOU,
  /** Ends that sentence: which key lets him in. */
  PRESS_ZERO_TO_JOIN,
  /** A key. */
  PRESS_ONE_TO_JOIN,
  /** A key. */
  PRESS_TWO_TO_JOIN,
  /** A key. */
  PRESS_THREE_TO_JOIN,
  /** A key. */
  PRESS_FOUR_TO_JOIN,
  /** A key. */
  PRESS_FIVE_TO_JOIN,
  /** A key. */
  PRESS_SIX_TO_JOIN,
  /** A key. */
  PRESS_SEVEN_TO_JOIN,
  /** A key. */
  PRESS_EIGHT_TO_JOIN,
  /** A key. */
  PRESS_NINE_TO_JOIN;

  /** The languages that have every prompt, by the name of their folder. */
  public static final List<String> LANGUAGES = List.of("en");

  /** The clip's name, which is its file's name without the ending: {@code enter-pin}. */
  public String clipName() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The names of all clips, in the order above. */
  public static List<String> clipNames() {
    return Stream.of(values()).map(Prompt::clipName).toList();
  }

  /**
   * Where on the class path the WAVs of a language are, one {@code <clip name>.wav} for each
   * prompt.
   *
   * @param language one of {@link #LANGUAGES}
   * @return the folder, without a slash at either end
   */
  public static String folder(final String language) {
    return Prompt.class.getPackageName().replace('.', '/') + "/prompts/" + language;
  }
}
