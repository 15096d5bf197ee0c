package dev.conductor.media.dsp;

import java.util.Arrays;

/**
 * A voice at any plane brought to 8 kHz by a triangle over each sample's neighbours: a coarse way,
 * good enough to find tones below 2 kHz (they lose 1.2 dB at most), not to be listened to.
 *
 * @threading one thread.
 * @allocation none after construction.
 * @units 16-bit linear PCM.
 */
final class Thinner {
  private final int step;
  private final int[] triangle;
  private final int[] line;
  private final int outSamples;

  Thinner(final RatePlane plane) {
    step = plane.rateHz() / RatePlane.NARROW.rateHz();
    outSamples = RatePlane.NARROW.frameSamples();
    triangle = new int[2 * step - 1];
    for (int i = 0; i < triangle.length; i++) {
      triangle[i] = step - Math.abs(step - 1 - i);
    }
    line = new int[triangle.length - 1 + plane.frameSamples()];
  }

  /** Takes a frame, and gives it at 8 kHz. */
  void process(final short[] in, final int[] out, final int outOffset) {
    final int kept = triangle.length - 1;
    System.arraycopy(line, line.length - kept, line, 0, kept);
    for (int i = 0; i < outSamples * step; i++) {
      line[kept + i] = in[i];
    }
    for (int i = 0; i < outSamples; i++) {
      int sum = 0;
      for (int tap = 0; tap < triangle.length; tap++) {
        sum += triangle[tap] * line[i * step + tap];
      }
      out[outOffset + i] = sum / (step * step);
    }
  }

  void reset() {
    Arrays.fill(line, 0);
  }
}
