package dev.conductor.focus;

import dev.conductor.model.Uids;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.agrona.concurrent.EpochClock;
import org.agrona.concurrent.NanoClock;

/**
 * What the focus takes from the world that a test wants to hold in its hand: time and chance.
 * Immutable.
 *
 * @param epoch the moments that events and records carry, in milliseconds of Unix time
 * @param nano what timers run by
 * @param uids makes UIDs never used before
 */
public record FocusClocks(EpochClock epoch, NanoClock nano, Supplier<String> uids) {
  /** These clocks, with UIDs of 16 upper-case letters and digits drawn by chance. */
  public static FocusClocks of(
      final EpochClock epoch, final NanoClock nano, final RandomGenerator random) {
    return new FocusClocks(epoch, nano, () -> Uids.draw(random));
  }
}
