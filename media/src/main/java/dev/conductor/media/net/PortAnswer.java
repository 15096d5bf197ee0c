package dev.conductor.media.net;

/**
 * What the keeper answers to an open.
 *
 * @threading immutable but for the socket, which from now on is the asker's.
 * @allocation one an open.
 * @param sessionId who asked
 * @param socket bound and ready, or null
 * @param reason why there is none, or null
 */
public record PortAnswer(long sessionId, RtpSocket socket, String reason) {}
