package dev.conductor.media.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * With what one line's packets are protected (SRTP, RFC 3711). Nothing shows the keys.
 *
 * @threading immutable.
 * @allocation one per offer and answer, with copies of the keys.
 * @param profile the name SIP agreed it by, as {@code AES_CM_128_HMAC_SHA1_80}
 * @param local master key and salt of what we send
 * @param remote master key and salt of what the far end sends
 */
public record MediaKeys(String profile, byte[] local, byte[] remote) {
  /** Copies the keys. */
  public MediaKeys {
    Objects.requireNonNull(profile, "profile");
    local = local.clone();
    remote = remote.clone();
  }

  @Override
  public byte[] local() {
    return local.clone();
  }

  @Override
  public byte[] remote() {
    return remote.clone();
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof MediaKeys keys
        && profile.equals(keys.profile)
        && Arrays.equals(local, keys.local)
        && Arrays.equals(remote, keys.remote);
  }

  @Override
  public int hashCode() {
    return profile.hashCode() + 31 * Arrays.hashCode(remote);
  }

  @Override
  public String toString() {
    return "MediaKeys[" + profile + "]";
  }
}
