package dev.conductor.media.session;

/**
 * A short queue of numbers.
 *
 * @threading one thread.
 * @allocation none after construction.
 */
final class LongFifo {
  private final long[] values;
  private int head;
  private int size;

  LongFifo(final int capacity) {
    values = new long[capacity];
  }

  /** Adds one at the end; false when there is no room. */
  boolean add(final long value) {
    if (size == values.length) {
      return false;
    }
    values[(head + size) % values.length] = value;
    size++;
    return true;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The first; there is one. */
  long peek() {
    return values[head];
  }

  /** Takes the first away; there is one. */
  void remove() {
    head = (head + 1) % values.length;
    size--;
  }
}
