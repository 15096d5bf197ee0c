/**
 * What crosses the border of {@code media}: commands in, events out, the plan of who hears whom,
 * the specification of an RTP session, the codecs on offer, read-only figures.
 *
 * <p>Threads: each type says its own; records are immutable.
 *
 * <p>Imports: none of ours.
 */
package dev.conductor.media.api;
