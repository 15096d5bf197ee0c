package dev.conductor.http;

/** Which UID a function's table names; the other one serves where it is missing. */
enum Anchor {
  /** {@code callUID}; a conference stands for its main call. */
  CALL("callUID"),
  /** {@code conferenceUID}; a call stands for its conference. */
  CONFERENCE("conferenceUID");

  private final String parameter;

  Anchor(final String parameter) {
    this.parameter = parameter;
  }

  /** The parameter's name. */
  String parameter() {
    return parameter;
  }

  /** The one that stands in for it. */
  Anchor other() {
    return this == CALL ? CONFERENCE : CALL;
  }
}
