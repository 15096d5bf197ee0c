package dev.conductor.demo;

import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One restless person with a simulated phone: dials, keys the PIN, raises and lowers a hand, leaves
 * and comes back. Stepped by the thread of {@link DemoCallers} alone.
 */
final class DemoCaller {
  /** Keys pressed right after the answer break off the greeting, as people do who know it. */
  private static final long KEY_AFTER_NS = TimeUnit.MILLISECONDS.toNanos(1_500);

  private static final long LEAST_PAUSE_NS = TimeUnit.SECONDS.toNanos(4);
  private static final long MOST_PAUSE_NS = TimeUnit.SECONDS.toNanos(20);

  /** What RFC 3261, section 17.1.1.2 makes of no answer at all. */
  private static final int REQUEST_TIMEOUT = 408;

  private static final int LEAVES_PERCENT = 20;
  private static final int RAISES_PERCENT = 60;

  private final SimPhone phone;
  private final String pin;
  private final DemoCallersOptions options;
  private final SplittableRandom random;
  private final Consumer<String> say;

  private Step step = Step.AWAY;
  private long dueNs;
  private CompletableFuture<Integer> answered;
  private boolean handUp;
  private Received before = Received.NOTHING;

  DemoCaller(
      final SimPhone phone,
      final String pin,
      final DemoCallersOptions options,
      final SplittableRandom random,
      final Consumer<String> say) {
    this.phone = phone;
    this.pin = pin;
    this.options = options;
    this.random = random;
    this.say = say;
  }

  /** What the person does now. */
  private enum Step {
    /** Not on the phone; dials when it is time. */
    AWAY,
    /** Waits for the answer. */
    DIALS,
    /** Answered; keys when it is time. */
    LISTENS,
    /** Has keyed. */
    TALKS,
    /** Refused, or hung up on: does not try again. */
    SENT_AWAY
  }

  /** When to dial first. */
  void dialAt(final long atNs) {
    dueNs = atNs;
  }

  SimPhone phone() {
    return phone;
  }

  /** Whether the PIN was keyed and nobody has hung up on the person since. */
  boolean isIn() {
    return step == Step.TALKS && phone.state() == PhoneState.UP;
  }

  boolean isSentAway() {
    return step == Step.SENT_AWAY;
  }

  /** What the phone received in all its calls. */
  Received received() {
    return before.plus(phone.received());
  }

  /** Does what is due. */
  void onStep(final long nowNs) {
    final boolean due = nowNs - dueNs >= 0;
    switch (step) {
      case AWAY -> {
        if (due && phone.state() != PhoneState.ENDING) {
          before = received();
          step = Step.DIALS;
          answered = phone.dial(options.server(), options.did());
        }
      }
      case DIALS -> onDialling(nowNs);
      case LISTENS, TALKS -> {
        if (phone.state() == PhoneState.OVER) {
          sentAway("the server hung up");
        } else if (due) {
          act(nowNs);
        }
      }
      default -> {}
    }
  }

  private void onDialling(final long nowNs) {
    if (!answered.isDone()) {
      return;
    }
    if (phone.state() == PhoneState.UP) {
      step = Step.LISTENS;
      dueNs = nowNs + KEY_AFTER_NS;
    } else {
      sentAway(
          phone.lastStatus() == REQUEST_TIMEOUT
              ? "got no answer; does the server run, and does --server name it?"
              : "was refused, status " + phone.lastStatus());
    }
  }

  private void act(final long nowNs) {
    if (step == Step.LISTENS) {
      step = Step.TALKS;
      phone.keys(pin + "#");
      tell("answered, keys " + pin);
    } else if (options.restless()) {
      whim(nowNs);
    }
    dueNs = nowNs + random.nextLong(LEAST_PAUSE_NS, MOST_PAUSE_NS);
  }

  private void whim(final long nowNs) {
    final int dice = random.nextInt(100);
    if (dice < LEAVES_PERCENT) {
      phone.hangUp();
      step = Step.AWAY;
      handUp = false;
      tell("leaves, and will be back");
    } else if (handUp) {
      phone.keys("0");
      handUp = false;
      tell("lowers the hand");
    } else if (dice < RAISES_PERCENT) {
      final int level = random.nextInt(1, 6);
      phone.keys(Integer.toString(level));
      handUp = true;
      tell("raises a hand (" + level + ")");
    }
  }

  private void sentAway(final String why) {
    step = Step.SENT_AWAY;
    tell(why);
  }

  private void tell(final String what) {
    say.accept(phone.user() + " " + what);
  }
}
