package dev.conductor.media.api;

import java.net.InetSocketAddress;

/**
 * What media tells the focus. Events wait in the session and are offered again each tick until
 * taken, so none is lost; of talking only the latest state is kept.
 *
 * @threading called on the conductor's thread, from {@link MediaEventSource#poll}.
 * @allocation none.
 */
public interface MediaEvents {
  /** The session's socket is bound; SIP may answer with this address. */
  void onOpened(long sessionId, InetSocketAddress localRtp);

  /** No session: no port was free, or the address could not be bound. */
  void onOpenFailed(long sessionId, String reason);

  /** The first valid RTP packet of the session came. */
  void onFirstRtp(long sessionId);

  /** A key came as a telephone-event: 0-9, *, #, A-D (RFC 4733, section 3.2). Told once a key. */
  void onDigit(long sessionId, char digit);

  /**
   * A key was heard in the voice of a line that agreed on no telephone-event. Told once a key; it
   * does not mean that the phone sends its keys by RFC 4733.
   */
  void onInbandDigit(long sessionId, char digit);

  /** A watched caller began or ended talking. */
  void onTalking(long sessionId, boolean talking);

  /** The clips of a prompt were all played. */
  void onPromptEnded(long sessionId, long tag);

  /** A line that may send has been silent for so long; told at each whole probe time. */
  void onSilentLine(long sessionId, long silentMs);

  /**
   * The session is gone; its id will not be seen again. It was closed, or it failed for five
   * seconds on end, as when the network refuses to send to its far end: then nobody had asked for
   * it.
   */
  void onClosed(long sessionId);
}
