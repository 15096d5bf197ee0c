package dev.conductor.media.play;

import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.dsp.Resampler;
import java.util.Arrays;
import java.util.Objects;

/**
 * A sound ready to be played on every plane: brought to each of the three rates when it is made, so
 * that playing it is a copy. That is 144 KB a second of sound: 6 MB for all prompts of a language,
 * 26 MB for three minutes of music.
 *
 * <p>All planes last equally long: a place in the sound is told in samples at 8 kHz.
 *
 * @threading immutable: nobody writes the samples once it is made; any thread. Made off the media
 *     agents.
 * @allocation the samples at each rate at construction; then none.
 * @units 16-bit linear PCM.
 */
public final class Clip {
  private final String name;
  private final int narrowSamples;
  private final short[][] planes;

  /**
   * A clip of this sound.
   *
   * @param name by which it is asked for
   * @param rateHz samples a second
   * @param samples one channel
   */
  public Clip(final String name, final int rateHz, final short[] samples) {
    this.name = Objects.requireNonNull(name, "name");
    final int narrowHz = RatePlane.NARROW.rateHz();
    narrowSamples = Math.toIntExact(((long) samples.length * narrowHz + rateHz - 1) / rateHz);
    planes = new short[RatePlane.values().length][];
    for (final RatePlane plane : RatePlane.values()) {
      planes[plane.ordinal()] =
          Arrays.copyOf(
              Resampler.resample(samples, rateHz, plane.rateHz()),
              narrowSamples * (plane.rateHz() / narrowHz));
    }
  }

  /** By which it is asked for. */
  public String name() {
    return name;
  }

  /** The sound at a plane's rate; shared, not copied. */
  public short[] samples(final RatePlane plane) {
    return planes[plane.ordinal()];
  }

  /** How long it sounds, in samples at 8 kHz. */
  public int narrowSamples() {
    return narrowSamples;
  }

  /** How long it sounds. */
  public long durationMs() {
    return narrowSamples * 1_000L / RatePlane.NARROW.rateHz();
  }

  @Override
  public String toString() {
    return "Clip " + name + " of " + durationMs() + " ms";
  }
}
