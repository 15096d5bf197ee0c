package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.PhoneNumbers;
import dev.conductor.signaling.dialog.Step;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.guard.CallCaps;
import dev.conductor.signaling.sdp.Agreement;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import javax.sip.address.SipURI;
import javax.sip.header.ViaHeader;
import javax.sip.message.Request;

/**
 * INVITE: a new dialog (RFC 3261, section 13.3), or a change of one (section 14.2). Threads:
 * JAIN-SIP's.
 */
final class InviteHandler implements MethodHandler {
  private final SipCore core;
  private final Replies replies;
  private final DialogWork work;
  private final SessionWork sessions;
  private final Offers offers;
  private final PhoneNumbers numbers;
  private volatile boolean closed;

  InviteHandler(
      final SipCore core,
      final Replies replies,
      final DialogWork work,
      final SessionWork sessions,
      final Offers offers) {
    this.core = core;
    this.replies = replies;
    this.work = work;
    this.sessions = sessions;
    this.offers = offers;
    this.numbers = new PhoneNumbers(core.config().numbers().countryCode());
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
    final Offers.Read read = offers.read(incoming);
    if (read == null) {
      return;
    }
    final InHand invite = new InHand(incoming.transaction(), read.terms());
    if (incoming.dialog() == null) {
      begin(incoming, invite, read);
    } else {
      change(incoming, invite, read.offer());
    }
  }

  private void begin(final Incoming incoming, final InHand invite, final Offers.Read read) {
    final InetAddress source = incoming.source().getAddress();
    final CallerIdentity.Identity who = core.identities().read(incoming.request(), source);
    if (!core.trunks().mayCall(source, who.dialled())) {
      core.counters().increment(SipCounter.DIDS_REFUSED);
      replies.refuse(incoming, 404, null);
      return;
    }
    final List<CallCaps.Kind> kinds = core.guard().kinds(source, numbers.canonical(who.dialled()));
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
    final Agreement offer = read.offer();
    final SipDialog dialog = enter(incoming, invite, read, kinds);
    ring(incoming, dialog, offer);
    if (!offers.isTaken(() -> core.events().onInvite(invitation(incoming, who, dialog, offer)))) {
      core.counters().increment(SipCounter.FOCUS_REFUSALS);
      dialog.step(UasDialog::refuse);
      core.dialogs().remove(dialog);
      work.busy(dialog);
    }
  }

  /** Who requires reliable provisional responses gets one (RFC 3262, section 3). */
  private void ring(final Incoming incoming, final SipDialog dialog, final Agreement offer) {
    if (offer != null && InviteChecks.requires(incoming.request(), "100rel")) {
      dialog.step(
          state -> {
            state.ring();
            return Step.NOTHING;
          });
      sessions.ringing(dialog);
      work.ring(dialog);
    }
  }

  /** Puts a dialog into the place taken for it; if that fails, gives the place back. */
  private SipDialog enter(
      final Incoming incoming,
      final InHand invite,
      final Offers.Read read,
      final List<CallCaps.Kind> kinds) {
    try {
      final InetSocketAddress local = incoming.local();
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
          new SipDialog(
              id,
              peer,
              new UasDialog(id.value(), read.offer()),
              read.keys(),
              invite,
              InviteChecks.allows(incoming.request(), Request.UPDATE));
      dialog.stackDialog().setApplicationData(dialog);
      core.dialogs().add(dialog, incoming.request().getTransactionId(), kinds);
      return dialog;
    } catch (final RuntimeException e) {
      core.dialogs().leave(kinds);
      throw e;
    }
  }

  private Invitation invitation(
      final Incoming incoming,
      final CallerIdentity.Identity who,
      final SipDialog dialog,
      final Agreement offer) {
    return new Invitation(
        dialog.id(),
        who.dialled(),
        who.pin(),
        who.trunk(),
        core.guard().isKnown(incoming.source().getAddress()),
        who.ani(),
        who.displayName(),
        incoming.source(),
        dialog.peer().local(),
        remote(offer));
  }

  private static MediaDescription remote(final Agreement offer) {
    return offer == null ? null : offer.remote();
  }

  private void change(final Incoming incoming, final InHand invite, final Agreement offer) {
    final SipDialog dialog = incoming.dialog();
    final Step step = dialog.onChange(state -> state.onReinvite(offer), invite);
    switch (step) {
      case SEND_OFFER, SEND_SAME ->
          core.senders().offer(incoming.lane(), true, () -> work.okNow(dialog, step));
      case ASK_FOCUS -> offers.ask(incoming, offer);
      case GLARE -> replies.refuse(incoming, 491, null);
      case RETRY_LATER -> replies.later(incoming);
      default -> replies.refuse(incoming, 481, null);
    }
  }
}
