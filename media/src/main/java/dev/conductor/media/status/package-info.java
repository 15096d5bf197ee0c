/**
 * Counters and histograms of one media agent: written by that agent, read by anybody.
 *
 * <p>Threads: one writer an instance, any number of readers; the only package of media where
 * threads meet in memory without a queue.
 *
 * <p>Imports: none of ours; HdrHistogram.
 */
package dev.conductor.media.status;
