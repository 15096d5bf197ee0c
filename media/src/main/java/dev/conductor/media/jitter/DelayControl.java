package dev.conductor.media.jitter;

/**
 * Judges how long the sound of one stream has to wait: whether it waits longer than even the latest
 * packet of late asks for, or not as long as packets that come too late again and again would need.
 *
 * <p>Delay that was taken back and was missed soon after is remembered for longer; in calm weather
 * that is forgotten, step by step.
 *
 * @threading the media agent that owns the session.
 * @allocation none after construction.
 * @units nanoseconds; timestamps in ticks of the payload's clock.
 */
final class DelayControl {
  /** Every packet waits this long. */
  static final long MIN_DELAY_NS = 4_000_000;

  private static final long NS_PER_MS = 1_000_000;

  /** Nobody waits longer for packets that are late. */
  private static final long MAX_HOLD_NS = 100 * NS_PER_MS;

  private static final long MAX_KEPT_NS = 60 * NS_PER_MS;
  private static final long TICK_NS = 20 * NS_PER_MS;

  /** The shortest pitch period: less cannot be left out. */
  private static final long LEAST_SURPLUS_NS = 5 * NS_PER_MS / 2;

  /** From here on a surplus is left out whatever is being said. */
  private static final long NEAR_CAP_NS = 90 * NS_PER_MS;

  private static final int PATIENCE_TICKS = 50;
  private static final int REST_TICKS = 5;

  /** A stream this far from its clock, most of all after a pause, has another clock now. */
  private static final long CLOCK_JUMP_NS = 200 * NS_PER_MS;

  private static final long LATE_AGAIN_NS = 4_000 * NS_PER_MS;
  private static final long TOO_SOON_NS = 10_000 * NS_PER_MS;
  private static final long CALM_NS = 60_000 * NS_PER_MS;

  private final TransitWindow transits;

  /** Before the first tick nobody knows when ticks begin. */
  private boolean ticking;

  private long nowNs;
  private long surplusNs;
  private boolean urgent;
  private int surplusForTicks;
  private int sinceScaledTicks;
  private boolean shrunk;
  private long shrunkNs;
  private int lateInARow;
  private long lateNs;
  private long calmSinceNs;

  DelayControl(final TransitWindow transits) {
    this.transits = transits;
  }

  /** A tick begins: so far all is well. */
  void begin(final long tickNs) {
    ticking = true;
    nowNs = tickNs;
    surplusNs = 0;
    urgent = false;
    sinceScaledTicks++;
    transits.advance(nowNs);
    if (nowNs - calmSinceNs > CALM_NS) {
      transits.narrow();
      calmSinceNs = nowNs;
    }
  }

  /**
   * The first tick that can play what came then: only what is there when it begins counts.
   *
   * @param tickNs when some tick began
   */
  static long playableNs(final long arrivalNs, final long tickNs) {
    final long readyNs = arrivalNs + MIN_DELAY_NS - tickNs;
    return tickNs - Math.floorDiv(-readyNs, TICK_NS) * TICK_NS;
  }

  private long playableNs(final long arrivalNs) {
    return playableNs(arrivalNs, nowNs);
  }

  /** Whether no packet can be that much later than the earliest. */
  static boolean isClockJump(final long laterNs) {
    return laterNs < -CLOCK_JUMP_NS;
  }

  /** Whether sound that waits that much longer than the latest waits too long. */
  static boolean isSurplus(final long overNs) {
    return overNs >= LEAST_SURPLUS_NS;
  }

  /** Whether packets come too late again and again. */
  private boolean isLateAgain() {
    return lateInARow > 1 && nowNs - lateNs < LATE_AGAIN_NS;
  }

  /** Notes what a run goes by, where nothing is amiss; whether that is so. */
  boolean begin(final CleanRun run) {
    if (!transits.isKnown() || isLateAgain()) {
      return false;
    }
    final long calmNs = calmSinceNs + CALM_NS + 1;
    final long somethingDueNs = Math.min(transits.nextPartNs(), calmNs);
    run.delay(this, nowNs, surplusForTicks, transits, somethingDueNs);
    return true;
  }

  /** In the midst of a run: takes over what it gathered and begins this tick as any other. */
  void renew(final CleanRun run, final long tickNs) {
    end(run);
    sinceScaledTicks--;
    begin(tickNs);
    begin(run);
  }

  /** Goes on after a run as if each of its packets had been taken, and each tick begun. */
  void end(final CleanRun run) {
    nowNs = run.lastNs();
    sinceScaledTicks += run.delayed();
    surplusForTicks = run.surplusForTicks();
    if (run.delayed() > 0) {
      transits.addRun(run.latestOfRunNs(), run.earliestOfRunNs());
    }
  }

