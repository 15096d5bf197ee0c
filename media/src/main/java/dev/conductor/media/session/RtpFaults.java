package dev.conductor.media.session;

import dev.conductor.media.rtp.RtpHeader;
import dev.conductor.media.status.MediaCounter;

/**
 * The counter of each reason why a datagram is no RTP packet.
 *
 * @threading stateless.
 * @allocation none.
 */
final class RtpFaults {
  private RtpFaults() {}

  /** The counter of a negative answer of {@link RtpHeader}. */
  static MediaCounter counterOf(final int reason) {
    return switch (reason) {
      case RtpHeader.TOO_SHORT -> MediaCounter.RTP_TOO_SHORT;
      case RtpHeader.BAD_VERSION -> MediaCounter.RTP_BAD_VERSION;
      case RtpHeader.BAD_CSRC -> MediaCounter.RTP_BAD_CSRC;
      case RtpHeader.BAD_EXTENSION -> MediaCounter.RTP_BAD_EXTENSION;
      case RtpHeader.BAD_PADDING -> MediaCounter.RTP_BAD_PADDING;
      default -> throw new IllegalArgumentException("no reason: " + reason);
    };
  }
}
