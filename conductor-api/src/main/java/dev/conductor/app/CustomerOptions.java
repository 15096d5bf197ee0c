package dev.conductor.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options by which a command says for whom it asks. The main thread. */
final class CustomerOptions {
  private static final String KEY_VARIABLE = "CONDUCTOR_KEY";

  @Mixin private ServerOptions server;

  @Option(
      names = "--customer",
      required = true,
      paramLabel = "UID",
      description = "Whose conferences.")
  private String customer;

  @Option(
      names = "--key-file",
      paramLabel = "FILE",
      description = "Holds the customer's key (default: the environment's CONDUCTOR_KEY).")
  private Path keyFile;

  /** The server. */
  ServerDoor door() throws CommandFailed {
    return server.customersDoor();
  }

  /** The parameters that every request carries, with these: names and values in turn. */
  Map<String, String> with(final String... more) throws CommandFailed {
    final Map<String, String> parameters = new LinkedHashMap<>();
    parameters.put("customer", customer);
    parameters.put("key", key());
    parameters.put("type", "json");
    for (int i = 0; i < more.length; i += 2) {
      parameters.put(more[i], more[i + 1]);
    }
    return parameters;
  }

  private String key() throws CommandFailed {
    if (keyFile != null) {
      try {
        return Files.readString(keyFile).strip();
      } catch (final IOException failed) {
        throw new CommandFailed(CommandFailed.USAGE, "--key-file: cannot read " + keyFile);
      }
    }
    final String key = System.getenv(KEY_VARIABLE);
    if (key == null) {
      throw new CommandFailed(
          CommandFailed.USAGE, "no key: give --key-file or set " + KEY_VARIABLE);
    }
    return key;
  }
}
