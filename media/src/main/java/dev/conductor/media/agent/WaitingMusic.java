package dev.conductor.media.agent;

import dev.conductor.media.dsp.RatePlane;
import dev.conductor.media.mix.CommonSound;
import dev.conductor.media.play.CallPlayer;
import dev.conductor.media.play.Clip;

/**
 * The music of those who wait: one clip over and over, at one place for all calls of an agent, its
 * frame made once a tick for each plane on which somebody listens.
 *
 * @threading the media agent it plays for.
 * @allocation none after construction.
 */
final class WaitingMusic implements CommonSound {
  private final CallPlayer player = new CallPlayer();

  /**
   * Begins with the first tick.
   *
   * @param clip null for silence
   */
  WaitingMusic(final Clip clip) {
    if (clip != null) {
      player.start(clip, 0, true);
    }
  }

  /** Begins a tick: goes on by a frame, whether anybody listens or not. */
  void tick() {
    player.tick();
  }

  @Override
  public short[] frame(final RatePlane plane) {
    return player.isSounding() ? player.frame(plane) : null;
  }
}
