package dev.conductor.signaling.api;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Objects;

/**
 * The far end's side of the audio line, as offer and answer agreed it (RFC 3264): only formats both
 * know are left, in the far end's order. Any thread; immutable.
 *
 * @param remoteRtp where the far end receives sound
 * @param formats at least one codec; telephone-event among them where agreed
 * @param direction as the far end wrote it
 * @param nullAddress whether it wrote {@code c=0.0.0.0} (hold, the old way: RFC 3264, section 8.4)
 * @param rtcpMux whether RTCP shares the RTP port, both ways (RFC 5761)
 * @param remoteRtcp where it receives RTCP (RFC 3605); null where it did not say, and then that is
 *     the port above its RTP, and where the RTP port is shared
 * @param keys what packets are protected with; null for sound in the clear
 */
public record MediaDescription(
    InetSocketAddress remoteRtp,
    List<PayloadFormat> formats,
    Direction direction,
    boolean nullAddress,
    boolean rtcpMux,
    InetSocketAddress remoteRtcp,
    SrtpKeys keys) {

  /** Copies the list. */
  public MediaDescription {
    Objects.requireNonNull(remoteRtp, "remoteRtp");
    Objects.requireNonNull(direction, "direction");
    formats = List.copyOf(formats);
  }

  /** Whether the far end hears nothing of us: sendonly, inactive or the null address. */
  public boolean hold() {
    return nullAddress || direction == Direction.SENDONLY || direction == Direction.INACTIVE;
  }

  /** Whether the far end may send us sound. */
  public boolean mayBeSent() {
    return direction == Direction.SENDRECV || direction == Direction.SENDONLY;
  }
}
