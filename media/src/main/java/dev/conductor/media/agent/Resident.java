package dev.conductor.media.agent;

import dev.conductor.media.mix.Group;
import dev.conductor.media.net.RtpSocket;
import dev.conductor.media.session.RtpSession;
import dev.conductor.media.session.SharedPackets;

/**
 * What an agent knows of a session it owns.
 *
 * @threading the media agent that owns the session.
 * @allocation one a session and agent.
 */
final class Resident {
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

  Resident(final RtpSession session, final State state) {
    this.session = session;
    this.state = state;
  }

  /** Whether its end has not begun. */
  boolean isAlive() {
    return state != State.CLOSING && state != State.ENDED && !closeWhenOpened;
  }
}
