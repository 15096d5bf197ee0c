package dev.conductor.config;

/**
 * A text that must not be seen: it is not printed, not logged and not in the settings that are
 * shown. Any thread; immutable.
 */
public final class Secret {
  /** None. */
  public static final Secret NONE = new Secret("");

  private final String text;

  /** Hides this text. */
  public Secret(final String text) {
    this.text = text;
  }

  /** The text itself, to be used and passed on to nobody. */
  public String reveal() {
    return text;
  }

  /** Whether there is none. */
  public boolean isEmpty() {
    return text.isEmpty();
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof Secret secret && secret.text.equals(text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text.isEmpty() ? "" : "***";
  }
}
