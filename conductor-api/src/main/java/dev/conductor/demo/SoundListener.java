package dev.conductor.demo;

/** Hears each packet of a phone as it comes, e.g. to measure when a sound begins. */
@FunctionalInterface
public interface SoundListener {
  /**
   * A packet came. The pool's thread.
   *
   * @param samples 8 kHz, valid during this call
   * @param count how many
   * @param arrivedNs {@link System#nanoTime()} at which it was read
   */
  void onSound(short[] samples, int count, long arrivedNs);
}
