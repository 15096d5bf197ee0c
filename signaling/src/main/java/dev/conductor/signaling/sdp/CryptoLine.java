package dev.conductor.signaling.sdp;

import dev.conductor.signaling.api.SrtpSuite;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

/**
 * One {@code a=crypto} line (RFC 4568, section 9.1): a way to protect sound and the key of the side
 * that wrote it. Any thread; immutable.
 *
 * @param tag its number within the media line
 * @param suite how
 * @param master key and salt
 */
record CryptoLine(int tag, SrtpSuite suite, byte[] master) {
  static final String NAME = "crypto";

  private static final String INLINE = "inline:";

  /**
   * The lines of a media line that we can take, in its order.
   *
   * @param problems gets the reason for each that we cannot
   */
  static List<CryptoLine> usable(final MediaLine line, final List<String> problems) {
    final List<CryptoLine> usable = new ArrayList<>();
    for (final Attribute attribute : line.attributes()) {
      if (attribute.name().equalsIgnoreCase(NAME)) {
        try {
          usable.add(parse(attribute.value()));
        } catch (final SdpException e) {
          problems.add(e.getMessage());
        }
      }
    }
    return usable;
  }

  /** Reads {@code 1 AES_CM_128_HMAC_SHA1_80 inline:key|2^31}. */
  static CryptoLine parse(final String value) throws SdpException {
    final String[] fields = value.trim().split(" +", -1);
    if (fields.length < 3) {
      throw bad("has fewer than three fields");
    }
    if (fields[0].length() > 9 || !fields[0].chars().allMatch(c -> c >= '0' && c <= '9')) {
      throw bad("has a bad tag");
    }
    final SrtpSuite suite = suite(fields[1]);
    for (int i = 3; i < fields.length; i++) {
      // A hint of how many duplicates to watch for; every other parameter changes the packets.
      if (!fields[i].regionMatches(true, 0, "WSH=", 0, 4)) {
        throw bad("has session parameters, which are not supported");
      }
    }
    return new CryptoLine(Integer.parseInt("0" + fields[0]), suite, master(fields[2], suite));
  }

  private static SrtpSuite suite(final String name) throws SdpException {
    for (final SrtpSuite suite : SrtpSuite.values()) {
      if (suite.name().equalsIgnoreCase(name)) {
        return suite;
      }
    }
    throw bad("names a suite that is not supported");
  }

  /** One key with a lifetime of any length; without a number that tells it from others (MKI). */
  private static byte[] master(final String text, final SrtpSuite suite) throws SdpException {
    if (!text.regionMatches(true, 0, INLINE, 0, INLINE.length())) {
      throw bad("has no inline key");
    }
    if (text.indexOf(';') >= 0) {
      throw bad("has several keys, which is not supported");
    }
    final String[] parts = text.substring(INLINE.length()).split("\\|", -1);
    for (int i = 1; i < parts.length; i++) {
      if (parts[i].indexOf(':') >= 0) {
        throw bad("has a key identifier (MKI), which is not supported");
      }
    }
    final byte[] master;
    try {
      master = Base64.getDecoder().decode(parts[0]);
    } catch (final IllegalArgumentException e) {
      throw bad("has a key that is not base64");
    }
    if (master.length != suite.masterBytes()) {
      throw bad("has a key of the wrong length");
    }
    return master;
  }

  /** What is wrong, without what stands there: it may be a key. */
  private static SdpException bad(final String what) {
    return new SdpException(306, "a=crypto " + what);
  }

  /** The line as text. */
  String text() {
    return "a="
        + NAME
        + ":"
        + tag
        + " "
        + suite
        + " "
        + INLINE
        + Base64.getEncoder().encodeToString(master)
        + "\r\n";
  }

  @Override
  public String toString() {
    return "CryptoLine[" + suite + "]";
  }
}
