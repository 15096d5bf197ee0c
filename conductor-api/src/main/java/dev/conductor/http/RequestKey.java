package dev.conductor.http;

import dev.conductor.command.IdempotencyKey;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds what a client names its command by: a header or a parameter. Any thread. */
final class RequestKey {
  /** The header. */
  static final String HEADER = "Idempotency-Key";

  /** The parameter that may stand for the header. */
  static final String PARAMETER = "idempotencyKey";

  /** Who asks, and how he wants it shown, is not what is asked. */
  private static final Set<String> NOT_ASKED =
      Set.of(FormDecoder.TOKEN, AccessFunction.KEY, "actor", PARAMETER, "type", "dates");

  private static final int MAX_CHARACTERS = 256;
  private static final int ID_CHARACTERS = 16;

  private RequestKey() {}

  /**
   * The key of a request, if it has one.
   *
   * @param conferenceUid the conference its token opened
   * @throws Refusal when it is not of 1 to 256 visible characters, or there are two
   */
  static Optional<IdempotencyKey> of(
      final Request request, final Parameters parameters, final String conferenceUid) {
    final Set<String> keys = new HashSet<>(request.headers().getAll(HEADER));
    final boolean byHeader = !keys.isEmpty();
    parameters.find(PARAMETER).ifPresent(keys::add);
    if (keys.size() > 1) {
      throw Refusal.parameter(HEADER, "given twice with different values");
    }
    for (final String key : keys) {
      final boolean visible = key.chars().allMatch(c -> c > ' ' && c < 0x7F);
      if (!visible || key.isEmpty() || key.length() > MAX_CHARACTERS) {
        throw Refusal.parameter(
            byHeader ? HEADER : PARAMETER,
            "not of 1 to " + MAX_CHARACTERS + " visible ASCII characters");
      }
    }
    return keys.stream()
        .findFirst()
        .map(key -> new IdempotencyKey(conferenceUid, key, digest(parameters)));
  }

  /** What the events of a command with a key are caused by: a repeat names the same. */
  static String id(final String function, final IdempotencyKey key) {
    final MessageDigest digest = sha256();
    add(digest, key.conferenceUid());
    add(digest, function);
    add(digest, key.key());
    add(digest, key.digest());
    return "key-" + hex(digest).substring(0, ID_CHARACTERS);
  }

  private static String digest(final Parameters parameters) {
    final Set<String> names = new TreeSet<>();
    parameters.names().forEach(names::add);
    names.removeAll(NOT_ASKED);
    final MessageDigest digest = sha256();
    for (final String name : names) {
      add(digest, name);
      add(digest, parameters.get(name));
    }
    return hex(digest);
  }

  /** With its length before it, so that two texts are not taken for two others. */
  private static void add(final MessageDigest digest, final String text) {
    final byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
    digest.update(bytes);
  }

  private static String hex(final MessageDigest digest) {
    return HexFormat.of().formatHex(digest.digest());
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (final NoSuchAlgorithmException impossible) {
      throw new IllegalStateException("every Java has SHA-256", impossible);
    }
  }
}
