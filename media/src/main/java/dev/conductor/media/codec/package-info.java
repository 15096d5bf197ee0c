/**
 * Codecs: bytes of a payload to 16-bit linear samples and back.
 *
 * <p>Threads: an encoder or decoder belongs to one session, so to one media agent; the tables of
 * G.711 are shared and immutable. Nothing here allocates per packet, but Concentus, which stands in
 * where the system has no libopus.
 *
 * <p>Imports: {@code media.dsp}; Agrona's buffers; JNA and Concentus (only here).
 */
package dev.conductor.media.codec;
