package dev.conductor.signaling.dialog;

import java.util.random.RandomGenerator;

/**
 * How long to wait after a 491 before the same is tried again (RFC 3261, section 14.1). Stateless.
 */
public final class Glare {
  private static final int STEP_MS = 10;
  private static final int OWNER_LEAST_MS = 2_100;
  private static final int OWNER_MOST_MS = 4_000;
  private static final int OTHER_MOST_MS = 2_000;

  private Glare() {}

  /**
   * A delay in steps of 10 ms.
   *
   * @param ownsCallId whether the Call-ID is ours, as it is where we called
   */
  public static int delayMs(final boolean ownsCallId, final RandomGenerator random) {
    final int leastMs = ownsCallId ? OWNER_LEAST_MS : 0;
    final int mostMs = ownsCallId ? OWNER_MOST_MS : OTHER_MOST_MS;
    return leastMs + STEP_MS * random.nextInt((mostMs - leastMs) / STEP_MS + 1);
  }
}
