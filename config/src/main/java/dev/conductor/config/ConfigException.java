package dev.conductor.config;

/** A setting that cannot be used. The message names the key, the value and what is allowed. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /**
   * @param message names the key and what is allowed, e.g. {@code sip.port=70000 is not in
   *     1..65535}
   */
  public ConfigException(final String message) {
    super(message);
  }
}
