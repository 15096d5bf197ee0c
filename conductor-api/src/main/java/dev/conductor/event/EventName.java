package dev.conductor.event;

/** What happened, in the API's words. */
public enum EventName {
  /** A caller was admitted. */
  NEWCALLER,
  /** A number is called into the call, or what became of that (ours). */
  PLACECALL,
  /** Data was updated. */
  UPDATE,
  /** A breakout was made. The document also prints {@code NEWBREEAKOUT}. */
  NEWBREAKOUT,
  /** A hand went up or down. */
  ATTENTION,
  /** A caller began or ended talking; passing, never stored. */
  TALKING,
  /** A caller changed breakout. */
  BREAKOUT,
  /** A caller changed deaf state. */
  DEAF,
  /** A caller changed mike state. */
  MIKE,
  /** A caller changed mute state. */
  MUTE,
  /** The stream ends: the call is over (ours). */
  END
}
