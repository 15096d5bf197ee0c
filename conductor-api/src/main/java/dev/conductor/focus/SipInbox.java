package dev.conductor.focus;

import dev.conductor.signaling.api.CallEvents;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import org.agrona.concurrent.ManyToOneConcurrentArrayQueue;
import org.agrona.concurrent.NanoClock;

/**
 * The hatch from SIP to the conductor. Bounded; new dialogs, re-INVITEs and keys are refused from
 * three quarters full, so that the last quarter always holds room for an answer and an end of every
 * dialog that can be up. A new dialog is told with how long it has waited. Offered from any thread,
 * drained by the conductor; never waits.
 */
public final class SipInbox implements CallEvents {
  private static final int SIGNALS_KEPT_PER_DIALOG = 2;

  private final ManyToOneConcurrentArrayQueue<Signal> queue;
  private final int newWorkLimit;
  private final NanoClock clock;
  private final FocusCounters counters;
  private final Wakeup wakeup = new Wakeup();

  /**
   * Makes it big enough.
   *
   * @param maxDialogs how many dialogs can be up at once
   * @param clock what waiting is measured by
   */
  public SipInbox(final int maxDialogs, final NanoClock clock, final FocusCounters counters) {
    this.queue = new ManyToOneConcurrentArrayQueue<>(4 * SIGNALS_KEPT_PER_DIALOG * maxDialogs);
    this.newWorkLimit = queue.capacity() / 4 * 3;
    this.clock = clock;
    this.counters = counters;
  }

  @Override
  public boolean onInvite(final Invitation invitation) {
    final long sinceNs = clock.nanoTime();
    return offerNew(
        to -> to.onInvite(invitation, clock.nanoTime() - sinceNs), FocusCounter.INVITES_BUSY);
  }

  @Override
  public void onConfirmed(final DialogId dialog, final MediaDescription answer) {
    offerAlways(to -> to.onConfirmed(dialog, answer));
  }

  @Override
  public boolean onOffer(final DialogId dialog, final MediaDescription offer) {
    return offerNew(to -> to.onOffer(dialog, offer), FocusCounter.OFFERS_BUSY);
  }

  @Override
  public void onDigit(final DialogId dialog, final char digit) {
    offerNew(to -> to.onInfoDigit(dialog, digit), FocusCounter.DIGITS_BUSY);
  }

  @Override
  public void onEnded(final DialogId dialog, final DialogEnd end, final String reason) {
    offerAlways(to -> to.onEnded(dialog, end, reason));
  }

  @Override
  public void onRinging(final DialogId dialog, final int status) {
    offerNew(to -> to.onRinging(dialog, status), FocusCounter.OFFERS_BUSY);
  }

  @Override
  public void onAnswered(final DialogId dialog, final MediaDescription answer) {
    offerAlways(to -> to.onAnswered(dialog, answer));
  }

  @Override
  public void onDialFailed(final DialogId dialog, final int status, final String reason) {
    offerAlways(to -> to.onDialFailed(dialog, status, reason));
  }

  /** What wakes the conductor; for others who put something in. Any thread. */
  public Wakeup wakeup() {
    return wakeup;
  }

  /** Hands on at most so many. The conductor only. */
  int drain(final SipSignals to, final int limit) {
    int taken = 0;
    Signal signal;
    while (taken < limit && (signal = queue.poll()) != null) {
      signal.tell(to);
      taken++;
    }
    return taken;
  }

  private boolean offerNew(final Signal signal, final FocusCounter refused) {
    if (queue.size() < newWorkLimit && queue.offer(signal)) {
      wakeup.call();
      return true;
    }
    counters.increment(refused);
    return false;
  }

  private void offerAlways(final Signal signal) {
    if (queue.offer(signal)) {
      wakeup.call();
    } else {
      counters.increment(FocusCounter.SIGNALS_LOST);
    }
  }

  /** One thing SIP told. */
  private interface Signal {
    void tell(SipSignals to);
  }
}
