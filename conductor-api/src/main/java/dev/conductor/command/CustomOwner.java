package dev.conductor.command;

/** Whose key and value pairs a command changes; the words are those of the API. */
public enum CustomOwner {
  /** The conference. */
  CONFERENCE,
  /** The call that is up. */
  CALL,
  /** A person of the conference. */
  PERSON,
  /** A caller of the call, gone or not. */
  CALLER;

  /** Whether it is only there with a call. */
  public boolean isOfCall() {
    return this == CALL || this == CALLER;
  }
}
