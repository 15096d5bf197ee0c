package dev.conductor.signaling.sip;

import dev.conductor.config.SipConfig;
import dev.conductor.signaling.api.CallEvents;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A focus that does to each call what the dialled number says: {@code refuse-486}, {@code wait} (no
 * answer), {@code hang-up} (once it is up); anything else is accepted. It leaves an offer of {@code
 * inactive} unanswered.
 */
final class ScriptedFocus implements CallEvents, AutoCloseable {
  /** How each dialog ended, and its reason, by the number dialled. */
  final Map<String, String> ends = new ConcurrentHashMap<>();

  /** How often the focus was asked about an offer within a call, by the number dialled. */
  final Map<String, Integer> offers = new ConcurrentHashMap<>();

  /** What the clock of sessions is ahead of the real one. */
  final AtomicLong aheadNs = new AtomicLong();

  /** Refuses every call so; 0 for none. */
  volatile int refuseAll;

  private final Map<DialogId, Invitation> calls = new ConcurrentHashMap<>();
  final SipService service;

  ScriptedFocus(final SipConfig config) throws IOException {
    service =
        new SipService(
            config,
            this,
            32_000,
            () -> System.nanoTime() + aheadNs.get(),
            StackSettings.mostTransactions(config),
            SipService.SYSTEM_NAME_SERVERS);
    service.start();
  }

  InetSocketAddress server() {
    return service.localAddresses().get(0);
  }

  private String dialled(final DialogId dialog) {
    return calls.get(dialog).dialled();
  }

  @Override
  public boolean onInvite(final Invitation invitation) {
    final String dialled = invitation.dialled();
    calls.put(invitation.dialog(), invitation);
    if (dialled.equals("full")) {
      return false;
    }
    if (refuseAll != 0) {
      service.refuse(invitation.dialog(), refuseAll, "No");
    } else if (dialled.startsWith("refuse-")) {
      service.refuse(invitation.dialog(), Integer.parseInt(dialled.substring(7)), "No");
    } else if (!dialled.equals("wait")) {
      service.accept(invitation.dialog(), rtp(invitation));
    }
    return true;
  }

  private static InetSocketAddress rtp(final Invitation invitation) {
    return new InetSocketAddress(invitation.localAddress(), 30_000);
  }

  @Override
  public void onConfirmed(final DialogId dialog, final MediaDescription answer) {
    if (dialled(dialog).equals("hang-up")) {
      service.end(dialog, "dropped");
    }
  }

  @Override
  public boolean onOffer(final DialogId dialog, final MediaDescription offer) {
    offers.merge(dialled(dialog), 1, Integer::sum);
    if (offer.mayBeSent() || !offer.hold()) {
      service.accept(dialog, rtp(calls.get(dialog)));
    }
    return true;
  }

  @Override
  public void onDigit(final DialogId dialog, final char digit) {
    // Nobody listens.
  }

  @Override
  public void onRinging(final DialogId dialog, final int status) {
    throw new AssertionError("nobody is called here");
  }

  @Override
  public void onAnswered(final DialogId dialog, final MediaDescription answer) {
    throw new AssertionError("nobody is called here");
  }

  @Override
  public void onDialFailed(final DialogId dialog, final int status, final String reason) {
    throw new AssertionError("nobody is called here");
  }

  @Override
  public void onEnded(final DialogId dialog, final DialogEnd end, final String reason) {
    ends.put(dialled(dialog), (end + " " + reason).strip());
  }

  @Override
  public void close() {
    service.stop();
  }
}
