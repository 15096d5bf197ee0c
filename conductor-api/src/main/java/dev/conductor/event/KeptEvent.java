package dev.conductor.event;

/**
 * A logged event as it is kept on disk. Immutable.
 *
 * @param seq its number
 * @param source what object
 * @param name what happened
 * @param body its document, in the form events are kept in
 */
public record KeptEvent(long seq, EventSource source, EventName name, String body) {}
