package dev.conductor.media.play;

import dev.conductor.media.dsp.Resampler;

/**
 * What a WAV file holds, folded to one channel.
 *
 * @threading immutable: nobody writes the samples once it is read.
 * @allocation a copy of the samples in {@link #toClip}.
 * @param rateHz samples a second
 * @param samples 16-bit linear PCM
 */
public record Wav(int rateHz, short[] samples) {
  /** The same sound as a clip, at the clips' rate. */
  public Clip toClip(final String name) {
    return new Clip(name, Resampler.resample(samples, rateHz, Clip.RATE_HZ));
  }
}
