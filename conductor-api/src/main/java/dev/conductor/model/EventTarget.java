package dev.conductor.model;

/** What an event can be about: the changed object's whole new state. Immutable. */
public sealed interface EventTarget
    permits Call, Caller, Breakout, CallTag, Conference, Person, PlacedCall {}
