package dev.conductor.command;

import java.util.Objects;

/**
 * What a client names a command by, so that a repeat of it does nothing twice. It counts within one
 * function of one conference. Immutable.
 *
 * @param conferenceUid the conference whose token came with it
 * @param key as the client chose it
 * @param digest stands for the parameters: the same for the same ones
 */
public record IdempotencyKey(String conferenceUid, String key, String digest) {
  /** Checks for nulls. */
  public IdempotencyKey {
    Objects.requireNonNull(conferenceUid, "conferenceUid");
    Objects.requireNonNull(key, "key");
    Objects.requireNonNull(digest, "digest");
  }
}
