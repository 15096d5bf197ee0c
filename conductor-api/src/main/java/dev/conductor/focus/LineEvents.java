package dev.conductor.focus;

import dev.conductor.command.Origin;
import dev.conductor.config.MediaConfig;
import dev.conductor.focus.Line.Stage;
import dev.conductor.media.api.MediaEvents;
import dev.conductor.model.Caller;
import dev.conductor.signaling.api.DialogEnd;
import dev.conductor.signaling.api.DialogId;
import dev.conductor.signaling.api.Invitation;
import dev.conductor.signaling.api.MediaDescription;
import java.net.InetSocketAddress;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What SIP and sound tell of a line, brought to whoever is in charge of it at its stage. A line
 * that is over, or never was, is passed by. The conductor only.
 */
final class LineEvents implements SipSignals, MediaEvents {
  private static final Logger LOG = LoggerFactory.getLogger(LineEvents.class);

  private final MediaConfig config;
  private final Room room;
  private final Reception reception;
  private final Lobby lobby;
  private final Keypad keypad;

  LineEvents(
      final MediaConfig config,
      final Room room,
      final Reception reception,
      final Lobby lobby,
      final Keypad keypad) {
    this.config = config;
    this.room = room;
    this.reception = reception;
    this.lobby = lobby;
    this.keypad = keypad;
  }

  @Override
  public void onInvite(final Invitation invitation, final long waitedNs) {
    guarded(() -> reception.onInvite(invitation, waitedNs));
  }

  @Override
  public void onConfirmed(final DialogId dialog, final MediaDescription answer) {
    with(room.lines().of(dialog), line -> reception.onConfirmed(line, answer));
  }

  @Override
  public void onOffer(final DialogId dialog, final MediaDescription offer) {
    with(room.lines().of(dialog), line -> reception.onOffer(line, offer));
  }

  @Override
  public void onInfoDigit(final DialogId dialog, final char digit) {
    with(
        room.lines().of(dialog),
        line -> {
          if (!line.eventDigitSeen()) {
            onKey(line, digit);
          }
        });
  }

  @Override
  public void onRinging(final DialogId dialog, final int status) {
    with(room.lines().of(dialog), line -> room.placed().onRinging(line, status));
  }

  @Override
  public void onAnswered(final DialogId dialog, final MediaDescription answer) {
    with(
        room.lines().of(dialog),
        line -> {
          if (room.placed().onAnswered(line, answer)) {
            join(line);
          }
        });
  }

  @Override
  public void onDialFailed(final DialogId dialog, final int status, final String reason) {
    with(room.lines().of(dialog), line -> room.placed().onDialFailed(line, status, reason));
  }

  private void join(final Line line) {
    if (!lobby.join(line)) {
      room.placed().onNotLetIn(line);
    }
  }

  @Override
  public void onEnded(final DialogId dialog, final DialogEnd end, final String reason) {
    with(
        room.lines().of(dialog),
        line -> {
          room.turn().actFor(Origin.By.PHONE);
          lobby.onEnded(line);
          room.departures().onEnded(line, end, reason);
          if (line.placement() != null) {
            room.placed().onEnded(line, end);
          }
        });
  }

  @Override
  public void onOpened(final long sessionId, final InetSocketAddress localRtp) {
    with(
        room.lines().of(sessionId),
        line -> {
          if (line.placement() == null) {
            reception.onOpened(line, localRtp);
          } else {
            room.placed().onOpened(line, localRtp);
          }
        });
  }

  @Override
  public void onOpenFailed(final long sessionId, final String reason) {
    LOG.warn("no RTP session: {}", reason);
    with(
        room.lines().takeUnopened(sessionId),
        line -> {
          if (line.placement() == null) {
            reception.onOpenFailed(line);
          } else {
            room.placed().onOpenFailed(line);
          }
        });
  }

  @Override
  public void onFirstRtp(final long sessionId) {
    with(room.lines().of(sessionId), Line::seeFirstRtp);
  }

  @Override
  public void onDigit(final long sessionId, final char digit) {
    with(
        room.lines().of(sessionId),
        line -> {
          line.seeEventDigit();
          onKey(line, digit);
        });
  }

  @Override
  public void onInbandDigit(final long sessionId, final char digit) {
    with(room.lines().of(sessionId), line -> onKey(line, digit));
  }

  private void onKey(final Line line, final char digit) {
    if (line.stage() == Stage.IN_CALL) {
      keypad.onDigit(line, digit);
    } else if (line.placement() != null) {
      if (room.placed().onDigit(line, digit)) {
        join(line);
      }
    } else {
      lobby.onDigit(line, digit);
    }
  }

  @Override
  public void onTalking(final long sessionId, final boolean talking) {
    with(
        room.lines().of(sessionId),
        line -> {
          line.talking(talking);
          if (line.stage() == Stage.IN_CALL) {
            final Caller caller = line.call().caller(line.callerUid());
            room.talk().onTalking(line.call(), caller, talking);
          }
        });
  }

  @Override
  public void onPromptEnded(final long sessionId, final long tag) {
    with(room.lines().of(sessionId), line -> lobby.onPromptEnded(line, tag));
  }

  @Override
  public void onSilentLine(final long sessionId, final long silentMs) {
    with(
        room.lines().of(sessionId),
        line -> {
          if (silentMs >= config.silentLineEndMs()) {
            room.turn().actFor(Origin.By.TIMER);
            room.departures().giveUp(line, Departures.MEDIA_TIMEOUT, "media-timeout");
          } else {
            room.lines().probe(line);
          }
        });
  }

  @Override
  public void onClosed(final long sessionId) {
    with(
        room.lines().of(sessionId),
        line -> {
          room.lines().lost(line);
          room.turn().actFor(Origin.By.SYSTEM);
          room.departures().giveUp(line, Departures.MEDIA_FAULT, "media-fault");
        });
    guarded(() -> room.lines().onClosed(sessionId));
  }

  private void with(final Line line, final Consumer<Line> action) {
    if (line != null) {
      guarded(() -> action.accept(line));
    }
  }

  /** One line's fault stays with that line. */
  private void guarded(final Runnable action) {
    try {
      action.run();
    } catch (final RuntimeException fault) {
      room.counters().increment(FocusCounter.FAULTS);
      LOG.error("an event of a line could not be handled", fault);
    }
  }
}
