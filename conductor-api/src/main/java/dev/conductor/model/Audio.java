package dev.conductor.model;

/**
 * An audio clip of a conference. Immutable.
 *
 * @param uid stable by path
 * @param name its name
 * @param value its path, relative to the audio folder
 */
public record Audio(String uid, String name, String value) {}
