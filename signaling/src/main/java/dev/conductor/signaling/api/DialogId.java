package dev.conductor.signaling.api;

/**
 * Our name for a dialog (RFC 3261, section 12), given at its INVITE and never used again. Any
 * thread; immutable.
 *
 * @param value positive
 */
public record DialogId(long value) {}
