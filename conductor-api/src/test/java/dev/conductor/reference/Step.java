package dev.conductor.reference;

import dev.conductor.command.Command;

/** Something that happens to a conference; callers are named by their UID. */
public sealed interface Step {
  /** What one on the line does. */
  sealed interface OnLine extends Step {
    /** His UID. */
    String caller();
  }

  /** Somebody dials and keys a PIN. */
  record Enter(String pin, String ani) implements Step {}

  /** A phone hangs up, or is found gone. */
  record Leave(String caller, boolean hungUp) implements OnLine {}

  /** A phone puts the server on hold, or comes back. */
  record Hold(String caller, boolean on) implements OnLine {}

  /** A key. */
  record Key(String caller, char digit) implements OnLine {}

  /** A voice begins or ends. */
  record Talk(String caller, boolean on) implements OnLine {}

  /** Time goes by. */
  record Wait(long ms) implements Step {}

  /** A function of the API is called. */
  record Ask(Command command) implements Step {}
}
