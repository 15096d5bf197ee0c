package dev.conductor.media.session;

import dev.conductor.media.api.RtpSessionSpec.Payload;
import dev.conductor.media.dsp.Limiter;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The packets of those who hear the same: one a codec and its settings.
 *
 * @threading the media agent whose call they are of.
 * @allocation a packet when a codec is first asked for.
 */
public final class SharedPackets {
  private final Supplier<Limiter> limiter;
  private final List<SharedPacket> packets = new ArrayList<>(2);

  /**
   * None yet.
   *
   * @param limiter gives their common limiter as it stood at the end of the last tick
   */
  public SharedPackets(final Supplier<Limiter> limiter) {
    this.limiter = limiter;
  }

  Limiter limiterBefore() {
    return limiter.get();
  }

  /** The packet of a codec. */
  public SharedPacket of(final Payload payload) {
    for (int i = 0; i < packets.size(); i++) {
      if (packets.get(i).isFor(payload)) {
        return packets.get(i);
      }
    }
    final SharedPacket made = new SharedPacket(payload);
    packets.add(made);
    return made;
  }

  /** Nobody is sent these any more. */
  public void close() {
    packets.forEach(SharedPacket::close);
  }
}
