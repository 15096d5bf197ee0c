package dev.conductor.model;

/** Moments as milliseconds of Unix time. Any thread. */
public final class Times {
  /** Stands for no moment: not started, not ended, never. */
  public static final long NONE = -1;

  private Times() {}
}
