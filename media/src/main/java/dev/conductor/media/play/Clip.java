package dev.conductor.media.play;

import java.util.Objects;

/**
 * A sound ready to be played: 16-bit linear PCM at 8 kHz.
 *
 * @threading immutable: nobody writes the samples once it is made; any thread.
 * @allocation none.
 * @param name by which it is asked for
 * @param samples shared, not copied
 */
public record Clip(String name, short[] samples) {
  /** Samples a second of every clip. */
  public static final int RATE_HZ = 8_000;

  /** Checks that both are there. */
  public Clip {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(samples, "samples");
  }

  /** How long it sounds. */
  public long durationMs() {
    return samples.length * 1_000L / RATE_HZ;
  }
}
