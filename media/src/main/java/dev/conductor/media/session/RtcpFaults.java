package dev.conductor.media.session;

import dev.conductor.media.rtp.RtcpPacket;
import dev.conductor.media.status.MediaCounter;

/**
 * The counter of each reason why a datagram is none of RTCP.
 *
 * @threading stateless.
 * @allocation none.
 */
final class RtcpFaults {
  private RtcpFaults() {}

  /** The counter of a negative answer of {@link RtcpPacket#packets}. */
  static MediaCounter counterOf(final int reason) {
    return switch (reason) {
      case RtcpPacket.TOO_SHORT -> MediaCounter.RTCP_TOO_SHORT;
      case RtcpPacket.BAD_VERSION -> MediaCounter.RTCP_BAD_VERSION;
      case RtcpPacket.BAD_FIRST -> MediaCounter.RTCP_BAD_FIRST;
      case RtcpPacket.BAD_LENGTH -> MediaCounter.RTCP_BAD_LENGTH;
      case RtcpPacket.BAD_PADDING -> MediaCounter.RTCP_BAD_PADDING;
      case RtcpPacket.BAD_COUNT -> MediaCounter.RTCP_BAD_COUNT;
      default -> throw new IllegalArgumentException("no reason: " + reason);
    };
  }
}
