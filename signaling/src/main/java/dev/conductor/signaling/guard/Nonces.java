package dev.conductor.signaling.guard;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Nonces that need no memory until somebody logs in with one: the time and a number, sealed with a
 * key (RFC 7616, section 5.4). What was used is remembered by its count; a table that is full
 * forgets the oldest, and no nonce as old as that is taken any more.
 *
 * <p>Threads: any. Time is a parameter, in milliseconds of a clock that does not go back.
 */
final class Nonces {
  private static final int STAMP_BYTES = 16;
  private static final int SEAL_BYTES = 16;

  /** What a nonce is worth. */
  enum Worth {
    /** It is ours and young. */
    GOOD,
    /** It is ours, but old. */
    STALE,
    /** It was never ours. */
    FOREIGN
  }

  private final SecretKeySpec key;
  private final long lifeMs;
  private final int maxUsed;
  private final AtomicLong numbers = new AtomicLong();
  private final Map<String, Long> used = new LinkedHashMap<>();
  private long notBeforeMs = Long.MIN_VALUE;

  /**
   * None made yet.
   *
   * @param key what seals them, at least 16 bytes, known to nobody else
   * @param maxUsed how many nonces in use are remembered
   */
  Nonces(final byte[] key, final long lifeMs, final int maxUsed) {
    this.key = new SecretKeySpec(key, "HmacSHA256");
    this.lifeMs = lifeMs;
    this.maxUsed = maxUsed;
  }

  /** A new one. */
  String next(final long nowMs) {
    final ByteBuffer nonce = ByteBuffer.allocate(STAMP_BYTES + SEAL_BYTES);
    nonce.putLong(nowMs).putLong(numbers.incrementAndGet());
    nonce.put(seal(nonce.array()));
    return Base64.getUrlEncoder().withoutPadding().encodeToString(nonce.array());
  }

  /** What this one is worth. */
  Worth worth(final String nonce, final long nowMs) {
    final long madeMs = madeMs(nonce);
    if (madeMs == Long.MIN_VALUE) {
      return Worth.FOREIGN;
    }
    synchronized (used) {
      return nowMs - madeMs > lifeMs || madeMs <= notBeforeMs ? Worth.STALE : Worth.GOOD;
    }
  }

  /**
   * Uses a good one.
   *
   * @param count the client's count of uses; each must be higher than the one before
   * @return false when it was used with this count or a higher one
   */
  boolean use(final String nonce, final long count) {
    synchronized (used) {
      final Long last = used.get(nonce);
      if (count <= (last == null ? 0 : last)) {
        return false;
      }
      used.put(nonce, count);
      if (used.size() > maxUsed) {
        final String oldest = used.keySet().iterator().next();
        used.remove(oldest);
        notBeforeMs = Math.max(notBeforeMs, madeMs(oldest));
      }
      return true;
    }
  }

  /** Nonces remembered. */
  int remembered() {
    synchronized (used) {
      return used.size();
    }
  }

  /** When it was made; the least value when we never made it. */
  private long madeMs(final String nonce) {
    try {
      final byte[] bytes = Base64.getUrlDecoder().decode(nonce);
      if (bytes.length == STAMP_BYTES + SEAL_BYTES
          && MessageDigest.isEqual(
              seal(bytes), Arrays.copyOfRange(bytes, STAMP_BYTES, bytes.length))) {
        return ByteBuffer.wrap(bytes).getLong();
      }
    } catch (final IllegalArgumentException notOurs) {
      return Long.MIN_VALUE;
    }
    return Long.MIN_VALUE;
  }

  /** Seals the stamp at the beginning of these bytes. */
  private byte[] seal(final byte[] bytes) {
    try {
      final Mac mac = Mac.getInstance(key.getAlgorithm());
      mac.init(key);
      mac.update(bytes, 0, Math.min(STAMP_BYTES, bytes.length));
      return Arrays.copyOf(mac.doFinal(), SEAL_BYTES);
    } catch (final GeneralSecurityException e) {
      throw new IllegalStateException("no HMAC in this Java", e);
    }
  }
}
