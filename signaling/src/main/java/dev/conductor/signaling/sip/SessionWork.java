package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.dialog.Glare;
import dev.conductor.signaling.dialog.SessionTerms;
import dev.conductor.signaling.dialog.SessionTimer;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.sdp.SdpException;
import dev.conductor.signaling.sdp.SessionDescription;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.LongSupplier;
import javax.sip.header.CSeqHeader;
import javax.sip.header.Header;
import javax.sip.header.RetryAfterHeader;
import javax.sip.message.Request;
import javax.sip.message.Response;

/**
 * Keeps sessions alive (RFC 4028): refreshes them by UPDATE, or by re-INVITE with the description
 * last sent where the far end knows no UPDATE; hangs up where nobody did; gives up a call whose 180
 * is never acknowledged.
 *
 * <p>Threads: the watch on the UDP sender's; answers on JAIN-SIP's.
 */
final class SessionWork {
  private static final long MS_NS = 1_000_000L;
  private static final long SECOND_NS = 1_000 * MS_NS;

  /** RFC 3262, section 3: 64 times T1. */
  private static final long PRACK_PATIENCE_NS = 32 * SECOND_NS;

  /** A refresh that was refused is tried again after this. */
  private static final long REFUSED_WAIT_NS = 10 * SECOND_NS;

  /** While something else is in hand a refresh waits this long. */
  private static final long BUSY_WAIT_NS = SECOND_NS;

  private static final long WATCH_NS = 50 * MS_NS;

  private final SipCore core;
  private final DialogWork work;
  private final Outgoing outgoing;
  private final LongSupplier nanoClock;
  private long watchedNs;

  SessionWork(
      final SipCore core,
      final DialogWork work,
      final Outgoing outgoing,
      final LongSupplier nanoClock) {
    this.core = core;
    this.work = work;
    this.outgoing = outgoing;
    this.nanoClock = nanoClock;
    this.watchedNs = nanoClock.getAsLong() - WATCH_NS;
  }

  /** A reliable 180 goes out now. */
  void ringing(final SipDialog dialog) {
    dialog.alarmAt(nanoClock.getAsLong() + PRACK_PATIENCE_NS);
  }

  /** The session begins, or was refreshed by the far end. */
  void agreed(final SipDialog dialog, final SessionTerms terms) {
    final long nowNs = nanoClock.getAsLong();
    final boolean running =
        dialog.session(
            timer -> {
              timer.agree(terms, nowNs);
              return timer.running();
            });
    if (running) {
      setAlarm(dialog);
    }
  }

  private static void setAlarm(final SipDialog dialog) {
    dialog.alarmAt(dialog.session(SessionTimer::nextNs));
  }

  /** Looks at every dialog whose time has come; cheap enough to be called all the time. */
  void watch() {
    final long nowNs = nanoClock.getAsLong();
    if (nowNs - watchedNs >= WATCH_NS) {
      watchedNs = nowNs;
      core.dialogs()
          .forEach(
              dialog -> {
                if (dialog.takeAlarm(nowNs)) {
                  look(dialog, nowNs);
                }
              });
    }
  }

  private void look(final SipDialog dialog, final long nowNs) {
    if (dialog.step(UasDialog::onPrackTimeout) == Step.REFUSE_INVITE) {
      work.refuseUnacknowledged(dialog);
      return;
    }
    switch (dialog.session(timer -> timer.due(nowNs))) {
      case EXPIRED -> {
        if (dialog.step(UasDialog::onSessionExpired) == Step.SEND_BYE) {
          core.counters().increment(SipCounter.SESSIONS_EXPIRED);
          work.bye(dialog);
        }
      }
      case REFRESH -> refresh(dialog, nowNs, dialog.peerKnowsUpdate());
      default -> rearm(dialog);
    }
  }

  private static void rearm(final SipDialog dialog) {
    if (dialog.session(SessionTimer::running)) {
      setAlarm(dialog);
    }
  }

  private void refresh(final SipDialog dialog, final long nowNs, final boolean byUpdate) {
    final Step step = dialog.step(state -> state.refresh(byUpdate));
    if (step == Step.NOTHING) {
      tryAgain(dialog, nowNs + BUSY_WAIT_NS);
      return;
    }
    core.counters().increment(SipCounter.REFRESHES);
    setAlarm(dialog);
    if (!core.senders().offer(dialog.lane(), false, () -> refreshNow(dialog, step))) {
      dialog.read(UasDialog::refreshAnswered);
      tryAgain(dialog, nowNs + BUSY_WAIT_NS);
    }
  }

