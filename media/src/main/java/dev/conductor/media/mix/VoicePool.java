package dev.conductor.media.mix;

import dev.conductor.media.dsp.RatePlane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lends voices on planes to those who are heard there, so that callers who come and go, or speak
 * and fall silent, leave nothing on the heap. One serves all calls of an agent.
 *
 * @threading the media agent.
 * @allocation a voice when none is left.
 */
public final class VoicePool {
  private static final int PLANES = RatePlane.values().length;

  private final List<Deque<PlaneVoice>> free = new ArrayList<>();

  /** An empty pool. */
  public VoicePool() {
    for (int i = 0; i < PLANES * PLANES; i++) {
      free.add(new ArrayDeque<>());
    }
  }

  /** A voice of a source of the first rate, heard at the second. */
  PlaneVoice take(final RatePlane from, final RatePlane plane) {
    final PlaneVoice voice = free(from, plane).pollLast();
    return voice == null ? new PlaneVoice(from, plane) : voice;
  }

  void giveBack(final PlaneVoice voice) {
    voice.forget();
    free(voice.from(), voice.plane()).addLast(voice);
  }

  private Deque<PlaneVoice> free(final RatePlane from, final RatePlane plane) {
    return free.get(from.ordinal() * PLANES + plane.ordinal());
  }
}
