package dev.conductor.model;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.random.RandomGenerator;

/**
 * A customer's key as it is kept: SHA-256 over a salt and the key. Keys are 128 random bits, so
 * that a slow hash would add nothing. Any thread.
 */
public final class SecretHash {
  private static final int SALT_BYTES = 16;
  private static final char SEPARATOR = ':';

  private SecretHash() {}

  /**
   * The hash of a secret under a new salt.
   *
   * @param random one that nobody foresees
   */
  public static String of(final String secret, final RandomGenerator random) {
    final byte[] salt = new byte[SALT_BYTES];
    random.nextBytes(salt);
    return text(salt, secret);
  }

  /** Whether this is the secret; the time it takes does not tell how much of it is right. */
  public static boolean matches(final String hash, final String secret) {
    final int separator = hash.indexOf(SEPARATOR);
    if (separator < 0) {
      return false;
    }
    final byte[] salt = HexFormat.of().parseHex(hash, 0, separator);
    return MessageDigest.isEqual(ascii(hash), ascii(text(salt, secret)));
  }

  private static String text(final byte[] salt, final String secret) {
    final MessageDigest digest = sha256();
    digest.update(salt);
    digest.update(secret.getBytes(StandardCharsets.UTF_8));
    final HexFormat hex = HexFormat.of();
    return hex.formatHex(salt) + SEPARATOR + hex.formatHex(digest.digest());
  }

  private static byte[] ascii(final String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
