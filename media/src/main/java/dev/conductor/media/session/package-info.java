/**
 * One caller's sound: from his packets to a frame of voice a tick, from a frame he hears to a
 * packet; where his packets may come from, his keys, whether he talks, his prompts.
 *
 * <p>Threads: a session belongs to one media agent; at admission it is handed to another whole,
 * between ticks. Nothing here allocates per packet once the far end is known.
 *
 * <p>Imports: {@code media.api}, {@code media.rtp}, {@code media.dsp}, {@code media.codec}, {@code
 * media.jitter}, {@code media.net}, {@code media.play}; Agrona's buffers.
 */
package dev.conductor.media.session;
