package dev.conductor.command;

import dev.conductor.model.PageText;

/** One wish of a host or customer with its new value, already checked. Immutable. */
public sealed interface HostChange {
  /** A switch. */
  record Flag(Wish wish, boolean on) implements HostChange {}

  /** A text for the customer's pages; empty clears it. */
  record Page(PageText kind, String text) implements HostChange {}

  /** A conference's notes, replaced; a customer has none. */
  record Notes(String text) implements HostChange {}

  /** What may be wished for calls. */
  enum Wish {
    /** Participants wait until the host opens the room. */
    GREENROOM,
    /** It is recorded. */
    RECORDING,
    /** Those who wait hear music. */
    BACKGROUND_MUSIC
  }
}
