/**
 * RTP on the wire (RFC 3550): header accessors, sequence and timestamp arithmetic, telephone-event
 * payloads and the digits in them (RFC 4733).
 *
 * <p>Threads: accessors are stateless; a digit receiver belongs to one session, so to one media
 * agent. Nothing here allocates per packet.
 *
 * <p>Imports: none of ours; Agrona's buffers.
 */
package dev.conductor.media.rtp;