  private void refreshNow(final SipDialog dialog, final Step step) {
    final int expiresS = dialog.session(SessionTimer::expiresS);
    final Header[] headers = {
      core.messages().header("Session-Expires", expiresS + ";refresher=uac"),
      core.messages().header("Min-SE", Integer.toString(core.config().minSeSeconds()))
    };
    final boolean sent =
        step == Step.SEND_UPDATE
            ? outgoing.change(dialog, Request.UPDATE, "", headers)
            : outgoing.change(dialog, Request.INVITE, dialog.lastDescription(), headers);
    if (!sent) {
      work.peerGone(dialog);
    }
  }

  private static void tryAgain(final SipDialog dialog, final long whenNs) {
    dialog.session(
        timer -> {
          timer.tryAgainAt(whenNs);
          return timer;
        });
    setAlarm(dialog);
  }

  /** The far end answered a refresh of ours; not for 408 and 481, which end the dialog. */
  void onAnswer(final SipDialog dialog, final Response response) {
    final int status = response.getStatusCode();
    if (status < 200) {
      return;
    }
    final CSeqHeader sequence = (CSeqHeader) response.getHeader(CSeqHeader.NAME);
    final boolean invite = Request.INVITE.equals(sequence.getMethod());
    if (invite && status < 300) {
      core.senders()
          .offer(dialog.lane(), true, () -> outgoing.ack(dialog, sequence.getSeqNumber()));
    }
    if (!dialog.read(UasDialog::refreshAnswered)) {
      return;
    }
    if (status < 300) {
      onRefreshed(dialog, response);
    } else {
      onRefused(dialog, response, invite);
    }
  }

  private void onRefreshed(final SipDialog dialog, final Response response) {
    final int askedS = dialog.session(SessionTimer::expiresS);
    agreed(dialog, SessionHeaders.answered(response, askedS, core.config().minSeSeconds()));
    final byte[] body = Messages.body(response);
    if (body.length == 0) {
      return;
    }
    try {
      final MediaDescription answer =
          core.offerAnswer()
              .readAnswer(SessionDescription.parse(body), dialog.peer().local(), dialog.keys());
      dialog.keys().took(answer);
      core.events().onConfirmed(dialog.id(), answer);
    } catch (final SdpException e) {
      // The line stays as it was (RFC 3264, section 8).
      core.counters().increment(SipCounter.BAD_DESCRIPTIONS);
    }
  }

  private void onRefused(final SipDialog dialog, final Response response, final boolean invite) {
    final long nowNs = nanoClock.getAsLong();
    switch (response.getStatusCode()) {
      case SessionHeaders.TOO_SMALL -> {
        final int minSeS = SessionHeaders.minSe(response);
        if (minSeS <= dialog.session(SessionTimer::expiresS)) {
          // We asked for as much: to ask again at once would be refused again, for ever.
          tryAgain(dialog, nowNs + REFUSED_WAIT_NS);
          return;
        }
        dialog.session(
            timer -> {
              timer.raiseTo(minSeS, nowNs);
              return timer;
            });
        setAlarm(dialog);
      }
      case Response.REQUEST_PENDING -> {
        final int delayMs = Glare.delayMs(false, ThreadLocalRandom.current());
        tryAgain(dialog, nowNs + delayMs * MS_NS);
      }
      case Response.METHOD_NOT_ALLOWED, Response.NOT_IMPLEMENTED -> {
        if (invite) {
          tryAgain(dialog, nowNs + REFUSED_WAIT_NS);
        } else {
          refresh(dialog, nowNs, false);
        }
      }
      default -> tryAgain(dialog, nowNs + waitNs(response));
    }
  }

  /** How long it asks us to wait; ten seconds where it does not say. */
  private static long waitNs(final Response response) {
    return response.getHeader(RetryAfterHeader.NAME) instanceof RetryAfterHeader retry
            && retry.getRetryAfter() >= 0
        ? retry.getRetryAfter() * SECOND_NS
        : REFUSED_WAIT_NS;
  }
}
