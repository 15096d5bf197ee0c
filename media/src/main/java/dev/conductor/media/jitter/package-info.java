/**
 * Packets only: puts one line's packets in order and decides, tick by tick, which of them is
 * played, what is missing and when to wait (RFC 3550, sections 6.4.1 and A.1).
 *
 * <p>Threads: a buffer belongs to one session, so to one media agent. Nothing here allocates per
 * packet; time comes in as a parameter.
 *
 * <p>Imports: {@code media.rtp}; Agrona's buffers.
 */
package dev.conductor.media.jitter;
