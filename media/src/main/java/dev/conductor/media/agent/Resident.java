package dev.conductor.media.agent;

import dev.conductor.media.mix.Group;
import dev.conductor.media.net.RtpSocket;
import dev.conductor.media.session.CleanLine;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.RunPayloads;
import dev.conductor.media.session.SharedPackets;
import dev.conductor.media.session.TickContext;

/**
 * What an agent knows of a session it owns, and all it needs to know while nothing happens there.
 *
 * @threading the media agent that owns the session.
 * @allocation one a session and agent.
 */
final class Resident extends CleanLine {
  /** The seat of one who is in no plan. */
  static final int NO_SEAT = -1;

  /** The call of one who is in the lobby. */
  static final long LOBBY = 0;

  /**
   * Where it is in its life.
   *
   * @threading immutable.
   * @allocation none.
   */
  enum State {
    /** The keeper is to be asked for a socket. */
    NEW,
    /** The keeper was asked. */
    OPENING,
    /** In use. */
    OPEN,
    /** On its way to another agent. */
    LEAVING,
    /** The keeper is to be told to close the socket. */
    CLOSING,
    /** Over but for the telling. */
    ENDED
  }

  final RtpSession session;
  State state;
  long callId = LOBBY;
  CallRoom room;
  int seat = NO_SEAT;

  /** Whether this agent serves it in this tick. */
  boolean served;

  /** Those who hear what it hears, and what they are sent; null where nobody does. */
  Group group;

  SharedPackets packets;

  /** Whether something failed since it was last settled. */
  boolean failed;

  /** Ticks in a row in which something failed. */
  int failedTicks;

  /** Closed while it was opening. */
  boolean closeWhenOpened;

  MediaAgent destination;
  RtpSocket toClose;

  Resident(final RtpSession session, final State state, final RunPayloads payloads) {
    super(payloads);
    this.session = session;
    this.state = state;
  }

  /** A figure without a meaning: reading it brings near what {@link #serve} will need. */
  long readAheadToServe() {
    return readAheadToReceive() + seat + (served ? 1 : 0);
  }

  /** The same of what is needed to give it its sound. */
  long readAheadToGive() {
    return readAheadToShare() + seat + (failed ? 1 : 0);
  }

  /** Asks for the packet that {@link #serve} will read. */
  void askForPacket(final TickContext context) {
    if (isOn()) {
      askForPacket(context.batch());
    } else if (!session.isServed(context.tick())) {
      session.askForPacket(context.batch());
    }
  }

  /** Receives and decodes, unless that was done, and feeds its call with what may be heard. */
  void serve(final TickContext context) {
    served = true;
    final int received = isOn() ? receive(context) : BROKEN;
    if (received == QUIET) {
      if (seat != NO_SEAT && hasSound()) {
        room.feedQuiet(this);
      }
      return;
    }
    if (received == HEARD) {
      session.hear(context);
    } else {
      served = !session.isServed(context.tick());
      if (!served) {
        return;
      }
      session.receive(context, this);
    }
    if (seat != NO_SEAT && session.hasVoice()) {
      room.feed(this);
    }
  }

  /** Whether its end has not begun. */
  boolean isAlive() {
    return state != State.CLOSING && state != State.ENDED && !closeWhenOpened;
  }
}
