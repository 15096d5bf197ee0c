package dev.conductor.signaling.sip;

import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.MediaDescription;
import dev.conductor.signaling.api.OutboundLine;
import dev.conductor.signaling.guard.CallCaps;
import dev.conductor.signaling.trunk.Target;
import dev.conductor.signaling.trunk.Trunks;
import gov.nist.javax.sip.message.SIPResponse;
import gov.nist.javax.sip.stack.SIPClientTransaction;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import javax.sip.ResponseEvent;
import javax.sip.TransactionState;
import javax.sip.header.CallIdHeader;
import javax.sip.message.Response;

/**
 * The numbers being called. Threads: any; {@link #poll} one.
 *
 * <p>An INVITE is remembered for a while after its end: a place that answers late is hung up on.
 */
final class Outbound {
  private static final long REMEMBERED_NS = TimeUnit.SECONDS.toNanos(64);

  private record Watched(OutboundInvite invite, long sinceNs) {}

  private final Map<Long, OutboundDial> dials = new ConcurrentHashMap<>();
  private final Map<String, Watched> invites = new ConcurrentHashMap<>();
  private final SipCore core;
  private final TrunkRequests requests;
  private final Outgoing outgoing;
  private final Map<String, TrunkLink> links;

  Outbound(
      final SipCore core,
      final TrunkRequests requests,
      final Outgoing outgoing,
      final Map<String, TrunkLink> links) {
    this.core = core;
    this.requests = requests;
    this.outgoing = outgoing;
    this.links = links;
  }

  Optional<OutboundLine> lineTo(final String number) {
    final List<OutboundDial.Way> ways = ways(number, null);
    if (ways.isEmpty()) {
      return Optional.empty();
    }
    final OutboundDial.Way first = ways.get(0);
    return Optional.of(
        new OutboundLine(
            core.dialogs().nextId(),
            first.link().name(),
            first.target().local(),
            first.target().remote()));
  }

  /** The ways that are up, best first; those from one address of ours where one is given. */
  private List<OutboundDial.Way> ways(final String number, final InetAddress local) {
    final List<OutboundDial.Way> ways = new ArrayList<>();
    for (final Trunks.Route route : core.trunks().routes(number)) {
      final TrunkLink link = links.get(route.trunk().name());
      final List<Target> targets = link.state().isUp() ? link.state().up() : List.of();
      for (final Target target : targets) {
        if (local == null || local.equals(target.local())) {
          ways.add(new OutboundDial.Way(link, target, route.number()));
        }
      }
    }
    return ways;
  }

  boolean dial(final OutboundLine line, final String number, final InetSocketAddress localRtp) {
    if (core.dialogs().tryEnter(List.of()) != CallCaps.Entry.ENTERED) {
      core.counters().increment(SipCounter.DIALOGS_FULL);
      return false;
    }
    final OutboundDial dial =
        new OutboundDial(
            line.dialog(), localRtp, ways(number, line.localAddress()), requests, this, outgoing);
    dials.put(line.dialog().value(), dial);
    if (!dial.tryNext()) {
      dials.remove(line.dialog().value());
      core.dialogs().leave(List.of());
      return false;
    }
    core.counters().increment(SipCounter.DIALS);
    return true;
  }

  /** Gives up a number being called; false when it is none, or has been answered. */
  boolean cancel(final DialogId dialog) {
    final OutboundDial dial = dials.get(dialog.value());
    if (dial != null) {
      dial.cancel();
    }
    return dial != null;
  }

  /** Gives up all. */
  void cancelAll() {
    dials.values().forEach(OutboundDial::cancel);
  }

  void watch(final OutboundInvite invite) {
    invites.put(invite.callId(), new Watched(invite, System.nanoTime()));
  }

  /** Lets time go by. */
  void poll(final long nowNs) {
    for (final Watched watched : invites.values()) {
      watched.invite().poll(nowNs);
      if (nowNs - watched.sinceNs() >= REMEMBERED_NS && !isCurrent(watched.invite())) {
        invites.remove(watched.invite().callId());
      }
    }
  }

  private boolean isCurrent(final OutboundInvite invite) {
    return dials.values().stream().anyMatch(dial -> dial.isCurrent(invite));
  }

  /**
   * Any 2xx to an INVITE comes by here before the stack sees it; on the stack's threads.
   *
   * @return whether the stack is to go on with it
   */
  boolean onOkSeen(final SIPResponse ok, final SIPTransactionStack stack) {
    final Watched watched = invites.get(ok.getCallId().getCallId());
    if (watched == null) {
      return true;
    }
    if (!watched.invite().onOkSeen(ok.getToTag(), Messages.sequence(ok))) {
      return false;
    }
    if (stack.findTransaction(ok, false) instanceof SIPClientTransaction over
        && over.getState() == TransactionState.TERMINATED) {
      stack.removeTransaction(over);
    }
    return true;
  }

  /** A 2xx to an INVITE of ours whose transaction is over: another place has answered. */
  void onLateOk(final ResponseEvent event) {
    final Response response = event.getResponse();
    final String callId = ((CallIdHeader) response.getHeader(CallIdHeader.NAME)).getCallId();
    final Watched watched = invites.get(callId);
    if (watched != null) {
      watched.invite().onOk(event.getDialog(), response);
    }
  }

  void onRinging(final DialogId id, final int status) {
    core.events().onRinging(id, status);
  }

  void onFailed(final OutboundDial dial, final int status, final String reason) {
    dials.remove(dial.id().value());
    core.dialogs().leave(List.of());
    core.counters().increment(SipCounter.DIALS_FAILED);
    core.events().onDialFailed(dial.id(), status, reason);
  }

  void onAnswered(final OutboundDial dial, final SipDialog dialog, final MediaDescription answer) {
    core.dialogs().add(dialog, "", List.of());
    dials.remove(dial.id().value());
    core.events().onAnswered(dial.id(), answer);
  }
}
