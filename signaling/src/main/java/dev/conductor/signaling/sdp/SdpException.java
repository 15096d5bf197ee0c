package dev.conductor.signaling.sdp;

import java.io.Serial;

/**
 * A session description that cannot be used, and what to answer. Cheap: it carries no stack trace,
 * since peers cause it.
 */
public final class SdpException extends Exception {
  @Serial private static final long serialVersionUID = 1L;

  /** What a Warning header calls it (RFC 3261, section 20.43). */
  private final int warningCode;

  SdpException(final int warningCode, final String message) {
    super(message, null, false, false);
    this.warningCode = warningCode;
  }

  /** A description that breaks the grammar: code 399, miscellaneous. */
  static SdpException malformed(final String message) {
    return new SdpException(399, message);
  }

  /** The code for a Warning header (RFC 3261, section 20.43): 300..399. */
  public int warningCode() {
    return warningCode;
  }
}
