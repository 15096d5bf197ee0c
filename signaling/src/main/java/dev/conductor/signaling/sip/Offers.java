package dev.conductor.signaling.sip;

import dev.conductor.signaling.dialog.SessionRules;
import dev.conductor.signaling.dialog.SessionTerms;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.sdp.Agreement;
import dev.conductor.signaling.sdp.KeyAgreement;
import dev.conductor.signaling.sdp.SdpException;
import dev.conductor.signaling.sdp.SessionDescription;
import dev.conductor.signaling.sdp.SrtpPolicy;
import java.net.InetAddress;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sip.header.Header;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What INVITE and UPDATE have in common: they are checked, their offer and their session timer are
 * read, and the focus is told. Threads: JAIN-SIP's.
 */
final class Offers {
  private static final Logger LOG = LoggerFactory.getLogger(Offers.class);

  /**
   * What a request asks for.
   *
   * @param offer null for none
   * @param terms of the session timer
   * @param keys those of the dialog, new for a new one
   */
  record Read(Agreement offer, SessionTerms terms, KeyAgreement keys) {}

  private final LogLimit limit = new LogLimit(1);
  private final SipCore core;
  private final Replies replies;
  private final InviteChecks checks;
  private final SessionRules rules;

  Offers(final SipCore core, final Replies replies) {
    this.core = core;
    this.replies = replies;
    this.checks = new InviteChecks(core.messages());
    this.rules =
        new SessionRules(core.config().sessionExpiresSeconds(), core.config().minSeSeconds());
  }

  /** Reads a request; null when it has been refused. */
  Read read(final Incoming incoming) {
    final InviteChecks.Refusal refusal = checks.check(incoming.request());
    if (refusal != null) {
      replies.refuse(incoming, refusal.status(), null, refusal.extra());
      return null;
    }
    final SessionTerms terms = rules.answer(SessionHeaders.ask(incoming.request()));
    if (terms.tooBrief()) {
      final Header least =
          core.messages().header("Min-SE", Integer.toString(core.config().minSeSeconds()));
      replies.refuse(
          incoming, SessionHeaders.TOO_SMALL, "Session Interval Too Small", List.of(least));
      return null;
    }
    final byte[] sdp = Bodies.description(incoming.request());
    final InetAddress local = incoming.local().getAddress();
    final KeyAgreement keys =
        incoming.dialog() == null
            ? new KeyAgreement(srtpOf(incoming), incoming.tls())
            : incoming.dialog().keys();
    try {
      final Agreement offer =
          sdp.length == 0
              ? null
              : core.offerAnswer().agree(SessionDescription.parse(sdp), local, keys);
      return new Read(offer, terms, keys);
    } catch (final SdpException e) {
      core.counters().increment(SipCounter.BAD_DESCRIPTIONS);
      replies.refuse(incoming, 488, null, List.of(core.messages().warning(local, e)));
      return null;
    }
  }

  private SrtpPolicy srtpOf(final Incoming incoming) {
    final String general = core.config().security().srtp();
    return core.trunks()
        .ofSource(incoming.source().getAddress())
        .map(trunk -> SrtpPolicy.of(trunk.config().srtpOr(general)))
        .orElse(core.srtp());
  }

  /** Asks the focus about an offer within a dialog, which is in hand by now. */
  void ask(final Incoming incoming, final Agreement offer) {
    final SipDialog dialog = incoming.dialog();
    if (!isTaken(() -> core.events().onOffer(dialog.id(), offer.remote()))) {
      core.counters().increment(SipCounter.FOCUS_REFUSALS);
      dialog.takeInHand();
      dialog.step(UasDialog::refuse);
      replies.busy(incoming);
    }
  }

  /** Whether the focus takes what it is told; a focus that fails does not. */
  boolean isTaken(final BooleanSupplier telling) {
    try {
      return telling.getAsBoolean();
    } catch (final RuntimeException e) {
      core.counters().increment(SipCounter.UNEXPECTED);
      if (limit.admit()) {
        LOG.warn("the focus failed", e);
      }
      return false;
    }
  }
}
