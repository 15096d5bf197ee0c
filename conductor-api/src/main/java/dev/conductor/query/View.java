package dev.conductor.query;

/**
 * How somebody wants to see things. Immutable.
 *
 * @param format JSON or XML
 * @param isoDates ISO 8601 instants instead of the document's dates (ours)
 */
public record View(Format format, boolean isoDates) {}
