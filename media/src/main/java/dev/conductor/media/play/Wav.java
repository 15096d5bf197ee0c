package dev.conductor.media.play;

/**
 * What a WAV file holds, folded to one channel.
 *
 * @threading immutable: nobody writes the samples once it is read.
 * @allocation the clip in {@link #toClip}.
 * @param rateHz samples a second
 * @param samples 16-bit linear PCM
 */
public record Wav(int rateHz, short[] samples) {
  /** The same sound as a clip. */
  public Clip toClip(final String name) {
    return new Clip(name, rateHz, samples);
  }
}
