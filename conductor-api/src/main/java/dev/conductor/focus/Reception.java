package dev.conductor.focus;

import dev.conductor.command.Origin;
import dev.conductor.config.ConductorConfig;
import dev.conductor.focus.ConferenceDirectory.Door;
import dev.conductor.focus.Line.Stage;
import dev.conductor.media.api.RtpSessionSpec;
import dev.conductor.model.Caller;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Brings a line up, from the INVITE to the ACK, and changes it by re-INVITE. The conductor only.
 */
final class Reception {
  /** Whoever has waited for longer has given up, or dials again: the work would be for nobody. */
  private static final long STALE_NS = TimeUnit.SECONDS.toNanos(8);

  private final int maxLobby;
  private final SpecBuilder specs;
  private final ConferenceDirectory directory;
  private final Room room;
  private final Turn turn;
  private final Lines lines;

  Reception(final ConductorConfig config, final ConferenceDirectory directory, final Room room) {
    this.maxLobby = config.entry().maxLobby();
    this.specs = new SpecBuilder(config.sip());
    this.directory = directory;
    this.room = room;
    this.turn = room.turn();
    this.lines = room.lines();
  }

  /**
   * Opens a session for a dialog to a number somebody has; refuses any other.
   *
   * @param waitedNs how long it has waited for this
   */
  void onInvite(final Invitation invitation, final long waitedNs) {
    room.counters().increment(FocusCounter.INVITES);
    if (waitedNs > STALE_NS) {
      refuse(invitation, 503, "Service Unavailable", FocusCounter.INVITES_STALE);
      return;
    }
    final Door door = directory.door(invitation.dialled());
    if (door == null) {
      refuse(invitation, 404, "Not Found", FocusCounter.UNKNOWN_DID);
      return;
    }
    if (lines.lobbyCount() >= maxLobby) {
      refuse(invitation, 503, "Service Unavailable", FocusCounter.LOBBY_FULL);
      return;
    }
    final Optional<RtpSessionSpec> spec =
        invitation.offer() == null
            ? Optional.of(
                specs.unanswered(
                    invitation.localAddress(),
                    invitation.source().getAddress(),
                    invitation.trunk()))
            : specs.agreed(invitation, invitation.offer()).map(RtpSessionSpec::unconfirmed);
    if (spec.isEmpty()) {
      refuse(invitation, 488, "Not Acceptable Here", FocusCounter.NO_MEDIA);
      return;
    }
    final Line line = new Line(invitation, door, lines.nextSessionId(), turn.nowMs(), turn.nowNs());
    line.hold(spec.get().hold(), turn.nowNs());
    if (!lines.open(line, spec.get())) {
      refuse(invitation, 503, "Service Unavailable", FocusCounter.NO_MEDIA);
    }
  }

  private void refuse(
      final Invitation invitation,
      final int status,
      final String reason,
      final FocusCounter counter) {
    room.counters().increment(counter);
    lines.refuse(invitation.dialog(), status, reason);
  }

  /** The socket is bound: 200. */
  void onOpened(final Line line, final InetSocketAddress localRtp) {
    if (line.stage() != Stage.OPENING) {
      return;
    }
    line.localRtp(localRtp);
    if (lines.accept(line)) {
      line.stage(Stage.ANSWERED, turn.nowNs());
    } else {
      lines.refuseInvite(line, 503, "Service Unavailable", turn.nowNs());
    }
  }

  /** No socket: 503. */
  void onOpenFailed(final Line line) {
    room.counters().increment(FocusCounter.NO_MEDIA);
    lines.refuseInvite(line, 503, "Service Unavailable", turn.nowNs());
  }

  /**
   * ACK; with the answer to our offer where we made one. Only now may the line be sent to: a forged
   * INVITE is never acknowledged.
   */
  void onConfirmed(final Line line, final MediaDescription answer) {
    final boolean first = line.confirm();
    if (line.stage() == Stage.ANSWERED) {
      line.stage(Stage.CONFIRMED, turn.nowNs());
    }
    final MediaDescription description =
        answer == null && first ? line.invitation().offer() : answer;
    if (description != null) {
      final Optional<RtpSessionSpec> spec = agreed(line, description);
      if (spec.isEmpty() || !lines.update(line, spec.get())) {
        turn.actFor(Origin.By.SYSTEM);
        room.departures().giveUp(line, Departures.MEDIA_FAULT, "no common codec");
        return;
      }
      hold(line, spec.get().hold());
    }
  }

  /** A re-INVITE: the line changes, or stays as it was when it cannot. */
  void onOffer(final Line line, final MediaDescription offer) {
    if (offer != null) {
      final Optional<RtpSessionSpec> spec = agreed(line, offer);
      if (spec.isEmpty()) {
        lines.refuse(line, 488, "Not Acceptable Here");
        return;
      }
      if (!lines.update(line, spec.get())) {
        lines.refuse(line, 503, "Service Unavailable");
        return;
      }
      hold(line, spec.get().hold());
    }
    lines.accept(line);
  }

  private Optional<RtpSessionSpec> agreed(final Line line, final MediaDescription description) {
    return specs.agreed(line.invitation(), description);
  }

  private void hold(final Line line, final boolean on) {
    line.hold(on, turn.nowNs());
    if (line.stage() == Stage.IN_CALL) {
      final Caller caller = line.call().caller(line.callerUid());
      if (caller.sound().hold() != on) {
        turn.actFor(Origin.By.PHONE);
        room.sound().hold(line.call(), caller, on);
      }
    }
  }
}
