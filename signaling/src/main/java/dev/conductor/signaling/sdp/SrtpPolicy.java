package dev.conductor.signaling.sdp;

import java.util.Locale;

/**
 * When sound is protected with keys that SDP carries (setting {@code sip.srtp}). Any thread;
 * immutable.
 */
public enum SrtpPolicy {
  /** Never: an offer of protected sound alone is refused. */
  OFF,
  /** Where the far end offers it and SIP comes over TLS: keys that anybody can read are none. */
  PREFERRED,
  /** Always, over any transport: an offer of sound in the clear alone is refused. */
  REQUIRED;

  /** By the setting's value. */
  public static SrtpPolicy of(final String setting) {
    return valueOf(setting.toUpperCase(Locale.ROOT));
  }

  /** Whether sound may be protected where SIP comes that way. */
  boolean mayProtect(final boolean overTls) {
    return this == REQUIRED || this == PREFERRED && overTls;
  }

  /** Whether sound may be in the clear. */
  boolean mayBeClear() {
    return this != REQUIRED;
  }
}
