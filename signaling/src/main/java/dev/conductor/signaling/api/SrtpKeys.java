package dev.conductor.signaling.api;

import java.util.Arrays;
import java.util.Objects;

/**
 * With what the sound of a line is protected, as SDP agreed it (RFC 4568). Nothing shows the keys.
 * Any thread; immutable.
 *
 * @param suite how
 * @param tag the number of the offered line that was taken
 * @param local master key and salt of what we send
 * @param remote master key and salt of what the far end sends
 */
public record SrtpKeys(SrtpSuite suite, int tag, byte[] local, byte[] remote) {
  /** Copies the keys. */
  public SrtpKeys {
    Objects.requireNonNull(suite, "suite");
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

  /** Whether the far end sends with the very key it sends with there. */
  public boolean hasRemoteOf(final SrtpKeys other) {
    return other != null && suite == other.suite && Arrays.equals(remote, other.remote);
  }

  @Override
  public boolean equals(final Object other) {
    return other instanceof SrtpKeys keys
        && tag == keys.tag
        && hasRemoteOf(keys)
        && Arrays.equals(local, keys.local);
  }

  @Override
  public int hashCode() {
    return Objects.hash(suite, tag) + 31 * Arrays.hashCode(remote);
  }

  @Override
  public String toString() {
    return "SrtpKeys[" + suite + "]";
  }
}
