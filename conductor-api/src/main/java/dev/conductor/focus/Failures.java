package dev.conductor.focus;

/**
 * What went wrong for which of many, as one line that says no more than an answer may hold. The
 * conductor only.
 */
final class Failures {
  private static final int MAX_LENGTH = 8_000;

  private final StringBuilder text = new StringBuilder();
  private final String parameter;
  private int left;

  /** Failures of this parameter. */
  Failures(final String parameter) {
    this.parameter = parameter;
  }

  /** One more. */
  void add(final String failure) {
    if (text.length() + failure.length() > MAX_LENGTH) {
      left++;
      return;
    }
    text.append(text.isEmpty() ? parameter + ": " : "; ").append(failure);
  }

  /** All of them, empty for none. */
  String message() {
    return left == 0 ? text.toString() : text + "; and " + left + " more";
  }
}
