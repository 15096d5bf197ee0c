package dev.conductor.media.mix;

import dev.conductor.media.dsp.RatePlane;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * Lends voices on planes to those who are heard there, so that callers who come and go leave
 * nothing on the heap.
 *
 * @threading the call's home agent.
 * @allocation a voice when none is left.
 */
final class VoicePool {
  private final List<Deque<PlaneVoice>> free = new ArrayList<>();

  VoicePool() {
    for (int i = 0; i < RatePlane.values().length; i++) {
      free.add(new ArrayDeque<>());
    }
  }

  PlaneVoice take(final RatePlane plane) {
    final PlaneVoice voice = free.get(plane.ordinal()).pollLast();
    return voice == null ? new PlaneVoice(plane) : voice;
  }

  void giveBack(final PlaneVoice voice) {
    voice.forget();
    free.get(voice.plane().ordinal()).addLast(voice);
  }
}
