package dev.conductor.signaling.sdp;

import java.util.Objects;

/**
 * One {@code a=} line (RFC 8866, section 5.13). Any thread; immutable.
 *
 * @param name before the colon
 * @param value after the colon; empty for a flag
 */
public record Attribute(String name, String value) {
  /** Checks for nulls. */
  public Attribute {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(value, "value");
  }
}
