package dev.conductor.signaling.trunk;

import dev.conductor.config.Secret;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/**
 * Answers a trunk's challenges (RFC 3261, section 22; RFC 7616; RFC 8760): MD5 and SHA-256, with
 * {@code qop=auth} or none. Any thread.
 */
public final class DigestClient {
  private static final SecureRandom RANDOM = new SecureRandom();

  private final String user;
  private final Secret password;
  private final String realm;

  /**
   * With these credentials.
   *
   * @param realm whose challenges are answered; empty: any of the peer this is for
   */
  public DigestClient(final String user, final Secret password, final String realm) {
    this.user = user;
    this.password = password;
    this.realm = realm;
  }

  /**
   * What a challenge says.
   *
   * @param opaque null for none
   * @param algorithm null for none, which is MD5
   * @param qop null for none
   */
  public record Challenge(
      String realm, String nonce, String opaque, String algorithm, String qop) {}

  /** The value of the header that answers; empty where it is not ours to answer. */
  public Optional<String> answer(
      final Challenge challenge, final String method, final String requestUri) {
    final byte[] random = new byte[8];
    RANDOM.nextBytes(random);
    return answer(challenge, method, requestUri, HexFormat.of().formatHex(random));
  }

  Optional<String> answer(
      final Challenge challenge, final String method, final String requestUri, final String own) {
    final String algorithm = challenge.algorithm() == null ? "MD5" : challenge.algorithm();
    final String digest = digestOf(algorithm);
    final boolean ours =
        !user.isEmpty()
            && challenge.realm() != null
            && challenge.nonce() != null
            && (realm.isEmpty() || realm.equals(challenge.realm()));
    final boolean auth = challenge.qop() != null && offersAuth(challenge.qop());
    if (!ours || digest == null || challenge.qop() != null && !auth || isUnquotable(challenge)) {
      return Optional.empty();
    }
    final String secret = hash(digest, user + ":" + challenge.realm() + ":" + password.reveal());
    final String what = hash(digest, method + ":" + requestUri);
    final String middle =
        auth ? challenge.nonce() + ":00000001:" + own + ":auth" : challenge.nonce();
    final StringBuilder header = new StringBuilder("Digest username=\"").append(user);
    header.append("\",realm=\"").append(challenge.realm());
    header.append("\",nonce=\"").append(challenge.nonce());
    header.append("\",uri=\"").append(requestUri);
    header.append("\",response=\"").append(hash(digest, secret + ":" + middle + ":" + what));
    header.append("\",algorithm=").append(algorithm);
    if (auth) {
      header.append(",qop=auth,nc=00000001,cnonce=\"").append(own).append('"');
    }
    if (challenge.opaque() != null) {
      header.append(",opaque=\"").append(challenge.opaque()).append('"');
    }
    return Optional.of(header.toString());
  }

  private static boolean offersAuth(final String qop) {
    for (final String one : qop.split(",")) {
      if (one.strip().equalsIgnoreCase("auth")) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUnquotable(final Challenge challenge) {
    final String all = challenge.realm() + challenge.nonce() + challenge.opaque();
    return all.chars().anyMatch(c -> c == '"' || c == '\\' || c < ' ');
  }

  private static String digestOf(final String algorithm) {
    return switch (algorithm.toUpperCase(Locale.ROOT)) {
      case "MD5" -> "MD5";
      case "SHA-256" -> "SHA-256";
      default -> null;
    };
  }

  private static String hash(final String digest, final String text) {
    try {
      final byte[] hashed =
          MessageDigest.getInstance(digest).digest(text.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(hashed);
    } catch (final NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}
