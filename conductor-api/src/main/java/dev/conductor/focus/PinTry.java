package dev.conductor.focus;

/**
 * What one line has keyed of the PIN it tries, and what it keyed while that waits to be judged. The
 * conductor only.
 */
final class PinTry {
  private static final int MAX_KEPT = 64;

  private final StringBuilder kept = new StringBuilder();
  private boolean waits;
  private boolean mayBeJudged;
  private boolean keyed;
  private long untilNs;

  /** Whether what is keyed waits. */
  boolean waits() {
    return waits;
  }

  /** Whether it has waited long enough. */
  boolean isDue(final long nowNs) {
    return waits && nowNs - untilNs >= 0;
  }

  /** Whether this key begins a PIN of which nobody has said yet that it may be judged. */
  boolean isBegunBy(final char digit) {
    return !keyed && !mayBeJudged && digit >= '0' && digit <= '9';
  }

  /** It waits from now on. */
  void waitUntil(final long dueNs) {
    waits = true;
    untilNs = dueNs;
  }

  /** Keeps a key for later; more than a PIN has is lost. */
  void keep(final char digit) {
    if (kept.length() < MAX_KEPT) {
      kept.append(digit);
    }
  }

  /** It has waited: what was keyed meanwhile, to be judged now. */
  String release() {
    final String all = kept.toString();
    kept.setLength(0);
    waits = false;
    mayBeJudged = true;
    return all;
  }

  /** A key goes to be judged. */
  void pass(final char digit) {
    keyed |= digit >= '0' && digit <= '9';
  }

  /** Whether something of a PIN was judged. */
  boolean isKeyed() {
    return keyed;
  }

  /** The PIN was wrong: the next begins. */
  void over() {
    keyed = false;
    mayBeJudged = false;
  }
}
