package dev.conductor.config;

/** A setting that cannot be used. The message names the key, the value and what is allowed. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The key at fault, empty when no single key is. */
  private final String key;

  /**
   * @param message names what is wrong where no single key is at fault, e.g. a file that is not
   *     there
   */
  public ConfigException(final String message) {
    this("", message);
  }

  /**
   * @param key the key at fault; the message begins with it
   * @param problem what follows the key, e.g. {@code =70000 is not in 0..65535}
   */
  ConfigException(final String key, final String problem) {
    super(key + problem);
    this.key = key;
  }

  /** The key at fault, empty when no single key is. */
  String key() {
    return key;
  }
}
