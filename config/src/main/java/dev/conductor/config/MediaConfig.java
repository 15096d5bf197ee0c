package dev.conductor.config;

import java.nio.file.Path;

/**
 * Section {@code media}. Any thread; immutable.
 *
 * @param agents media agents (threads); 0: one a core less one, at least one
 * @param silentLineProbeMs nothing received for this long: the far end is asked by OPTIONS
 * @param silentLineEndMs nothing received for this long: the caller is hung up on
 * @param holdEndMs a held line without a session timer is hung up on after this long
 * @param promptLanguage folder of {@code prompts/} in use
 * @param autoLevel whether speakers are levelled towards one loudness
 * @param waitingMusic a WAV that callers hear while they wait; empty: ours
 * @param warmUpMs up to so long for each codec the compiler is warmed before the start is over
 * @param ioUring whether packets go by the system's io_uring where it has one
 */
public record MediaConfig(
    int agents,
    int silentLineProbeMs,
    int silentLineEndMs,
    int holdEndMs,
    String promptLanguage,
    boolean autoLevel,
    Path waitingMusic,
    int warmUpMs,
    boolean ioUring) {

  /** Checks every value. */
  public MediaConfig {
    Checks.inRange("media.agents", agents, 0, 64);
    Checks.inRange("media.silent-line-probe-ms", silentLineProbeMs, 1_000, 3_600_000);
    Checks.inRange("media.silent-line-end-ms", silentLineEndMs, silentLineProbeMs, 86_400_000);
    Checks.inRange("media.hold-end-ms", holdEndMs, 1_000, 86_400_000);
    Checks.oneOf("media.prompt-language", promptLanguage, Prompt.LANGUAGES);
    Checks.inRange("media.warm-up-ms", warmUpMs, 0, 10_000);
  }
}
