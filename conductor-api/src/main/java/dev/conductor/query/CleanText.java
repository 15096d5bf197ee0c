package dev.conductor.query;

/**
 * Makes text fit for both formats. What comes in by the API is refused when it holds such
 * characters; what comes from a telephone network may hold anything. Any thread.
 */
final class CleanText {
  private static final char REPLACEMENT = '\uFFFD';

  private CleanText() {}

  /**
   * The text with every character that XML 1.0 (section 2.2) cannot carry, or that UTF-8 cannot,
   * replaced by U+FFFD; the same object when there is none.
   */
  static String of(final String text) {
    for (int i = 0; i < text.length(); i++) {
      if (!isFit(text, i)) {
        return replaced(text);
      }
    }
    return text;
  }

  private static String replaced(final String text) {
    final StringBuilder out = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      out.append(isFit(text, i) ? text.charAt(i) : REPLACEMENT);
    }
    return out.toString();
  }

  private static boolean isFit(final String text, final int index) {
    final char c = text.charAt(index);
    if (c < ' ') {
      return c == '\t' || c == '\n' || c == '\r';
    }
    if (Character.isHighSurrogate(c)) {
      return index + 1 < text.length() && Character.isLowSurrogate(text.charAt(index + 1));
    }
    if (Character.isLowSurrogate(c)) {
      return index > 0 && Character.isHighSurrogate(text.charAt(index - 1));
    }
    return c < '\uFFFE';
  }
}
