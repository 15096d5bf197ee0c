package dev.conductor.http;

import java.util.Locale;

/** Whether one name is another misspelt. Any thread. */
final class Spelling {
  private static final int MIN_LENGTH = 4;
  private static final int LONG = 6;

  private Spelling() {}

  /**
   * Whether a name is but for a slip of the hand a known one: one letter wrong, missing, too many
   * or two changed over, or two of these in a long name. What differs in a number is no slip.
   */
  static boolean isSlip(final String name, final String known) {
    final String one = name.toLowerCase(Locale.ROOT);
    final String other = known.toLowerCase(Locale.ROOT);
    if (other.endsWith("#") || endsInDigit(one) != endsInDigit(other)) {
      return false;
    }
    if (one.equals(other)) {
      return true;
    }
    final int shorter = Math.min(one.length(), other.length());
    return shorter >= MIN_LENGTH
        && Math.abs(one.length() - other.length()) <= 2
        && distance(one, other) <= (shorter >= LONG ? 2 : 1);
  }

  private static boolean endsInDigit(final String name) {
    return !name.isEmpty() && Character.isDigit(name.charAt(name.length() - 1));
  }

  /** How many letters to put in, take out, replace or change over, at the least. */
  private static int distance(final String a, final String b) {
    final int[][] steps = new int[a.length() + 1][b.length() + 1];
    for (int i = 0; i <= a.length(); i++) {
      for (int j = 0; j <= b.length(); j++) {
        if (i == 0 || j == 0) {
          steps[i][j] = i + j;
          continue;
        }
        final int replaced = steps[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        steps[i][j] = Math.min(replaced, 1 + Math.min(steps[i - 1][j], steps[i][j - 1]));
        if (i > 1
            && j > 1
            && a.charAt(i - 1) == b.charAt(j - 2)
            && a.charAt(i - 2) == b.charAt(j - 1)) {
          steps[i][j] = Math.min(steps[i][j], steps[i - 2][j - 2] + 1);
        }
      }
    }
    return steps[a.length()][b.length()];
  }
}