  /** A packet came in time. */
  void onPacket(final int timestamp, final long arrivalNs) {
    if (!ticking) {
      return;
    }
    final long playableNs = playableNs(arrivalNs);
    if (transits.isKnown() && isClockJump(laterThanEarliestNs(timestamp, playableNs))) {
      // No packet is that much faster: the timestamps jumped ahead.
      transits.restart(timestamp, playableNs, 0);
    } else {
      transits.add(timestamp, playableNs);
    }
  }

  /** A packet came too late to be played. */
  void onLate(final int timestamp, final long arrivalNs) {
    final long playableNs = playableNs(arrivalNs);
    if (!transits.isKnown() || laterThanEarliestNs(timestamp, playableNs) > MAX_HOLD_NS) {
      return;
    }
    transits.add(timestamp, playableNs);
    lateInARow = nowNs - lateNs < LATE_AGAIN_NS ? lateInARow + 1 : 1;
    lateNs = nowNs;
    onMissed();
  }

  private long laterThanEarliestNs(final int timestamp, final long ns) {
    return transits.transitNs(timestamp, ns) - transits.latestNs() + transits.spreadNs();
  }

  /** Some packet would have needed more delay. */
  void onMissed() {
    if (shrunk && nowNs - shrunkNs < TOO_SOON_NS) {
      transits.widen();
    }
    calmSinceNs = nowNs;
  }

  /** The stream comes back from a rest, in which its clock may have stood still or jumped. */
  void resume(final int timestamp, final long arrivalNs) {
    surplusForTicks = 0;
    if (!transits.isKnown()) {
      return;
    }
    final long playableNs = playableNs(arrivalNs);
    final long laterNs = laterThanEarliestNs(timestamp, playableNs);
    if (laterNs < -CLOCK_JUMP_NS || laterNs > transits.spreadNs() + CLOCK_JUMP_NS) {
      transits.restart(timestamp, playableNs, spreadNs());
    }
  }

  /** Whether the first packet of a stream has waited as long as later ones may have to. */
  boolean isDue(final int timestamp, final long arrivalNs) {
    final long playableNs = playableNs(arrivalNs);
    if (!transits.isKnown()) {
      return nowNs >= playableNs;
    }
    final long earlierNs = transits.latestNs() - transits.transitNs(timestamp, playableNs);
    return nowNs >= playableNs + Math.max(0, Math.min(MAX_HOLD_NS, earlierNs));
  }

  /** How long a packet that was not delayed is to wait. */
  long targetNs() {
    return MIN_DELAY_NS + spreadNs();
  }

  /** What a cut leaves besides the latest packet. */
  long keptNs() {
    return Math.min(MAX_KEPT_NS, targetNs());
  }

  private long spreadNs() {
    return Math.min(MAX_HOLD_NS, transits.spreadNs());
  }

  /**
   * Compares when sound is played with when the latest packet made it possible.
   *
   * @param timestamp of that sound
   * @param turnNs when it is played
   * @param depthNs how long the packet played last had waited
   */
  void measure(final int timestamp, final long turnNs, final long depthNs) {
    if (!transits.isKnown()) {
      return;
    }
    final long outNs = transits.transitNs(timestamp, turnNs);
    final long overNs = outNs - transits.latestNs();
    if (isSurplus(overNs)) {
      surplusNs = overNs;
      surplusForTicks++;
      final boolean patient = surplusForTicks <= PATIENCE_TICKS || sinceScaledTicks <= REST_TICKS;
      urgent = !patient || depthNs > NEAR_CAP_NS;
      return;
    }
    surplusForTicks = 0;
    if (overNs > 0) {
      surplusNs = overNs;
    } else if (overNs < 0
        && isLateAgain()
        && laterThanEarliestNs(timestamp, turnNs) < MAX_HOLD_NS) {
      surplusNs = overNs;
    }
  }

  /** What is to be left out; negative: to be put in. */
  long surplusNs() {
    return surplusNs;
  }

  boolean isUrgent() {
    return urgent;
  }

  /** Something was left out, or put in. */
  void scaled(final boolean shorter) {
    sinceScaledTicks = 0;
    if (shorter) {
      shrunk = true;
      shrunkNs = nowNs;
    }
  }

  /** Forgets the stream. */
  void forget() {
    transits.forget();
    surplusForTicks = 0;
    lateInARow = 0;
  }
}
