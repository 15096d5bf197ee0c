package dev.conductor.signaling.trunk;

import java.util.concurrent.TimeUnit;

/**
 * When a REGISTER is due (RFC 3261, section 10.2): refreshed after four fifths of what was granted,
 * asked for longer where the registrar wants that (423), tried again after a failure, each time
 * later, up to five minutes. Pure; one thread at a time.
 */
public final class Registration {
  private static final long FIRST_RETRY_S = 2;
  private static final long LONGEST_RETRY_S = 300;
  private static final int MAX_DOUBLINGS = 8;

  private int wishedSeconds;
  private boolean inFlight;
  private int failures;
  private long dueNs;

  /** Due at once. */
  public Registration(final int wishedSeconds, final long nowNs) {
    this.wishedSeconds = wishedSeconds;
    this.dueNs = nowNs;
  }

  /** Whether one is to be sent now. */
  public boolean isDue(final long nowNs) {
    return !inFlight && nowNs - dueNs >= 0;
  }

  /** It was sent. */
  public void sent() {
    inFlight = true;
  }

  /** How long the next one asks for. */
  public int wishedSeconds() {
    return wishedSeconds;
  }

  /** 200: for how long. */
  public void granted(final int seconds, final long nowNs) {
    inFlight = false;
    failures = 0;
    dueNs = nowNs + TimeUnit.MILLISECONDS.toNanos(Math.max(1, seconds) * 800L);
  }

  /** 423: it must be longer; asked for at once. */
  public void tooBrief(final int leastSeconds, final long nowNs) {
    if (leastSeconds <= wishedSeconds) {
      failed(nowNs);
      return;
    }
    inFlight = false;
    wishedSeconds = leastSeconds;
    dueNs = nowNs;
  }

  /** Refused, or not answered: later. */
  public void failed(final long nowNs) {
    inFlight = false;
    final long waitS =
        Math.min(LONGEST_RETRY_S, FIRST_RETRY_S << Math.min(failures, MAX_DOUBLINGS));
    failures++;
    dueNs = nowNs + TimeUnit.SECONDS.toNanos(waitS);
  }
}
