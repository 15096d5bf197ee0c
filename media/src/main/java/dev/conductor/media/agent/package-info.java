/**
 * The duty cycle that joins sockets, jitter buffers, codecs and mixes: media agents, one thread
 * each, and the engine that starts them and through which the conductor speaks to them.
 *
 * <p>Threads: each class says its own; agents share nothing but queues.
 *
 * <p>Imports: {@code config}, every {@code media.*}; Agrona's agents, queues and ring buffers.
 */
package dev.conductor.media.agent;
