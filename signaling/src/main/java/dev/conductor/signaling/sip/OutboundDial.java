package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.dialog.UasDialog;
import dev.conductor.signaling.trunk.Target;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import javax.sip.Dialog;
import javax.sip.message.Request;

/**
 * One number being called, through one proxy after the other until somebody answers or says no. The
 * next is tried where a proxy is silent, cannot be sent to or answers 5xx; what else is refused is
 * refused by whom we call.
 *
 * <p>Threads: any.
 */
final class OutboundDial {
  /** A way to try: a proxy of a trunk, and the number as it wants it. */
  record Way(TrunkLink link, Target target, String number) {}

  private final DialogId id;
  private final InetSocketAddress localRtp;
  private final Deque<Way> ways;
  private final TrunkRequests requests;
  private final Outbound outbound;
  private final Outgoing outgoing;
  private OutboundInvite current;
  private boolean ended;
  private boolean rang;

  OutboundDial(
      final DialogId id,
      final InetSocketAddress localRtp,
      final List<Way> ways,
      final TrunkRequests requests,
      final Outbound outbound,
      final Outgoing outgoing) {
    this.id = id;
    this.localRtp = localRtp;
    this.ways = new ArrayDeque<>(ways);
    this.requests = requests;
    this.outbound = outbound;
    this.outgoing = outgoing;
  }

  DialogId id() {
    return id;
  }

  InetSocketAddress localRtp() {
    return localRtp;
  }

  /** Tries the next way; false when there is none, or no room to send. */
  boolean tryNext() {
    final OutboundInvite invite;
    final Way way;
    synchronized (this) {
      way = ended ? null : ways.poll();
      if (way == null) {
        return false;
      }
      invite = new OutboundInvite(requests, way.link(), this, way.number());
      current = invite;
    }
    outbound.watch(invite);
    return requests.send(invite, () -> invite.sendNow(way.target()));
  }

  void onRinging(final int status) {
    synchronized (this) {
      if (ended || rang) {
        return;
      }
      rang = true;
    }
    outbound.onRinging(id, status);
  }

  /** One way ended without an answer. */
  void onRefused(final OutboundInvite invite, final int status, final String reason) {
    synchronized (this) {
      if (invite != current) {
        return;
      }
    }
    final boolean outOfOrder = status >= 500 && status < 600 || status == 408;
    if (outOfOrder && tryNext()) {
      requests.core().counters().increment(SipCounter.TRUNK_FAILOVERS);
      return;
    }
    if (end()) {
      outbound.onFailed(this, status, reason);
    }
  }

  /** Somebody answered and has our ACK; on a sender's thread. */
  void onAnswered(
      final OutboundInvite invite, final Dialog stackDialog, final MediaDescription answer) {
    final boolean wanted = end();
    if (!wanted) {
      byeNow(invite, stackDialog);
      return;
    }
    final SipDialog dialog = dialog(invite, stackDialog);
    stackDialog.setApplicationData(dialog);
    outbound.onAnswered(this, dialog, answer);
  }

  private SipDialog dialog(final OutboundInvite invite, final Dialog stackDialog) {
    final Peer peer = requests.peer(invite.target(), invite.link());
    return new SipDialog(
        id, peer, UasDialog.answered(id.value(), localRtp), invite.keys(), stackDialog);
  }

  /** Hangs up on a place that answered too late; on a sender's thread. */
  void byeNow(final OutboundInvite invite, final Dialog stackDialog) {
    outgoing.bye(dialog(invite, stackDialog), "");
  }

  /** Says where a request of such a dialog goes. */
  void route(final Request request, final Dialog stackDialog, final OutboundInvite invite) {
    outgoing.route(dialog(invite, stackDialog), request);
  }

  /** Whoever asked gives up. */
  void cancel() {
    final OutboundInvite invite;
    synchronized (this) {
      ways.clear();
      invite = current;
    }
    if (invite != null) {
      invite.cancel();
    }
  }

  synchronized boolean isCurrent(final OutboundInvite invite) {
    return invite == current && !ended;
  }

  private synchronized boolean end() {
    final boolean first = !ended;
    ended = true;
    return first;
  }
}
