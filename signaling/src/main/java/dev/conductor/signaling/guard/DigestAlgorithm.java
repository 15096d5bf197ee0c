package dev.conductor.signaling.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** How digests are made (RFC 8760, section 2.1), the better one first. Any thread. */
public enum DigestAlgorithm {
  /** RFC 6234. */
  SHA_256("SHA-256", 64),
  /** RFC 1321; what older phones know. */
  MD5("MD5", 32);

  private final String token;
  private final int hexDigits;

  DigestAlgorithm(final String token, final int hexDigits) {
    this.token = token;
    this.hexDigits = hexDigits;
  }

  /** Its name in a header, and in Java. */
  public String token() {
    return token;
  }

  /** How long its digests are in hexadecimal. */
  public int hexDigits() {
    return hexDigits;
  }

  /** The one of this name in any case; MD5 where a header names none; null for another. */
  public static DigestAlgorithm named(final String token) {
    if (token == null) {
      return MD5;
    }
    for (final DigestAlgorithm algorithm : values()) {
      if (algorithm.token.equalsIgnoreCase(token)) {
        return algorithm;
      }
    }
    return null;
  }

  /** The digest of a text, in lower-case hexadecimal. */
  public String hex(final String text) {
    try {
      final MessageDigest digest = MessageDigest.getInstance(token);
      return HexFormat.of().formatHex(digest.digest(text.getBytes(StandardCharsets.UTF_8)));
    } catch (final NoSuchAlgorithmException e) {
      throw new IllegalStateException("no " + token + " in this Java", e);
    }
  }
}
