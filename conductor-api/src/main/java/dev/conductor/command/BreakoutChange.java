package dev.conductor.command;

import java.util.List;

/** One field of a breakout with its new value, already checked. Immutable. */
public sealed interface BreakoutChange {
  /** Its name. */
  record Name(String text) implements BreakoutChange {}

  /** The group's own attention flag. */
  record Attention(boolean on) implements BreakoutChange {}

  /** Each one in it goes to the main room, each other comes in. */
  record ToggleCallers(List<String> uids) implements BreakoutChange {
    /** Copies the list. */
    public ToggleCallers {
      uids = List.copyOf(uids);
    }
  }

  /** All of these come in (ours). */
  record AddCallers(List<String> uids) implements BreakoutChange {
    /** Copies the list. */
    public AddCallers {
      uids = List.copyOf(uids);
    }
  }

  /** All of these go to the main room (ours). */
  record RemoveCallers(List<String> uids) implements BreakoutChange {
    /** Copies the list. */
    public RemoveCallers {
      uids = List.copyOf(uids);
    }
  }

  /** The host page's payload. */
  record Data(String text) implements BreakoutChange {}

  /** Whether it hears the hosts' mics. */
  record Private(boolean on) implements BreakoutChange {}
}
