package dev.conductor.event;

/**
 * An event that is told to those who listen now and never stored. Immutable.
 *
 * @param version rises by one with each passing event of the call; what a reader keeps as its place
 * @param event the event; its number is that of the last logged one before it
 */
public record PassingEvent(long version, Event event) {}
