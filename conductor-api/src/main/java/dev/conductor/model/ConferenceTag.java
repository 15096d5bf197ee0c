package dev.conductor.model;

/**
 * A tag of a conference. Immutable.
 *
 * @param id positive, never used again
 * @param value its text
 */
public record ConferenceTag(long id, String value) {}
