package dev.conductor.demo;

import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.play.Clip;
import java.util.Arrays;

/** What a phone says: a source of 8 kHz samples without end. The pool's thread only. */
@FunctionalInterface
public interface Voice {
  /** Gives the next samples, as many as the array holds. */
  void fill(short[] out);

  /** Says nothing. */
  static Voice silence() {
    return out -> Arrays.fill(out, (short) 0);
  }

  /** Says a clip over and over, with a pause behind it. */
  static Voice repeating(final Clip clip, final int pauseMs) {
    final short[] samples = clip.samples(RatePlane.NARROW);
    final int length = samples.length + pauseMs * (RatePlane.NARROW.rateHz() / 1_000);
    final int[] at = {0};
    return out -> {
      for (int i = 0; i < out.length; i++) {
        out[i] = at[0] < samples.length ? samples[at[0]] : 0;
        at[0] = at[0] + 1 >= length ? 0 : at[0] + 1;
      }
    };
  }
}
