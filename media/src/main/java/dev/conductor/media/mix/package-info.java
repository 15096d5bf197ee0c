/**
 * Sums the voices of one call into its mixes and gives each listener his, less himself (RFC 4353's
 * mixer).
 *
 * <p>Threads: a mixer belongs to its call's home agent. No clock, no I/O; nothing is allocated but
 * when a plan is taken over.
 *
 * <p>Imports: {@code media.api}, {@code media.dsp}.
 */
package dev.conductor.media.mix;
