/**
 * UDP sockets, the pool of ports and the keeper that opens and closes them.
 *
 * <p>Threads: opening, binding and closing are the keeper's; an open socket is used by the media
 * agent that owns its session. Only here are channels touched.
 *
 * <p>Imports: {@code media.rtp}; {@code java.nio.channels}, Agrona's queues.
 */
package dev.conductor.media.net;
