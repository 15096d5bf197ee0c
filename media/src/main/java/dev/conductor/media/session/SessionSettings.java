package dev.conductor.media.session;

/**
 * What the operator chose for every line.
 *
 * @threading immutable.
 * @allocation none.
 * @param silentLineProbeMs after how much silence of a line that may send it is told
 * @param autoLevel whether speakers are levelled towards one loudness
 */
public record SessionSettings(long silentLineProbeMs, boolean autoLevel) {}
