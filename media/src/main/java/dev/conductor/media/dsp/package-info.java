/**
 * Samples to samples, or samples to a number: gain, level, limiter, talk detection, comfort noise,
 * concealment, rates.
 *
 * <p>Threads: an instance belongs to one session or one mix, so to one media agent; static methods
 * are pure. Time is the count of frames. Nothing here allocates a frame but {@code Resampler},
 * which works ahead of time.
 *
 * <p>Imports: none.
 */
package dev.conductor.media.dsp;
