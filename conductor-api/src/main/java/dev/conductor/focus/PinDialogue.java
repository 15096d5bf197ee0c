package dev.conductor.focus;

import dev.conductor.config.EntryConfig;
import dev.conductor.config.Prompt;
import dev.conductor.focus.ConferenceDirectory.Door;
import dev.conductor.focus.ConferenceDirectory.Match;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One caller's PIN dialogue, from the greeting to a match or to goodbye. An exact match admits at
 * once. Otherwise the full length, {@code #} or silence judges what was keyed, and nothing keyed
 * counts as a try. Any key ends the prompt. Pure: time comes in with each call, and what is to be
 * done comes out as a {@link Step}.
 */
final class PinDialogue {
  private static final Step NOTHING = new Step(Do.NOTHING, List.of(), null);

  private final EntryConfig config;
  private final Door door;
  private final StringBuilder keyed = new StringBuilder();
  private final long startNs;
  private long quietSinceNs;
  private boolean prompting;
  private boolean swallowHash;
  private boolean over;
  private int failures;

  /** Begins the dialogue's time; nothing is said yet. */
  PinDialogue(final EntryConfig config, final Door door, final long nowNs) {
    this.config = config;
    this.door = door;
    this.startNs = nowNs;
    this.quietSinceNs = nowNs;
  }

  /** Greets and asks. Left out when the caller keys before he is greeted. */
  Step greet() {
    return ask(Prompt.GREETING, Prompt.ENTER_PIN);
  }

  /** A key: 0-9 and {@code #} mean something, any ends the prompt. */
  Step onDigit(final char digit, final long nowNs) {
    if (over) {
      return NOTHING;
    }
    final boolean swallow = swallowHash && digit == '#';
    swallowHash = false;
    if (swallow) {
      return NOTHING;
    }
    quietSinceNs = nowNs;
    final boolean wasPrompting = prompting;
    prompting = false;
    if (digit == '#') {
      return judge(nowNs);
    }
    if (digit >= '0' && digit <= '9') {
      keyed.append(digit);
      final Match match = door.match(keyed.toString());
      if (match != null) {
        over = true;
        return new Step(Do.ADMIT, List.of(), match);
      }
      if (keyed.length() >= door.longestPin()) {
        swallowHash = true;
        return judge(nowNs);
      }
    }
    return wasPrompting ? new Step(Do.HUSH, List.of(), null) : NOTHING;
  }

  /** The prompt was played to its end: silence counts from now. */
  void onPromptEnded(final long nowNs) {
    prompting = false;
    quietSinceNs = nowNs;
  }

  /** Time goes by. */
  Step onTime(final long nowNs) {
    if (over) {
      return NOTHING;
    }
    if (nowNs - startNs >= TimeUnit.MILLISECONDS.toNanos(config.totalMs())) {
      return giveUp();
    }
    if (!prompting && nowNs - quietSinceNs >= TimeUnit.MILLISECONDS.toNanos(config.silenceMs())) {
      return judge(nowNs);
    }
    return NOTHING;
  }

  /** How many tries failed. */
  int failures() {
    return failures;
  }

  private Step judge(final long nowNs) {
    final boolean empty = keyed.isEmpty();
    keyed.setLength(0);
    failures++;
    if (failures >= config.tries()) {
      return giveUp();
    }
    quietSinceNs = nowNs;
    return ask(empty ? Prompt.NO_PIN : Prompt.WRONG_PIN, Prompt.ENTER_PIN);
  }

  private Step ask(final Prompt... prompts) {
    prompting = true;
    return new Step(Do.PROMPT, List.of(prompts), null);
  }

  private Step giveUp() {
    over = true;
    return new Step(Do.GIVE_UP, List.of(Prompt.GOODBYE), null);
  }

  /** What kind of thing is to be done. */
  enum Do {
    /** Nothing. */
    NOTHING,
    /** Stop the prompt. */
    HUSH,
    /** Play these in place of what is playing. */
    PROMPT,
    /** Let him in. */
    ADMIT,
    /** Play these, then hang up. */
    GIVE_UP
  }

  /**
   * What is to be done. Immutable.
   *
   * @param match who he is, for {@link Do#ADMIT}; else null
   */
  record Step(Do what, List<Prompt> prompts, Match match) {}
}
