package dev.conductor.command;

/** One field of a call with its new value, already checked. Immutable. */
public sealed interface CallChange {
  /** A text, replaced. */
  record Text(TextField field, String text) implements CallChange {}

  /** Notes, appended to, nothing between. */
  record Note(String text) implements CallChange {}

  /** Feedback: one line more; empty clears it. */
  record Feedback(String line) implements CallChange {}

  /** A switch. */
  record Flag(FlagField field, boolean on) implements CallChange {}

  /** Texts that are replaced whole. */
  enum TextField {
    /** The call's name. */
    NAME,
    /** Notes. */
    NOTES,
    /** The host page's payload. */
    DATA,
    /** The field that the document calls custom (Text). */
    CUSTOM,
    /** Last link pushed. */
    LINK,
    /** Last message pushed. */
    MESSAGE
  }

  /** Switches. */
  enum FlagField {
    /** Whether talking is told. */
    TALKING,
    /** Whether participants wait. */
    GREENROOM,
    /** Whether newcomers wait. */
    ENTRYWAY,
    /** Whether those who wait hear music. */
    BACKGROUND_MUSIC,
    /** Stored and told, nothing more. */
    ENABLE_FEEDBACK,
    /** Stored and told, nothing more. */
    ENABLE_BROADCAST,
    /** Whether a caller may not undo a host's mute by key (ours). */
    LOCK_MUTE,
    /** Whether newcomers are turned away (ours). */
    LOCKED
  }
}
