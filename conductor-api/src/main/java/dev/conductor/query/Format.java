package dev.conductor.query;

import java.util.Locale;
import java.util.Optional;

/** In which of the two languages a document is written. */
public enum Format {
  /** JSON (RFC 8259). */
  JSON("application/json"),
  /** XML 1.0 without declaration, so UTF-8. */
  XML("application/xml; charset=utf-8");

  private final String contentType;

  Format(final String contentType) {
    this.contentType = contentType;
  }

  /** What stands in the header {@code Content-Type}. */
  public String contentType() {
    return contentType;
  }

  /** The format of a parameter {@code type} in any letter case, blanks around it dropped. */
  public static Optional<Format> fromWire(final String word) {
    return switch (word.strip().toUpperCase(Locale.ROOT)) {
      case "JSON" -> Optional.of(JSON);
      case "XML" -> Optional.of(XML);
      default -> Optional.empty();
    };
  }
}
