package dev.conductor.media.session;

import java.net.InetSocketAddress;

/**
 * Where a session's news go. Each method returns false when there is no room now; the session keeps
 * the news and offers it again.
 *
 * @threading the media agent that owns the session; must not wait.
 * @allocation none but for an opened session's address.
 */
public interface SessionEventSink {
  /** The socket is bound. */
  boolean opened(long sessionId, InetSocketAddress localRtp);

  /** There is no socket. */
  boolean openFailed(long sessionId, String reason);

  /** The first valid packet came. */
  boolean firstRtp(long sessionId);

  /** A key came as a telephone-event. */
  boolean digit(long sessionId, char digit);

  /** A key was heard in the voice. */
  boolean inbandDigit(long sessionId, char digit);

  /** Talking began or ended. */
  boolean talking(long sessionId, boolean talking);

  /** A prompt was played to its end. */
  boolean promptEnded(long sessionId, long tag);

  /** Nothing came for so long. */
  boolean silentLine(long sessionId, long silentMs);

  /** The session is gone. */
  boolean closed(long sessionId);
}
