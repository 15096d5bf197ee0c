package dev.conductor.model;

/**
 * A tag of a call. Immutable.
 *
 * @param id positive, never used again
 * @param value its text
 * @param conferenceTagId the conference's tag it came from, 0 for none
 */
public record CallTag(long id, String value, long conferenceTagId) implements EventTarget {
  /** The same with another text. */
  public CallTag withValue(final String text) {
    return new CallTag(id, text, conferenceTagId);
  }
}
