package dev.conductor.media.agent;

import java.util.SplittableRandom;

/** What somebody says: a sample for each moment, the same whatever the codec and its rate. */
@FunctionalInterface
interface Voice {
  /** Nothing at all. */
  Voice SILENCE = seconds -> 0;

  /** The sample at a moment of the speaker's own clock, -32767..32767. */
  double at(double seconds);

  /** A steady tone. */
  static Voice tone(final double freqHz, final double peak) {
    return seconds -> peak * Math.sin(2 * Math.PI * freqHz * seconds);
  }

  /** A tone that comes and goes, as speech does; it begins with its full height at a peak. */
  static Voice keyed(final double freqHz, final double peak, final int onMs, final int offMs) {
    final double period = (onMs + offMs) / 1_000.0;
    return seconds -> {
      final double at = seconds % period;
      return at < onMs / 1_000.0 ? peak * Math.cos(2 * Math.PI * freqHz * at) : 0;
    };
  }

  /** The white noise of a line; each moment asked for has a sample of its own. */
  static Voice noise(final long seed, final double peak) {
    final SplittableRandom random = new SplittableRandom(seed);
    return seconds -> peak * (2 * random.nextDouble() - 1);
  }

  /** Both at once. */
  default Voice with(final Voice other) {
    return seconds -> at(seconds) + other.at(seconds);
  }
}
