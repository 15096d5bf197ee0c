package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.guard.CallCaps;
import dev.conductor.signaling.sdp.Agreement;
import dev.conductor.signaling.sdp.KeyAgreement;
import dev.conductor.signaling.sdp.SdpException;
import dev.conductor.signaling.sdp.SessionDescription;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.function.BooleanSupplier;
import javax.sip.ListeningPoint;
import javax.sip.address.SipURI;
import javax.sip.header.Header;
import javax.sip.header.ViaHeader;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * INVITE: a new dialog (RFC 3261, section 13.3), or a change of one (section 14.2). Threads:
 * JAIN-SIP's.
 */
final class InviteHandler implements MethodHandler {
  private static final Logger LOG = LoggerFactory.getLogger(InviteHandler.class);

  private final LogLimit limit = new LogLimit(1);
  private final SipCore core;
  private final Replies replies;
  private final DialogWork work;
  private final InviteChecks checks;
  private volatile boolean closed;

  InviteHandler(final SipCore core, final Replies replies, final DialogWork work) {
    this.core = core;
    this.replies = replies;
    this.work = work;
    this.checks = new InviteChecks(core.messages());
  }

  /** No new dialogs from now on. */
  void close() {
    closed = true;
  }

  @Override
  public void handle(final Incoming incoming) {
    final boolean inDialog = Messages.toTag(incoming.request()) != null;
    core.counters().increment(inDialog ? SipCounter.REINVITES : SipCounter.INVITES);
    if (inDialog && incoming.dialog() == null) {
      replies.refuse(incoming, 481, null);
      return;
    }
    final InviteChecks.Refusal refusal = checks.check(incoming.request());
    if (refusal != null) {
      replies.refuse(incoming, refusal.status(), null, refusal.extra());
    } else {
      negotiate(incoming);
    }
  }

  private void negotiate(final Incoming incoming) {
    final InetAddress local = local(incoming).getAddress();
    final byte[] body = Messages.body(incoming.request());
    final KeyAgreement keys =
        incoming.dialog() == null
            ? new KeyAgreement(core.srtp(), incoming.tls())
            : incoming.dialog().keys();
    Agreement offer = null;
    if (body.length > 0) {
      try {
        offer = core.offerAnswer().agree(SessionDescription.parse(body), local, keys);
      } catch (final SdpException e) {
        core.counters().increment(SipCounter.BAD_DESCRIPTIONS);
        replies.refuse(incoming, 488, null, List.of(warning(local, e)));
        return;
      }
    }
    if (incoming.dialog() == null) {
      begin(incoming, offer, keys);
    } else {
      change(incoming, offer);
    }
  }

  /** Says why, as RFC 3261, section 20.43 has it. */
  private Header warning(final InetAddress local, final SdpException problem) {
    final String text = Messages.plain(problem.getMessage());
    return core.messages()
        .header(
            "Warning", problem.warningCode() + " " + Addresses.inUri(local) + " \"" + text + "\"");
  }

  private static InetSocketAddress local(final Incoming incoming) {
    final ListeningPoint point =
        incoming
            .provider()
            .getListeningPoint(incoming.tls() ? ListeningPoint.TLS : ListeningPoint.UDP);
    return new InetSocketAddress(Addresses.literal(point.getIPAddress()), point.getPort());
  }

  private void begin(final Incoming incoming, final Agreement offer, final KeyAgreement keys) {
    final InetAddress source = incoming.source().getAddress();
    final CallerIdentity.Identity who = core.identities().read(incoming.request(), source);
    final List<CallCaps.Kind> kinds = core.guard().kinds(source, who.dialled());
    final CallCaps.Entry entry = closed ? CallCaps.Entry.ALL_FULL : core.dialogs().tryEnter(kinds);
    if (entry == CallCaps.Entry.ALL_FULL) {
      core.counters().increment(SipCounter.DIALOGS_FULL);
      replies.busy(incoming);
      return;
    }
    if (entry == CallCaps.Entry.KIND_FULL) {
      // Not 503: a carrier would take all of its calls elsewhere (RFC 3261, section 21.5.4).
      core.counters().increment(SipCounter.CAPS_FULL);
      replies.refuse(incoming, 486, null, List.of(replies.retryAfter()));
      return;
    }
    final SipDialog dialog = enter(incoming, offer, keys, kinds);
    if (!isTaken(() -> core.events().onInvite(invitation(incoming, who, dialog, offer)))) {
      core.counters().increment(SipCounter.FOCUS_REFUSALS);
      dialog.takeInHand();
      dialog.step(UasDialog::refuse);
      core.dialogs().remove(dialog);
      replies.busy(incoming);
    }
  }

  /** Puts a dialog into the place taken for it; if that fails, gives the place back. */
  private SipDialog enter(
      final Incoming incoming,
      final Agreement offer,
      final KeyAgreement keys,
      final List<CallCaps.Kind> kinds) {
    try {
      final InetSocketAddress local = local(incoming);
      final InetAddress source = incoming.source().getAddress();
      final Peer peer =
          new Peer(
              incoming.source(),
              incoming.tcp(),
              incoming.tls(),
              incoming.request().getRequestURI() instanceof SipURI uri && uri.isSecure(),
              local.getAddress(),
              core.addresses().asSeenBy(source, local),
              ((ViaHeader) incoming.request().getHeader(ViaHeader.NAME)).getHost(),
              incoming.provider());
      final var id = core.dialogs().nextId();
      final SipDialog dialog =
          new SipDialog(id, peer, new UasDialog(id.value(), offer), keys, incoming.transaction());
      dialog.stackDialog().setApplicationData(dialog);
      core.dialogs().add(dialog, kinds);
      return dialog;
    } catch (final RuntimeException e) {
      core.dialogs().leave(kinds);
      throw e;
    }
  }

  /** Whether the focus takes what it is told; a focus that fails does not. */
  private boolean isTaken(final BooleanSupplier telling) {
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

  private static Invitation invitation(
      final Incoming incoming,
      final CallerIdentity.Identity who,
      final SipDialog dialog,
      final Agreement offer) {
    return new Invitation(
        dialog.id(),
        who.dialled(),
        who.pin(),
        who.trunk(),
        who.ani(),
        who.displayName(),
        incoming.source(),
        dialog.peer().local(),
        remote(offer));
  }

  private static MediaDescription remote(final Agreement offer) {
    return offer == null ? null : offer.remote();
  }

  private void change(final Incoming incoming, final Agreement offer) {
    final SipDialog dialog = incoming.dialog();
    final Step step = dialog.onReinvite(state -> state.onReinvite(offer), incoming.transaction());
    switch (step) {
      case SEND_OFFER -> offerAgain(incoming, dialog);
      case ASK_FOCUS -> ask(incoming, dialog, offer);
      case GLARE -> replies.refuse(incoming, 491, null);
      default -> replies.refuse(incoming, 481, null);
    }
  }

  /** A re-INVITE without an offer: we make one, for where we receive now. */
  private void offerAgain(final Incoming incoming, final SipDialog dialog) {
    core.senders().offer(incoming.lane(), true, () -> work.okNow(dialog, Step.SEND_OFFER));
  }

  private void ask(final Incoming incoming, final SipDialog dialog, final Agreement offer) {
    if (!isTaken(() -> core.events().onOffer(dialog.id(), offer.remote()))) {
      core.counters().increment(SipCounter.FOCUS_REFUSALS);
      dialog.takeInHand();
      dialog.step(UasDialog::refuse);
      replies.busy(incoming);
    }
  }
}
