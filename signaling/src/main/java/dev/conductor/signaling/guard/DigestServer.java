package dev.conductor.signaling.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/**
 * Digest log-in as its server (RFC 3261, section 22; RFC 8760). Who has no account is answered
 * exactly as who has a wrong password, after the same work.
 *
 * <p>Threads: any. Time is a parameter, in milliseconds of a clock that does not go back.
 */
public final class DigestServer {
  private static final long LIFE_MS = 300_000;
  private static final int MAX_USED = 65_536;
  private static final String NO_QOP_COUNT = "00000001";

  private final String realm;
  private final Accounts accounts;
  private final Nonces nonces;

  /** In place of the digest of a user we do not have. */
  private final String nobody;

  /**
   * What a client says of itself; null for what it left out.
   *
   * @param uri as it was digested
   */
  public record Credentials(
      String username,
      String realm,
      String nonce,
      String uri,
      String response,
      String algorithm,
      String qop,
      String count,
      String clientNonce) {}

  /** What came of a log-in. */
  public enum Verdict {
    /** He is who he says. */
    GOOD,
    /** He may be, but is to say it again with a new nonce. */
    STALE,
    /** He is not. The nonce was ours and young, so he is where he says. */
    WRONG,
    /** What he sent cannot be judged. */
    UNUSABLE
  }

  /**
   * A server that has challenged nobody yet.
   *
   * @param key at least 16 random bytes, of this process alone
   */
  public DigestServer(final String realm, final Accounts accounts, final byte[] key) {
    this(realm, accounts, key, MAX_USED);
  }

  DigestServer(final String realm, final Accounts accounts, final byte[] key, final int maxUsed) {
    this.realm = Objects.requireNonNull(realm, "realm");
    this.accounts = Objects.requireNonNull(accounts, "accounts");
    nonces = new Nonces(key, LIFE_MS, maxUsed);
    nobody = DigestAlgorithm.SHA_256.hex(nonces.next(0));
  }

  /** Values of WWW-Authenticate, one an algorithm, the best first (RFC 8760, section 2.4). */
  public List<String> challenges(final boolean stale, final long nowMs) {
    return accounts.algorithms().stream()
        .map(
            algorithm ->
                "Digest realm=\""
                    + realm
                    + "\", nonce=\""
                    + nonces.next(nowMs)
                    + "\", algorithm="
                    + algorithm.token()
                    + ", qop=\"auth\""
                    + (stale ? ", stale=true" : ""))
        .toList();
  }

  /** Judges a log-in. */
  public Verdict judge(final String method, final Credentials said, final long nowMs) {
    final DigestAlgorithm algorithm = DigestAlgorithm.named(said.algorithm());
    if (!isWhole(said) || algorithm == null || !accounts.algorithms().contains(algorithm)) {
      return Verdict.UNUSABLE;
    }
    final Nonces.Worth worth = nonces.worth(said.nonce(), nowMs);
    if (worth == Nonces.Worth.FOREIGN) {
      return Verdict.UNUSABLE;
    }
    final String digest = accounts.digest(said.username(), algorithm);
    final String secret = digest == null ? nobody : digest;
    final boolean same =
        MessageDigest.isEqual(
            bytes(response(method, said, algorithm, secret)),
            bytes(said.response().toLowerCase(Locale.ROOT)));
    if (!same || digest == null) {
      return worth == Nonces.Worth.STALE ? Verdict.STALE : Verdict.WRONG;
    }
    // Its count may be used up: he is asked again rather than sent away.
    return worth == Nonces.Worth.GOOD && nonces.use(said.nonce(), count(said))
        ? Verdict.GOOD
        : Verdict.STALE;
  }

  /** Nonces in use that are remembered. */
  public int remembered() {
    return nonces.remembered();
  }

  private boolean isWhole(final Credentials said) {
    final boolean named =
        said.username() != null
            && realm.equals(said.realm())
            && said.nonce() != null
            && said.uri() != null
            && said.response() != null;
    final boolean counted =
        said.qop() == null
            || said.qop().equalsIgnoreCase("auth")
                && said.clientNonce() != null
                && said.count() != null
                && said.count().matches("[0-9a-fA-F]{8}");
    return named && counted;
  }

  private static long count(final Credentials said) {
    return Long.parseLong(said.qop() == null ? NO_QOP_COUNT : said.count(), 16);
  }

  /** RFC 7616, section 3.4.1; without qop as RFC 2069 had it, which phones may still do. */
  private static String response(
      final String method,
      final Credentials said,
      final DigestAlgorithm algorithm,
      final String secret) {
    final String asked = algorithm.hex(method + ":" + said.uri());
    final String middle =
        said.qop() == null
            ? said.nonce()
            : String.join(":", said.nonce(), said.count(), said.clientNonce(), said.qop());
    return algorithm.hex(secret + ":" + middle + ":" + asked);
  }

  private static byte[] bytes(final String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
