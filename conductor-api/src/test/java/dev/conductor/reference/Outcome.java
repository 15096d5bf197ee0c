package dev.conductor.reference;

import dev.conductor.event.EventName;
import dev.conductor.event.EventSource;
import java.util.List;
import java.util.SortedMap;

/**
 * What the model says a step leads to.
 *
 * @param answer the command's, null where none was asked
 * @param events the logged ones, in order
 * @param talking by caller UID what TALKING events last said in this step
 */
public record Outcome(Answer answer, List<Raised> events, SortedMap<String, Boolean> talking) {

  /**
   * TRUE, or FALSE with the parameter at fault and the items that the message names.
   *
   * @param parameter empty for TRUE
   */
  public record Answer(String parameter, List<String> about) {
    static final Answer TRUE = new Answer("", List.of());

    static Answer no(final String parameter, final String... about) {
      return new Answer(parameter, List.of(about));
    }

    /** Whether it is TRUE. */
    public boolean isTrue() {
      return parameter.isEmpty();
    }
  }

  /**
   * An event.
   *
   * @param target UID of what it is about; a tag's ID; empty for SYSTEM
   * @param by who caused it, in the words of the cause
   */
  public record Raised(EventSource source, EventName name, String target, String by) {}
}
