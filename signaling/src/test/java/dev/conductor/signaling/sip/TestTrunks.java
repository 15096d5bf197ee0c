package dev.conductor.signaling.sip;

import dev.conductor.config.ConfigLoader;
import dev.conductor.config.SipConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** Settings with trunks, as a user writes them. */
final class TestTrunks {
  private TestTrunks() {}

  /** The usual settings on loopback with these items of {@code sip.trunks}, a line each. */
  static SipConfig config(final Map<String, String> flags, final String... trunks)
      throws IOException {
    final StringBuilder file =
        new StringBuilder(
            "sip:\n  host: 127.0.0.1\n  port: 0\n  codecs: [PCMU, PCMA]\n  trunks:\n");
    for (final String trunk : trunks) {
      file.append("    - {").append(trunk).append("}\n");
    }
    final Path path = Files.createTempFile("trunks", ".yaml");
    try {
      Files.writeString(path, file);
      return ConfigLoader.load(Optional.of(path), Map.of(), flags).sip();
    } finally {
      Files.delete(path);
    }
  }
}
