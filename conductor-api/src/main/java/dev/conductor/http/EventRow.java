package dev.conductor.http;

import java.util.List;

/**
 * What the reference page says of one kind of event. Immutable.
 *
 * @param source which object
 * @param name what happened
 * @param target the object whose state it carries
 * @param when when it is raised
 * @param isOurs whether the document does not have it
 */
record EventRow(String source, String name, String target, String when, boolean isOurs) {
  /** All kinds, in the document's order, ours after them. */
  static final List<EventRow> ALL =
      List.of(
          of("CALL", "NEWCALLER", "Caller", "A caller entered."),
          of("CALL", "UPDATE", "Call", "The call changed, opened or closed."),
          of(
              "CALL",
              "NEWBREAKOUT",
              "Breakout",
              "A breakout was made. The document prints NEWBREEAKOUT: names=printed gives that."),
          of("CALLER", "UPDATE", "Caller", "The caller changed, or left."),
          of("CALLER", "ATTENTION", "Caller", "A hand went up or down."),
          of("CALLER", "TALKING", "Caller", "Began or ended talking; passing, not replayed."),
          of("CALLER", "BREAKOUT", "Caller", "Moved to a breakout or the main room."),
          of("CALLER", "DEAF", "Caller", "Was made deaf or hearing."),
          of("CALLER", "MIKE", "Caller", "Was given the microphone, or lost it."),
          of("CALLER", "MUTE", "Caller", "Was muted or unmuted."),
          of(
              "CONFERENCE",
              "NEWBREAKOUT",
              "Breakout",
              "A new breakout is set up, its callers in it. Printed as CONFERENCENEW, BREAKOUT."),
          of("BREAKOUT", "UPDATE", "Breakout", "The breakout, or who sits in it, changed."),
          of("TAG", "UPDATE", "CallTag", "A call tag is new or has another value."),
          ours(
              "CALL",
              "PLACECALL",
              "UID, number, name, role, status, sipStatus, reason",
              "A number is called into the call, rings, answered, or was not reached."),
          ours("CONFERENCE", "UPDATE", "Conference", "The conference changed."),
          ours("PERSON", "UPDATE", "Person", "A person of the conference changed."),
          ours("SYSTEM", "SNAPSHOT", "CallData", "The call as it is at this number."),
          ours("SYSTEM", "GAP", "from, to", "Events that will not come; a snapshot follows."),
          ours("SYSTEM", "HELLO", "nothing", "XML socket: the login was right."),
          ours("SYSTEM", "ERROR", "nothing", "XML socket: the login was wrong; it is closed."),
          ours("SYSTEM", "HEARTBEAT", "nothing", "Nothing new; carries the last number."),
          ours("SYSTEM", "END", "nothing", "The call is over."));

  private static EventRow of(
      final String source, final String name, final String target, final String when) {
    return new EventRow(source, name, target, when, false);
  }

  private static EventRow ours(
      final String source, final String name, final String target, final String when) {
    return new EventRow(source, name, target, when, true);
  }
}
