package dev.conductor.signaling.guard;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who may log in, as lines of {@code user:realm:digest}: the digest is that of {@code
 * user:realm:password} (RFC 7616, section 3.4.2), so that no password is kept. Any thread;
 * immutable.
 */
public final class Accounts {
  private static final Pattern LINE =
      Pattern.compile("([^\\s:\"\\\\]{1,128}):([^\\s:]{1,64}):([0-9a-fA-F]{32}|[0-9a-fA-F]{64})");

  private final Map<String, Map<DigestAlgorithm, String>> digests;
  private final Set<DigestAlgorithm> algorithms;

  private Accounts(final Map<String, Map<DigestAlgorithm, String>> digests) {
    this.digests = digests;
    algorithms = EnumSet.allOf(DigestAlgorithm.class);
    digests.values().forEach(own -> algorithms.retainAll(own.keySet()));
  }

  /**
   * Reads them. Empty lines and lines that begin with # mean nothing.
   *
   * @param realm the one each line must name
   * @throws IllegalArgumentException when a line cannot be read; names its number and shows nothing
   *     of it
   */
  public static Accounts parse(final List<String> lines, final String realm) {
    final Map<String, Map<DigestAlgorithm, String>> digests = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      final String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      final Matcher matcher = LINE.matcher(line);
      if (!matcher.matches()) {
        throw new IllegalArgumentException("line " + (i + 1) + " is not user:realm:digest");
      }
      if (!matcher.group(2).equals(realm)) {
        throw new IllegalArgumentException("line " + (i + 1) + " is not of realm " + realm);
      }
      final String digest = matcher.group(3).toLowerCase(Locale.ROOT);
      digests
          .computeIfAbsent(matcher.group(1), user -> new EnumMap<>(DigestAlgorithm.class))
          .put(digest.length() == 64 ? DigestAlgorithm.SHA_256 : DigestAlgorithm.MD5, digest);
    }
    final Accounts accounts = new Accounts(digests);
    if (accounts.algorithms.isEmpty()) {
      throw new IllegalArgumentException("no kind of digest that every user has one of");
    }
    return accounts;
  }

  /** The kinds of digest that every user has one of, the better first. */
  public Set<DigestAlgorithm> algorithms() {
    return EnumSet.copyOf(algorithms);
  }

  /** How many users there are. */
  public int users() {
    return digests.size();
  }

  /** The digest of a user; null when there is no such user. */
  String digest(final String user, final DigestAlgorithm algorithm) {
    final Map<DigestAlgorithm, String> own = digests.get(user);
    return own == null ? null : own.get(algorithm);
  }
}
