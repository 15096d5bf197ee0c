package dev.conductor.focus;

import dev.conductor.config.EntryConfig;
import dev.conductor.config.Prompt;
import dev.conductor.focus.ConferenceDirectory.Door;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One caller's PIN dialogue, from the greeting to a match or to goodbye. What is as long as a PIN
 * of the number is asked of the store, and a match admits at once: no PIN begins another. Otherwise
 * the full length, {@code #} or silence judges what was keyed, and nothing keyed counts as a try.
 * Any key ends the prompt; keys that come while the store is asked are kept and taken after its
 * answer. Pure: time comes in with each call, and what is to be done comes out as a {@link Step}.
 */
final class PinDialogue {
  private static final Step NOTHING = new Step(Do.NOTHING, List.of());

  /** Keys kept while the store is asked; who keys more than that is not dialling a PIN. */
  private static final int MAX_KEPT = 32;

  private final EntryConfig config;
  private final Door door;
  private final StringBuilder keyed = new StringBuilder();
  private final StringBuilder kept = new StringBuilder();
  private final long startNs;
  private long quietSinceNs;
  private boolean prompting;
  private boolean swallowHash;
  private boolean asking;
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
    if (asking) {
      if (kept.length() < MAX_KEPT) {
        kept.append(digit);
      }
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
      if (door.hasPinsOf(keyed.length())) {
        asking = true;
        return new Step(Do.ASK, List.of());
      }
      if (isFull()) {
        return judgeFull(nowNs);
      }
    }
    return wasPrompting ? new Step(Do.HUSH, List.of()) : NOTHING;
  }

  /** What is to be asked of the store, and what was keyed if its answer is no. */
  String keyed() {
    return keyed.toString();
  }

  /** The store knows who it is: the dialogue is over. */
  void onMatch() {
    over = true;
  }

  /** Nobody has what was keyed as a PIN. */
  Step onNoMatch(final long nowNs) {
    asking = false;
    quietSinceNs = nowNs;
    return isFull() ? judgeFull(nowNs) : NOTHING;
  }

  /** The store does not answer. */
  Step onNoAnswer() {
    over = true;
    return new Step(Do.APOLOGIZE, List.of(Prompt.APOLOGY, Prompt.GOODBYE));
  }

  /** Whether there is a key kept that may be taken now. */
  boolean hasKept() {
    return !over && !asking && !kept.isEmpty();
  }

  /** Takes the oldest key kept out: it is to be keyed now. */
  char takeKept() {
    final char digit = kept.charAt(0);
    kept.deleteCharAt(0);
    return digit;
  }

  /** Whether the store is asked: keys are kept. */
  boolean isAsking() {
    return asking;
  }

  /** The prompt was played to its end: silence counts from now. */
  void onPromptEnded(final long nowNs) {
    prompting = false;
    quietSinceNs = nowNs;
  }

  /** Time goes by. */
  Step onTime(final long nowNs) {
    if (over || asking) {
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

  private boolean isFull() {
    return keyed.length() >= door.longestPin();
  }

  private Step judgeFull(final long nowNs) {
    swallowHash = true;
    return judge(nowNs);
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
    return new Step(Do.PROMPT, List.of(prompts));
  }

  private Step giveUp() {
    over = true;
    return new Step(Do.GIVE_UP, List.of(Prompt.GOODBYE));
  }

  /** What kind of thing is to be done. */
  enum Do {
    /** Nothing. */
    NOTHING,
    /** Stop the prompt. */
    HUSH,
    /** Play these in place of what is playing. */
    PROMPT,
    /** Ask the store whose PIN it is; the prompt, if any, ends. */
    ASK,
    /** Play these, then hang up. */
    GIVE_UP,
    /** Play these, then hang up: it is our fault. */
    APOLOGIZE
  }

  /** What is to be done. Immutable. */
  record Step(Do what, List<Prompt> prompts) {}
}
